"""The strip under every tab: what sounds and how, where it sounds, and what happened last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.domain.audio import Envelope
from studio.ui.formats import length
from studio.ui.labels import ElidedLabel, label
from studio.ui.note_line import NoteLine, note_of
from studio.ui.player_keys import PlayerKeys, SoundKeys
from studio.ui.theme import GAP, GRID, WIDE_GAP, Role
from studio.ui.waveform import Waveform

if TYPE_CHECKING:
    from studio.domain.errors import StudioError
    from studio.flows.audition import Audible, AuditionState

LEAST_STATUS = 200
LEAST_WAVEFORM, MOST_WAVEFORM = 72, 320
MOST_TITLE = 240
"""Pixels; the waveform and the name of what sounds give way sooner than the news."""


class PlayerStrip(QWidget):
    """`play_asked` plays from the start, also what sounds already; `volume_picked` has 0..1."""

    play_asked = Signal(object)
    stop_asked = Signal()
    previous_asked = Signal()
    next_asked = Signal()
    seek_asked = Signal(object, float)
    loop_asked = Signal(bool)
    volume_picked = Signal(float)
    device_picked = Signal(str)
    devices_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("player")
        self._audible: Audible | None = None
        self._live = False
        self._error: StudioError | None = None
        self.note = NoteLine(self)
        self._build_player()
        self.status = ElidedLabel(self.tr("Ready"), self, name="status")
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.status.setMinimumWidth(LEAST_STATUS)
        self._build_sound()
        self._build_layout()

    def render(self, state: AuditionState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._audible, self._live = state.audible, state.live is not None
        self.keys.render(state)
        self.sound.render(state)
        self.title.setText(state.live or (state.audible.title if state.audible else ""))
        self.queue.setVisible(len(state.queue) > 1)
        self.queue.setText(self.tr("{place} of {count}").format(place=state.place + 1, count=len(state.queue)))
        self.waveform.render_envelope(state.audible.clip.envelope if state.audible else Envelope())
        self.render_position(0.0 if state.playing else None)
        self.note.render_note(note_of(state.error) if state.error else None)

    def render_position(self, position_s: float | None) -> None:
        """None while nothing sounds. How long sound will be that is still arriving nobody knows."""
        if self._audible is None:
            self.time.setText(length(position_s or 0.0) if self._live else "")
            self.waveform.render_position(None)
            return
        whole = self._audible.clip.seconds
        self.time.setText(f"{length(position_s or 0.0)} / {length(whole)}")
        self.waveform.render_position(None if position_s is None else position_s / max(whole, 0.001))

    def say(self, words: str) -> None:
        self.status.setText(words)

    def _build_player(self) -> None:
        self.keys = PlayerKeys(self)
        self.play, self.stop = self.keys.play, self.keys.stop
        self.waveform = Waveform(self, height=28)
        self.waveform.setMinimumWidth(LEAST_WAVEFORM)
        self.waveform.setMaximumWidth(MOST_WAVEFORM)
        self.title = ElidedLabel("", self, name="player-title")
        self.title.setMaximumWidth(MOST_TITLE)
        self.time = label("", self, role=Role.TEXT_DIM, name="player-time")
        self.queue = label("", self, role=Role.TEXT_DIM, name="player-queue")
        self.queue.hide()
        self.play.clicked.connect(self._on_play)
        self.stop.clicked.connect(self.stop_asked)
        self.keys.previous.clicked.connect(self.previous_asked)
        self.keys.next.clicked.connect(self.next_asked)
        self.waveform.seek_asked.connect(self._on_seek)

    def _build_sound(self) -> None:
        self.sound = SoundKeys(self)
        self.loop, self.volume, self.device = self.sound.loop, self.sound.volume, self.sound.device
        self.loop.toggled.connect(self.loop_asked)
        self.volume.valueChanged.connect(lambda hundredths: self.volume_picked.emit(hundredths / 100))
        self.device.picked.connect(lambda device_id: self.device_picked.emit(device_id or ""))
        self.device.opening.connect(self.devices_asked)

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(WIDE_GAP, GAP, WIDE_GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.keys)
        row.addWidget(self.waveform, 2)
        for part in (self.title, self.time, self.queue):
            row.addWidget(part)
        row.addSpacing(GAP)
        row.addWidget(self.status, 3)
        row.addWidget(self.sound)
        above = QHBoxLayout()
        above.setContentsMargins(WIDE_GAP, GRID, WIDE_GAP, 0)
        above.addWidget(self.note)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(line.palette().ColorRole.Mid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(above)
        column.addLayout(row)

    def _on_play(self) -> None:
        if self._audible:
            self.play_asked.emit(self._audible)

    def _on_seek(self, part: float) -> None:
        if self._audible:
            self.seek_asked.emit(self._audible, part)
