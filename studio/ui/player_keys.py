"""The player's buttons: Play and Stop, which are always there, and those for how and where it sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.buttons import Button, Kind, Toggle
from studio.ui.combo import Combo
from studio.ui.labels import IconLabel
from studio.ui.slider import Slider
from studio.ui.theme import GAP, LINE_HEIGHT, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.audio import OutputDevice
    from studio.flows.audition import AuditionState

VOLUME_WIDTH = 72


class PlayerKeys(QWidget):
    """Only layout and what can be pressed: whoever owns it connects the buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.previous = _key(self, "previous", "previous-clip", self.tr("Previous clip"))
        self.play = _key(self, "play", "player-play", self.tr("Play"))
        self.stop = _key(self, "stop", "player-stop", self.tr("Stop"))
        self.next = _key(self, "next", "next-clip", self.tr("Next clip"))
        _in_a_row(self, (self.previous, self.play, self.stop, self.next), 0)
        for key in (self.previous, self.next):
            key.hide()
        self.play.setEnabled(False)
        self.stop.setEnabled(False)

    def render(self, state: AuditionState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A key that can't be pressed any more hands the keyboard on to Play, not to whatever is next. Stop keeps it
        until there is something to play: what was heard live is a clip a moment later."""
        before = QApplication.focusWidget()
        last = len(state.queue) - 1
        self.play.setEnabled(state.audible is not None)
        self.previous.setVisible(last > 0)
        self.next.setVisible(last > 0)
        self.previous.setEnabled(state.loop or state.place > 0)
        self.next.setEnabled(state.loop or state.place < last)
        self.stop.setEnabled(state.playing or (before is self.stop and not self.play.isEnabled()))
        if before in (self.stop, self.previous, self.next) and not (before.isEnabled() and before.isVisible()):
            self.play.setFocus()


class SoundKeys(QWidget):
    """Loop, volume and output device. The sign of a loudspeaker is the label of all three for the eye; each has its
    own name for screen readers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.loop = Toggle("", self, icon_name="loop", name="player-loop")
        self.loop.setAccessibleName(self.tr("Loop playback"))
        self.loop.setToolTip(self.tr("Play again and again"))
        self.sign = IconLabel("volume", Role.TEXT_DIM, self)
        self.volume = Slider(Qt.Orientation.Horizontal, self)
        self._build_volume()
        self.device = Combo(self.tr("Output device"), "output-device", self, role=Role.TEXT_DIM)
        self.device.title.hide()
        self.device.setToolTip(self.tr("Output device"))
        self.device.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.device.setMinimumContentsLength(14)
        _in_a_row(self, (self.loop, self.sign, self.volume, self.device), GAP)
        self.render_devices((), "")

    def render(self, state: AuditionState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Silently: what the program sets is nobody's choice."""
        self.loop.blockSignals(True)
        self.loop.setChecked(state.loop)
        self.loop.blockSignals(False)
        self.volume.blockSignals(True)
        if not self.volume.isSliderDown():
            self.volume.setValue(round(state.volume * 100))
        self.volume.blockSignals(False)
        self._render_tip()
        self.render_devices(state.devices, state.device_id)

    def render_devices(self, found: tuple[OutputDevice, ...], chosen: str) -> None:
        devices = [(device.name, device.device_id) for device in found]
        if not any(device_id == chosen for _, device_id in devices):
            devices.insert(0, (self.tr("Not connected") if chosen else self.tr("System default"), chosen))
        self.device.render_items(devices, chosen)

    def _build_volume(self) -> None:
        self.volume.setObjectName("volume")
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setRange(0, 100)
        self.volume.setValue(100)
        self.volume.setPageStep(10)
        self.volume.setFixedSize(QSize(VOLUME_WIDTH, LINE_HEIGHT))
        self.volume.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.volume.valueChanged.connect(self._render_tip)
        self._render_tip()

    def _render_tip(self) -> None:
        self.volume.setToolTip(self.tr("Volume: {part} %").format(part=self.volume.value()))


def _key(parent: QWidget, icon_name: str, name: str, title: str) -> Button:
    made = Button("", parent, icon_name=icon_name, name=name, kind=Kind.QUIET)
    made.setAccessibleName(title)
    made.setToolTip(title)
    return made


def _in_a_row(parent: QWidget, widgets: Iterable[QWidget], between: int) -> None:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(between)
    for widget in widgets:
        row.addWidget(widget)
