"""The ground of cards and notes: a little above the page, with a thin line around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui.theme import RADIUS, Role, colour


class Raised(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_ground(self)


def draw_ground(widget: QWidget) -> None:
    """For a card that is a widget of another kind; only inside its paintEvent."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colour(Role.LINE, widget.palette()))
    painter.setBrush(colour(Role.RAISED, widget.palette()))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.end()
