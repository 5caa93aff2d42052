"""The header of the table: which columns there are, how wide, and by which one is sorted."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from studio.domain.memory import Memory
from studio.ui.library.columns import DOWN_FIRST, SHOWN, SHOWN_FIRST, WIDTHS, Column, by_name, title
from studio.ui.theme import LINE_HEIGHT

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
        self._header.setSectionHidden(column, not shown)
        self._stretch()
        names = tuple(one.name.lower() for one in self._in_order() if not self._header.isSectionHidden(one))
        self.changed.emit("voices_columns", names)

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

    def _on_resized(self) -> None:
        self.changed.emit(
            "column_widths", tuple(self._table.columnWidth(column) or WIDTHS[column] for column in Column)
        )

    def _on_menu(self, place: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(place))

    def _in_order(self) -> list[Column]:
        return [Column(self._header.logicalIndex(place)) for place in range(len(Column))]

    def _entry(self, menu: QMenu, column: Column, *, checked: bool) -> QAction:
        action = menu.addAction(title(column))
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    def _stretch(self) -> None:
        """The description has what is left; without it the name."""
        wide = Column.NAME if self._header.isSectionHidden(Column.DESCRIPTION) else Column.DESCRIPTION
        for column in (Column.NAME, Column.DESCRIPTION):
            mode = QHeaderView.ResizeMode.Stretch if column is wide else QHeaderView.ResizeMode.Interactive
            self._header.setSectionResizeMode(column, mode)

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
        shown = {by_name(name) for name in memory.voices_columns or SHOWN} | {Column.NAME}
        for column, width in zip(Column, widths, strict=True):
            self._table.setColumnWidth(column, width)
            self._header.setSectionHidden(column, column not in shown)
        for place, column in enumerate(SHOWN_FIRST):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._header.setSectionResizeMode(Column.FAVOURITE, QHeaderView.ResizeMode.Fixed)
        self._stretch()
