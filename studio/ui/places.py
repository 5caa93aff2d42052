"""Where the window and its splitters stand: as the last time, and remembered when they are moved."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from studio.domain.memory import Memory

FIRST_WIDTH, FIRST_HEIGHT = 1180, 780


class Places(QObject):
    """`remembered` carries the name of a field of `Memory` and its new value."""

    remembered = Signal(str, object)

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._geometry = memory.geometry
        self._splitters = dict(memory.splitters)

    def restore(self, window: QWidget) -> None:
        geometry = QByteArray.fromBase64(self._geometry.encode("ascii", "ignore"))
        if geometry.isEmpty() or not window.restoreGeometry(geometry):
            room = window.screen().availableGeometry()
            window.resize(min(FIRST_WIDTH, room.width()), min(FIRST_HEIGHT, room.height()))

    def note(self, window: QWidget) -> None:
        """Where the window stands now."""
        self.remembered.emit("geometry", bytes(window.saveGeometry().toBase64().data()).decode("ascii"))

    def follow(self, splitter: QSplitter) -> None:
        if sizes := self._splitters.get(splitter.objectName()):
            splitter.setSizes(list(sizes))
        splitter.splitterMoved.connect(lambda: self._on_splitter(splitter))

    def _on_splitter(self, splitter: QSplitter) -> None:
        self._splitters[splitter.objectName()] = tuple(splitter.sizes())
        self.remembered.emit("splitters", tuple(sorted(self._splitters.items())))
