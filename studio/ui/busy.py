"""A button that turns into Cancel or Stop at the same place while its work runs, with a thin line of progress above."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from studio.ui.buttons import Button, Kind
from studio.ui.labels import label
from studio.ui.theme import GRID, Role

SHOWN_AFTER_MS = 200
TIME_LEFT_AFTER_S = 2.0


class BusyButton(QWidget):
    asked = Signal()
    cancel_asked = Signal()

    def __init__(
        self, text: str, icon_name: str, name: str, parent: QWidget | None = None, *, ending: str = ""
    ) -> None:
        """`ending` is the word in place of Cancel."""
        super().__init__(parent)
        self._busy = False
        self._since = 0.0
        self.start = Button(text, self, icon_name=icon_name, kind=Kind.PRIMARY, name=name)
        self.start.setToolTip(self.tr("Ctrl+Enter"))
        self.cancel = Button(ending or self.tr("Cancel"), self, icon_name="stop", name=f"{name}-cancel")
        self.start.clicked.connect(self.asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.left = label("", self, role=Role.TEXT_DIM, name=f"{name}-time-left")
        self.left.hide()
        self._build_bar(name)
        self._build_layout()

    def render_busy(self, busy: bool, progress: float | None) -> None:
        """`progress` 0..1, or None where it isn't known."""
        if busy is not self._busy:
            self._turn(busy)
        self.bar.setRange(0, 0 if progress is None else 1000)
        if progress is not None:
            self.bar.setValue(round(progress * 1000))
        self._tell_time_left(progress if busy else None)

    def _turn(self, busy: bool) -> None:
        self._busy = busy
        self._since = monotonic()
        focused = self.start.hasFocus() or self.cancel.hasFocus()
        shown = self.cancel if busy else self.start
        self._stack.setCurrentWidget(shown)
        if focused:
            shown.setFocus()
        if busy:
            self._late.start()
        else:
            self._late.stop()
            self.bar.hide()

    def _tell_time_left(self, progress: float | None) -> None:
        passed = monotonic() - self._since
        known = progress is not None and progress > 0.05 and passed > TIME_LEFT_AFTER_S
        if known and progress:
            seconds = max(1, round(passed * (1 - progress) / progress))
            self.left.setText(self.tr("About {seconds} s left").format(seconds=seconds))
        self.left.setVisible(known)

    def _build_bar(self, name: str) -> None:
        self.bar = QProgressBar(self)
        self.bar.setObjectName(f"{name}-progress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GRID)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SHOWN_AFTER_MS)
        self._late.timeout.connect(self.bar.show)

    def _build_layout(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.left)
        column.addWidget(self.bar)
        column.addLayout(self._stack)
