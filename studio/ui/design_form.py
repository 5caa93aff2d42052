"""What is asked of a design: words, language, name, system and sample rate, held against the system's limits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studio.domain.briefs import Brief
from studio.domain.languages import Language
from studio.domain.limits import Field, Problem, SystemInfo
from studio.domain.memory import FIRST_DESCRIPTION, Memory
from studio.ui.combo import Combo
from studio.ui.formats import rate
from studio.ui.messages import problem_sentence
from studio.ui.preview_texts import PREVIEW_TEXTS, untouched
from studio.ui.text_field import TextField
from studio.ui.theme import GRID, WIDE_GAP


class DesignForm(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value."""

    changed = Signal(str, object)
    system_picked = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("design-form")
        self._systems: tuple[SystemInfo, ...] = ()
        self._memory = memory
        self._build_fields()
        self._build_layout()
        self._fill(memory)
        self._join()

    # -- in and out ---------------------------------------------------------------------------------

    def brief(self) -> Brief:
        return Brief(
            system=self.system.currentData() or self._memory.system,
            description=self.description.text(),
            preview_text=self.preview.text(),
            language=Language(self.language.currentData()),
            name=self.voice_name.text().strip(),
            rate_hz=self.rate.currentData() or self._memory.rate_hz,
        )

    def info(self) -> SystemInfo | None:
        return next((info for info in self._systems if info.system == self.system.currentData()), None)

    def render_systems(self, systems: tuple[SystemInfo, ...]) -> None:
        if systems == self._systems:
            return
        chosen = self.system.currentData() or self._memory.system
        self._systems = systems
        self.system.render_items([(info.label, info.system) for info in systems], chosen)
        self._follow_limits()

    def mark(self, problems: tuple[Problem, ...]) -> None:
        """Points at the fields that must change, the first with the cursor in it."""
        texts = self._texts()
        for problem in problems:
            if field := texts.get(problem.field):
                field.mark(problem_sentence(problem))
        combos = {Field.LANGUAGE: self.language, Field.RATE: self.rate}
        for problem in problems:
            field = texts.get(problem.field)
            if aim := field.editor if field else combos.get(problem.field):
                aim.setFocus()
                return

    def begin(self) -> None:
        """The cursor in the description; the words of a first start are selected, so that typing replaces them."""
        editor = self.description.editor
        editor.setFocus()
        if isinstance(editor, QPlainTextEdit):
            if self.description.text() == FIRST_DESCRIPTION:
                editor.selectAll()
            else:
                editor.moveCursor(QTextCursor.MoveOperation.End)

    # -- how it is done -----------------------------------------------------------------------------

    def _texts(self) -> dict[Field, TextField]:
        return {
            Field.DESCRIPTION: self.description,
            Field.PREVIEW_TEXT: self.preview,
            Field.NAME: self.voice_name,
        }

    def _build_fields(self) -> None:
        self.description = TextField(self.tr("Voice description"), "voice-description", self, lines=5)
        self.preview = TextField(self.tr("Preview text"), "preview-text", self, lines=3)
        self.language = Combo(self.tr("Language"), "language", self)
        self.voice_name = TextField(self.tr("Voice name"), "voice-name", self)
        self.system = Combo(self.tr("System"), "system", self)
        self.rate = Combo(self.tr("Sample rate"), "sample-rate", self)
        self.description.editor.setPlaceholderText(self.tr("Gender, age, pitch, pace, mood, what it is for"))
        self.voice_name.editor.setPlaceholderText(self.tr("Named for you if empty"))

    def _build_layout(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE_GAP - 4)
        grid.setVerticalSpacing(WIDE_GAP)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addLayout(_over(self.language), 0, 0)
        grid.addWidget(self.voice_name, 0, 1)
        grid.addLayout(_over(self.system), 1, 0)
        grid.addLayout(_over(self.rate), 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, 0, WIDE_GAP, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.description, 5)
        column.addWidget(self.preview, 3)
        column.addLayout(grid)
        column.addStretch(3)

    def _fill(self, memory: Memory) -> None:
        self.description.set_text(memory.description)
        self.preview.set_text(memory.preview_text)
        self.voice_name.set_text(memory.voice_name)
        self.language.render_items([(one.label, one) for one in Language], memory.language)
        self.rate.render_items([(rate(memory.rate_hz), memory.rate_hz)], memory.rate_hz)

    def _join(self) -> None:
        self.description.changed.connect(lambda text: self.changed.emit("description", text))
        self.preview.changed.connect(lambda text: self.changed.emit("preview_text", text))
        self.voice_name.changed.connect(lambda text: self.changed.emit("voice_name", text))
        self.language.picked.connect(self._on_language)
        self.system.picked.connect(self._on_system)
        self.rate.picked.connect(lambda rate_hz: self.changed.emit("rate_hz", rate_hz))

    def _on_language(self, language: Language) -> None:
        self.changed.emit("language", Language(language))
        if untouched(self.preview.text()):
            self.preview.set_text(PREVIEW_TEXTS[Language(language)])

    def _on_system(self, system: str) -> None:
        self._follow_limits()
        self.changed.emit("system", system)
        self.system_picked.emit()

    def _follow_limits(self) -> None:
        if (info := self.info()) is None:
            return
        limits = info.limits
        language = self.language.currentData() or self._memory.language
        self.language.render_items([(one.label, one) for one in limits.languages], language)
        rate_hz = self.rate.currentData() or self._memory.rate_hz
        rate_hz = rate_hz if rate_hz in limits.rates_hz else limits.default_rate_hz
        self.rate.render_items([(rate(one), one) for one in limits.rates_hz], rate_hz)
        self.description.set_limit(limits.description_max, info.label)
        self.preview.set_limit(limits.preview_max, info.label)
        self.voice_name.set_limit(limits.name_max, info.label)


def _over(combo: Combo) -> QVBoxLayout:
    """A combo box under its label."""
    column = QVBoxLayout()
    column.setContentsMargins(2, 0, 2, 2)
    column.setSpacing(GRID)
    column.addWidget(combo.title)
    column.addWidget(combo)
    column.addStretch(1)
    return column
