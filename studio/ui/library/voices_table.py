"""The table of kept voices and its keys: Space plays, Delete deletes, arrows move, F and 0 to 5 say what one thinks.

What is chosen stays chosen and in its place while voices come and go; what a search or a filter hides is not chosen
any more, so that nothing is done to a voice that nobody sees.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from studio.domain.limits import SystemInfo
from studio.domain.memory import Memory
from studio.domain.search import Filter
from studio.domain.voices import Voice
from studio.ui.library.anchoring import anchored
from studio.ui.library.cells import STARRED, StarsDelegate, WordsDelegate, rated, star_at
from studio.ui.library.columns import Column
from studio.ui.library.painting import PlainRows
from studio.ui.library.selecting import rows_in, selection_of
from studio.ui.library.table_header import TableHeader
from studio.ui.library.table_menu import voices_menu
from studio.ui.library.voices_model import VoicesModel

FEW = 32
_Flag = QItemSelectionModel.SelectionFlag
_DIGITS = {Qt.Key(Qt.Key.Key_0.value + rating): rating for rating in range(6)}


class VoicesTable(QTableView):
    """`choose_asked` has the voice whose details are wanted, or None, and those that the arrow keys lead to;
    `selection_changed` the ids of all rows chosen, from the top. `changed` carries a field of `Memory`; `counted`
    comes whenever there are more or fewer rows."""

    choose_asked = Signal(object, object)
    selection_changed = Signal(object)
    play_asked = Signal()
    delete_asked = Signal()
    details_asked = Signal()
    export_asked = Signal()
    export_clips_asked = Signal()
    favourite_asked = Signal(object, bool)
    rate_asked = Signal(object, int)
    changed = Signal(str, object)
    counted = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voices")
        self.setAccessibleName(self.tr("Voices"))
        self.voices = VoicesModel(self)
        self._chosen: UUID | None = None
        self._selected: set[int] = set()
        self._told: tuple[UUID, ...] = ()
        self._quiet = False
        self.setModel(self.voices)
        self._plain = PlainRows(self, self.voices.rows)
        self.setItemDelegate(WordsDelegate(self.voices, self))
        stars = StarsDelegate(self.voices, self)
        for column in STARRED:
            self.setItemDelegateForColumn(column, stars)
        self._build_look()
        self.header = TableHeader(self, memory)
        self.voices.sort(*self.header.order())
        self.header.sort_asked.connect(self._on_sort)
        self.header.changed.connect(self.changed)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda _: self.play_asked.emit())
        self.voices.progressed.connect(self._on_progress)

    # -- what is shown ------------------------------------------------------------------------------

    def render_voices(
        self, voices: tuple[Voice, ...], systems: tuple[SystemInfo, ...], chosen: UUID | None = None
    ) -> None:
        self._chosen = chosen
        self._quietly(lambda: self.voices.render_voices(voices, systems), anchored(self, self.voices.rows))

    def render_chosen(self, chosen: UUID | None) -> None:
        """Somebody else chose; where it is what the person chose, nothing happens."""
        if chosen != self._chosen:
            self._chosen = chosen
            slot = self.voices.rows.slot_of(chosen)
            self._selected = {slot} if slot >= 0 else set()
            self._quietly(lambda: None, self._revealed)

    def apply(self, wanted: Filter) -> None:
        """All that is looked for: words, kind and filters."""
        self._quietly(lambda: self.voices.apply(wanted), self._revealed)

    def enter(self) -> None:
        """From the search field: the cursor into the table, on its first row if none is chosen."""
        self.setFocus()
        if not self.selectionModel().hasSelection() and self.voices.rowCount():
            self.selectRow(0)

    def choose(self, library_id: UUID) -> None:
        """As if the person had chosen its row; nothing if it has none."""
        if (row := self.voices.row_of(library_id)) >= 0:
            self.selectRow(row)

    def selected_ids(self) -> tuple[UUID, ...]:
        """From the top."""
        return tuple([voice.library_id for voice in self.selected_voices()])

    def selected_voices(self) -> tuple[Voice, ...]:
        voices, shown = self.voices.rows.voices, self.voices.rows.shown
        rows = rows_in(self.selectionModel().selection())
        return tuple([voices[shown[row]] for row in rows])

    # -- what the person does -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        act = self._actions().get(event.key()) if bare else None
        if act:
            act()
        elif bare and event.key() in _DIGITS:
            self.rate(_DIGITS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here; looking for a name is the search field's business."""

    def selectAll(self) -> None:
        self.voices.finish()
        super().selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A star is clicked without choosing its row."""
        index = self.indexAt(event.position().toPoint())
        voice = self.voices.voice(index.row()) if index.isValid() else None
        if voice and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            if index.column() == Column.FAVOURITE:
                return self.favourite_asked.emit((voice.library_id,), not voice.favourite)
            if index.column() == Column.RATING:
                star = star_at(event.position().toPoint(), self.visualRect(index))
                return self.rate_asked.emit((voice.library_id,), rated(voice, star))
        return super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key opens it at the current row."""
        room = self.visualRect(self.currentIndex())
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard and room.isValid()
        place = self.viewport().mapToGlobal(room.bottomLeft()) if by_key else event.globalPos()
        voices_menu(self).popup(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        left = self._plain.draw(event.region())
        if not left.isEmpty():
            super().paintEvent(QPaintEvent(left))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit()

    def toggle_favourite(self) -> None:
        """Off only where all are."""
        if voices := self.selected_voices():
            ids = tuple(voice.library_id for voice in voices)
            self.favourite_asked.emit(ids, not all(voice.favourite for voice in voices))

    def rate(self, rating: int) -> None:
        if ids := self.selected_ids():
            self.rate_asked.emit(ids, rating)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_rows()
            self._plain.forget_widths()

    # -- how it is done -----------------------------------------------------------------------------

    def _actions(self) -> dict[int, Callable[[], None]]:
        return {
            Qt.Key.Key_Space: self.play_asked.emit,
            Qt.Key.Key_Delete: self.delete_asked.emit,
            Qt.Key.Key_Return: self.details_asked.emit,
            Qt.Key.Key_Enter: self.details_asked.emit,
            Qt.Key.Key_F: self.toggle_favourite,
        }

    def _quietly(self, change: Callable[[], object], then: Callable[[], None]) -> None:
        """Changes what is shown and puts the selection back, which is nobody's choice."""
        count = self.voices.rowCount()
        self._quiet = True
        change()
        self._put_selection_back()
        then()
        self._quiet = False
        self._tell_selection()
        if count != self.voices.rowCount():
            self.counted.emit()

    def _put_selection_back(self) -> None:
        rows = self._rows_of(self._selected)
        chosen = self.voices.rows.row_of(self._chosen)
        if not rows and chosen >= 0:
            rows = [chosen]
        self._selected = {self.voices.rows.shown[row] for row in rows}
        model = self.selectionModel()
        if rows != rows_in(model.selection()):
            model.select(selection_of(self.voices, rows), _Flag.ClearAndSelect | _Flag.Rows)
        current = chosen if chosen in rows else rows[0] if rows else -1
        if current >= 0 and current != self.currentIndex().row():
            column = max(0, self.currentIndex().column())
            model.setCurrentIndex(self.voices.index(current, column), _Flag.NoUpdate)

    def _rows_of(self, slots: set[int]) -> list[int]:
        rows = self.voices.rows
        if len(slots) <= FEW:
            return sorted(row for slot in slots if (row := rows.row_of_slot(slot)) >= 0)
        return [row for row, slot in enumerate(rows.shown) if slot in slots]

    def _revealed(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        else:
            self.scrollToTop()

    def _on_selection(self) -> None:
        if not self._quiet:
            shown = self.voices.rows.shown
            self._selected = {shown[row] for row in rows_in(self.selectionModel().selection())}
            self._tell_selection()
            self._follow_selection()

    def _follow_selection(self) -> None:
        """A screen reader selects a row without making it the current one."""
        if not self._selected:
            self._choose(None)
        elif len(self._selected) == 1:
            row = self._rows_of(self._selected)[0]
            if row != self.currentIndex().row():
                column = max(0, self.currentIndex().column())
                self.selectionModel().setCurrentIndex(self.voices.index(row, column), _Flag.NoUpdate)

    def _on_current(self, current: QModelIndex, _: QModelIndex) -> None:
        if not self._quiet:
            self._choose(self.voices.voice(current.row()) if current.isValid() else None)

    def _choose(self, voice: Voice | None) -> None:
        chosen = voice.library_id if voice else None
        if chosen != self._chosen:
            self._chosen = chosen
            row = self.voices.row_of(chosen)
            near = (self.voices.voice(row - 1), self.voices.voice(row + 1)) if row >= 0 else ()
            self.choose_asked.emit(chosen, tuple(one.library_id for one in near if one))

    def _tell_selection(self) -> None:
        selected = self.selected_ids()
        if selected != self._told:
            self._told = selected
            self.selection_changed.emit(selected)

    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        self._quietly(lambda: self.voices.sort(column, order), self._revealed)

    def _on_progress(self) -> None:
        """A chosen voice that a search comes to late is chosen as if it had been there at once."""
        if self._chosen and not self._selected:
            self._quietly(lambda: None, lambda: None)
        self.counted.emit()

    def _build_look(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.verticalHeader().hide()
        self._size_rows()

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
