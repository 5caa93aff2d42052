"""The report's verdict in one line above the sound, where it is seen without scrolling, and the way to the report."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.buttons import Button, Kind
from studio.ui.labels import IconLabel, label
from studio.ui.theme import GAP, Role


class VerdictLine(QWidget):
    report_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdict-line")
        self.icon = IconLabel("advice", Role.ACCENT, self)
        self.words = label("", self, wrap=True, name="verdict-words")
        self.show_report = Button(self.tr("Show report"), self, kind=Kind.QUIET, name="show-report")
        self.show_report.setToolTip(self.tr("Scrolls to the capture report"))
        self.show_report.clicked.connect(self.report_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(GAP)
        row.addWidget(self.icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.show_report, 0, Qt.AlignmentFlag.AlignVCenter)

    def render_verdict(self, mark: tuple[str, Role], words: str) -> None:
        self.icon.render_icon(*mark)
        self.words.setText(words)
