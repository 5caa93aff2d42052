"""Chosen rows as Qt keeps them: neighbours as one part, so that all of 100,000 are one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QAbstractItemModel, QItemSelection
from PySide6.QtWidgets import QTableView

from studio.flows.library_state import LibraryState
from studio.ui.library.voices_model import VoicesModel


def rows_in(selection: QItemSelection) -> list[int]:
    """From the top, each once."""
    parts = [selection.at(place) for place in range(selection.count())]
    if len(parts) == 1:
        return list(range(parts[0].top(), parts[0].bottom() + 1))
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


def behind_deleted(table: QTableView, before: LibraryState, now: LibraryState) -> UUID | None:
    """Where the chosen voice is deleted: whose row comes behind all that are, or else before. The table still shows
    what there was before."""
    rows = rows_in(table.selectionModel().selection())
    if not rows or not before.chosen or now.chosen or now.voices is before.voices:
        return None
    stay = {voice.library_id for voice in now.voices}
    if before.chosen.library_id in stay:
        return None
    ids = (_id_in(table, row) for row in (*range(rows[-1] + 1, table.model().rowCount()), *range(rows[-1], -1, -1)))
    return next((library_id for library_id in ids if library_id in stay), None)


def _id_in(table: QTableView, row: int) -> UUID | None:
    voices = table.model()
    voice = voices.voice(row) if isinstance(voices, VoicesModel) else None
    return voice.library_id if voice else None
