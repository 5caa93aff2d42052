"""The still part of a waveform as one picture: time scale, hairline, wave with its clip marks, stretches of speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPalette, QPixmap

from studio.ui.sound.columns import joined
from studio.ui.sound.scale import Shown, step_s, tick_label, ticks
from studio.ui.theme import Role, colour

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCALE_HEIGHT = 22
SPEECH_HEIGHT = 10
FULL_SCALE = 127
CLIP_MARK = 4
"""Pixels at the upper edge, so that a clip is seen where a thin line of colour isn't."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where everything lies in the widget, in its own pixels."""

    width: int
    height: int

    @property
    def wave_top(self) -> int:
        return SCALE_HEIGHT

    @property
    def wave_bottom(self) -> int:
        return max(self.height - SPEECH_HEIGHT, SCALE_HEIGHT + 1)

    @property
    def wave_height(self) -> int:
        return self.wave_bottom - self.wave_top

    @property
    def wave(self) -> QRectF:
        return QRectF(0, self.wave_top, self.width, self.wave_height)


def picture(
    columns: NDArray[np.int8],
    frame: Frame,
    shown: Shown,
    speech: Sequence[tuple[float, float]],
    palette: QPalette,
    font: QFont,
    ratio: float,
) -> QPixmap:
    """`columns` has one for each pixel of the screen across: `ratio` for each of the window's."""
    made = QPixmap(max(1, round(frame.width * ratio)), max(1, round(frame.height * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(colour(Role.RAISED, palette))
    painter = QPainter(made)
    wave = wave_image(columns, max(1, round(frame.wave_height * ratio)), palette)
    wave.setDevicePixelRatio(ratio)
    painter.drawImage(QPointF(0, frame.wave_top), wave)
    painter.setPen(colour(Role.LINE, palette))
    middle = frame.wave_top + frame.wave_height / 2
    painter.drawLine(QLineF(0, middle, frame.width, middle))
    _draw_scale(painter, frame, shown, palette, font)
    _draw_speech(painter, frame, shown, speech, colour(Role.GOOD, palette))
    painter.end()
    return made


def wave_image(columns: NDArray[np.int8], height: int, palette: QPalette) -> QImage:
    """Every pixel is decided by one comparison over the whole picture; no line is drawn for a column."""
    import numpy as np

    half = (height - 1) / 2
    clipped = (columns[:, 0] <= -FULL_SCALE) | (columns[:, 1] >= FULL_SCALE)
    reach = joined(columns).astype(np.float32) * (half / FULL_SCALE)
    tops = np.floor(half - reach[:, 1]).astype(np.int16)
    bottoms = np.ceil(half - reach[:, 0]).astype(np.int16)
    rows = np.arange(height, dtype=np.int16)[:, None]
    pixels = ((rows >= tops) & (rows <= bottoms)).view(np.uint8) * (1 + clipped.view(np.uint8))
    beside = clipped | np.concatenate((clipped[1:], clipped[:1] & False))  # two pixels wide
    pixels[:CLIP_MARK, beside] = 2
    image = QImage(pixels.data, pixels.shape[1], height, pixels.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable([colour(role, palette).rgb() for role in (Role.RAISED, Role.ACCENT, Role.WARN)])
    return image.convertToFormat(QImage.Format.Format_RGB32)  # a copy: the pixels go with this function


def _draw_scale(painter: QPainter, frame: Frame, shown: Shown, palette: QPalette, font: QFont) -> None:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.85)
    painter.setFont(small)
    metrics = QFontMetricsF(small)
    line, ink = colour(Role.LINE, palette), colour(Role.TEXT_DIM, palette)
    painter.setPen(line)
    painter.drawLine(QLineF(0, SCALE_HEIGHT - 0.5, frame.width, SCALE_HEIGHT - 0.5))
    step = step_s(shown, frame.width)
    for at_s in ticks(shown, frame.width):
        x = round(shown.x_of(at_s, frame.width)) + 0.5
        painter.setPen(line)
        painter.drawLine(QLineF(x, SCALE_HEIGHT - 6, x, SCALE_HEIGHT - 1))
        words = tick_label(at_s, step)
        if x + 4 + metrics.horizontalAdvance(words) < frame.width:
            painter.setPen(ink)
            room = QRectF(x + 4, 0, 120, SCALE_HEIGHT - 3)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _draw_speech(
    painter: QPainter, frame: Frame, shown: Shown, speech: Sequence[tuple[float, float]], ink: QColor
) -> None:
    top = frame.wave_bottom + 4
    for start, end in speech:
        left, right = shown.x_of(start, frame.width), shown.x_of(end, frame.width)
        if right >= 0 and left <= frame.width:
            left = max(left, 0.0)
            painter.fillRect(QRectF(left, top, max(min(right, frame.width) - left, 1.0), 3), ink)
