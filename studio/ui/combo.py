"""A combo box that the wheel can't change in passing, with its label as buddy: screen readers know it by that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.labels import label
from studio.ui.theme import GRID, LINE_HEIGHT, Role


class Combo(QComboBox):
    """`opening` is emitted before the list is shown, `picked` with the data of the item that was chosen."""

    opening = Signal()
    picked = Signal(object)

    def __init__(self, title: str, name: str, parent: QWidget, *, role: Role = Role.TEXT) -> None:
        words = label(title, parent, role=role)  # first, as it is read first
        super().__init__(parent)
        self.title = words
        self.title.setBuddy(self)
        self.setAccessibleName(title)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMinimumHeight(LINE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(lambda _: self.picked.emit(self.currentData()))

    def render_items(self, items: Iterable[tuple[str, Any]], chosen: Any) -> None:
        """Silently: what the program puts here is nobody's choice."""
        items = list(items)
        held = self.blockSignals(True)
        if items != [(self.itemText(row), self.itemData(row)) for row in range(self.count())]:
            self.clear()
            for text, data in items:
                self.addItem(text, data)
            if self.view().isVisible():  # the list was opened before its items were known: give it their room
                super().showPopup()
        self.setCurrentIndex(next((row for row, (_, data) in enumerate(items) if data == chosen), 0 if items else -1))
        self.blockSignals(held)

    def choose(self, data: Any) -> None:
        """As if the person had chosen it."""
        row = next((row for row in range(self.count()) if self.itemData(row) == data), -1)
        if row >= 0:
            self.setCurrentIndex(row)

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboField(QWidget):
    """A combo box under its label, shown and hidden as one."""

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = Combo(title, name, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 2)
        column.setSpacing(GRID)
        column.addWidget(self.combo.title)
        column.addWidget(self.combo)
        column.addStretch(1)
