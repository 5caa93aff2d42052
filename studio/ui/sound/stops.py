"""Where the Tab key stops on a waveform, as assistive technology sees it: three sliders that the view draws itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSlider, QWidget

from studio.ui.sound.grips import Grip, moved, place_of
from studio.ui.sound.scale import clock

if TYPE_CHECKING:
    from studio.ui.sound.view import SoundView

UNITS = 1000
"""A slider counts whole numbers: milliseconds."""

REACH = 12


class Stop(QSlider):
    """One place of the sound, in milliseconds. Mouse and keys are the view's, `valueChanged` is assistive technology's.

    `focused` comes with whether it has the focus now.
    """

    focused = Signal(bool)

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSingleStep(10)
        self.setPageStep(100)

    def render_place(self, at_s: float, seconds: float, words: str) -> None:
        """Silently: what the program puts here is nobody's choice."""
        held = self.blockSignals(True)
        self.setRange(0, round(seconds * UNITS))
        self.setValue(round(at_s * UNITS))
        self.blockSignals(held)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class SoundStops:
    """The play position, which stands for the view, and both handles."""

    def __init__(self, view: SoundView) -> None:
        self._view = view
        self.position = Stop(_tr("Take"), "take-position", view)
        self.position.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.setFocusProxy(self.position)
        self.grips = {
            Grip.START: Stop(_tr("Start grip"), "start-grip", view),
            Grip.END: Stop(_tr("End grip"), "end-grip", view),
        }
        self.position.focused.connect(lambda came: self._on_focus(None, came))
        self.position.valueChanged.connect(self._on_position)
        for grip, stop in self.grips.items():
            stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            stop.focused.connect(lambda came, grip=grip: self._on_focus(grip, came))
            stop.valueChanged.connect(lambda value, grip=grip: self._on_grip(grip, value))
        QWidget.setTabOrder(self.position, self.grips[Grip.START])
        QWidget.setTabOrder(self.grips[Grip.START], self.grips[Grip.END])

    @property
    def focused(self) -> bool:
        return any(stop.hasFocus() for stop in (self.position, *self.grips.values()))

    def follow(self, held: Grip | None) -> None:
        """The cursor goes with what is held, if it is on the view at all."""
        stop = self.grips[held] if held else self.position
        if self.focused and not stop.hasFocus():
            stop.setFocus()

    def tell(self, *, there: bool) -> None:
        """Without a sound there are no handles."""
        view, edit, seconds = self._view, self._view.draft.edit, self._view.draft.seconds
        at_s = view.at_s if view.at_s is not None else edit.span(seconds)[0]
        self.position.render_place(at_s if there else 0.0, seconds if there else 0.0, view.words())
        for grip, stop in self.grips.items():
            stop.setEnabled(there)
            place = place_of(edit, grip, seconds)
            stop.render_place(place, seconds, clock(place) if there else "")

    def lay_out(self) -> None:
        """Where a screen reader puts its frame."""
        view = self._view
        self.position.setGeometry(view.rect())
        for grip, stop in self.grips.items():
            x = view.shown.x_of(place_of(view.draft.edit, grip, view.draft.seconds), view.width())
            inside = min(max(round(x), REACH), max(view.width() - REACH, REACH))
            stop.setGeometry(QRect(inside - REACH, 0, 2 * REACH, view.height()))

    def _on_focus(self, grip: Grip | None, came: bool) -> None:
        if came:
            self._view.hold(grip)
        elif not self.focused:
            self._view.draft.settle()
            self._view.hold(None)
        self._view.update()

    def _on_position(self, value: int) -> None:
        self._view.place(value / UNITS, by_hand=True)

    def _on_grip(self, grip: Grip, value: int) -> None:
        """No further than the other handle: what it really became is told."""
        draft = self._view.draft
        draft.change(moved(draft.edit, grip, value / UNITS, draft.seconds))
        self.tell(there=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SoundView", text)
