"""What the Library says of deleting elsewhere, and what may help against its errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.voices import Voice
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window

from . import states


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    return open_window(Memory(tab=LIBRARY))


@pytest.fixture
def tab(window: Window) -> LibraryTab:
    tab = window.library_tab
    assert tab is not None
    tab.render_systems((states.HERE,))
    return tab


def test_a_deleted_voice_can_be_brought_back(tab: LibraryTab, qtbot: QtBot) -> None:
    state = states.library(3)
    tab.render(replace(state, deleted=states.voice(9, "Mira")))
    assert tab.note.sentence.text() == "Deleted “Mira”."
    with qtbot.waitSignal(tab.undo_asked):
        tab.note.buttons["undo"].click()


def asked_to_delete(tab: LibraryTab, voice: Voice) -> str:
    tab.render_systems(states.EVERY)
    tab.render(replace(states.elsewhere_library(), chosen=voice, to_delete=voice))
    return tab.note.sentence.text()


def test_deleting_elsewhere_is_asked_about(tab: LibraryTab, qtbot: QtBot) -> None:
    assert asked_to_delete(tab, states.remote(1)) == "“Announcer” will be deleted at Qwen too, for good."
    assert [button.text() for button in tab.note.buttons.values()] == ["Delete", "Keep it"]
    with qtbot.waitSignal(tab.confirm_delete_asked):
        tab.note.buttons["delete"].click()
    with qtbot.waitSignal(tab.decline_delete_asked):
        tab.note.buttons["keep-it"].click()


def test_what_stays_behind_is_said_before(tab: LibraryTab) -> None:
    voices = states.elsewhere()
    assert asked_to_delete(tab, voices[5]) == (
        "“Guide” will be deleted at Noiz too, for good. The sample stays with Noiz, which only hides the voice."
    )
    assert asked_to_delete(tab, voices[3]) == (
        "“Old sailor” will go from this library, for good. "
        "EvoLink has no way to delete a voice: only the record in this library goes."
    )


def test_what_stays_behind_is_said_after(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(replace(states.elsewhere_library(), deleting=True))
    assert tab.note.sentence.text() == "Deleting…"
    tab.render(replace(states.elsewhere_library(), deleted_there=states.elsewhere()[5]))
    assert tab.note.sentence.text() == ("Deleted “Guide”. The sample stays with Noiz, which only hides the voice.")
    assert list(tab.note.buttons) == []
    tab.render(replace(states.elsewhere_library(), deleted_there=states.remote(1)))
    assert tab.note.sentence.text() == "Deleted “Announcer”."


def test_another_accounts_voice_leads_to_its_settings(tab: LibraryTab, qtbot: QtBot) -> None:
    voice = states.remote(1, region="cn")
    error = StudioError(Reason.OTHER_ACCOUNT, system="qwen")
    tab.render(replace(states.elsewhere_library(), chosen=voice, error=error))
    with qtbot.waitSignal(tab.settings_asked) as asked:
        tab.note.buttons["settings"].click()
    assert asked.args == ["model-studio-cn"]


def test_a_refused_key_is_not_tried_elsewhere_for_a_voice_that_is_here(tab: LibraryTab) -> None:
    tab.render(replace(states.elsewhere_library(0), error=states.KEY_REFUSED))
    assert tab.note.sentence.text() == "Qwen doesn't know this key. Check it in Settings → Accounts."
    assert list(tab.note.buttons) == ["settings", "details"]


def test_a_deletion_that_hangs_can_be_given_up(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(replace(states.elsewhere_library(), deleting=True))
    assert [button.text() for button in tab.note.buttons.values()] == ["Cancel"]
    with qtbot.waitSignal(tab.cancel_delete_asked):
        tab.note.buttons["cancel"].click()


def test_an_error_is_told_before_what_is_asked_or_done(tab: LibraryTab) -> None:
    full = StudioError(Reason.DISK_FULL)
    words = "The disk is full. Make some room, then try again; nothing was lost. "
    tab.render(replace(states.elsewhere_library(), to_delete=states.remote(1), error=full))
    assert tab.note.sentence.text() == words + "“Announcer” will be deleted at Qwen too, for good."
    assert list(tab.note.buttons) == ["delete", "keep-it", "details"]
    tab.render(replace(states.elsewhere_library(), deleting=True, error=full))
    assert tab.note.sentence.text() == words + "Deleting…"
    assert list(tab.note.buttons) == ["cancel", "details"]


def test_a_refresh_that_was_stopped_says_what_it_found(tab: LibraryTab) -> None:
    tab.render(replace(states.elsewhere_library(), refresh_stopped=True, refreshed=states.REFRESHED[:1]))
    assert tab.refreshed.sentence.text() == "Stopped. Qwen: 3 voices"
    tab.render(replace(states.elsewhere_library(), refresh_stopped=True))
    assert tab.refreshed.sentence.text() == "Stopped."
    tab.render(states.elsewhere_library())
    assert tab.refreshed.isHidden()
