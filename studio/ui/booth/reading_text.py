"""A text to read into the microphone, in the language of the voice: what is read becomes the transcript."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studio.domain.languages import Language
from studio.reading_texts import reading_text
from studio.ui.combo import Combo
from studio.ui.labels import label
from studio.ui.theme import GAP, GRID, PAGE_GAP

FEWEST, MOST = 3, 7
FIRST = Language.EN


class ReadingText(QWidget):
    """The language follows the form's until the person picks one. What was changed in a text stays for its language."""

    language_picked = Signal(str)
    shown_picked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading-text")
        self._picked = False
        self._language: Language | None = None
        self._changed: dict[Language, str] = {}
        self.shown = QCheckBox(self.tr("Read a text aloud"), self)
        self.shown.setObjectName("reading-shown")
        self.shown.setChecked(True)
        self.language = Combo(self.tr("Language of the text"), "reading-language", self)
        self.title = label(self.tr("Text to read"), self, wrap=True)
        self.editor = WholeText(self)
        self.editor.setObjectName("text-to-read")
        self.editor.setAccessibleName(self.tr("Text to read"))
        self.editor.setAcceptDrops(False)  # the whole tab takes files
        self.title.setBuddy(self.editor)
        self.language.title.setWordWrap(True)
        self.language.title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.language.render_items([(one.label, one.value) for one in Language], FIRST.value)
        self._build_layout()
        self._show_language(FIRST)
        self.shown.toggled.connect(self._on_shown)
        self.language.picked.connect(self._on_language)

    def text(self) -> str:
        """What is read aloud, on one line; empty if nothing is."""
        return " ".join(self.editor.toPlainText().split()) if self.shown.isChecked() else ""

    def follow_language(self, language: str) -> None:
        """That of the form, as a code; one that isn't known, or none, changes nothing."""
        if not self._picked:
            self._render_language(language)

    def choose_language(self, language: str) -> None:
        """As the person picked it the last time; empty for never."""
        self._picked = bool(language)
        self._render_language(language)

    def show_text(self, shown: bool) -> None:
        held = self.shown.blockSignals(True)
        self.shown.setChecked(shown)
        self.shown.blockSignals(held)
        self._render_shown()

    def render_reading(self, reading: bool) -> None:
        """While it is read into the microphone it stays as it is."""
        self.editor.setReadOnly(reading)
        self.language.setEnabled(not reading)
        self.shown.setEnabled(not reading)

    def in_order(self) -> tuple[QWidget, ...]:
        return self.shown, self.language, self.editor

    def _render_language(self, language: str) -> None:
        known = next((one for one in Language if one.value == language), None)
        if known:
            self.language.render_items([(one.label, one.value) for one in Language], known.value)
            self._show_language(known)

    def _show_language(self, language: Language) -> None:
        if language is self._language:
            return
        if self._language:
            self._changed[self._language] = self.editor.toPlainText()
        self._language = language
        self.editor.setPlainText(self._changed.get(language) or reading_text(language))

    def _on_language(self, language: str) -> None:
        self._picked = True
        self._show_language(Language(language))
        self.language_picked.emit(language)

    def _on_shown(self, shown: bool) -> None:
        self._render_shown()
        self.shown_picked.emit(shown)

    def _render_shown(self) -> None:
        shown = self.shown.isChecked()
        for widget in (self.language, self.language.title, self.title, self.editor):
            widget.setVisible(shown)

    def _build_layout(self) -> None:
        self.options = QHBoxLayout()  # the panel has more of them
        self.options.setSpacing(PAGE_GAP)
        self.options.addWidget(self.shown)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title, 1)
        head.addWidget(self.language.title, 1)
        head.addWidget(self.language, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(GRID)
        column.addLayout(self.options)
        column.addLayout(head)
        column.addWidget(self.editor)


class WholeText(QPlainTextEdit):
    """As high as its text, within reason: who reads aloud doesn't scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """The size of such a document is in lines."""
        lines = min(max(round(self.document().size().height()), FEWEST), MOST)
        around = 2 * round(self.document().documentMargin()) + 2 * self.frameWidth() + 2
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + around)
