"""The length of a take on a line, with the wanted window and the system's maximum marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain.limits import SampleLimits
from studio.ui.booth.zones import Zone, scale_s
from studio.ui.theme import Role, colour, mixed, scaled

BAR = 10
MARK = 3
BETWEEN = 6
"""Pixels that two figures below the bar keep from one another."""


class TimeBar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time-bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        scaled(self, 0.8)
        self._seconds, self._zone = 0.0, Zone.TOO_SHORT
        self._limits = SampleLimits()
        self._shown = (0, 0.0)

    def render_time(self, seconds: float, zone: Zone, limits: SampleLimits) -> None:
        """Drawn anew only where a pixel changes."""
        end = scale_s(seconds, limits)
        shown = (round(self.width() * self.devicePixelRatioF() * seconds / end), end)
        if (zone, limits, shown) != (self._zone, self._limits, self._shown):
            self._seconds, self._zone, self._limits, self._shown = seconds, zone, limits, shown
            self.update()

    def marks(self) -> tuple[tuple[float, Role], ...]:
        """What is marked, in seconds: where the window begins and ends, and what is the most, if it is on the scale."""
        most, end = self._limits.seconds_max, scale_s(self._seconds, self._limits)
        wanted = tuple((one, Role.GOOD) for one in self._limits.seconds_wanted)
        return (*wanted, (most, Role.BAD)) if most is not None and most <= end else wanted

    def sizeHint(self) -> QSize:
        return QSize(240, BAR + MARK + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def place(self, seconds: float) -> float:
        return self.width() * min(seconds / scale_s(self._seconds, self._limits), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = {role: colour(role, self.palette()) for role in Role}
        first, last = (self.place(one) for one in self._limits.seconds_wanted)
        painter.fillRect(QRectF(0, 0, self.width(), BAR), ink[Role.RAISED])
        painter.fillRect(QRectF(first, 1, last - first, BAR - 2), mixed(ink[Role.RAISED], ink[Role.GOOD], 0.25))
        painter.fillRect(QRectF(0, 1, self.place(self._seconds), BAR - 2), ink[self._zone.value[1]])
        painter.setPen(ink[Role.LINE])
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, BAR - 1))
        free = -float(BETWEEN)
        for seconds, role in self.marks():
            free = self._draw_mark(painter, seconds, role, free)
        painter.end()

    def _draw_mark(self, painter: QPainter, seconds: float, role: Role, free: float) -> float:
        """With its figure, unless another one is there; gives where the next figure may begin."""
        place = min(max(self.place(seconds), 1.0), self.width() - 1.0)
        painter.fillRect(QRectF(place - 1, 0, 2, BAR + MARK), colour(role, self.palette()))
        if seconds < self._seconds:  # on what is filled already
            painter.fillRect(QRectF(place - 1, 1, 2, BAR - 2), colour(Role.RAISED, self.palette()))
        words = self.tr("{seconds} s").format(seconds=f"{seconds:g}")
        wide = self.fontMetrics().horizontalAdvance(words)
        left = min(max(place - wide / 2, 0.0), self.width() - wide)
        if left < free + BETWEEN:
            return free
        painter.setPen(colour(Role.TEXT_DIM, self.palette()))
        painter.drawText(QPointF(left, BAR + MARK + self.fontMetrics().ascent()), words)
        return left + wide
