"""How the chosen voice sounds: the clip that a click on Play means, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.audio import Envelope
from studio.domain.briefs import ON_DEVICE
from studio.domain.voices import ClipKind, StoredClip, Voice
from studio.flows.audition import Audible, AuditionState
from studio.ui.buttons import Button, PlayButton
from studio.ui.formats import length, rate
from studio.ui.labels import label
from studio.ui.library.dragging import DragHandle
from studio.ui.theme import GAP, GRID, Role
from studio.ui.waveform import Waveform


class VoiceSound(QWidget):
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    export_asked = Signal(object)
    drag_asked = Signal(object)
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voice-sound")
        self._name = ""
        self._clip: StoredClip | None = None
        self._audition = AuditionState()
        self.waveform = Waveform(self)
        self.figures = label("", self, role=Role.TEXT_DIM, name="voice-figures")
        self.play = PlayButton(self)
        self.export = Button(self.tr("Export…"), self, icon_name="export", name="export", gives_way=True)
        self.export.setAccessibleName(self.tr("Export"))
        self.drag = DragHandle(self)
        self.remove = Button(self.tr("Delete"), self, icon_name="delete", name="delete", gives_way=True)
        self._build_layout()
        self._join()

    def render_voice(self, voice: Voice, clips: tuple[StoredClip, ...]) -> None:
        """Preview or sample; where there is none, what was spoken last."""
        made = (clip for clip in clips if clip.kind is not ClipKind.SPOKEN)
        self._name = voice.name
        clip = self._clip = next(made, clips[0] if clips else None)
        nothing = self.tr("No clip of this voice is here.") if voice.system != ON_DEVICE else ""
        waiting = voice.has_clips and not clips  # they are being looked up
        self.figures.setText(f"{length(clip.seconds)} · {rate(clip.rate_hz)}" if clip else "" if waiting else nothing)
        self.waveform.render_envelope(clip.envelope if clip else Envelope())
        self.play.setEnabled(clip is not None)
        self.export.setEnabled(clip is not None)
        self.drag.render_clip(clip)

    def render_audition(self, state: AuditionState) -> None:
        self._audition = state
        sounds = self._sounds()
        self.play.render_playing(sounds)
        if not sounds:
            self.waveform.render_position(None)

    def render_position(self, position_s: float) -> None:
        if self._clip and self._sounds():
            self.waveform.render_position(position_s / max(self._clip.seconds, 0.001))

    def audible(self) -> Audible | None:
        return Audible(self._clip, self._name) if self._clip else None

    def in_order(self) -> tuple[QWidget, ...]:
        return self.play, self.export, self.remove

    def _sounds(self) -> bool:
        sounding = self._audition.audible
        return bool(self._clip and self._audition.playing and sounding and sounding.clip.clip_id == self._clip.clip_id)

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.play)
        row.addWidget(self.export)
        row.addStretch(1)
        row.addWidget(self.remove)
        told = QHBoxLayout()
        told.addWidget(self.figures, 1)
        told.addWidget(self.drag)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.waveform)
        column.addLayout(told)
        column.addLayout(row)

    def _join(self) -> None:
        self.play.clicked.connect(lambda: self.play_asked.emit(self.audible()))
        self.waveform.seek_asked.connect(lambda part: self.seek_asked.emit(self.audible(), part))
        self.export.clicked.connect(lambda: self.export_asked.emit(self._clip))
        self.drag.drag_asked.connect(self.drag_asked)
        self.remove.clicked.connect(self.delete_asked)
