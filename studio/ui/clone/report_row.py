"""One finding of the capture report, as a row of a grid that all findings share."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.domain.report import Check, Finding, Verdict
from studio.report_words import advice, check_label, limit_words, value_words
from studio.ui.labels import IconLabel, label
from studio.ui.messages import CONTEXT
from studio.ui.theme import GRID, Role

MARKS = {
    Verdict.PASS: ("done", Role.GOOD),
    Verdict.WARN: ("warning", Role.WARN),
    Verdict.FAIL: ("error", Role.BAD),
}


class ReportRow:
    """Icon, name, figure, limit; below them what to do. What stays the same is not touched: nothing flickers."""

    def __init__(self, check: Check, grid: QGridLayout, row: int, parent: QWidget) -> None:
        self.finding: Finding | None = None
        self.icon = IconLabel("done", Role.GOOD, parent)
        self.name = label(check_label(check, _words), parent, name=f"{check}-name")
        self.value = label("", parent, name=f"{check}-value")
        self.limit = label("", parent, role=Role.TEXT_DIM, wrap=True, name=f"{check}-limit")
        self.advice = label("", parent, role=Role.TEXT_DIM, wrap=True, name=f"{check}-advice")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.advice.setContentsMargins(0, 0, 0, GRID)
        for column, widget in enumerate((self.icon, self.name, self.value, self.limit)):
            grid.addWidget(widget, 2 * row, column)
        grid.addWidget(self.advice, 2 * row + 1, 1, 1, 3)
        self.show(False)

    def render_finding(self, finding: Finding, system_label: str) -> None:
        self.finding = finding
        icon, role = MARKS[finding.verdict]
        self.icon.render_icon(icon, role)
        self.icon.setAccessibleName(verdict_word(finding.verdict))
        for part, words in (
            (self.value, value_words(finding, _words)),
            (self.limit, limit_words(finding, _words)),
            (self.advice, advice(finding, system_label, _words)),
        ):
            if words != part.text():
                part.setText(words)

    def show(self, shown: bool) -> None:
        for part in (self.icon, self.name, self.value, self.limit):
            part.setVisible(shown)
        self.advice.setVisible(shown and bool(self.advice.text()))


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.PASS: QCoreApplication.translate("report", "Passed"),
        Verdict.WARN: QCoreApplication.translate("report", "Warning"),
        Verdict.FAIL: QCoreApplication.translate("report", "Failed"),
    }[verdict]


def _words(text: str) -> str:
    """As `studio.ui.messages` translates what window and commands share."""
    return QCoreApplication.translate(CONTEXT, text)
