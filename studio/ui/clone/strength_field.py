"""How much of a sample's colour a timbre match takes on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.labels import label
from studio.ui.slider import Slider
from studio.ui.theme import GAP, GRID, LINE_HEIGHT, Role

MOST = 90
"""In hundredths: beyond it a match breaks up (engine.md 2)."""


class StrengthField(QWidget):
    """In hundredths, 0..90."""

    changed = Signal(int)

    def __init__(self, hundredths: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(self.tr("Strength"), self)
        self.slider = Slider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName("clone-strength")
        self.slider.setAccessibleName(self.tr("Strength"))
        self.slider.setRange(0, MOST)
        self.slider.setPageStep(10)
        self.slider.setValue(min(max(hundredths, 0), MOST))
        self.slider.setMinimumHeight(LINE_HEIGHT)
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title.setBuddy(self.slider)
        self.figure = label("", self, role=Role.TEXT_DIM, name="clone-strength-figure")
        self.figure.setMinimumWidth(self.figure.fontMetrics().horizontalAdvance("100 %"))
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._build_layout()
        self.slider.valueChanged.connect(self._on_changed)
        self._render_figure()

    def strength(self) -> float:
        """0..0.9."""
        return self.slider.value() / 100

    def _on_changed(self, hundredths: int) -> None:
        self._render_figure()
        self.changed.emit(hundredths)

    def _render_figure(self) -> None:
        self.figure.setText(self.tr("{part} %").format(part=self.slider.value()))

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.slider, 1)
        row.addWidget(self.figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 2)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addLayout(row)
        column.addStretch(1)
