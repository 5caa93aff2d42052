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
from studio.ui.clone.verdict_line import VerdictLine
from studio.ui.scrolling import ScrollColumn
from studio.ui.sound.editor import SoundEditor
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP


class SampleColumn(ScrollColumn):
    """The report is of what is being recorded, else of the chosen take."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("clone-sample-area", parent)
        self._booth, self._takes, self._label = BoothState(), TakesState(), ""
        self._shown: object = None
        self._by_address = False
        self._aiming = QTimer(self)
        self._aiming.setSingleShot(True)
        self._aiming.setInterval(0)
        self._aiming.timeout.connect(self._scroll)
        self._page = page = QWidget()
        self.booth = BoothPanel(page)
        self.takes = TakesList(page)
        self.verdict = VerdictLine(page)
        self.editor = SoundEditor(page)
        self.report = ReportView(page)
        self.cloned = ClonedCard(page)
        self._aim: QWidget = self.cloned
        column = QVBoxLayout(page)
        column.setContentsMargins(WIDE_GAP, PAGE_GAP, WIDE_GAP, PAGE_GAP)
        column.setSpacing(PAGE_GAP)
        sound = QVBoxLayout()
        sound.setSpacing(GAP)
        sound.addWidget(self.verdict)
        sound.addWidget(self.editor)
        column.addWidget(self.booth)
        column.addWidget(self.takes)
        column.addLayout(sound)
        column.addWidget(self.report)
        column.addWidget(self.cloned)
        column.addStretch(1)
        self.setWidget(page)
        self.booth.take_keys(self)
        self.cloned.hide()
        self.verdict.report_asked.connect(lambda: self._scroll_to(self.report))
        self.editor.controls.more.toggled.connect(self._on_more)
        self._render_editor()

    def render_booth(self, state: BoothState) -> None:
        """The level is to be seen as soon as a recording begins."""
        before, self._booth = self._booth, state
        self.booth.render_booth(state)
        if state.busy and not before.busy:
            self._scroll_to(self.booth)
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
                self._scroll_to(self.cloned)

    def render_target(self, system_label: str, limits: SampleLimits | None) -> None:
        self._label = system_label
        self.booth.render_limits(limits)
        self._render_report()

    def render_address(self, used: bool) -> None:
        """Whether the sample is one that the system fetches: then nothing is said of a take that isn't sent."""
        if used is not self._by_address:
            self._by_address = used
            self._render_report()

    def render_position(self, position_s: float) -> None:
        self.editor.render_position(position_s)

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes, from top to bottom."""
        editor = (self.editor.view, *self.editor.zoom_bar.in_order(), *self.editor.controls.in_order())
        above = (*self.booth.in_order(), *self.takes.in_order(), self.verdict.show_report)
        return (*above, *editor, self.report.show_all, self.cloned.play)

    def _on_more(self, opened: bool) -> None:
        if opened:
            self._scroll_to(self.editor.controls.below)

    def _scroll_to(self, widget: QWidget) -> None:
        """As soon as it has its place."""
        self._aim = widget
        self._aiming.start()

    def _scroll(self) -> None:
        """Of what is higher than the view its beginning is seen."""
        aim, view = self._aim, self.viewport().height()
        top = aim.mapTo(self._page, aim.rect().topLeft()).y()
        lowest = top + min(aim.height(), view - 2 * PAGE_GAP) + PAGE_GAP - view
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), lowest), max(top - PAGE_GAP, 0)))

    def _render_editor(self) -> None:
        """While a take is being recorded, its report has the room."""
        shown = self._takes.chosen is not None and not self._booth.busy
        self.editor.setVisible(shown)
        self.verdict.setVisible(shown)

    def _render_report(self) -> None:
        takes = self._takes
        if self._booth.busy:
            self.report.render_report(self._booth.report, measuring=False, live=True, system_label=self._label)
        elif self._by_address:
            self.report.render_unused()
        else:
            self.report.render_report(takes.report, measuring=takes.measuring, live=False, system_label=self._label)
        self.verdict.render_verdict(self.report.mark, self.report.verdict.text())
