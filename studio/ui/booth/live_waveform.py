"""The outline of the take that is being recorded: it fills the width, then it scrolls.

Only what is new is drawn, onto a picture that is kept; painting copies the picture. Of the sound itself as many
columns are held as the widest screen has, however long the take is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from studio.ui.drawn import Drawn
from studio.ui.theme import Role, colour

FULL_SCALE = 127
COLUMNS = 5
"""Of the outline, 100 a second, in one pixel: some 30 s in a window of middling width."""

MOST_PIXELS = 8_192
CLIP_MARK = 4


class LiveWaveform(Drawn):
    """Signed bytes in, low and high in turn; those at full scale are marked as clipped."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 56) -> None:
        super().__init__(parent, height)
        self.setObjectName("live-waveform")
        self.setAccessibleName(self.tr("Live waveform"))
        self._next = 0
        self._rest = b""
        self._pixels: deque[tuple[int, int]] = deque(maxlen=MOST_PIXELS)
        self._picture: QPixmap | None = None
        self._filled = 0  # device pixels of the picture that have sound in them

    @property
    def pixels(self) -> tuple[tuple[int, int], ...]:
        return tuple(self._pixels)

    def begin(self) -> None:
        """Another take."""
        self._next, self._rest = 0, b""
        self._pixels.clear()
        self._redraw()

    def pull(self, outline: Callable[[int], bytes]) -> None:
        """What came since the last time."""
        new = outline(self._next)
        self._next += len(new) // 2
        new = (self._rest + new)[-2 * COLUMNS * MOST_PIXELS :]
        whole = len(new) // (2 * COLUMNS) * 2 * COLUMNS
        self._rest = new[whole:]
        if whole:
            pixels = list(_merged(memoryview(new[:whole]).cast("b")))
            self._pixels.extend(pixels)
            if self._picture is not None:
                self._append(self._picture, pixels)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._blank()
            self._append(self._picture, self.pixels[-self._picture.width() :])
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), self._picture)
        if self._pixels:
            place = min(self._filled / self.devicePixelRatioF(), self.width() - 1.0)
            painter.fillRect(QRectF(place, 0, 1, self.height()), colour(Role.BAD, self.palette()))
        painter.end()

    def _redraw(self) -> None:
        self._picture, self._filled = None, 0
        self.update()

    def _blank(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(colour(Role.RAISED, self.palette()))
        return made

    def _append(self, picture: QPixmap, pixels: Iterable[tuple[int, int]]) -> None:
        """In the picture's own pixels, whatever the screen's are, so that it scrolls without a seam."""
        new = list(pixels)[-picture.width() :]
        ratio, wide, high = picture.devicePixelRatio(), picture.width(), picture.height()
        picture.setDevicePixelRatio(1.0)
        over = self._filled + len(new) - wide
        if over > 0:
            picture.scroll(-over, 0, picture.rect())
            self._filled -= over
        ink = {role: colour(role, self.palette()) for role in (Role.RAISED, Role.LINE, Role.ACCENT, Role.WARN)}
        painter = QPainter(picture)
        painter.fillRect(QRectF(self._filled, 0, wide - self._filled, high), ink[Role.RAISED])
        painter.fillRect(QRectF(self._filled, high // 2, wide - self._filled, 1), ink[Role.LINE])
        middle, half = high / 2, high / 2 - 1
        for place, (low, top) in enumerate(new, self._filled):
            above, below = middle - top * half / FULL_SCALE, middle - low * half / FULL_SCALE
            painter.fillRect(QRectF(place, above - 0.5, 1, below - above + 1), ink[Role.ACCENT])
            if max(top, -low) >= FULL_SCALE:
                painter.fillRect(QRectF(place, 0, 1, CLIP_MARK * ratio), ink[Role.WARN])
        painter.end()
        picture.setDevicePixelRatio(ratio)
        self._filled += len(new)


def _merged(values: memoryview) -> Iterable[tuple[int, int]]:
    step = 2 * COLUMNS
    for start in range(0, len(values), step):
        yield min(values[start : start + step : 2]), max(values[start + 1 : start + step : 2])
