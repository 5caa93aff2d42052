"""The window: three tabs, under them the player with the status line, and the settings beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from studio.domain.memory import Memory
from studio.ui.buttons import Button, Kind
from studio.ui.design.tab import DesignTab
from studio.ui.late import Late
from studio.ui.places import Places
from studio.ui.player_strip import PlayerStrip
from studio.ui.playhead import Playhead
from studio.ui.tab_bar import TabBar
from studio.ui.tab_order import chain

if TYPE_CHECKING:
    from studio.flows.accounts import AccountsState
    from studio.flows.audition import AuditionState
    from studio.flows.booth import BoothState
    from studio.flows.clone import CloneState
    from studio.flows.design import DesignState
    from studio.flows.hearing import HearingState
    from studio.flows.library_state import LibraryState
    from studio.flows.orders import OrdersState
    from studio.flows.takes import TakesState
    from studio.ui.announcer import Announcer
    from studio.ui.clone.tab import CloneTab
    from studio.ui.library.tab import LibraryTab
    from studio.ui.settings.dialog import SettingsDialog

DESIGN, CLONE, LIBRARY = range(3)


class Window(QMainWindow):
    """Closing only hides it and emits `closed`; once `allow_close` is set it really closes.

    `remembered` carries the name of a field of `Memory` and its new value; `clone_looked_at` whether the Clone tab is
    to be seen now. Tabs and settings are built when they are first looked at; `when_…_built` then tells who waits.
    """

    closed = Signal()
    remembered = Signal(str, object)
    library_shown = Signal()
    clone_looked_at = Signal(bool)
    settings_shown = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Voice Studio")
        self.setMinimumSize(900, 600)
        self.allow_close = False
        self._clone: Late[CloneTab] = Late()
        self._library: Late[LibraryTab] = Late()
        self._settings: Late[SettingsDialog] = Late()
        self._memory = memory
        self.places = Places(memory, self)
        self.places.remembered.connect(self.remembered)
        self._greeted = False
        self.looks_at_clone = False
        self.playhead = Playhead(self)
        self._build_tabs()
        self._build_strip()
        self._build_keys()
        self.places.restore(self)
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.setCurrentIndex(memory.tab if 0 <= memory.tab <= LIBRARY else DESIGN)

    @cached_property
    def announcer(self) -> Announcer:
        """Made with the first state: until then there is nothing to tell, and the flows need not be loaded."""
        from studio.ui.announcer import Announcer

        made = Announcer(self)
        made.said.connect(self.strip.say)
        return made

    @property
    def clone_tab(self) -> CloneTab | None:
        return self._clone.part

    @property
    def library_tab(self) -> LibraryTab | None:
        return self._library.part

    @property
    def settings(self) -> SettingsDialog | None:
        return self._settings.part

    def when_clone_built(self, join: Callable[[CloneTab], None]) -> None:
        self._clone.when_built(join)

    def when_library_built(self, join: Callable[[LibraryTab], None]) -> None:
        self._library.when_built(join)

    def when_settings_built(self, join: Callable[[SettingsDialog], None]) -> None:
        self._settings.when_built(join)

    def render_audition(self, state: AuditionState) -> None:
        self.strip.render(state)
        for tab in self._built():
            tab.render_audition(state)
        self.playhead.run(state.playing)
        self.announcer.hear_audition(state)

    def render_design(self, state: DesignState) -> None:
        self.design_tab.render(state)
        self.announcer.hear_design(state)

    def render_library(self, state: LibraryState) -> None:
        """A part that isn't built yet draws its state when it is; the status line tells of it now."""
        if self.library_tab:
            self.library_tab.render(state)
        self.announcer.hear_library(state)

    def render_clone(self, state: CloneState) -> None:
        if self.clone_tab:
            self.clone_tab.render(state)
        self.announcer.hear_clone(state)

    def render_booth(self, state: BoothState) -> None:
        if self.clone_tab:
            self.clone_tab.render_booth(state)
        self.announcer.hear_booth(state)

    def render_takes(self, state: TakesState) -> None:
        if self.clone_tab:
            self.clone_tab.render_takes(state)
        self.announcer.hear_takes(state)

    def render_hearing(self, state: HearingState) -> None:
        if self.clone_tab:
            self.clone_tab.render_hearing(state)
        self.announcer.hear_hearing(state)

    def render_orders(self, state: OrdersState) -> None:
        self.design_tab.render_orders(state)
        self.announcer.hear_orders(state)

    def render_accounts(self, state: AccountsState) -> None:
        if self.settings:
            self.settings.render(state)
        self.announcer.hear_accounts(state)

    def open_settings(self, account: str = "") -> None:
        """With the cursor at the key of an account, if one is named (`AccountInfo.name`)."""
        if self.settings is None:
            from studio.ui.settings.dialog import SettingsDialog

            self._settings.put(SettingsDialog(self))
        self.settings_shown.emit()
        if self.settings:
            self.settings.show_account(account)

    def show_tab(self, index: int) -> None:
        self.tabs.setCurrentIndex(index)

    def search(self) -> None:
        self.show_tab(LIBRARY)
        if self.library_tab:
            self.library_tab.begin_search()

    # -- Qt's events --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._greeted:
            self._greeted = True
            if self.tabs.currentIndex() == DESIGN:
                self.design_tab.begin()
            elif self.library_tab:
                self.library_tab.begin_search()
            self._tell_library_shown()
        self._look_at_clone()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look_at_clone()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._look_at_clone()
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._tell_library_shown()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.allow_close:
            event.accept()
            return
        event.ignore()
        self.places.note(self)
        if self.settings:
            self.settings.close()
        self.hide()
        self.closed.emit()

    # -- how it is done -----------------------------------------------------------------------------

    def _build_tabs(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("tabs")
        self.tabs.setTabBar(TabBar(self.tabs))
        self.tabs.setDocumentMode(True)
        self.design_tab = DesignTab(self._memory)
        self._pages = {CLONE: QWidget(), LIBRARY: QWidget()}
        self.tabs.addTab(self.design_tab, self.tr("Design"))
        self.tabs.addTab(self._pages[CLONE], self.tr("Clone"))
        self.tabs.addTab(self._pages[LIBRARY], self.tr("Library"))
        self.design_tab.changed.connect(self.remembered)
        self.places.follow(self.design_tab.splitter)
        self.settings_button = Button(self.tr("Settings"), self, icon_name="settings", kind=Kind.QUIET, name="settings")
        self.settings_button.setToolTip(self.tr("Keys and addresses of the systems elsewhere (Ctrl+,)"))
        self.settings_button.clicked.connect(lambda: self.open_settings())
        self.tabs.setCornerWidget(self.settings_button, Qt.Corner.TopRightCorner)
        chain(self.tabs.tabBar(), self.settings_button)

    def _build_strip(self) -> None:
        self.strip = PlayerStrip()
        self.playhead.moved.connect(self._on_moved)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(page)

    def _build_keys(self) -> None:
        for index in (DESIGN, CLONE, LIBRARY):
            self._on_keys(f"Ctrl+{index + 1}", lambda index=index: self.show_tab(index))
        self._on_keys("Ctrl+F", self.search)
        self._on_keys("Ctrl+,", self.open_settings)

    def _on_keys(self, keys: str, do: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(do)

    def _on_tab(self, index: int) -> None:
        if index == CLONE and self.clone_tab is None:
            self._build_clone(self._pages[CLONE])
        elif index == LIBRARY:
            if self.library_tab is None:
                self._build_library(self._pages[LIBRARY])
            self._tell_library_shown()
        self._look_at_clone()
        self.remembered.emit("tab", index)

    def _tell_library_shown(self) -> None:
        if self.tabs.currentIndex() == LIBRARY:
            self.library_shown.emit()

    def _look_at_clone(self) -> None:
        """Whether the Clone tab can be seen: only then is its microphone open."""
        looks = self.tabs.currentIndex() == CLONE and self.isVisible() and not self.isMinimized()
        if looks is not self.looks_at_clone:
            self.looks_at_clone = looks
            self.clone_looked_at.emit(looks)

    def _build_clone(self, page: QWidget) -> None:
        from studio.ui.clone.tab import CloneTab

        tab = CloneTab(self._memory, page)
        self._fit(tab, page)
        self._clone.put(tab)

    def _build_library(self, page: QWidget) -> None:
        from studio.ui.library.tab import LibraryTab

        tab = LibraryTab(self._memory, page)
        tab.said.connect(self.strip.say)
        self._fit(tab, page)
        self._library.put(tab)

    def _fit(self, tab: CloneTab | LibraryTab, page: QWidget) -> None:
        tab.design_asked.connect(lambda: self.show_tab(DESIGN))
        tab.changed.connect(self.remembered)
        self.places.follow(tab.splitter)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(tab)
        tab.show()

    def _on_moved(self, position_s: float) -> None:
        self.strip.render_position(position_s)
        for tab in self._built():
            tab.render_position(position_s)

    def _built(self) -> Iterator[DesignTab | CloneTab | LibraryTab]:
        """The tabs that are there by now."""
        yield from (tab for tab in (self.design_tab, self.clone_tab, self.library_tab) if tab)
