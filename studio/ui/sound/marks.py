"""What moves over the picture of a wave: cut parts dimmed, fades, handles, the play position and the playhead."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF

from studio.domain.takes import Edit
from studio.ui.sound.grips import Grip, place_of
from studio.ui.sound.picture import Frame
from studio.ui.sound.scale import Shown
from studio.ui.theme import Role, colour

FLAG_WIDTH, FLAG_HEIGHT = 9, 20
FADE_RADIUS = 5
FADE_ZONE = 18
"""Pixels below the upper edge of the wave where a fade is taken hold of, not a handle."""

REACH = 8
CUT = 165
"""How much of the ground lies over what is cut, of 255."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`at_s` is the play position; `playhead_s` where the loudspeaker is, None in silence; `held` has the focus."""

    edit: Edit
    at_s: float | None = None
    playhead_s: float | None = None
    held: Grip | None = None


def draw_marks(painter: QPainter, frame: Frame, shown: Shown, marks: Marks, palette: QPalette) -> None:
    places = {grip: shown.x_of(place_of(marks.edit, grip, shown.seconds), frame.width) for grip in Grip}
    start, end = places[Grip.START], places[Grip.END]
    ground = QColor(colour(Role.RAISED, palette))
    ground.setAlpha(CUT)
    top, bottom = frame.wave_top, frame.height
    if start > 0:
        painter.fillRect(QRectF(0, top, start, bottom - top), ground)
    if end < frame.width:
        painter.fillRect(QRectF(end, top, frame.width - end, bottom - top), ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_fade(painter, frame, start, places[Grip.FADE_IN], ground, palette)
    _draw_fade(painter, frame, end, places[Grip.FADE_OUT], ground, palette)
    for grip in (Grip.START, Grip.END):
        _draw_handle(painter, frame, places[grip], palette, held=marks.held is grip, left=grip is Grip.START)
    for grip in (Grip.FADE_IN, Grip.FADE_OUT):
        _draw_knob(painter, frame, places[grip], palette)
    if marks.at_s is not None:
        _draw_place(painter, frame, shown.x_of(marks.at_s, frame.width), palette)
    if marks.playhead_s is not None:
        x = shown.x_of(marks.playhead_s, frame.width)
        painter.fillRect(QRectF(round(x) - 1, frame.wave_top, 2, frame.wave_height), colour(Role.TEXT, palette))


def grip_at(x: float, y: float, frame: Frame, shown: Shown, edit: Edit) -> Grip | None:
    """What lies under the pointer: fades at the upper edge, handles below; the nearer one where both would do."""
    fades = y < frame.wave_top + FADE_ZONE
    among = (Grip.FADE_IN, Grip.FADE_OUT) if fades else (Grip.START, Grip.END)
    if y < frame.wave_top:
        return None
    away = {grip: abs(shown.x_of(place_of(edit, grip, shown.seconds), frame.width) - x) for grip in among}
    nearest = min(among, key=lambda grip: away[grip])
    return nearest if away[nearest] <= REACH else None


def _draw_fade(painter: QPainter, frame: Frame, edge: float, full: float, ground: QColor, palette: QPalette) -> None:
    """What the fade takes away is dimmed; the slope runs from nothing at the edge to full height."""
    if abs(full - edge) < 0.5:
        return
    top, bottom = float(frame.wave_top), float(frame.wave_bottom)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPolygon(QPolygonF([QPointF(edge, bottom), QPointF(edge, top), QPointF(full, top)]))
    painter.setPen(QPen(colour(Role.TEXT, palette), 1.5))
    painter.drawLine(QLineF(edge, bottom, full, top))


def _draw_handle(painter: QPainter, frame: Frame, x: float, palette: QPalette, *, held: bool, left: bool) -> None:
    """A line with a flag at its foot that points into the selected part, and lies wholly inside the picture."""
    ink = colour(Role.ACCENT if held else Role.TEXT, palette)
    line = min(max(x, 1.0), frame.width - 1.0)
    painter.setPen(QPen(ink, 3 if held else 2))
    painter.drawLine(QLineF(line, frame.wave_top, line, frame.height))
    painter.setPen(QPen(colour(Role.RAISED, palette), 1))
    painter.setBrush(ink)
    flag = QRectF(line if left else line - FLAG_WIDTH, frame.wave_bottom - FLAG_HEIGHT, FLAG_WIDTH, FLAG_HEIGHT)
    painter.drawRoundedRect(flag, 2, 2)
    if held:
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(flag.adjusted(-3, -3, 3, 3), 4, 4)


def _draw_knob(painter: QPainter, frame: Frame, x: float, palette: QPalette) -> None:
    painter.setPen(QPen(colour(Role.TEXT, palette), 1.5))
    painter.setBrush(colour(Role.RAISED, palette))
    inside = min(max(x, FADE_RADIUS + 1.0), frame.width - FADE_RADIUS - 1.0)
    painter.drawEllipse(QPointF(inside, frame.wave_top + FADE_RADIUS + 2), FADE_RADIUS, FADE_RADIUS)


def _draw_place(painter: QPainter, frame: Frame, x: float, palette: QPalette) -> None:
    """A small triangle on the time scale, with a thin dashed line below it."""
    ink = colour(Role.TEXT, palette)
    top = float(frame.wave_top)
    painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, top, x, frame.wave_bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(x - 5, top - 7), QPointF(x + 5, top - 7), QPointF(x, top)]))
