"""Texts that were not spoken to their end: gone on with, or forgotten."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.narrations import Narration
from studio.ui.buttons import Button, Kind
from studio.ui.labels import Badge, ElidedLabel, label
from studio.ui.messages import price_of_text
from studio.ui.theme import GRID, Role

MOST_SHOWN = 2
"""The speak panel has little room."""


class UnfinishedRow(QWidget):
    def __init__(self, narration: Narration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unfinished")
        self.narration = narration
        self.words = ElidedLabel(narration.text, self, name="unfinished-text")
        self._done = self.tr("{done} of {parts}").format(done=narration.done, parts=len(narration.parts))
        self.figures = ElidedLabel(self._done, self, role=Role.TEXT_DIM, name="unfinished-figures")
        self.figures.setToolTip(self.tr("Parts that are spoken"))
        self.go_on = Button(self.tr("Go on"), self, kind=Kind.QUIET, name="go-on")
        self.forget = Button(self.tr("Forget"), self, kind=Kind.QUIET, name="forget")
        self.forget.setToolTip(self.tr("Takes that came of it stay"))
        self._build_layout()

    def render_terms(self, price: str, *, known: bool, can_go_on: bool) -> None:
        """`price` of the parts that are left, in words; empty where nobody asks for money."""
        words = self.tr("Go on · {price}").format(price=price) if price and known else self.tr("Go on")
        if words != self.go_on.text():
            self.go_on.setText(words)
            self.go_on.setAccessibleName(self.tr("Go on"))  # its name stays, whatever it costs
            self.go_on.setAccessibleDescription(price if known else "")
            self.go_on.updateGeometry()
        self.figures.setText(" · ".join((self._done, price)) if price and not known else self._done)
        self.go_on.setEnabled(can_go_on)
        self.forget.setEnabled(can_go_on)

    def _build_layout(self) -> None:
        told, asked = QHBoxLayout(), QHBoxLayout()
        told.setSpacing(GRID)
        told.addWidget(Badge(self.tr("Partial"), "partial", self, name="unfinished-partial"))
        told.addWidget(self.words, 1)
        asked.setSpacing(GRID)
        asked.addWidget(self.figures, 1)
        asked.addWidget(self.go_on)
        asked.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(told)
        column.addLayout(asked)


class Unfinished(QWidget):
    """Hidden while there is none."""

    go_on_asked = Signal(object)
    forget_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unfinished-texts")
        self.rows: dict[UUID, UnfinishedRow] = {}
        self._shown: tuple[Narration, ...] = ()
        self._more = label("", self, role=Role.TEXT_DIM, name="unfinished-more")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addWidget(self._more)
        self.hide()

    def render_narrations(self, narrations: tuple[Narration, ...]) -> None:
        if narrations != self._shown:
            self._shown = narrations
            self._rebuild(narrations[:MOST_SHOWN])
            older = len(narrations) - MOST_SHOWN
            self._more.setText(self.tr("and {count} older").format(count=older))
            self._more.setVisible(older > 0)
            self.setVisible(bool(narrations))

    def render_terms(self, price: Callable[[str], float | None] | None, *, can_go_on: bool) -> None:
        """`price` of a text in dollars, None where it isn't known; none at all where nobody asks for money."""
        for row in self.rows.values():
            usd = price("".join(row.narration.left)) if price else None
            row.render_terms(price_of_text(usd) if price else "", known=usd is not None, can_go_on=can_go_on)

    def in_order(self) -> tuple[QWidget, ...]:
        return tuple(button for row in self.rows.values() for button in (row.go_on, row.forget))

    def _rebuild(self, narrations: tuple[Narration, ...]) -> None:
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
        for place, narration in enumerate(narrations):
            row = self.rows[narration.narration_id] = UnfinishedRow(narration, self)
            row.go_on.clicked.connect(lambda _, one=narration.narration_id: self.go_on_asked.emit(one))
            row.forget.clicked.connect(lambda _, one=narration.narration_id: self.forget_asked.emit(one))
            self._column.insertWidget(place, row)
            row.show()
