"""Below a waveform: which stretch of it is shown, and buttons to see more or less of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QSizePolicy, QWidget

from studio.ui.buttons import Button, Kind
from studio.ui.sound.keys import KEY_ZOOM
from studio.ui.sound.view import SoundView
from studio.ui.theme import GRID

UNITS = 1000
"""The scroll bar counts milliseconds."""


class ZoomBar(QWidget):
    def __init__(self, view: SoundView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self.bar.setObjectName("take-scroll")
        self.bar.setAccessibleName(self.tr("Shown part of the take"))
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bar.valueChanged.connect(lambda at: view.show_part(view.shown.moved_to(at / UNITS)))
        self.nearer = self._button("zoom-in", self.tr("Zoom in"), self.tr("Zoom in (+, or Ctrl and the wheel)"))
        self.further = self._button("zoom-out", self.tr("Zoom out"), self.tr("Zoom out (−, or Ctrl and the wheel)"))
        self.whole = self._button("fit", self.tr("Whole take"), self.tr("Show the whole take (0)"))
        self.selection = self._button("fit-selection", self.tr("Selection"), self.tr("Show the selection (F)"))
        self.nearer.clicked.connect(lambda: view.zoom(KEY_ZOOM))
        self.further.clicked.connect(lambda: view.zoom(1 / KEY_ZOOM))
        self.whole.clicked.connect(view.fit)
        self.selection.clicked.connect(view.fit_selection)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.bar, 1)
        for button in self.in_order():
            row.addWidget(button)
        view.shown_changed.connect(self._follow)
        self._follow()

    def in_order(self) -> tuple[QWidget, ...]:
        return self.nearer, self.further, self.whole, self.selection

    def _button(self, name: str, title: str, tip: str) -> Button:
        made = Button("", self, icon_name=name, kind=Kind.QUIET, name=name)
        made.setAccessibleName(title)
        made.setToolTip(tip)
        return made

    def _follow(self) -> None:
        shown = self._view.shown
        held = self.bar.blockSignals(True)
        self.bar.setPageStep(max(1, round(shown.span_s * UNITS)))
        self.bar.setSingleStep(max(1, round(shown.span_s * UNITS / 20)))
        self.bar.setRange(0, max(0, round((shown.seconds - shown.span_s) * UNITS)))
        self.bar.setValue(round(shown.start_s * UNITS))
        self.bar.blockSignals(held)
        self.bar.setEnabled(not shown.is_whole)
        self.further.setEnabled(not shown.is_whole)
        self.whole.setEnabled(not shown.is_whole)
