"""A clip's outline: what has sounded in the accent colour, the rest dimmed, a hairline at zero.

The outline is merged to the widget's width once for each size, at the first painting: what is scrolled out of sight
costs nothing, and a playhead that moves costs a copy.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from studio.domain.audio import Envelope
from studio.ui.drawn import Drawn
from studio.ui.theme import Role, colour, mixed

FULL_SCALE = 127
UNPLAYED = 0.35  # how much of the ground is in the colour of what has not sounded yet


class Waveform(Drawn):
    """`seek_asked` has the part (0..1) that was clicked."""

    seek_asked = Signal(float)

    def __init__(self, parent: QWidget | None = None, *, height: int = 56) -> None:
        super().__init__(parent, height)
        self.setObjectName("waveform")
        self.setAccessibleName(self.tr("Waveform"))
        self._envelope = Envelope()
        self._part: float | None = None
        self._played, self._unplayed = QPixmap(), QPixmap()
        self._stale = True

    def render_envelope(self, envelope: Envelope) -> None:
        if envelope != self._envelope:
            self._envelope = envelope
            self.setCursor(Qt.CursorShape.PointingHandCursor if envelope.columns else Qt.CursorShape.ArrowCursor)
            self._redraw()

    def render_position(self, part: float | None) -> None:
        """Where the playhead stands, 0..1, or None while the clip is silent."""
        if part != self._part:
            self._part = part
            self.update()

    @property
    def part(self) -> float | None:
        return self._part

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._envelope.columns and self.width():
            self.seek_asked.emit(min(1.0, max(0.0, event.position().x() / self.width())))
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stale:
            self._draw()
        painter = QPainter(self)
        place = round(self.width() * self._part) if self._part is not None else 0
        painter.setClipRect(QRect(0, 0, place, self.height()))
        painter.drawPixmap(QPointF(0, 0), self._played)
        painter.setClipRect(QRect(place, 0, self.width() - place, self.height()))
        painter.drawPixmap(QPointF(0, 0), self._unplayed if self._part is not None else self._played)
        if self._part is not None:
            painter.setClipping(False)
            painter.fillRect(
                QRectF(min(place, self.width() - 2), 0, 2, self.height()), colour(Role.TEXT, self.palette())
            )
        painter.end()

    def _redraw(self) -> None:
        self._stale = True
        self.update()

    def _draw(self) -> None:
        accent = colour(Role.ACCENT, self.palette())
        lines = self._lines()
        self._played = self._picture(lines, accent)
        self._unplayed = self._picture(lines, mixed(accent, colour(Role.RAISED, self.palette()), UNPLAYED))
        self._stale = False

    def _lines(self) -> list[QLineF]:
        middle, half = self.height() / 2, self.height() / 2 - 1
        return [
            QLineF(x + 0.5, middle - high * half / FULL_SCALE - 0.5, x + 0.5, middle - low * half / FULL_SCALE + 0.5)
            for x, (low, high) in enumerate(merged(self._envelope, self.width()))
        ]

    def _picture(self, lines: list[QLineF], ink: QColor) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(QPen(colour(Role.LINE, self.palette()), 1))
        painter.drawLine(QLineF(0, self.height() / 2, self.width(), self.height() / 2))
        painter.setPen(QPen(ink, 1))
        painter.drawLines(lines)
        painter.end()
        return picture


def merged(envelope: Envelope, columns: int) -> list[tuple[int, int]]:
    """Lowest and highest value for each of `columns` columns; stretched where the envelope has fewer."""
    have = envelope.columns
    if not have or columns <= 0:
        return []
    values = memoryview(envelope.pairs[: 2 * have]).cast("b")
    lows, highs = values[0::2].tolist(), values[1::2].tolist()
    edges = [column * have // columns for column in range(columns + 1)]
    return [
        (min(lows[start : max(end, start + 1)]), max(highs[start : max(end, start + 1)]))
        for start, end in pairwise(edges)
    ]
