"""The right side of the Clone tab with the orders above it: what became of a click on Clone, at once or later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.voices import Origin, Voice
from studio.flows.clone import CloneState
from studio.flows.orders import OrdersState
from studio.ui.clone.sample_column import SampleColumn
from studio.ui.order_notes import OrderNotes
from studio.ui.theme import WIDE_GAP


class CloneResults(QWidget):
    """A voice that an order became after all is shown like one that was made just now; `came` is told of it.

    `show_asked` has a voice's id in the library.
    """

    show_asked = Signal(object)
    came = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._of_orders = CloneState(), OrdersState()
        self._arrived: Voice | None = None
        self.orders = OrderNotes(self, clones=True)
        self.orders.setContentsMargins(0, WIDE_GAP, 0, 0)  # below the tabs, only while it shows
        self.column = SampleColumn(self)
        above = QVBoxLayout()
        above.setContentsMargins(WIDE_GAP, 0, WIDE_GAP + self.column.bar_width(), 0)
        above.addWidget(self.orders)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.column, 1)
        self.orders.show_asked.connect(self.show_asked)
        self.column.cloned.show_asked.connect(self._show)

    def render_clone(self, state: CloneState) -> None:
        before, self._state = self._state, state
        if state.cloning or state.cloned is not before.cloned:
            self._arrived = None
        self._render()

    def render_orders(self, state: OrdersState) -> None:
        """While another clone is under way the card stays its own."""
        before, self._of_orders = self._of_orders, state
        arrived = state.arrived if state.arrived is not before.arrived else None
        if arrived and arrived.origin is Origin.CLONED and not self._state.cloning:
            self._arrived = arrived
            self._render()
            self.came.emit()
        else:
            self._render()

    def _render(self) -> None:
        alone = CloneState(systems=self._state.systems, cloned=self._arrived)
        self.column.render_clone(alone if self._arrived else self._state)
        self.orders.render(self._of_orders, known=self._shown())

    def _shown(self) -> Voice | None:
        """The voice on the card."""
        return self._arrived or self._state.cloned

    def _show(self) -> None:
        if shown := self._shown():
            self.show_asked.emit(shown.library_id)
