"""The kept voices as a table. What is looked for is found in pieces, each shorter than a frame; see `seeking`."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from studio.domain.limits import SystemInfo
from studio.domain.search import Filter
from studio.domain.voices import Voice
from studio.ui.formats import tip
from studio.ui.library.columns import Column, cell, title
from studio.ui.library.facets import Facets
from studio.ui.library.rows import Change, Rows

FIRST_S, SLICE_S, READ_S = 0.006, 0.003, 0.002
BREATH_MS, CALM_MS, WAIT_MS = 100, 1_000, 20
"""Reading waits until what has come is painted; an index until nothing has come for a while, longer than between two
looks of a refresh: numpy is loaded for it, which takes turns from the window; it is looked for now and then."""
LONGEST_TIP = 2_000

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class VoicesModel(QAbstractTableModel):
    """`progressed` comes when a search has found more rows or has ended, `facets_changed` with what can be filtered
    by now, `caught_up` when every voice has been read."""

    progressed = Signal()
    facets_changed = Signal(object)
    caught_up = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = Rows()
        self.facets = Facets()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)

    # -- what is shown ------------------------------------------------------------------------------

    def render_voices(self, voices: tuple[Voice, ...], systems: tuple[SystemInfo, ...]) -> Change:
        """Rows are reset only where they are others than before."""
        before = self.rows.shown
        change = self.rows.render_voices(voices, {info.system: info for info in systems})
        if change is Change.ROWS:
            now, self.rows.shown = self.rows.shown, before
            self.beginResetModel()
            self.rows.shown = now
            self._find_first(perf_counter())
            self.endResetModel()
        elif change is Change.CELLS and self.rows.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows.shown) - 1, len(Column) - 1))
        self._go_on()
        return change

    def apply(self, wanted: Filter) -> None:
        if wanted != self.rows.filter:
            began = perf_counter()
            self.beginResetModel()
            self.rows.apply(wanted)
            self._find_first(began)
            self.endResetModel()
            self._go_on()

    def search(self, query: str) -> None:
        """Rows that hold every word of the query somewhere."""
        self.apply(replace(self.rows.filter, query=query))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        began = perf_counter()
        self.beginResetModel()
        self.rows.sort(Column(column), down=order == Qt.SortOrder.DescendingOrder)
        self._find_first(began)
        self.endResetModel()
        self._go_on()

    def voice(self, row: int) -> Voice | None:
        return self.rows.voice(row)

    def row_of(self, library_id: UUID | None) -> int:
        """-1 where the voice isn't shown."""
        return self.rows.row_of(library_id)

    def total(self) -> int:
        """Of the kind that is shown."""
        return self.rows.totals[self.rows.filter.built_in]

    def finish(self) -> None:
        """All rows now."""
        while self.searching():
            self._find_some()

    def searching(self) -> bool:
        """Whether more rows may come."""
        return not self.rows.seeker.done

    # -- Qt's questions -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows.shown)

    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section == Column.FAVOURITE else title(Column(section))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return title(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        voice = self.rows.voice(index.row())
        if voice is None:
            return None
        column = Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell(voice, column, self.rows.systems)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(voice, column)
        return None

    # -- how it is done -----------------------------------------------------------------------------

    def _tip(self, voice: Voice, column: Column) -> str | None:
        if column is Column.CREATED:
            return voice.created.astimezone().strftime("%Y-%m-%d %H:%M")
        if column is Column.LAST_USED and voice.last_used:
            return voice.last_used.astimezone().strftime("%Y-%m-%d %H:%M")
        text = voice.description if column is Column.DESCRIPTION else cell(voice, column, self.rows.systems)
        return tip(text[:LONGEST_TIP]) if text else None

    def _find_first(self, began: float) -> None:
        """What a moment's looking finds; the rest comes behind."""
        self.rows.seeker.note(self.rows.seeker.go_on(began + FIRST_S - perf_counter()))

    def _go_on(self, *, came: bool = True) -> None:
        """While there is something to find or to read; `came`: something else is to be painted first."""
        seeker = self.rows.seeker
        if not seeker.done:
            self._timer.start(0)
        elif seeker.unread:
            self._timer.start(BREATH_MS if came else 0)
        elif seeker.behind:
            self._timer.start(WAIT_MS if seeker.loading else CALM_MS)
        else:
            self._timer.stop()

    def _work(self) -> None:
        if self.rows.seeker.done:
            self._read_some()
        else:
            self._find_some()
        self._go_on(came=False)

    def _find_some(self) -> None:
        seeker = self.rows.seeker
        if found := seeker.go_on(SLICE_S):
            have = len(self.rows.shown)
            self.beginInsertRows(TOP, have, have + len(found) - 1)
            seeker.note(found)
            self.endInsertRows()
        else:
            seeker.note(found)
        self.progressed.emit()

    def _read_some(self) -> None:
        self.rows.seeker.catch_up(READ_S)
        facets = self.rows.seeker.facets()
        if facets != self.facets:
            self.facets = facets
            self.facets_changed.emit(facets)
        if not self.rows.seeker.behind:
            self.caught_up.emit()
