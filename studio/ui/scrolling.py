"""A column that scrolls by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget


class QuietBar(QScrollBar):
    """Not to be seen while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class ScrollColumn(QScrollArea):
    """Up and down only. The scroll bar is always there: it is a child on the accessibility bus, and Qt 6.11 reads past
    the end of its list, and crashes, when a screen reader asks for a bar that has just gone (QAccessibleScrollArea).
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBar(QuietBar(Qt.Orientation.Vertical, self))

    def bar_width(self) -> int:
        """What stands below lines up with the content when it leaves as much room on the right."""
        return self.verticalScrollBar().sizeHint().width()
