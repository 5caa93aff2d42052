"""A line for a key: what is typed into it is drawn as dots, and told to nobody on the accessibility bus.

Qt announces every text that comes into a line or leaves it, in clear, whatever the echo mode (6.11,
QWidgetLineControl): whoever listens on the bus hears the key. Qt sends these events in the name of the control's
parent, and none for a parent that is no widget: so here the control gets such a one, which covers typing, pasting,
undoing and the bus's own way of setting a text alike. Reading the line is refused by Qt itself.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

CONTROL = "QWidgetLineControl"


class SecretEdit(QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._nobody = QObject(self)
        for child in self.children():
            if child.metaObject().className() == CONTROL:
                child.setParent(self._nobody)

    def clear(self) -> None:
        """By setText, which leaves nothing to undo."""
        self.setText("")
