"""How long the take is by now, and what that means for the chosen system."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.domain.limits import SampleLimits
from studio.domain.report import Report
from studio.domain.takes import Step
from studio.ui.booth.time_bar import TimeBar
from studio.ui.booth.zones import Zone, clock, zone_of
from studio.ui.labels import IconLabel, label
from studio.ui.theme import GAP, GRID, Role, scaled

TELL_S = 0.5
CLOCK_SCALE = 1.6

STEP_ICONS = {
    Step.IDLE: ("record", Role.LINE),
    Step.COUNTING_IN: ("record", Role.WARN),
    Step.STARTING: ("record", Role.WARN),
    Step.RECORDING: ("record", Role.BAD),
    Step.PAUSED: ("pause", Role.WARN),
}


class Elapsed(QWidget):
    """`render_step` with every state, `render_seconds` as often as time is to move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("elapsed")
        self._limits, self._step, self._report = SampleLimits(), Step.IDLE, None
        self.light = IconLabel(*STEP_ICONS[Step.IDLE], self)
        self.clock = Clock(self)
        self.bar = TimeBar(self)
        self._icon = IconLabel(*Zone.SHORT.value, self)
        self.words = label("", self, wrap=True, name="elapsed-words")
        self.dropouts = label("", self, role=Role.WARN, wrap=True, name="dropouts")
        self._seconds = 0.0
        self._build_layout()
        self.render_step(Step.IDLE, 0, None)

    def render_limits(self, limits: SampleLimits) -> None:
        self._limits = limits
        self._render()

    def render_step(self, step: Step, count_in: int, report: Report | None) -> None:
        if step in (Step.IDLE, Step.COUNTING_IN, Step.STARTING):
            self._seconds = 0.0
        self._step, self._report = step, report
        self.light.render_icon(*STEP_ICONS[step])
        self.clock.render_words(str(count_in) if step is Step.COUNTING_IN and count_in else "")
        self._render()

    def render_seconds(self, seconds: float) -> None:
        self._seconds = seconds
        self._render()

    def render_dropouts(self, count: int) -> None:
        many = self.tr("{count} drop-outs: the computer lost sound for a moment")
        words = self.tr("1 drop-out: the computer lost sound for a moment") if count == 1 else many
        self.dropouts.setText(words.format(count=count) if count else "")
        self.dropouts.setVisible(bool(count))

    def zone(self) -> Zone:
        return zone_of(self._seconds, self._limits, self._report)

    def _render(self) -> None:
        zone = self.zone()
        self.clock.render_time(self._seconds)
        self.bar.render_time(self._seconds, zone, self._limits)
        going = self._step in (Step.RECORDING, Step.PAUSED)
        self._icon.setVisible(going)
        if going:
            self._icon.render_icon(*zone.value)
        words = self._words(zone) if going else self._waiting()
        if self._step is Step.PAUSED:
            words = self.tr("Paused.") + " " + words
        if words != self.words.text():
            self.words.setText(words)

    def _waiting(self) -> str:
        if self._step is Step.COUNTING_IN:
            return self.tr("Recording begins after the count.")
        if self._step is Step.STARTING:
            return self.tr("Waiting for the first sound from the microphone…")
        most = self._limits.seconds_max
        words = self.tr("{first} to {last} s are best; this system takes up to {most} s.") if most else self._best()
        return words.format(**self._figures())

    def _words(self, zone: Zone) -> str:
        speech = self._limits.speech_min_s is not None
        return {
            Zone.TOO_SHORT: self.tr("Too short for this system: {speech} s of speech at least.")
            if speech
            else self.tr("Too short for this system: {shortest} s at least."),
            Zone.LITTLE_SPEECH: self.tr(
                "Too little speech for this system: {speech} s without a long pause at least, {spoken} s by now."
            ),
            Zone.SHORT: self.tr("Enough to be taken.") + " " + self._best(),
            Zone.WANTED: self.tr("A good length.") + " " + self._best(),
            Zone.LONG: self.tr("Longer than it need be.") + " " + self._best(),
            Zone.TOO_LONG: self.tr("Too long for this system: {most} s at most. Trim it afterwards."),
        }[zone].format(**self._figures())

    def _best(self) -> str:
        return self.tr("{first} to {last} s are best.")

    def _figures(self) -> dict[str, str]:
        limits = self._limits
        first, last = limits.seconds_wanted
        spoken = self._report.figures.longest_speech_s if self._report else 0.0
        return {
            "first": f"{first:g}",
            "last": f"{last:g}",
            "most": f"{limits.seconds_max or 0:g}",
            "speech": f"{limits.speech_min_s or 0:g}",
            "shortest": f"{limits.seconds_min or 0:g}",
            "spoken": f"{spoken:.1f}",
        }

    def _build_layout(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.light)
        line.addWidget(self.clock)
        line.addWidget(self.bar, 1)
        told = QHBoxLayout()
        told.setSpacing(GRID)
        told.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addLayout(told)
        column.addWidget(self.dropouts)
        self.dropouts.hide()


class Clock(QLabel):
    """Drawn for every tenth of a second, told to screen readers twice a second; as wide for any time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("elapsed-time")
        scaled(self, CLOCK_SCALE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words, self._shown = "", ""
        self._told_s = 0.0
        self.render_time(0.0)

    @property
    def shown(self) -> str:
        return self._shown

    def render_words(self, words: str) -> None:
        """Instead of the time, such as the count; empty for the time."""
        self._words = words

    def render_time(self, seconds: float) -> None:
        shown = self._words or clock(seconds)
        if shown == self._shown:
            return
        self._shown = shown
        self.update()
        if self._words or not self.text() or not TELL_S > seconds - self._told_s > 0:
            self._told_s = seconds
            self.setText(shown)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(clock(600.0)), metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._shown)
        painter.end()
