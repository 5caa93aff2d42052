"""Texts of a voice that can be selected and copied, under their headings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.ui.buttons import Button
from studio.ui.formats import clipped
from studio.ui.labels import label
from studio.ui.theme import GRID, LINE_HEIGHT, Role


class TitledText(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", self, wrap=True, name=name)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.setContentsMargins(2, 0, 2, 0)
        column.addWidget(label(title, self, role=Role.TEXT_DIM))
        column.addWidget(self._words)

    def render_text(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._words.text()


class IdLine(QWidget):
    """A long id shows its beginning and end; what is copied is the whole, however long. Hidden where there is none."""

    copied = Signal()

    def __init__(self, title: str, copy: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        heading = label(title, self, role=Role.TEXT_DIM)
        self.shown = QLineEdit(self)
        self.shown.setObjectName(name)
        self.shown.setAccessibleName(title)
        self.shown.setReadOnly(True)
        self.shown.setMinimumHeight(LINE_HEIGHT)
        heading.setBuddy(self.shown)
        self.copy = Button("", self, icon_name="copy", name=f"copy-{name}")
        self.copy.setAccessibleName(copy)
        self.copy.setToolTip(copy)
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.shown, 1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.setContentsMargins(2, 0, 2, 0)
        column.addWidget(heading)
        column.addLayout(row)

    def render_id(self, voice_id: str) -> None:
        self.setVisible(bool(voice_id))
        if voice_id != self._id:
            self._id = voice_id
            self.shown.setText(clipped(voice_id))
            self.shown.setCursorPosition(0)

    def text(self) -> str:
        return self.shown.text()

    def in_order(self) -> tuple[QWidget, ...]:
        return self.shown, self.copy

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._id)
        self.copied.emit()
