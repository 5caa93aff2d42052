"""The right side of the Clone tab: microphone, takes, the chosen one's sound and report, and the voice it became."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.limits import SampleLimits
from studio.flows.audition import AuditionState
from studio.flows.booth import BoothState
from studio.flows.clone import CloneState
from studio.flows.hearing import HearingState
from studio.flows.takes import TakesState
from studio.ui.booth.panel import BoothPanel
from studio.ui.booth.takes_list import TakesList
from studio.ui.clone.cloned_card import ClonedCard
from studio.ui.clone.report_view import ReportView
from studio.ui.scrolling import ScrollColumn
from studio.ui.sound.editor import SoundEditor
from studio.ui.theme import PAGE_GAP, WIDE_GAP


class SampleColumn(ScrollColumn):
    """The report is of what is being recorded, else of the chosen take."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("clone-sample-area", parent)
        self._booth, self._takes, self._label = BoothState(), TakesState(), ""
        self._shown: object = None
        page = QWidget()
        self.booth = BoothPanel(page)
        self.takes = TakesList(page)
        self.editor = SoundEditor(page)
        self.report = ReportView(page)
        self.cloned = ClonedCard(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(WIDE_GAP, PAGE_GAP, WIDE_GAP, PAGE_GAP)
        column.setSpacing(PAGE_GAP)
        for widget in (self.booth, self.takes, self.editor, self.report, self.cloned):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(page)
        self.cloned.hide()
        self._render_editor()

    def render_booth(self, state: BoothState) -> None:
        self._booth = state
        self.booth.render_booth(state)
        self._render_editor()
        self._render_report()

    def render_takes(self, state: TakesState) -> None:
        """Trouble is told once, where files are brought in."""
        self._takes = state
        self.booth.render_import(state)
        self.takes.render_takes(state)
        self.editor.render_takes(state)
        self._render_editor()
        self._render_report()

    def render_hearing(self, state: HearingState) -> None:
        self.editor.render_hearing(state)

    def render_audition(self, state: AuditionState) -> None:
        self.editor.render_audition(state)
        self.cloned.render_audition(state)

    def render_clone(self, state: CloneState) -> None:
        """A voice that has just been made is scrolled to, unless a take is being recorded."""
        self.cloned.render_clone(state)
        if state.cloned is not self._shown:
            self._shown = state.cloned
            if state.cloned and not self._booth.busy:
                QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.cloned, 0, PAGE_GAP))

    def render_target(self, system_label: str, limits: SampleLimits | None) -> None:
        self._label = system_label
        self.booth.render_limits(limits)
        self._render_report()

    def render_position(self, position_s: float) -> None:
        self.editor.render_position(position_s)

    def _render_editor(self) -> None:
        """While a take is being recorded, its report has the room."""
        self.editor.setVisible(self._takes.chosen is not None and not self._booth.busy)

    def _render_report(self) -> None:
        if self._booth.busy:
            self.report.render_report(self._booth.report, measuring=False, live=True, system_label=self._label)
        else:
            takes = self._takes
            self.report.render_report(takes.report, measuring=takes.measuring, live=False, system_label=self._label)
