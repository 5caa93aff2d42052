"""Where there is nothing yet: one sentence, one action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.buttons import Button
from studio.ui.labels import label
from studio.ui.theme import PAGE_GAP, WIDE_GAP, Role


class EmptyState(QWidget):
    asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.sentence = label("", self, role=Role.TEXT_DIM, wrap=True, name=f"{name}-sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = Button("", self, name=f"{name}-action")
        self.action.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_GAP, PAGE_GAP, PAGE_GAP, PAGE_GAP)
        column.setSpacing(WIDE_GAP)
        column.addStretch(2)
        column.addWidget(self.sentence)
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def render_words(self, sentence: str, action: str = "") -> None:
        self.sentence.setText(sentence)
        self.action.setText(action)
        self.action.setVisible(bool(action))
