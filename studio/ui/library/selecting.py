"""Chosen rows as Qt keeps them: neighbours as one part, so that all of 100,000 are one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QItemSelection


def rows_in(selection: QItemSelection) -> list[int]:
    """From the top, each once."""
    parts = [selection.at(place) for place in range(selection.count())]
    return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})


def selection_of(model: QAbstractItemModel, rows: Iterable[int]) -> QItemSelection:
    """Whole rows; `rows` from the top."""
    made, last = QItemSelection(), model.columnCount() - 1
    first = before = -2
    for row in (*rows, -2):
        if row != before + 1:
            if first >= 0:
                made.select(model.index(first, 0), model.index(before, last))
            first = row
        before = row
    return made
