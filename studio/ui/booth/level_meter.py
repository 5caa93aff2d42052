"""How loud the microphone is: RMS in peak, in dBFS, the peak held for a while, and a light that clipping leaves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from studio.domain.takes import Meter
from studio.ui.buttons import Button
from studio.ui.labels import ElidedLabel, label
from studio.ui.theme import GAP, GRID, Role, colour, mixed, scaled

LOWEST_DBFS = -60.0
TICKS_DBFS = (-18, -6)
HOLD_S = 1.5
TELL_S = 0.5
"""Figures change no faster: they are to be read, and a screen reader hears of each change."""

BAR = 12


class LevelMeter(QWidget):
    """`clip_reset_asked`: the light was clicked. Times are those of any clock that only goes forward."""

    clip_reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("level-meter")
        self.title = label(self.tr("Input level"), self)
        self.figures = ElidedLabel("", self, role=Role.TEXT_DIM, name="level-figures")
        self.clip = ClipLight(self)
        self.bar = LevelBar(self)
        self.title.setBuddy(self.bar)
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clip.clicked.connect(self._put_out)
        self._hold = PeakHold()
        self._told_s = -TELL_S
        self._build_layout()
        self.rest()

    def render_meter(self, meter: Meter, now_s: float) -> None:
        held = self._hold.at(meter.peak_dbfs, now_s)
        self.clip.render_clipped(meter.clipped)
        self.bar.render_levels(meter.peak_dbfs, meter.rms_dbfs, held)
        if now_s - self._told_s >= TELL_S:
            self._told_s = now_s
            self.bar.tell(held)
            words = self.tr("Peak {peak} · RMS {rms}")
            self.figures.setText(words.format(peak=decibels(held), rms=decibels(meter.rms_dbfs)))

    def rest(self) -> None:
        """No microphone is open. What was clipped before stays told."""
        self._hold = PeakHold()
        self._told_s = -TELL_S
        self.bar.render_levels(*(3 * (LOWEST_DBFS * 2,)))
        self.bar.tell(LOWEST_DBFS)
        self.figures.setText("")

    def _put_out(self) -> None:
        self.clip.render_clipped(False)
        self.clip_reset_asked.emit()

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title)
        head.addWidget(self.figures, 1)
        head.addWidget(self.clip)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.bar)


class PeakHold:
    """The highest peak of the last 1.5 s, as long as nothing is higher."""

    def __init__(self) -> None:
        self._held_dbfs = LOWEST_DBFS * 2
        self._since_s = 0.0

    def at(self, peak_dbfs: float, now_s: float) -> float:
        if peak_dbfs >= self._held_dbfs or now_s - self._since_s > HOLD_S:
            self._held_dbfs, self._since_s = peak_dbfs, now_s
        return self._held_dbfs


class LevelBar(QProgressBar):
    """A progress bar to screen readers, for its value; drawn by itself, far more often than it says its value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("input-level")
        self.setAccessibleName(self.tr("Input level"))
        self.setRange(round(LOWEST_DBFS), 0)
        self.setFormat(self.tr("%v dBFS"))
        scaled(self, 0.8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._levels = (LOWEST_DBFS, LOWEST_DBFS, LOWEST_DBFS)

    def render_levels(self, peak_dbfs: float, rms_dbfs: float, held_dbfs: float) -> None:
        levels = (peak_dbfs, rms_dbfs, held_dbfs)
        if levels != self._levels:
            self._levels = levels
            self.repaint_bar()

    def tell(self, dbfs: float) -> None:
        self.setValue(round(min(max(dbfs, LOWEST_DBFS), 0.0)))

    def repaint_bar(self) -> None:
        self.update(0, 0, self.width(), BAR)

    def sizeHint(self) -> QSize:
        return QSize(240, BAR + 3 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def place(self, dbfs: float) -> float:
        """How far from the left."""
        return self.width() * (min(max(dbfs, LOWEST_DBFS), 0.0) - LOWEST_DBFS) / -LOWEST_DBFS

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        peak, rms, held = (self.place(dbfs) for dbfs in self._levels)
        ink = {role: colour(role, self.palette()) for role in Role}
        painter.fillRect(QRectF(0, 0, self.width(), BAR), ink[Role.RAISED])
        faint = 0.5  # how much of the ground is in the colour of the peaks
        loud = self.place(TICKS_DBFS[-1])
        for end, accent, warn in (
            (peak, mixed(ink[Role.ACCENT], ink[Role.RAISED], faint), mixed(ink[Role.WARN], ink[Role.RAISED], faint)),
            (rms, ink[Role.ACCENT], ink[Role.WARN]),
        ):
            painter.fillRect(QRectF(0, 1, min(end, loud), BAR - 2), accent)
            painter.fillRect(QRectF(loud, 1, max(0.0, end - loud), BAR - 2), warn)
        if held > 0:
            painter.fillRect(QRectF(min(held, self.width() - 2.0), 0, 2, BAR), ink[Role.TEXT])
        painter.setPen(ink[Role.LINE])
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, BAR - 1))
        if event.rect().bottom() >= BAR:
            self._draw_scale(painter, ink[Role.TEXT_DIM])
        painter.end()

    def _draw_scale(self, painter: QPainter, ink: QColor) -> None:
        painter.setPen(ink)
        metrics = self.fontMetrics()
        for dbfs in (round(LOWEST_DBFS), *TICKS_DBFS, 0):
            place = self.place(dbfs)
            words = self.tr("{level} dBFS").format(level=decibels(dbfs, 0)) if not place else decibels(dbfs, 0)
            wide = metrics.horizontalAdvance(words)
            left = min(max(place - wide / 2, 0.0), self.width() - wide)
            painter.fillRect(QRectF(min(place, self.width() - 1.0), BAR, 1, 3), ink)
            painter.drawText(QPointF(left, BAR + 3 + metrics.ascent()), words)


class ClipLight(Button):
    """Lit from the first clipped sample until it is clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, name="clip-light")
        self._lit: bool | None = None
        self.setAccessibleName(self.tr("Clip light"))
        scaled(self, 0.9)
        self.render_clipped(False)

    @property
    def lit(self) -> bool:
        return bool(self._lit)

    def render_clipped(self, clipped: bool) -> None:
        if clipped is self._lit:
            return
        self._lit = clipped
        self.setText(self.tr("Clipped") if clipped else self.tr("Clip"))
        words = (
            self.tr("The sound was too loud and was cut off. Move back or turn the microphone down. Click: light out.")
            if clipped
            else self.tr("Lights up when the sound is too loud and is cut off.")
        )
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = (self.tr("Clipped"), self.tr("Clip"))
        return QSize(max(metrics.horizontalAdvance(word) for word in words) + 20, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        return (colour(Role.BAD, self.palette()), None) if self._lit else (None, colour(Role.LINE, self.palette()))

    def _ink(self, enabled: bool) -> QColor:
        return colour(Role.ON_ACCENT if self._lit else Role.TEXT_DIM, self.palette())


def decibels(dbfs: float, digits: int = 1) -> str:
    """With a true minus; −∞ for what is below the scale."""
    if dbfs < LOWEST_DBFS * 2 + 1:
        return "−∞"
    shown = f"{abs(min(dbfs, 0.0)):.{digits}f}"
    return f"−{shown}" if float(shown) else shown
