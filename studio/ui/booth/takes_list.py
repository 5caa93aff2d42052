"""The takes, newest first: kept until they are thrown away, and even then one click from coming back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from studio.domain.takes import Take
from studio.flows.takes import TakesState
from studio.ui.booth.takes_delegate import TakesDelegate
from studio.ui.booth.takes_model import TakesModel
from studio.ui.buttons import Button, Kind
from studio.ui.labels import label
from studio.ui.note_line import Action, Note, NoteLine, Tone
from studio.ui.tab_order import chain
from studio.ui.theme import GRID, Role

ROWS = 3


class TakesList(QWidget):
    """Arrows choose, F2 or a double click renames, Delete throws away."""

    choose_asked = Signal(object)
    rename_asked = Signal(object, str)
    delete_asked = Signal(object)
    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takes-list")
        self.title = label(self.tr("Takes"), self)
        self.empty = label("", self, role=Role.TEXT_DIM, wrap=True, name="takes-empty")
        self.empty.setText(self.tr("Takes come here: record one, import a file, or drop one on this tab."))
        self.rename = self._icon_button("rename", self.tr("Rename take"), "F2")
        self.remove = self._icon_button("delete", self.tr("Delete take"), self.tr("Delete"))
        self.rows = TakesView(self)
        self.title.setBuddy(self.rows)
        self.note = NoteLine(self)
        self.note.setObjectName("takes-note")
        self._build_layout()
        self._join()
        self.render_takes(TakesState())

    def render_takes(self, state: TakesState) -> None:
        self.rows.render_takes(state.takes, state.chosen)
        there = bool(state.takes)
        self.empty.setVisible(not there)
        for widget in (self.rows, self.rename, self.remove):
            widget.setVisible(there)
        for button in (self.rename, self.remove):
            button.setEnabled(state.chosen is not None)
        self._render_deleted(state.deleted)

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        return self.rename, self.remove, self.rows

    def _render_deleted(self, deleted: Take | None) -> None:
        words = self.tr("Deleted “{name}”.").format(name=deleted.name) if deleted else ""
        self.note.render_note(Note(Tone.ADVICE, words, (Action.UNDO,)) if deleted else None)

    def _icon_button(self, icon_name: str, words: str, keys: str) -> Button:
        made = Button("", self, icon_name=icon_name, kind=Kind.QUIET, name=f"take-{icon_name}")
        made.setAccessibleName(words)
        made.setToolTip(f"{words}: {keys}")
        return made

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.rename)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        for widget in (self.empty, self.rows, self.note):
            column.addWidget(widget)
        chain(*self.in_order())
        self.note.before = self.rows

    def _join(self) -> None:
        self.rows.chosen.connect(self.choose_asked)
        self.rows.delete_asked.connect(self.delete_asked)
        self.rows.takes.rename_asked.connect(self.rename_asked)
        self.rename.clicked.connect(self.rows.rename)
        self.remove.clicked.connect(self.rows.delete)
        self.note.action_asked.connect(lambda _: self.undo_asked.emit())


class TakesView(QListView):
    """As high as its rows, three at most; the rest scrolls."""

    chosen = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takes-rows")
        self.setAccessibleName(self.tr("Takes"))
        self.takes = TakesModel(self)
        self.setModel(self.takes)
        self.setItemDelegate(TakesDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._on_current)

    def render_takes(self, takes: tuple[Take, ...], chosen: Take | None) -> None:
        """Silently: what the program chooses is nobody's choice."""
        self._quiet = True
        self.takes.render_takes(takes)
        row = self.takes.row_of(chosen.take_id if chosen else None)
        index = self.takes.index(row) if row >= 0 else QModelIndex()
        if index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        self._quiet = False
        self.updateGeometry()

    def rename(self) -> None:
        if self.currentIndex().isValid():
            self.setFocus()
            self.edit(self.currentIndex())

    def delete(self) -> None:
        if take := self.takes.take(self.currentIndex()):
            self.delete_asked.emit(take.take_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not event.isAutoRepeat():
            self.delete()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = range(min(ROWS, self.takes.rowCount()))
        high = sum(self.sizeHintForIndex(self.takes.index(row)).height() for row in rows)
        return QSize(240, max(high, GRID) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _on_current(self, current: QModelIndex, _: QModelIndex) -> None:
        take = self.takes.take(current)
        if take and not self._quiet:
            self.chosen.emit(take.take_id)
