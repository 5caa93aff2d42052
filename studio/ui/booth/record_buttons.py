"""Record, Pause and Stop: three buttons that stay where they are, whatever the recording does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.domain.takes import Step
from studio.ui.buttons import Button
from studio.ui.theme import GAP, Role, colour


class RecordButton(Button):
    """With a dot in red."""

    def _icon_ink(self) -> QColor:
        return colour(Role.BAD, self.palette()) if self.isEnabled() else super()._icon_ink()


class RecordButtons(QWidget):
    """`toggle` and `toggle_pause` do what the keys R and P do, where that is possible."""

    record_asked = Signal()
    pause_asked = Signal()
    resume_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record = RecordButton(self.tr("Record"), self, icon_name="record", name="record", gives_way=True)
        self.pause = Button(self.tr("Pause"), self, icon_name="pause", name="pause", gives_way=True)
        self.stop = Button(self.tr("Stop"), self, icon_name="stop", name="stop", gives_way=True)
        self.pause.setAccessibleName(self.tr("Pause"))
        self.record.setToolTip(self.tr("Record: R"))
        self.pause.setToolTip(self.tr("Pause and go on: P"))
        self.stop.setToolTip(self.tr("Stop: R"))
        self._step = Step.IDLE
        self.record.clicked.connect(self.record_asked)
        self.pause.clicked.connect(self._on_pause)
        self.stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(GAP)
        for button in (self.record, self.pause, self.stop):
            row.addWidget(button)

    def render_step(self, step: Step, *, missing: bool, focus: bool) -> None:
        """With `focus` the cursor goes where the next click is likely: what can't be pressed or chosen loses it."""
        self._step = step
        idle, can_pause = step is Step.IDLE, step in (Step.RECORDING, Step.PAUSED)
        self.stop.setEnabled(not idle)
        self.record.setEnabled(idle and not missing)
        if focus and not (can_pause and self.pause.hasFocus()):
            (self.record if idle else self.stop).setFocus()
        self.pause.setEnabled(can_pause)
        self.pause.setText(self.tr("Resume") if step is Step.PAUSED else self.tr("Pause"))
        self.pause.set_icon("record" if step is Step.PAUSED else "pause")

    def toggle(self) -> None:
        (self.record if self._step is Step.IDLE else self.stop).click()

    def toggle_pause(self) -> None:
        self.pause.click()

    def in_order(self) -> tuple[QWidget, ...]:
        return self.record, self.pause, self.stop

    def _on_pause(self) -> None:
        (self.resume_asked if self._step is Step.PAUSED else self.pause_asked).emit()
