"""The seconds in which something can still be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studio.flows.deletion import UNDO_S


class Countdown(QObject):
    """Begins anew with every other thing that waits, and tells each second; silent while nothing waits."""

    told = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: tuple[object, ...] = ()
        self.seconds = 0
        self.timer = QTimer(self)
        self.timer.setInterval(1000)
        self.timer.timeout.connect(self.tick)

    def follow(self, waiting: tuple[object, ...], left_s: float = UNDO_S) -> None:
        if waiting is not self._waiting and waiting:
            self.seconds = round(left_s)
            self.timer.start()
        elif not waiting:
            self.timer.stop()
        self._waiting = waiting
        if waiting:
            self.told.emit(self.seconds)

    def tick(self) -> None:
        self.seconds = max(0, self.seconds - 1)
        if not self.seconds:
            self.timer.stop()
        self.told.emit(self.seconds)
