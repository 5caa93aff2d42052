"""Orders whose outcome isn't known, and what became of them: the person is told, and asked, never charged again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.briefs import CloneBrief
from studio.domain.voices import Origin
from studio.ui.formats import short
from studio.ui.messages import sentence, system_label
from studio.ui.note_line import Action, Note, NoteLine, Tone, note_of
from studio.ui.theme import GAP

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from studio.domain.briefs import Order
    from studio.domain.errors import StudioError
    from studio.domain.voices import Voice
    from studio.flows.orders import OrdersState


class OrderNotes(QWidget):
    """`show_asked` has the library id of the voice that arrived, `forget_asked` the id of an order.

    With `clones` only orders of clones are told of, else only those of designs.
    """

    show_asked = Signal(object)
    settings_asked = Signal()
    look_again_asked = Signal()
    forget_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, clones: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("orders")
        self._clones = clones
        self._open: tuple[Order, ...] = ()
        self._all: tuple[Order, ...] = ()
        self._error: StudioError | None = None
        self._ours = False
        self._order: UUID | None = None
        self._arrived: UUID | None = None
        self.open = NoteLine(self)
        self.news = NoteLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.open)
        column.addWidget(self.news)
        self.open.action_asked.connect(self._act_on_open)
        self.news.action_asked.connect(self._act_on_news)
        self.hide()

    def render(self, state: OrdersState, *, known: Voice | None = None) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A `known` voice is shown as arrived already."""
        self._hear_error(state)
        self._open = tuple(order for order in state.open if self._is_ours(order))
        arrived = state.arrived if state.arrived and self._came_here(state.arrived) else None
        arrived = None if arrived and known and arrived.library_id == known.library_id else arrived
        self._order = self._open[0].order_id if self._open else None
        self._arrived = arrived.library_id if arrived else None
        news = self._news(state.error if self._ours else None, arrived)
        self.open.render_note(self._open_note(state.trouble) if self._open else None)
        self.news.render_note(news)
        self.setVisible(bool(self._open or news))

    def follow(self, before: QWidget) -> None:
        """What the Tab key leaves to come here."""
        self.open.before = self.news.before = before

    def _hear_error(self, state: OrdersState) -> None:
        """It is of the order that went with it, and told everywhere where that isn't known."""
        before, self._all = self._all, state.open
        if state.error is not self._error:
            self._error = state.error
            gone = [order for order in before if order not in state.open]
            self._ours = not gone or any(map(self._is_ours, gone))

    def _is_ours(self, order: Order) -> bool:
        return isinstance(order.brief, CloneBrief) is self._clones

    def _came_here(self, voice: Voice) -> bool:
        return (voice.origin is Origin.CLONED) is self._clones

    def _open_note(self, trouble: StudioError | None) -> Note:
        words = open_words(self._open[0])
        if others := len(self._open) - 1:
            more = self.tr("1 more is open.") if others == 1 else self.tr("{count} more are open.")
            words += " " + more.format(count=others)
        details = ""
        asked = {order.brief.system for order in self._open}
        if trouble and (not trouble.system or trouble.system in asked):
            words += " " + sentence(trouble)
            details = note_of(trouble).details
        return Note(Tone.ADVICE, words, (Action.LOOK_AGAIN, Action.FORGET), details)

    def _news(self, error: StudioError | None, arrived: Voice | None) -> Note | None:
        if error:
            return note_of(error, retry=False, region=None)
        if arrived:
            words = self.tr("“{name}” has arrived and is in the Library.").format(name=arrived.name)
            return Note(Tone.DONE, words, (Action.SHOW_IN_LIBRARY,))
        return None

    def _act_on_open(self, action: Action) -> None:
        if action is Action.LOOK_AGAIN:
            self.look_again_asked.emit()
        else:
            self.forget_asked.emit(self._order)

    def _act_on_news(self, action: Action) -> None:
        if action is Action.SETTINGS:
            self.settings_asked.emit()
        else:
            self.show_asked.emit(self._arrived)


def open_words(order: Order) -> str:
    """A task that runs elsewhere goes on without us; an answer that was lost may have made a voice."""
    if order.task_id:
        words = _tr(
            "{system} is still at work on “{name}”, ordered {when}. It goes on there, and is looked after here."
        )
    else:
        words = _tr(
            "“{name}”, ordered at {system} {when}, is still open: its answer was lost, so the voice may have been "
            "made and paid for."
        )
    brief = order.brief
    name = brief.name or short(getattr(brief, "description", ""))
    return words.format(system=system_label(brief.system), name=name, when=_when(order.created))


def _when(ordered: datetime) -> str:
    """In local time, with the date unless it was today."""
    here = ordered.astimezone()
    if here.date() == here.now(here.tzinfo).date():
        return _tr("at {time}").format(time=f"{here:%H:%M}")
    return _tr("on {date} at {time}").format(date=f"{here:%Y-%m-%d}", time=f"{here:%H:%M}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("orders", text)
