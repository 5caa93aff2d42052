"""What is asked of a design: the words, and where and how they become a voice, held against the model's limits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from studio.domain.briefs import Brief
from studio.domain.languages import Language
from studio.domain.limits import DesignModel, Field, Problem, SystemInfo
from studio.domain.memory import FIRST_DESCRIPTION, Memory
from studio.domain.voices import Voice
from studio.ui.design.preview_texts import PREVIEW_TEXTS, untouched
from studio.ui.design.target import DesignTarget
from studio.ui.labels import label
from studio.ui.messages import problem_sentence
from studio.ui.text_field import TextField
from studio.ui.theme import WIDE_GAP, Role


class DesignForm(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value; `terms_changed`: another price, perhaps."""

    changed = Signal(str, object)
    terms_changed = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("design-form")
        self.description = TextField(self.tr("Voice description"), "voice-description", self, lines=5)
        self.preview = TextField(self.tr("Preview text"), "preview-text", self, lines=3)
        self.advice = label("", self, role=Role.TEXT_DIM, wrap=True, name="preview-advice")
        self.target = DesignTarget(memory, self)
        self.language, self.voice_name = self.target.language, self.target.voice_name
        self.system, self.rate = self.target.system, self.target.rate
        self.region, self.model, self.handle = self.target.region, self.target.model, self.target.handle
        self.description.editor.setPlaceholderText(self.tr("Gender, age, pitch, pace, mood, what it is for"))
        self._said_in = memory.language
        self._build_layout()
        self.description.set_text(memory.description)
        self.preview.set_text(memory.preview_text)
        self._join()
        self._render_advice()

    # -- in and out ---------------------------------------------------------------------------------

    def brief(self) -> Brief:
        return Brief(
            system=self.target.chosen_system(),
            description=self.description.text(),
            preview_text=self.preview.text(),
            language=self.target.chosen_language(),
            name=self.voice_name.text().strip(),
            rate_hz=self.target.chosen_rate(),
            region=self.target.chosen_region(),
            model=self.target.chosen_model(),
            handle=self.target.chosen_handle(),
        )

    def info(self) -> SystemInfo | None:
        return self.target.info()

    def design_model(self) -> DesignModel | None:
        return self.target.design_model()

    def render_systems(self, systems: tuple[SystemInfo, ...]) -> None:
        self.target.render_systems(systems)

    def mark(self, problems: tuple[Problem, ...]) -> None:
        """Points at the fields that must change, the first with the cursor in it."""
        texts = self._texts()
        for problem in problems:
            if field := texts.get(problem.field):
                field.mark(problem_sentence(problem))
        combos = {Field.LANGUAGE: self.language, Field.RATE: self.rate, Field.REGION: self.region}
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

    def begin_with(self, voice: Voice) -> None:
        """The words of a voice that is to be made again, at its own system. Ctrl+Z brings back what was there."""
        self.target.choose_place(voice.system, voice.region)
        if voice.language:
            self.language.choose(voice.language)
        self.voice_name.retype(voice.name)
        self.description.retype(voice.description)
        if voice.preview_text:
            self.preview.retype(voice.preview_text)
        where = self.model if self.model.isVisible() else self.system
        where.setFocus()

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        return self.description.editor, self.preview.editor, *self.target.in_order()

    # -- how it is done -----------------------------------------------------------------------------

    def _texts(self) -> dict[Field, TextField]:
        return {
            Field.DESCRIPTION: self.description,
            Field.PREVIEW_TEXT: self.preview,
            Field.NAME: self.voice_name,
            Field.HANDLE: self.handle,
        }

    def _build_layout(self) -> None:
        said = QVBoxLayout()
        said.setSpacing(0)
        self.advice.setContentsMargins(2, 0, 2, 0)
        said.addWidget(self.preview, 1)
        said.addWidget(self.advice)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, 0, WIDE_GAP, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.description, 5)
        column.addLayout(said, 3)
        column.addWidget(self.target)
        column.addStretch(3)

    def _join(self) -> None:
        self.description.changed.connect(lambda text: self.changed.emit("description", text))
        self.preview.changed.connect(lambda text: self.changed.emit("preview_text", text))
        self.preview.changed.connect(self._render_advice)
        self.target.changed.connect(self.changed)
        self.target.followed.connect(self._follow)

    def _follow(self) -> None:
        """Another model, or another language, has been chosen."""
        info, model = self.target.info(), self.target.design_model()
        if info is None or model is None:
            return
        limits = model.limits
        self.description.set_limit(limits.description_max, info.label)
        self.preview.set_limit(limits.preview_max, info.label)
        self._say_in(self.target.chosen_language())
        self._render_advice()
        self.terms_changed.emit()

    def _say_in(self, language: Language) -> None:
        """A preview text of ours follows the language."""
        if language is not self._said_in:
            self._said_in = language
            if untouched(self.preview.text()):
                self.preview.set_text(PREVIEW_TEXTS[language])

    def _render_advice(self) -> None:
        info, model = self.target.info(), self.target.design_model()
        length = len(self.preview.text())
        least = model.limits.preview_advised if model else 0
        words = self.tr("{system} may refuse a preview of fewer than {least} characters.")
        self.advice.setText(words.format(system=info.label if info else "", least=least))
        self.advice.setVisible(0 < length < least)
