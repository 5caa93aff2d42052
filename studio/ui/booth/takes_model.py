"""The takes as rows. A row lives as long as its take, so that the cursor and a name being typed stay where they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from studio.domain.takes import Take
from studio.ui.booth.takes_words import remarks_of, spoken
from studio.ui.formats import tip

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class TakesModel(QAbstractListModel):
    """A new name is asked for, not set: it is there once the flow has it."""

    rename_asked = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._takes: list[Take] = []

    def render_takes(self, takes: tuple[Take, ...]) -> None:
        """Rows come and go one by one, unless those that stay are in another order."""
        there, stay = {take.take_id for take in self._takes}, {take.take_id for take in takes}
        before = [take.take_id for take in self._takes if take.take_id in stay]
        if before != [take.take_id for take in takes if take.take_id in there]:
            self.beginResetModel()
            self._takes = list(takes)
            self.endResetModel()
            return
        for row in reversed(range(len(self._takes))):
            if self._takes[row].take_id not in stay:
                self.beginRemoveRows(TOP, row, row)
                del self._takes[row]
                self.endRemoveRows()
        for row, take in enumerate(takes):
            if take.take_id not in there:
                self.beginInsertRows(TOP, row, row)
                self._takes.insert(row, take)
                self.endInsertRows()
            elif self._takes[row] != take:
                self._takes[row] = take
                self.dataChanged.emit(self.index(row), self.index(row))

    def take(self, index: Index) -> Take | None:
        return self._takes[index.row()] if index.isValid() and index.row() < len(self._takes) else None

    def row_of(self, take_id: UUID | None) -> int:
        """Below zero for a take that isn't here."""
        return next((row for row, take in enumerate(self._takes) if take.take_id == take_id), -1)

    # -- Qt's side ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._takes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        take = self.take(index)
        if take is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return take.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(take)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join((take.name, *remarks_of(take))))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        take = self.take(index)
        if take is None or role != Qt.ItemDataRole.EditRole:
            return False
        name = " ".join(str(value).split())
        if name and name != take.name:
            self.rename_asked.emit(take.take_id, name)
        return True
