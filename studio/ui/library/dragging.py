"""A clip dragged out of the window as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.voices import StoredClip
from studio.ui.buttons import Button, Kind

Carry = Callable[[QWidget, QMimeData], None]


def carry_out(source: QWidget, carried: QMimeData) -> None:
    """Returns when it was dropped: Qt runs a loop of its own meanwhile."""
    drag = QDrag(source)
    drag.setMimeData(carried)
    drag.exec(Qt.DropAction.CopyAction)


class DragHandle(Button):
    """`drag_asked` has the clip as soon as the mouse is pressed; the drag begins when its file is there and the mouse
    has moved. By keyboard Export does the same, so the handle takes no focus."""

    drag_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, carry: Carry = carry_out) -> None:
        super().__init__("", parent, icon_name="drag", kind=Kind.QUIET, name="drag")
        self.setAccessibleName(self.tr("Drag out as a file"))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.carry = carry
        self._clip: StoredClip | None = None
        self._file: Path | None = None
        self._pressed: QPoint | None = None

    def render_clip(self, clip: StoredClip | None) -> None:
        self._clip = clip
        self.setEnabled(clip is not None)

    def render_draggable(self, draggable: tuple[UUID, Path] | None) -> None:
        """The clip that can be dragged out now, and its file."""
        ours = draggable and self._clip and draggable[0] == self._clip.clip_id
        self._file = draggable[1] if draggable and ours else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._clip:
            self._pressed = event.position().toPoint()
            self.drag_asked.emit(self._clip)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if self._pressed is None or self._file is None:
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self._pressed = None
            carried = QMimeData()
            carried.setUrls([QUrl.fromLocalFile(str(self._file))])
            self.carry(self, carried)
