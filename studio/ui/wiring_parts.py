"""What several tabs lead to: a voice in the library, a key tried in the other region, the settings of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.accounts import Role, account_name
from studio.domain.errors import StudioError
from studio.flows.accounts import AccountsFlow, AccountsState
from studio.flows.library import LibraryFlow, LibraryState
from studio.ui.note_line import other_region
from studio.ui.window import LIBRARY, Window

if TYPE_CHECKING:
    from studio.ui.clone.tab import CloneTab
    from studio.ui.design.tab import DesignTab


class ShownVoice:
    """A voice that another tab wants to show: chosen as soon as the library has it."""

    def __init__(self, window: Window, library: LibraryFlow) -> None:
        self._window = window
        self._library = library
        self._wanted: UUID | str | None = None

    def show(self, wanted: UUID | str) -> None:
        """By its id in the library, or by its system's where that alone is known."""
        self._wanted = wanted
        self._window.show_tab(LIBRARY)
        self.look_in(self._library.state)
        if self._wanted:
            self._library.refresh()

    def look_in(self, state: LibraryState) -> None:
        wanted = self._wanted
        found = (
            next((one for one in state.voices if wanted in (one.library_id, one.voice_id)), None) if wanted else None
        )
        if found:
            self._wanted = None
            self._library.choose(found.library_id)


class RegionTrial:
    """A key that one region didn't know, tried in the other because the person said so; its tab is told."""

    def __init__(self, window: Window, accounts: AccountsFlow) -> None:
        self._accounts = accounts
        self._asked: tuple[str, str, DesignTab | CloneTab] | None = None
        self._window = window
        accounts.show = self._show
        self._draw(accounts.state)

    def start(self, tab: DesignTab | CloneTab, system: str, region: str) -> None:
        name = account_name(system, region)
        self._asked = (name, other_region(region), tab)
        self._accounts.try_other_region(name)

    def _draw(self, state: AccountsState) -> None:
        self._window.render_accounts(state)
        self._window.design_tab.render_without(state.without(Role.DESIGN))
        if self._window.clone_tab:
            self._window.clone_tab.render_without(state.without(Role.CLONE))

    def _show(self, state: AccountsState) -> None:
        self._draw(state)
        if self._asked is None:
            return
        name, region, tab = self._asked
        card = state.card(name)
        if not card.testing:
            self._asked = None
            if card.error or card.other_region_works:
                tab.render_region_tried(region, card.error)


def open_settings_at(window: Window, tab: DesignTab | CloneTab, error: StudioError | None) -> None:
    """At the account that the error is about, or of the system that the tab has no server of."""
    system = tab.without_server or (error.system if error else "")
    window.open_settings(account_name(system, tab.form.target.chosen_region()) if system else "")
