"""Above the table: what to look for, whose voices to show, and asking the systems which there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedLayout, QWidget

from studio.domain.voices import Origin
from studio.ui.buttons import Button
from studio.ui.combo import Combo
from studio.ui.labels import label
from studio.ui.theme import GAP, LINE_HEIGHT, WIDE_GAP, Role

MINE, BUILT_IN = "mine", "built-in"


class SearchField(QLineEdit):
    """Down or Enter goes on into the table."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class LibraryHead(QWidget):
    """`refresh_asked` has the origin to ask for: built-in voices, or None for the person's own."""

    show_asked = Signal(bool)
    refresh_asked = Signal(object)
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library-head")
        self._build_search()
        self.show_kind = Combo(self.tr("Show"), "show-voices", self, role=Role.TEXT_DIM)
        self.show_kind.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_kind.setMinimumContentsLength(12)
        kinds = ((self.tr("My voices"), MINE), (self.tr("Built-in voices"), BUILT_IN))
        self.show_kind.render_items(kinds, MINE)
        self.count = label("", self, role=Role.TEXT_DIM, name="voices-count")
        self._build_refresh()
        self._build_layout()
        self.show_kind.picked.connect(lambda _: self.show_asked.emit(self.built_in()))
        self.refresh.clicked.connect(lambda: self.refresh_asked.emit(Origin.BUILT_IN if self.built_in() else None))
        self.cancel.clicked.connect(self.cancel_asked)

    def render_refreshing(self, refreshing: bool) -> None:
        """The same place says Cancel while the systems are asked."""
        shown = self.cancel if refreshing else self.refresh
        focused = self.refresh.hasFocus() or self.cancel.hasFocus()
        self._stack.setCurrentWidget(shown)
        if focused:
            shown.setFocus()

    def render_count(self, shown: int, total: int) -> None:
        self.count.setText(self.tr("{shown} of {total}").format(shown=shown, total=total) if total else "")

    def built_in(self) -> bool:
        return self.show_kind.currentData() == BUILT_IN

    def choose_kind(self, *, built_in: bool) -> None:
        """As if the person had chosen it."""
        self.show_kind.choose(BUILT_IN if built_in else MINE)

    def in_order(self) -> tuple[QWidget, ...]:
        return self.search, self.show_kind, self.refresh, self.cancel

    # -- layout -------------------------------------------------------------------------------------

    def _build_search(self) -> None:
        self.search = SearchField(self)
        self.search.setObjectName("search-voices")
        self.search.setAccessibleName(self.tr("Search voices"))
        self.search.setPlaceholderText(self.tr("Search voices"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(LINE_HEIGHT)

    def _build_refresh(self) -> None:
        self.refresh = Button(self.tr("Refresh"), self, icon_name="again", name="refresh")
        self.refresh.setToolTip(self.tr("Asks every system that has a key which voices it has; free of charge"))
        self.cancel = Button(self.tr("Cancel"), self, icon_name="stop", name="refresh-cancel")

    def _build_layout(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.refresh)
        self._stack.addWidget(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(WIDE_GAP)
        row.addWidget(self.search, 1)
        kinds = QHBoxLayout()
        kinds.setSpacing(GAP)
        kinds.addWidget(self.show_kind.title)
        kinds.addWidget(self.show_kind)
        row.addLayout(kinds)
        row.addWidget(self.count)
        row.addLayout(self._stack)
