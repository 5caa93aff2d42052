"""The mouse on a waveform: handles are dragged, a click places, the scale pans, the wheel zooms and scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from studio.ui.sound.grips import Grip
from studio.ui.sound.marks import grip_at

if TYPE_CHECKING:
    from studio.ui.sound.view import SoundView

WHEEL_ZOOM = 1.25
WHEEL_PAGE = 0.12
STEP = 120.0
"""Of the wheel, in eighths of a degree."""

COARSE_S = 0.01
"""Seconds for each pixel above which a drag keeps to hundredths."""


class SoundHand:
    def __init__(self, view: SoundView) -> None:
        self._view = view
        self._dragged: Grip | None = None
        self._panned_from: float | None = None

    @property
    def at_work(self) -> bool:
        return self._dragged is not None or self._panned_from is not None

    def press(self, event: QMouseEvent) -> bool:
        view, at = self._view, event.position()
        if event.button() == Qt.MouseButton.MiddleButton or self._on_scale(event):
            self._panned_from = at.x()
            view.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._dragged = self._under(event)
            view.hold(self._dragged if self._dragged in (Grip.START, Grip.END) else None)
            if self._dragged is None:
                view.place(round(self._at_s(event), 3), by_hand=True)
        else:
            return False
        return True

    def move(self, event: QMouseEvent) -> None:
        view, x = self._view, event.position().x()
        if self._panned_from is not None:
            view.show_part(view.shown.moved((self._panned_from - x) * self._pixel_s()))
            self._panned_from = x
        elif self._dragged:
            view.draft.move(self._dragged, round(self._at_s(event), 2 if self._pixel_s() > COARSE_S else 3))
        else:
            self._point(event)

    def release(self, event: QMouseEvent) -> None:
        self._panned_from = self._dragged = None
        self._view.draft.settle()
        self._point(event)

    def let_go(self) -> None:
        """Another take is shown: what was dragged is gone."""
        self._panned_from = self._dragged = None

    def turn(self, event: QWheelEvent) -> bool:
        """Up and down alone scrolls the page that the view is on, unless the view has the focus."""
        view, turned, keys = self._view, event.angleDelta(), event.modifiers()
        steps = (turned.x() or turned.y()) / STEP
        if keys & Qt.KeyboardModifier.ControlModifier:
            view.zoom(WHEEL_ZOOM**steps, view.shown.s_of(event.position().x(), view.width()))
            return True
        sideways = turned.x() or keys & Qt.KeyboardModifier.ShiftModifier or view.stops.focused
        if view.shown.is_whole or not sideways:
            return False
        view.show_part(view.shown.moved(-steps * WHEEL_PAGE * view.shown.span_s))
        return True

    def tell(self, event: QHelpEvent) -> None:
        """What lies under the pointer, and by which keys it moves."""
        grip = grip_at(event.pos().x(), event.pos().y(), self._view.frame, self._view.shown, self._view.draft.edit)
        words = {
            Grip.START: _tr("Start: drag it, or press [ and the arrow keys"),
            Grip.END: _tr("End: drag it, or press ] and the arrow keys"),
            Grip.FADE_IN: _tr("Fade in: drag it to the right"),
            Grip.FADE_OUT: _tr("Fade out: drag it to the left"),
        }
        if grip:
            QToolTip.showText(event.globalPos(), words[grip], self._view)
        else:
            QToolTip.hideText()

    def _point(self, event: QMouseEvent) -> None:
        scale = self._on_scale(event) and not self._view.shown.is_whole
        shape = Qt.CursorShape.SizeHorCursor if self._under(event) else Qt.CursorShape.IBeamCursor
        self._view.setCursor(Qt.CursorShape.OpenHandCursor if scale else shape)

    def _under(self, event: QMouseEvent) -> Grip | None:
        view, at = self._view, event.position()
        return grip_at(at.x(), at.y(), view.frame, view.shown, view.draft.edit)

    def _on_scale(self, event: QMouseEvent) -> bool:
        return event.position().y() < self._view.frame.wave_top

    def _at_s(self, event: QMouseEvent) -> float:
        return self._view.shown.s_of(event.position().x(), self._view.width())

    def _pixel_s(self) -> float:
        return self._view.shown.span_s / max(self._view.width(), 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SoundView", text)
