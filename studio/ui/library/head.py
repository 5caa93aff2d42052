"""Above the table: what to look for, whose voices to show, asking the systems which there are, taking files in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

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

    search_changed = Signal(str)
    show_asked = Signal(bool)
    refresh_asked = Signal(object)
    cancel_asked = Signal()
    import_asked = Signal()
    usage_asked = Signal()

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
        self._build_buttons()
        self._build_layout()
        self.search.textChanged.connect(self.search_changed)
        self.show_kind.picked.connect(lambda _: self.show_asked.emit(self.built_in()))
        self.refresh.clicked.connect(lambda: self.refresh_asked.emit(Origin.BUILT_IN if self.built_in() else None))
        self.cancel.clicked.connect(self.cancel_asked)
        self.import_voices.clicked.connect(self.import_asked)
        self.usage.clicked.connect(self.usage_asked)

    def render_refreshing(self, refreshing: bool) -> None:
        """The same place says Cancel while the systems are asked."""
        shown = self.cancel if refreshing else self.refresh
        focused = self.refresh.hasFocus() or self.cancel.hasFocus()
        self._stack.setCurrentWidget(shown)
        if focused:
            shown.setFocus()

    def render_count(self, shown: int, total: int, *, more: bool = False) -> None:
        """`more` while the search goes on."""
        words = self.tr("{shown}… of {total}") if more else self.tr("{shown} of {total}")
        self.count.setText(words.format(shown=shown, total=total) if total else "")

    def built_in(self) -> bool:
        return self.show_kind.currentData() == BUILT_IN

    def choose_kind(self, *, built_in: bool) -> None:
        """As if the person had chosen it."""
        self.show_kind.choose(BUILT_IN if built_in else MINE)

    def in_order(self) -> tuple[QWidget, ...]:
        return self.search, self.refresh, self.cancel, self.show_kind, self.import_voices, self.usage

    # -- layout -------------------------------------------------------------------------------------

    def _build_search(self) -> None:
        self.search = SearchField(self)
        self.search.setObjectName("search-voices")
        self.search.setAccessibleName(self.tr("Search voices"))
        self.search.setPlaceholderText(self.tr("Search voices"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(LINE_HEIGHT)

    def _build_buttons(self) -> None:
        self.refresh = Button(self.tr("Refresh"), self, icon_name="again", name="refresh")
        self.refresh.setToolTip(self.tr("Asks every system that has a key which voices it has; free of charge"))
        self.cancel = Button(self.tr("Cancel"), self, icon_name="stop", name="refresh-cancel")
        self.import_voices = Button(self.tr("Import…"), self, icon_name="import", name="import-voices", gives_way=True)
        self.import_voices.setToolTip(self.tr("Takes in voices that were exported to a file"))
        self.usage = Button(self.tr("Usage"), self, icon_name="fit", name="usage", gives_way=True)
        self.usage.setToolTip(self.tr("How many voices each account has, which are deleted soon, what was spent"))

    def _build_layout(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.refresh)
        self._stack.addWidget(self.cancel)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(WIDE_GAP)
        above.addWidget(self.search, 1)
        above.addLayout(self._stack)
        below.setSpacing(GAP)
        below.addWidget(self.show_kind.title)
        below.addWidget(self.show_kind)
        below.addWidget(self.count)
        below.addStretch(1)
        below.addWidget(self.import_voices)
        below.addWidget(self.usage)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(above)
        column.addLayout(below)
