"""The voice that a clone became, with its first words and the vendor's word on one of lesser quality."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.briefs import ON_DEVICE
from studio.domain.voices import Status, Voice
from studio.flows.audition import Audible, AuditionState
from studio.flows.clone import CloneState
from studio.ui.buttons import Button
from studio.ui.labels import Badge, ElidedLabel, IconLabel, label
from studio.ui.messages import region_label, sentence, system_label
from studio.ui.note_line import Action, Note, NoteLine, Tone
from studio.ui.raised import Raised
from studio.ui.theme import GAP, GRID, TITLE_SCALE, WIDE_GAP, Role, scaled


class ClonedCard(QWidget):
    """`play_asked` has the first words as an `Audible`."""

    show_asked = Signal()
    play_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cloned")
        self._spoken: Audible | None = None
        self.note = NoteLine(self)
        self._card = Raised(self)
        self.name = ElidedLabel("", self._card, name="cloned-name")
        scaled(self.name, TITLE_SCALE, bold=True)
        self.badge = Badge("", "cloud", self._card, name="cloned-system")
        self.figures = label("", self._card, role=Role.TEXT_DIM, wrap=True, name="cloned-figures")
        self.voice_id = label("", self._card, role=Role.TEXT_DIM, wrap=True, name="cloned-voice-id")
        self.voice_id.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._icon = IconLabel("error", Role.WARN, self._card)
        self.degraded = label("", self._card, role=Role.WARN, wrap=True, name="cloned-degraded")
        self.play = Button(self.tr("Play first words"), self._card, icon_name="play", name="play-first-words")
        self.play.setAccessibleName(self.tr("Play first words"))
        self.words = label("", self._card, role=Role.TEXT_DIM, wrap=True, name="first-words-state")
        self.note.action_asked.connect(self.show_asked)
        self.play.clicked.connect(lambda: self.play_asked.emit(self._spoken))
        self._build_layout()

    def render_clone(self, state: CloneState) -> None:
        self.setVisible(state.cloned is not None)
        if state.cloned is None:
            self.note.render_note(None)
            return
        words = self.tr("“{name}” is in the Library.").format(name=state.cloned.name)
        self.note.render_note(Note(Tone.DONE, words, (Action.SHOW_IN_LIBRARY,)))
        self._render_voice(state.cloned)
        self._render_degraded(state.cloned, state.degraded)
        self._render_first_words(state)

    def render_audition(self, state: AuditionState) -> None:
        sounding = state.audible.clip.clip_id if state.audible and state.playing else None
        sounds = self._spoken is not None and self._spoken.clip.clip_id == sounding
        self.play.setText(self.tr("Stop first words") if sounds else self.tr("Play first words"))
        self.play.set_icon("stop" if sounds else "play")

    # -- how it is done -----------------------------------------------------------------------------

    def _render_voice(self, voice: Voice) -> None:
        local = voice.system == ON_DEVICE
        self.name.setText(voice.name)
        self.badge.render_badge(
            self.tr("Local · basic") if local else system_label(voice.system), "computer" if local else "cloud"
        )
        parts = (
            self.tr("Timbre match") if local else self.tr("Cloned"),
            voice.target_model,
            region_label(voice.region),
            voice.language.label if voice.language else "",
            self.tr("In review") if voice.status is Status.IN_REVIEW else "",
        )
        self.figures.setText(" · ".join(part for part in parts if part))
        self.voice_id.setText(self.tr("Voice id: {voice_id}").format(voice_id=voice.voice_id))

    def _render_degraded(self, voice: Voice, degraded: str) -> None:
        said = self.tr("Of lesser quality, as {system} says: {words}")
        self.degraded.setText(said.format(system=system_label(voice.system), words=degraded) if degraded else "")
        for widget in (self._icon, self.degraded):
            widget.setVisible(bool(degraded))

    def _render_first_words(self, state: CloneState) -> None:
        self._spoken = state.spoken
        self.play.setVisible(state.spoken is not None)
        if state.speaking:
            words = self.tr("It is saying its first words…")
        elif state.mute:
            words = self.tr("Its first words could not be spoken. {why}").format(why=sentence(state.mute))
        else:
            words = f"“{state.spoken.clip.text}”" if state.spoken else ""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.name)
        head.addWidget(self.badge)
        head.addStretch(1)
        warning = QHBoxLayout()
        warning.setSpacing(GRID)
        warning.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        warning.addWidget(self.degraded, 1)
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self.play, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.words, 1)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(WIDE_GAP, WIDE_GAP, WIDE_GAP, WIDE_GAP)
        inside.setSpacing(GAP)
        inside.addLayout(head)
        inside.addLayout(warning)
        inside.addWidget(self.figures)
        inside.addWidget(self.voice_id)
        inside.addLayout(first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.note)
        column.addWidget(self._card)
