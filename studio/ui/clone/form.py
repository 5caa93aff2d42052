"""What is asked of a clone: where it is made, and what is said of voice and sample, held against the model's limits."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.domain.accounts import QWEN
from studio.domain.briefs import CloneBrief
from studio.domain.languages import Language
from studio.domain.limits import Field, Problem, SampleLimits
from studio.domain.memory import Memory
from studio.domain.takes import Take
from studio.flows.naming import handle_from
from studio.ui.clone.first_words import FirstWords
from studio.ui.clone.sample_url import SampleUrl
from studio.ui.clone.strength_field import StrengthField
from studio.ui.clone.target import CloneTarget
from studio.ui.clone.whose_field import WhoseField
from studio.ui.combo import ComboField
from studio.ui.labels import label
from studio.ui.messages import problem_sentence
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, WIDE_GAP, Role


class CloneForm(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value; `followed`: the terms may be others now.

    The transcript is the chosen take's, and `transcribed` when it is changed; that of an address is remembered.
    """

    changed = Signal(str, object)
    followed = Signal()
    transcribed = Signal(str)

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clone-form")
        self._language = memory.clone_language
        self._take: Take | None = None
        self._said: tuple[UUID, str] | None = None  # whose transcript is shown; None for the address's
        self._of_address = memory.clone_transcript
        self._build_fields(memory)
        self._build_layout()
        self._join()
        self._render_transcript()

    # -- in and out ---------------------------------------------------------------------------------

    def limits(self) -> SampleLimits | None:
        model = self.target.clone_model()
        return model.limits if model else None

    def spoken_language(self) -> str:
        """As a code; empty where it isn't said."""
        limits = self.limits()
        return self.language.currentData() or "" if limits and limits.languages else ""

    def brief(self, *, has_right: bool, with_transcript: bool = True) -> CloneBrief:
        """Without the sample: the flow has the take. Fields that are hidden are left out."""
        info, model = self.target.info(), self.target.clone_model()
        name = self.voice_name.text().strip()
        if info is None or model is None:
            return CloneBrief(system="", name=name, has_right=has_right)
        limits = model.limits
        language = self.spoken_language()
        said = limits.takes_transcript and with_transcript
        return CloneBrief(
            system=info.system,
            name=name,
            sample_url=self.sample_url.url(),
            transcript=self.transcript.text().strip() if said else "",
            language=Language(language) if language else None,
            denoise={"on": True, "off": False}.get(self.denoise.currentData()) if limits.takes_denoise else None,
            has_right=has_right,
            region=self.target.chosen_region(),
            model=model.model,
            backend=model.backend,
            handle=self.handle.text().strip() if limits.handle else "",
            right=self.whose.right(),
            strength=self.strength.strength() if limits.takes_strength else None,
        )

    def render_take(self, take: Take | None) -> None:
        """The one that is chosen: what is said in it is known with it."""
        before, self._take = self._take, take
        self.sample_url.render_chosen(take is not None)
        if _said_in(before) != _said_in(take):
            self._render_transcript()

    def mark(self, problems: tuple[Problem, ...]) -> QWidget | None:
        """Points at the fields that must change and at no other; gives the first one, with the cursor in it."""
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
                return field or aim
        return None

    def unmarked(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Those that no field here can show."""
        return tuple(problem for problem in problems if problem.field not in self._texts())

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        return (
            *self.target.in_order(),
            self.voice_name.editor,
            self.handle.editor,
            self.language,
            self.denoise,
            self.strength.slider,
            self.sample_url.field.editor,
            self.transcript.editor,
            self.first_words.box,
            self.first_words.field.editor,
            *self.whose.in_order(),
        )

    # -- what the person does -----------------------------------------------------------------------

    def _on_name(self, name: str) -> None:
        self.changed.emit("clone_name", name)
        self._render_prefix()

    def _on_language(self, language: str) -> None:
        self._language = language
        self.changed.emit("clone_language", language)
        self._follow()

    def _on_url(self, url: str) -> None:
        self.changed.emit("clone_url", url)
        self._follow_sample()

    def _on_transcript(self, text: str) -> None:
        if self._take_used():
            self.transcribed.emit(text)
        else:
            self._of_address = text
            self.changed.emit("clone_transcript", text)

    # -- how it is done -----------------------------------------------------------------------------

    def _take_used(self) -> Take | None:
        return None if self.sample_url.url() else self._take

    def _follow_sample(self) -> None:
        """From a take to an address, or back."""
        if self._said != _said_in(self._take_used()):
            self._render_transcript()

    def _render_transcript(self) -> None:
        """Silently: it is somebody's already."""
        held = self.transcript.blockSignals(True)
        take = self._take_used()
        self._said = _said_in(take)
        self.transcript.set_text(take.transcript if take else self._of_address)
        self.transcript.blockSignals(held)

    def _follow(self) -> None:
        """Another system, model or language has been chosen."""
        info, model = self.target.info(), self.target.clone_model()
        if info is None or model is None:
            return
        limits = model.limits
        spoken = [(one.label, one.value) for one in limits.languages]
        self.language.render_items([(self.tr("Not said"), ""), *spoken], self._language)
        self.voice_name.set_limit(limits.name_max, info.label)
        self.handle.set_limit(limits.handle.longest if limits.handle else 0, info.label)
        self.handle.setVisible(limits.handle is not None)
        self.sample_url.render_taken(limits.takes_url)
        self.transcript.setVisible(limits.takes_transcript)
        self.word_for_word.setVisible(limits.takes_transcript)
        self.word_for_word.setText(self._advice(info.system))
        self._languages.setVisible(bool(limits.languages))
        self._denoise.setVisible(limits.takes_denoise)
        self.strength.setVisible(limits.takes_strength)
        self.first_words.render_target(info, model, self.spoken_language())
        self._render_prefix()
        self._follow_sample()
        self.followed.emit()

    def _advice(self, system: str) -> str:
        if system == QWEN:
            return self.tr(
                "A wrong word and Qwen refuses the sample (Audio.PreprocessError). Leave it empty if in doubt."
            )
        return self.tr("It must match the sample word for word, or stay empty.")

    def _render_prefix(self) -> None:
        limits = self.limits()
        if limits and limits.handle:
            self.handle.editor.setPlaceholderText(handle_from(self.voice_name.text(), limits.handle))

    def _texts(self) -> dict[Field, TextField]:
        return {
            Field.SAMPLE_URL: self.sample_url.field,
            Field.NAME: self.voice_name,
            Field.HANDLE: self.handle,
            Field.TRANSCRIPT: self.transcript,
        }

    def _combos(self) -> dict[Field, QWidget]:
        return {Field.LANGUAGE: self.language, Field.REGION: self.target.region}

    def _build_fields(self, memory: Memory) -> None:
        self.target = CloneTarget(memory, self)
        self.voice_name = TextField(self.tr("Voice name"), "clone-name", self)
        self.handle = TextField(self.tr("Voice id prefix"), "clone-handle", self)
        self._languages = ComboField(self.tr("Language"), "clone-language", self)
        self._denoise = ComboField(self.tr("Denoise"), "denoise", self)
        self.language, self.denoise = self._languages.combo, self._denoise.combo
        self.strength = StrengthField(memory.clone_strength, self)
        self.sample_url = SampleUrl(memory.clone_url, self)
        self.transcript = TextField(self.tr("Transcript"), "transcript", self, lines=3, grows=False)
        self.word_for_word = label("", self, role=Role.TEXT_DIM, wrap=True, name="transcript-advice")
        self.word_for_word.setContentsMargins(2, 0, 2, 0)
        self.first_words = FirstWords(memory.clone_first_words, speaks=memory.clone_speaks, parent=self)
        self.whose = WhoseField(self)
        self.voice_name.set_text(memory.clone_name)
        for field in (self.voice_name, self.handle, self.transcript):
            field.editor.setAcceptDrops(False)  # what is dropped is a sample
        choices = ((self.tr("The vendor decides"), ""), (self.tr("On"), "on"), (self.tr("Off"), "off"))
        self.denoise.render_items(choices, "")

    def _build_layout(self) -> None:
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(GAP)
        pairs.setVerticalSpacing(WIDE_GAP)
        for place, widget in enumerate((self.voice_name, self.handle, self._languages, self._denoise)):
            pairs.addWidget(widget, place // 2, place % 2)
            pairs.setColumnStretch(place % 2, 1)
        pairs.addWidget(self.strength, 1, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.transcript)
        words.addWidget(self.word_for_word)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, 0, WIDE_GAP, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.target)
        column.addLayout(pairs)
        column.addWidget(self.sample_url)
        column.addLayout(words)
        column.addWidget(self.first_words)
        column.addWidget(self.whose)
        column.addStretch(1)

    def _join(self) -> None:
        self.target.changed.connect(self.changed)
        self.target.followed.connect(self._follow)
        self.voice_name.changed.connect(self._on_name)
        self.language.picked.connect(self._on_language)
        self.strength.changed.connect(lambda hundredths: self.changed.emit("clone_strength", hundredths))
        self.sample_url.changed.connect(self._on_url)
        self.transcript.changed.connect(self._on_transcript)
        self.first_words.changed.connect(self.changed)
        self.first_words.priced.connect(self.followed)


def _said_in(take: Take | None) -> tuple[UUID, str] | None:
    return (take.take_id, take.transcript) if take else None
