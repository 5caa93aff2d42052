"""What is asked of a clone: where it is made, the sample, and what is said of it, held against the model's limits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.domain.briefs import CloneBrief
from studio.domain.languages import Language
from studio.domain.limits import Field, Problem
from studio.domain.memory import Memory
from studio.flows.naming import handle_from
from studio.ui.clone_target import CloneTarget
from studio.ui.combo import ComboField
from studio.ui.labels import label
from studio.ui.messages import problem_sentence
from studio.ui.sample_field import SampleField
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, WIDE_GAP, Role


class CloneForm(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value; `followed`: the terms may be others now."""

    changed = Signal(str, object)
    followed = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clone-form")
        self._language = memory.clone_language
        self._build_fields(memory)
        self._build_layout()
        self._join()

    # -- in and out ---------------------------------------------------------------------------------

    def brief(self, *, has_right: bool) -> CloneBrief:
        """Without the sample: the flow has it. Fields that are hidden are left out."""
        info, model = self.target.info(), self.target.clone_model()
        if info is None or model is None:
            return CloneBrief(system="", name=self.voice_name.text().strip(), has_right=has_right)
        limits = model.limits
        language = self.language.currentData() if limits.languages else ""
        return CloneBrief(
            system=info.system,
            name=self.voice_name.text().strip(),
            sample_url=self.sample.url(),
            transcript=self.transcript.text().strip() if limits.takes_transcript else "",
            language=Language(language) if language else None,
            denoise={"on": True, "off": False}.get(self.denoise.currentData()) if limits.takes_denoise else None,
            has_right=has_right,
            region=self.target.chosen_region(),
            model=model.model,
            backend=model.backend,
            handle=self.handle.text().strip() if limits.handle else "",
        )

    def mark(self, problems: tuple[Problem, ...]) -> None:
        """Points at the fields that must change and at no other, the first with the cursor in it."""
        texts = self._texts()
        for field in texts.values():
            field.mark("")
        for problem in problems:
            if field := texts.get(problem.field):
                field.mark(problem_sentence(problem))
        for problem in problems:
            field = texts.get(problem.field)
            if aim := field.editor if field else self._combos().get(problem.field):
                aim.setFocus()
                return

    def unmarked(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Those that no field here can show."""
        return tuple(problem for problem in problems if problem.field not in self._texts())

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        return (
            *self.target.in_order(),
            *self.sample.in_order(),
            self.voice_name.editor,
            self.handle.editor,
            self.transcript.editor,
            self.language,
            self.denoise,
        )

    # -- how it is done -----------------------------------------------------------------------------

    def _texts(self) -> dict[Field, TextField]:
        return {
            Field.SAMPLE: self.sample.field,
            Field.SAMPLE_URL: self.sample.field,
            Field.NAME: self.voice_name,
            Field.HANDLE: self.handle,
            Field.TRANSCRIPT: self.transcript,
        }

    def _combos(self) -> dict[Field, QWidget]:
        return {Field.LANGUAGE: self.language, Field.REGION: self.target.region}

    def _build_fields(self, memory: Memory) -> None:
        self.target = CloneTarget(memory, self)
        self.sample = SampleField(self)
        self.voice_name = TextField(self.tr("Voice name"), "clone-name", self)
        self.handle = TextField(self.tr("Voice id prefix"), "clone-handle", self)
        self.transcript = TextField(self.tr("Transcript"), "transcript", self, lines=3, grows=False)
        self.word_for_word = label(
            self.tr("It must match the sample word for word, or stay empty."),
            self,
            role=Role.TEXT_DIM,
            wrap=True,
            name="transcript-advice",
        )
        self._languages = ComboField(self.tr("Language"), "clone-language", self)
        self._denoise = ComboField(self.tr("Denoise"), "denoise", self)
        self.language, self.denoise = self._languages.combo, self._denoise.combo
        self.sample.field.set_text(memory.clone_sample)
        self.voice_name.set_text(memory.clone_name)
        self.transcript.set_text(memory.clone_transcript)
        for field in (self.voice_name, self.handle, self.transcript):
            field.editor.setAcceptDrops(False)  # a file that is dropped is the sample
        choices = ((self.tr("The vendor decides"), ""), (self.tr("On"), "on"), (self.tr("Off"), "off"))
        self.denoise.render_items(choices, "")

    def _build_layout(self) -> None:
        names = QGridLayout()
        names.setHorizontalSpacing(GAP)
        names.setColumnStretch(0, 1)
        names.setColumnStretch(1, 1)
        names.addWidget(self.voice_name, 0, 0)
        names.addWidget(self.handle, 0, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.word_for_word.setContentsMargins(2, 0, 2, 0)
        words.addWidget(self.transcript)
        words.addWidget(self.word_for_word)
        last = QGridLayout()
        last.setHorizontalSpacing(GAP)
        last.addWidget(self._languages, 0, 0)
        last.addWidget(self._denoise, 0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, 0, WIDE_GAP, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.target)
        column.addWidget(self.sample)
        column.addLayout(names)
        column.addLayout(words)
        column.addLayout(last)
        column.addStretch(1)

    def _join(self) -> None:
        self.target.changed.connect(self.changed)
        self.target.followed.connect(self._follow)
        self.sample.changed.connect(lambda text: self.changed.emit("clone_sample", text))
        self.voice_name.changed.connect(self._on_name)
        self.transcript.changed.connect(lambda text: self.changed.emit("clone_transcript", text))
        self.language.picked.connect(self._on_language)

    def _on_name(self, name: str) -> None:
        self.changed.emit("clone_name", name)
        self._render_prefix()

    def _on_language(self, language: str) -> None:
        self._language = language
        self.changed.emit("clone_language", language)

    def _follow(self) -> None:
        """Another system, or another model, has been chosen."""
        info, model = self.target.info(), self.target.clone_model()
        if info is None or model is None:
            return
        limits = model.limits
        spoken = [(one.label, one.value) for one in limits.languages]
        self.language.render_items([(self.tr("Not said"), ""), *spoken], self._language)
        self.voice_name.set_limit(limits.name_max, info.label)
        self.handle.set_limit(limits.handle.longest if limits.handle else 0, info.label)
        self.sample.render_takes(url=limits.takes_url)
        self.handle.setVisible(limits.handle is not None)
        self.transcript.setVisible(limits.takes_transcript)
        self.word_for_word.setVisible(limits.takes_transcript)
        self._languages.setVisible(bool(limits.languages))
        self._denoise.setVisible(limits.takes_denoise)
        self._render_prefix()
        self.followed.emit()

    def _render_prefix(self) -> None:
        model = self.target.clone_model()
        if model and model.limits.handle:
            self.handle.editor.setPlaceholderText(handle_from(self.voice_name.text(), model.limits.handle))
