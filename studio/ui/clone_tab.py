"""The Clone tab until cloning arrives: what it will be, and what works today."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.empty_state import EmptyState


class CloneTab(QWidget):
    design_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clone")
        self.words = EmptyState("clone-later", self)
        self.words.render_words(
            self.tr(
                "Cloning a voice from a recording arrives with a later version; "
                "today a voice can be designed from words, kept and spoken with."
            ),
            self.tr("Design a voice"),
        )
        self.words.asked.connect(self.design_asked)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
