"""The table of kept voices and its keys: Space plays, Delete deletes, arrows move."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from studio.domain.voices import Voice
from studio.ui.library.voices_model import DESCRIPTION, VoicesModel
from studio.ui.theme import LINE_HEIGHT

WIDTHS = (108, 200, 100, 86, 72, 80)


class VoicesTable(QTableView):
    choose_asked = Signal(object)
    play_asked = Signal()
    delete_asked = Signal()
    widths_changed = Signal(object)

    def __init__(self, widths: tuple[int, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voices")
        self.setAccessibleName(self.tr("Voices"))
        self.voices = VoicesModel(self)
        self.voices.wear(self.palette())
        self._chosen: UUID | None = None
        self.setModel(self.voices)
        self._build_look()
        self._build_columns(widths if len(widths) == len(WIDTHS) else WIDTHS)
        self._quiet = False
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def render_voices(self, voices: tuple[Voice, ...], labels: dict[str, str], chosen: UUID | None) -> None:
        self._chosen = chosen
        self._quietly(lambda: self.voices.render_voices(voices, labels))

    def render_chosen(self, chosen: UUID | None) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._quietly(lambda: None)

    def search(self, query: str) -> None:
        self._quietly(lambda: self.voices.search(query))

    def show_kind(self, *, built_in: bool) -> None:
        self._quietly(lambda: self.voices.show(built_in=built_in))

    def enter(self) -> None:
        """From the search field: the cursor into the table, on its first row if none is chosen."""
        self.setFocus()
        if not self.selectionModel().hasSelection() and self.voices.rowCount():
            self.selectRow(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.voices.wear(self.palette())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.play_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def _quietly(self, change: Callable[[], None]) -> None:
        """Changes what is shown and puts the selection back, which is nobody's choice."""
        self._quiet = True
        change()
        row = self.voices.row_of(self._chosen) if self._chosen else -1
        if row < 0:
            self.clearSelection()
        else:
            index = self.voices.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)
        self._quiet = False

    def _on_selection(self) -> None:
        if self._quiet:
            return
        rows = self.selectionModel().selectedRows()
        voice = self.voices.voice(rows[0].row()) if rows else None
        self._chosen = voice.library_id if voice else None
        self.choose_asked.emit(self._chosen)

    def _build_look(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)

    def _build_columns(self, widths: tuple[int, ...]) -> None:
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(self.fontMetrics().height() + 12)
        down.hide()
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setMinimumHeight(LINE_HEIGHT)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(40)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        across.setSectionResizeMode(DESCRIPTION, QHeaderView.ResizeMode.Stretch)
        across.sectionResized.connect(self._on_resized)

    def _on_resized(self) -> None:
        self.widths_changed.emit(tuple(self.columnWidth(column) for column in range(len(WIDTHS))))
