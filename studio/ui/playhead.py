"""The one clock of the window: it asks where the loudspeaker is, and only while something sounds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 33


class Playhead(QObject):
    moved = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.position_s: Callable[[], float] = float
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(lambda: self.moved.emit(self.position_s()))

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def run(self, playing: bool) -> None:
        if playing and not self._timer.isActive():
            self._timer.start()
        elif not playing:
            self._timer.stop()
