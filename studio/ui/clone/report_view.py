"""The capture report: whether the sample is good enough, each figure held against its limit, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.report import Check, Finding, Flaw, Report, Verdict
from studio.ui.buttons import Button, Kind
from studio.ui.clone.report_row import MARKS, ReportRow
from studio.ui.labels import IconLabel, label
from studio.ui.raised import Raised
from studio.ui.theme import GAP, GRID, WIDE_GAP, Role, scaled

STILL_GROWS = {Check.LENGTH, Check.SPEECH, Check.SIZE}
"""What a take has too little of at its beginning."""


class ReportView(QWidget):
    """What passes is folded away beside what doesn't. While a take is being recorded, a row that has come stays, so
    that nothing jumps under the eye."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        self._report: Report | None = None
        self._live = False
        self._seen: set[Check] = set()
        self.mark: tuple[str, Role] = ("advice", Role.ACCENT)
        self.title = label(self.tr("Capture report"), self)
        scaled(self.title, 1.0, bold=True)
        self.state = label("", self, role=Role.TEXT_DIM, name="report-state")
        self.icon = IconLabel("advice", Role.ACCENT, self)
        self.verdict = label("", self, wrap=True, name="report-verdict")
        self.list = Raised(self)
        self.list.setObjectName("report-list")
        self.list.setAccessibleName(self.tr("Capture report"))
        self.show_all = Button("", self, kind=Kind.QUIET, name="show-all-checks")
        self.show_all.setAccessibleName(self.tr("Show all checks"))
        self.show_all.setCheckable(True)
        policy = self.show_all.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.show_all.setSizePolicy(policy)
        self.show_all.toggled.connect(self._fold)
        self._build_layout()
        self.render_report(None, measuring=False, live=False, system_label="")

    def render_unused(self) -> None:
        """An address stands in for the take."""
        self.render_report(None, measuring=False, live=False, system_label="")
        self.verdict.setText(
            self.tr("The take isn't used while an address is given, and of that no report can be made.")
        )

    def render_report(self, report: Report | None, *, measuring: bool, live: bool, system_label: str) -> None:
        """`live`: of a take that is being recorded. `measuring`: a newer report is on its way."""
        if live is not self._live or report is None:
            self._seen.clear()
        self._report, self._live = report, live
        self.state.setText(self._state_words(measuring, live) if report else "")
        self._render_verdict(report, measuring=measuring, live=live, system_label=system_label)
        if report:
            for finding in report.findings:
                self.rows[finding.check].render_finding(finding, system_label)
        self._fold()

    # -- how it is drawn ----------------------------------------------------------------------------

    def _render_verdict(self, report: Report | None, *, measuring: bool, live: bool, system_label: str) -> None:
        self.mark = MARKS[report.verdict] if report else ("advice", Role.ACCENT)
        self.icon.render_icon(*self.mark)
        if report:
            words = self._words_so_far(report, system_label) if live else self._verdict_words(report, system_label)
            self.verdict.setText(words)
            return
        if measuring:
            self.verdict.setText(self.tr("Measuring the take…"))
        elif live:
            self.verdict.setText(self.tr("The report comes as soon as there is something to measure."))
        else:
            self.verdict.setText(self.tr("What was measured of the take is shown here, before anything is sent."))

    def _state_words(self, measuring: bool, live: bool) -> str:
        if live:
            return self.tr("live")
        return self.tr("measuring again…") if measuring else ""

    def _words_so_far(self, report: Report, system_label: str) -> str:
        """A take begins by being too short: of that nothing is said to be refused yet."""
        if any(not _grows(finding) for finding in report.refused):
            words = self.tr("So far {system} would refuse it. This must change:")
            return words.format(system=system_label or self.tr("the system"))
        failed = [finding for finding in report.findings if finding.verdict is Verdict.FAIL]
        if any(map(_grows, failed)):
            return self.tr("So far it isn't enough. This is still needed:")
        if failed:
            return self.tr("So far it would make a poor voice. This must change:")
        if report.verdict is Verdict.WARN:
            return self.tr("So far it could be sent. This would make it better:")
        return self.tr("So far every check is passed.")

    def _verdict_words(self, report: Report, system_label: str) -> str:
        warnings = sum(finding.verdict is Verdict.WARN for finding in report.findings)
        if report.refused:
            words = self.tr("{system} would refuse this sample. Nothing is sent before that is mended.")
            return words.format(system=system_label or self.tr("The system"))
        if report.verdict is Verdict.FAIL:
            return self.tr("This would make a poor voice. It can be sent all the same.")
        if report.verdict is Verdict.WARN:
            if warnings == 1:
                return self.tr("Good enough to send, with 1 warning.")
            return self.tr("Good enough to send, with {count} warnings.").format(count=warnings)
        return self.tr("A good sample: every check is passed.")

    def _fold(self) -> None:
        """Hides what passes, unless it is asked for or there is nothing else."""
        report = self._report
        flaws = {one.check for one in report.findings if one.verdict is not Verdict.PASS} if report else set()
        if self._live:
            self._seen |= flaws
            flaws = set(self._seen)
        every = {finding.check for finding in report.findings} if report else set()
        foldable = bool(flaws) and flaws != every
        self.show_all.setVisible(foldable)
        opened = self.show_all.isChecked()
        self.show_all.setText(self.tr("Show less") if opened else self.tr("Show all {count}").format(count=len(every)))
        shown = flaws if foldable and not opened else every
        for check, row in self.rows.items():
            row.show(check in shown)
        self.list.setVisible(bool(shown))

    # -- layout -------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.show_all)
        said = QHBoxLayout()
        said.setSpacing(GAP)
        said.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.verdict, 1)
        grid = QGridLayout(self.list)
        grid.setContentsMargins(WIDE_GAP, GAP, WIDE_GAP, GAP)
        grid.setHorizontalSpacing(WIDE_GAP)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(3, 1)
        self.rows = {check: ReportRow(check, grid, row, self.list) for row, check in enumerate(Check)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(said)
        column.addWidget(self.list)


def _grows(finding: Finding) -> bool:
    """Whether going on may mend it."""
    return finding.check in STILL_GROWS and finding.flaw in (Flaw.TOO_LITTLE, Flaw.MISSING)
