"""The waveform of a take, with handles to trim it by: everything on it can be done by mouse and by keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain.errors import StudioError
from studio.domain.takes import Outline
from studio.ui.sound.columns import Fine, columns_of
from studio.ui.sound.draft import EditDraft
from studio.ui.sound.grips import Grip, place_of
from studio.ui.sound.hand import SoundHand
from studio.ui.sound.keys import SoundKeys
from studio.ui.sound.marks import Marks, draw_marks
from studio.ui.sound.picture import Frame, picture
from studio.ui.sound.scale import Shown, clock
from studio.ui.sound.stops import SoundStops
from studio.ui.theme import Role, colour

if TYPE_CHECKING:
    from studio.ui.sound.columns import Columns


class SoundView(QWidget):
    """Changes go to the draft; `sought` is a click on the wave, `shown_changed` another stretch of it."""

    play_asked = Signal()
    loop_asked = Signal()
    sought = Signal()
    shown_changed = Signal()

    def __init__(self, draft: EditDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("take-view")
        self.setAccessibleName(self.tr("Waveform"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.draft = draft
        self.shown = Shown()
        self.held: Grip | None = None
        self.at_s: float | None = None
        self.playhead_s: float | None = None
        self._outline: Outline | None = None
        self._fine: Fine | None = None
        self._speech: Sequence[tuple[float, float]] = ()
        self._picture, self._stale = QPixmap(), True
        self._keys, self._hand, self.stops = SoundKeys(self), SoundHand(self), SoundStops(self)
        draft.drafted.connect(self._on_drafted)

    # -- drawn from what it is given ----------------------------------------------------------------

    def render_sound(self, outline: Outline | None, seconds: float, fine: Fine | None, *, anew: bool) -> None:
        """`anew`: another take, seen whole from its start. `fine` is used where the outline is too coarse."""
        if anew:
            self.at_s = self.playhead_s = None
            self.hold(None)
            self._hand.let_go()
            self.shown = Shown.whole(seconds)
            self.shown_changed.emit()
        if anew or outline is not self._outline:
            self._outline, self._fine = outline, fine
            self._redraw()
            self._tell()

    def render_speech(self, speech: Sequence[tuple[float, float]]) -> None:
        if speech != self._speech:
            self._speech = speech
            self._redraw()

    def render_playhead(self, at_s: float | None) -> None:
        """Costs two thin strips; the view turns the page with it, unless a hand is at work."""
        before, self.playhead_s = self.playhead_s, at_s
        if at_s == before:
            return
        if at_s is not None and before is not None and self._in_sight(before) and not self._hand.at_work:
            self.reveal(at_s)
        self._update_at(before)
        self._update_at(at_s)

    # -- what is shown ------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        return Frame(self.width(), self.height())

    def show_part(self, shown: Shown) -> None:
        if shown != self.shown:
            self.shown = shown
            self._redraw()
            self.shown_changed.emit()

    def zoom(self, factor: float, at_s: float | None = None) -> None:
        """Around a point: if none is given, the handle that is held or the play position, where it is in sight."""
        if at_s is None:
            at_s = place_of(self.draft.edit, self.held, self.draft.seconds) if self.held else self.at_s
        if at_s is None or not self._in_sight(at_s):
            at_s = self.shown.start_s + self.shown.span_s / 2
        self.show_part(self.shown.zoomed(factor, at_s))

    def fit(self) -> None:
        self.show_part(Shown.whole(self.shown.seconds))

    def fit_selection(self) -> None:
        self.show_part(self.shown.fitted(*self.draft.edit.span(self.draft.seconds)))

    def reveal(self, at_s: float) -> None:
        self.show_part(self.shown.showing(at_s))

    # -- handles and the play position --------------------------------------------------------------

    def place(self, at_s: float | None, *, by_hand: bool = False) -> None:
        """The play position; `by_hand` it is also where what sounds goes on."""
        if at_s != self.at_s:
            self._update_at(self.at_s)
            self.at_s = at_s
            self._update_at(at_s)
            self._tell()
        if by_hand:
            self.sought.emit()

    def hold(self, grip: Grip | None) -> None:
        if grip is not self.held:
            self.held = grip
            self.update()
        self.stops.follow(grip)

    def words(self) -> str:
        """What a screen reader says of it."""
        if self._outline is None:
            return ""
        start, end = self.draft.edit.span(self.draft.seconds)
        said = self.tr("selection {start} to {end}").format(start=clock(start), end=clock(end))
        if self.at_s is not None:
            return self.tr("{selection}, play position {at}").format(selection=said, at=clock(self.at_s))
        return said

    # -- events -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(480, 190)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 130)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._outline is None or not self._keys.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._outline is None or not self._hand.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._outline:
            self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.release(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.setAccepted(self._outline is not None and self._hand.turn(event))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._outline:
            self._hand.tell(event)
            return True
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.draft.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.DevicePixelRatioChange,
        ):
            self._redraw()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stale:
            self._draw()
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), self._picture)
        if self._outline:
            marks = Marks(self.draft.edit, self.at_s, self.playhead_s, self.held)
            draw_marks(painter, self.frame, self.shown, marks, self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = self.stops.focused
        painter.setPen(QPen(colour(Role.ACCENT if focused else Role.LINE, self.palette()), 2 if focused else 1))
        inset = 1.0 if focused else 0.5
        painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
        painter.end()

    # -- how it is done -----------------------------------------------------------------------------

    def _redraw(self) -> None:
        self._stale = True
        self.stops.lay_out()
        self.update()

    def _draw(self) -> None:
        """Once for each view; a playhead or a handle that moves needs none of it."""
        ratio, frame = self.devicePixelRatioF(), self.frame
        columns = self._columns(max(1, round(frame.width * ratio)))
        self._picture = picture(columns, frame, self.shown, self._speech, self.palette(), self.font(), ratio)
        self._stale = False

    def _columns(self, count: int) -> Columns:
        outline = self._outline or Outline((), 1, 0, 1)
        start, per_column = self.shown.start_s * outline.rate_hz, self.shown.span_s * outline.rate_hz / count
        try:
            return columns_of(outline, start, per_column, count, self._fine)
        except StudioError:  # the file is gone: whoever plays or sends it says so
            return columns_of(outline, start, per_column, count)

    def _update_at(self, at_s: float | None) -> None:
        if at_s is not None:
            self.update(QRect(round(self.shown.x_of(at_s, self.width())) - 7, 0, 14, self.height()))

    def _in_sight(self, at_s: float) -> bool:
        return self.shown.start_s <= at_s <= self.shown.end_s

    def _on_drafted(self) -> None:
        self.stops.lay_out()
        self.update()
        self._tell()

    def _tell(self) -> None:
        self.stops.tell(there=self._outline is not None)
