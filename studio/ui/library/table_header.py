"""The header of the table: which columns there are, how wide, and by which one is sorted."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from studio.domain.memory import Memory
from studio.ui.library.columns import DOWN_FIRST, SHOWN, SHOWN_FIRST, WIDTHS, Column, by_name, title
from studio.ui.theme import LINE_HEIGHT

NAMES_PART = 0.38
"""Of the width that names and descriptions share."""
LEAST_NAME, MOST_NAME = 80, 360
LEAST_DESCRIPTION = 80

_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class TableHeader(QObject):
    """A click sorts, the context menu shows and hides. `changed` carries a field of `Memory` and its new value."""

    sort_asked = Signal(int, Qt.SortOrder)
    changed = Signal(str, object)

    def __init__(self, table: QTableView, memory: Memory) -> None:
        super().__init__(table)
        self._table = table
        self._header = table.horizontalHeader()
        self._column = by_name(memory.voices_sort) or Column.CREATED
        self._fitting = self._insisted = False
        self._build_look()
        self._build_columns(memory)
        self._header.setSortIndicator(self._column, _DOWN if memory.voices_sort_down else _UP)
        self._header.sortIndicatorChanged.connect(self._on_sort)
        self._header.sectionResized.connect(self._on_resized)
        self._header.customContextMenuRequested.connect(self._on_menu)

    def order(self) -> tuple[Column, Qt.SortOrder]:
        return self._column, self._header.sortIndicatorOrder()

    def menu(self) -> QMenu:
        """Columns to show or hide, and to sort by, whether they are shown or not."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in self._in_order():
            action = self._entry(menu, column, checked=not self._header.isSectionHidden(column))
            action.setEnabled(column is not Column.NAME)
            action.toggled.connect(lambda shown, column=column: self.show_column(column, shown=shown))
        self.add_sorting(menu)
        return menu

    def add_sorting(self, menu: QMenu) -> None:
        sorting = menu.addMenu(self.tr("Sort by"))
        for column in self._in_order():
            action = self._entry(sorting, column, checked=column is self._column)
            action.triggered.connect(lambda _, column=column: self.sort_by(column))

    def show_column(self, column: Column, *, shown: bool) -> None:
        self._shown = self._shown | {column} if shown else self._shown - {column}
        if column is Column.DESCRIPTION:
            self._insisted = shown
        self._header.setSectionHidden(column, not shown)
        self.fit()
        names = tuple(one.name.lower() for one in self._in_order() if one in self._shown)
        self.changed.emit("voices_columns", names)

    def fit(self) -> None:
        """Name and description share what the others leave. Where that is too little for both, the name has it all,
        unless the person has just asked for the description; a name as wide as the person made it keeps its width."""
        others = sum(self._header.sectionSize(one) for one in self._shown - {Column.NAME, Column.DESCRIPTION})
        spare = self._table.viewport().width() - others
        own = self._widths[Column.NAME]
        own = 0 if own == WIDTHS[Column.NAME] else own
        room = spare - (own or WIDTHS[Column.NAME]) >= LEAST_DESCRIPTION
        beside = Column.DESCRIPTION in self._shown and (room or self._insisted)
        name = own or min(max(WIDTHS[Column.NAME], round(spare * NAMES_PART)), MOST_NAME) if beside else spare
        self._fitting = True
        self._header.setSectionHidden(Column.DESCRIPTION, not beside)
        self._table.setColumnWidth(Column.NAME, max(name, LEAST_NAME))
        self._fitting = False

    def sort_by(self, column: Column) -> None:
        """As a click on its header does: the other way if it is sorted by already."""
        down = column in DOWN_FIRST
        if column is self._column:
            down = self._header.sortIndicatorOrder() == _UP
        self._header.setSortIndicator(column, _DOWN if down else _UP)

    def _on_sort(self, section: int, order: Qt.SortOrder) -> None:
        column = Column(section)
        other, self._column = column is not self._column, column
        wanted = (_DOWN if column in DOWN_FIRST else _UP) if other else order
        if wanted != order:
            return self._header.setSortIndicator(section, wanted)  # which comes here again
        self.sort_asked.emit(section, order)
        self.changed.emit("voices_sort", column.name.lower())
        return self.changed.emit("voices_sort_down", order == _DOWN)

    def _on_resized(self, section: int, _: int, width: int) -> None:
        """By the person; a column that is hidden keeps its width."""
        if width and not self._fitting and section != Column.DESCRIPTION:
            self._widths[section] = width
            self.changed.emit("column_widths", tuple(self._widths))

    def _on_menu(self, place: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(place))

    def _in_order(self) -> list[Column]:
        return [Column(self._header.logicalIndex(place)) for place in range(len(Column))]

    def _entry(self, menu: QMenu, column: Column, *, checked: bool) -> QAction:
        action = menu.addAction(title(column))
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    def _build_look(self) -> None:
        header = self._header
        header.setHighlightSections(False)
        if model := self._table.model():
            # of the table's selection it would ask for every row of every column each time that it is painted
            header.setSelectionModel(QItemSelectionModel(model, header))
        header.setMinimumHeight(LINE_HEIGHT)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(WIDTHS[Column.FAVOURITE])
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _build_columns(self, memory: Memory) -> None:
        widths = memory.column_widths if len(memory.column_widths) == len(WIDTHS) else WIDTHS
        self._widths = list(widths)
        named = {by_name(name) for name in memory.voices_columns or SHOWN}
        self._shown = {column for column in Column if column in named or column is Column.NAME}
        for column, width in zip(Column, widths, strict=True):
            self._table.setColumnWidth(column, width)
            self._header.setSectionHidden(column, column not in self._shown)
        for place, column in enumerate(SHOWN_FIRST):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._header.setSectionResizeMode(Column.FAVOURITE, QHeaderView.ResizeMode.Fixed)
        self._header.setSectionResizeMode(Column.DESCRIPTION, QHeaderView.ResizeMode.Stretch)
