"""The strip under every tab: what sounds, where it sounds, and what happened last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.ui.buttons import PlayButton
from studio.ui.combo import Combo
from studio.ui.formats import length
from studio.ui.labels import ElidedLabel, label
from studio.ui.note_line import NoteLine, note_of
from studio.ui.theme import GAP, GRID, PAGE_GAP, WIDE_GAP, Role
from studio.ui.waveform import Waveform

if TYPE_CHECKING:
    from studio.domain.audio import OutputDevice
    from studio.flows.audition import Audible, AuditionState

LEAST_STATUS = 220
"""Pixels; the name of what sounds gives way sooner."""


class PlayerStrip(QWidget):
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    device_picked = Signal(str)
    devices_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("player")
        self._audible: Audible | None = None
        self._error: StudioError | None = None
        self.note = NoteLine(self)
        self._build_player()
        self._build_device()
        self.status = ElidedLabel(self.tr("Ready"), self, name="status")
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.status.setMinimumWidth(LEAST_STATUS)
        self._build_layout()
        self._render_devices((), "")
        self.play.setEnabled(False)

    def render(self, state: AuditionState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._audible = state.audible
        self.play.setEnabled(state.audible is not None)
        self.play.render_playing(state.playing)
        self.title.setText(state.audible.title if state.audible else "")
        if state.audible:
            self.waveform.render_envelope(state.audible.clip.envelope)
        self.render_position(0.0 if state.playing else None)
        self._render_devices(state.devices, state.device_id)
        self.note.render_note(note_of(state.error) if state.error else None)

    def render_position(self, position_s: float | None) -> None:
        """None while nothing sounds."""
        if self._audible is None:
            self.time.setText("")
            return
        whole = self._audible.clip.seconds
        self.time.setText(f"{length(position_s or 0.0)} / {length(whole)}")
        self.waveform.render_position(None if position_s is None else position_s / max(whole, 0.001))

    def say(self, words: str) -> None:
        self.status.setText(words)

    def _render_devices(self, found: tuple[OutputDevice, ...], chosen: str) -> None:
        devices = [(device.name, device.device_id) for device in found]
        if not any(device_id == chosen for _, device_id in devices):
            devices.insert(0, (self.tr("Not connected") if chosen else self.tr("System default"), chosen))
        self.device.render_items(devices, chosen)

    def _build_player(self) -> None:
        self.play = PlayButton(self, compact=True)
        self.waveform = Waveform(self, height=28)
        self.waveform.setFixedWidth(140)
        self.title = ElidedLabel("", self, name="player-title")
        self.title.setMaximumWidth(240)
        self.time = label("", self, role=Role.TEXT_DIM, name="player-time")
        self.play.clicked.connect(self._on_play)
        self.waveform.seek_asked.connect(self._on_seek)

    def _build_device(self) -> None:
        self.device = Combo(self.tr("Output device"), "output-device", self, role=Role.TEXT_DIM)
        self.device.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.device.setMinimumContentsLength(14)
        self.device.picked.connect(lambda device_id: self.device_picked.emit(device_id or ""))
        self.device.opening.connect(self.devices_asked)

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(WIDE_GAP, GAP, WIDE_GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.play)
        row.addWidget(self.waveform)
        row.addWidget(self.title)
        row.addWidget(self.time)
        row.addSpacing(PAGE_GAP)
        row.addWidget(self.status, 1)
        row.addSpacing(GAP)
        row.addWidget(self.device.title)
        row.addWidget(self.device)
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
