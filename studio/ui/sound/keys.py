"""The keys of a waveform: nudge, place, trim, zoom, play, loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from studio.ui.sound.grips import Grip, moved, place_of

if TYPE_CHECKING:
    from studio.ui.sound.view import SoundView

KEY_ZOOM = 1.5
NUDGE_S, LARGE_NUDGE_S, SMALL_NUDGE_S = 0.01, 0.1, 0.001

_Key = Qt.Key
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class SoundKeys:
    def __init__(self, view: SoundView) -> None:
        self._view = view
        self._plain: dict[Qt.Key, Callable[[], None]] = {
            _Key.Key_Space: view.play_asked.emit,
            _Key.Key_L: view.loop_asked.emit,
            _Key.Key_I: lambda: self._trim_here(Grip.START),
            _Key.Key_O: lambda: self._trim_here(Grip.END),
            _Key.Key_BracketLeft: lambda: self._hold(Grip.START),
            _Key.Key_BracketRight: lambda: self._hold(Grip.END),
            _Key.Key_Plus: lambda: view.zoom(KEY_ZOOM),
            _Key.Key_Equal: lambda: view.zoom(KEY_ZOOM),
            _Key.Key_Minus: lambda: view.zoom(1 / KEY_ZOOM),
            _Key.Key_0: view.fit,
            _Key.Key_F: view.fit_selection,
        }

    def press(self, event: QKeyEvent) -> bool:
        """Whether it was one of ours. Combinations with Alt are the window's."""
        key, held_down = Qt.Key(event.key()), event.modifiers()
        if held_down & Qt.KeyboardModifier.AltModifier:
            return False
        if key in (_Key.Key_Left, _Key.Key_Right):
            step = SMALL_NUDGE_S if held_down & _CTRL else LARGE_NUDGE_S if held_down & _SHIFT else NUDGE_S
            self._nudge(step if key == _Key.Key_Right else -step)
        elif key in (_Key.Key_Home, _Key.Key_End):
            self._jump(at_end=key == _Key.Key_End, of_all=bool(held_down & _CTRL))
        elif key == _Key.Key_Escape and self._view.held:
            self._view.hold(None)
        elif key in self._plain and not held_down & _CTRL:
            self._plain[key]()
        else:
            return False
        return True

    def _hold(self, grip: Grip) -> None:
        self._view.hold(grip)
        self._view.reveal(place_of(self._view.draft.edit, grip, self._view.draft.seconds))

    def _nudge(self, by_s: float) -> None:
        view = self._view
        if view.held:
            view.draft.nudge(view.held, by_s)
            view.reveal(place_of(view.draft.edit, view.held, view.draft.seconds))
        else:
            self._place((view.at_s if view.at_s is not None else self._span()[0]) + by_s)

    def _jump(self, *, at_end: bool, of_all: bool) -> None:
        """To an end of the selection; with Ctrl, of the whole take."""
        self._place(((0.0, self._view.draft.seconds) if of_all else self._span())[at_end])

    def _place(self, at_s: float) -> None:
        self._view.place(round(min(max(at_s, 0.0), self._view.draft.seconds), 3))
        self._view.reveal(self._view.at_s or 0.0)

    def _trim_here(self, grip: Grip) -> None:
        """Where it sounds now, else at the play position."""
        view = self._view
        here = view.playhead_s if view.playhead_s is not None else view.at_s
        if here is not None:
            view.draft.change(moved(view.draft.edit, grip, here, view.draft.seconds))

    def _span(self) -> tuple[float, float]:
        return self._view.draft.edit.span(self._view.draft.seconds)
