"""A column that scrolls by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget


class ScrollColumn(QScrollArea):
    """Up and down only, by a bar of its own that shows while there is something to scroll.

    Qt's own bar is a child on the accessibility bus as long as it shows, and Qt 6.11 reads past the end of its list,
    and crashes, when a screen reader asks for one that has just gone (QAccessibleScrollArea): it never shows here.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        self.setViewportMargins(0, 0, self.bar_width(), 0)
        hidden = self.verticalScrollBar()
        hidden.rangeChanged.connect(self._follow)
        hidden.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(hidden.setValue)

    def bar_width(self) -> int:
        """What stands below lines up with the content when it leaves as much room on the right."""
        return self._bar.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.bar_width()
        self._bar.setGeometry(self.width() - width, 0, width, self.height())

    def _follow(self, lowest: int, highest: int) -> None:
        hidden = self.verticalScrollBar()
        self._bar.setPageStep(hidden.pageStep())
        self._bar.setSingleStep(hidden.singleStep())
        self._bar.setRange(lowest, highest)
        self._bar.setVisible(highest > lowest)
