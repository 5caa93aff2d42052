"""The Library tab drawn from states, its search in any script, and what goes out when a person acts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.domain.voices import Origin
from studio.flows.audition import Audible
from studio.flows.library import LibraryState
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


def chosen(**changes: object) -> LibraryState:
    state = states.library(3)
    return replace(
        state,
        **({"chosen": state.voices[0], "clips": (states.clip(1), *states.takes(2))} | changes),  # pyright: ignore
    )


EVERY_STATE = {
    "not loaded": LibraryState(),
    "empty": states.library(0),
    "three": states.library(3),
    "chosen": chosen(),
    "no clips": chosen(clips=()),
    "speaking": chosen(speaking=True, progress=0.3),
    "deleted": replace(states.library(3), deleted=states.voice(9)),
    "last deleted": replace(states.library(0), deleted=states.voice(9)),
    "error": chosen(error=states.NO_TEXT),
    "exported": chosen(exported=Path("a.wav")),
    "elsewhere": states.elsewhere_library(),
    "refreshing": replace(states.library(3), refreshing=True),
    "refreshed": replace(states.library(3), refreshed=states.REFRESHED),
    "nobody to ask": replace(states.library(0), nobody_to_ask=True),
    "to delete": replace(states.elsewhere_library(0), to_delete=states.remote(1)),
    "deleting": replace(states.elsewhere_library(0), deleting=True),
    "deleted there": replace(states.elsewhere_library(), deleted_there=states.remote(1)),
}


def seen(tab: LibraryTab) -> tuple[object, ...]:
    return (
        [tab.table.voices.index(row, 0).data() for row in range(tab.table.voices.rowCount())],
        [index.row() for index in tab.table.selectionModel().selectedRows()],
        tab.head.count.text(),
        tab.empty.isHidden() or (tab.empty.sentence.text(), tab.empty.action.text()),
        tab._chosen.isHidden() or (tab.details.name.text(), list(tab.details.takes.rows)),
        tab._chosen.isHidden() or tab.details.play.isEnabled(),
        tab.note.isHidden() or (tab.note.sentence.text(), list(tab.note.buttons)),
        tab.refreshed.isHidden() or (tab.refreshed.sentence.text(), list(tab.refreshed.buttons)),
        tab.head.refresh.isHidden(),
        tab.speak.obstacle.isHidden() or tab.speak.obstacle.text(),
        tab.speak.busy.start.isEnabled(),
        tab.speak.busy.start.isHidden(),
    )


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(EVERY_STATE, 2)))
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, before: str, after: str) -> None:
    alone, changed = LibraryTab(Memory()), LibraryTab(Memory())
    for made in (alone, changed):
        qtbot.addWidget(made)
        made.render_systems(states.EVERY)
    changed.render(EVERY_STATE[before])
    for made in (alone, changed):
        made.render(EVERY_STATE[after])
    assert seen(changed) == seen(alone)


def test_no_voice_yet_leads_to_the_design(window: Window, tab: LibraryTab) -> None:
    tab.render(states.library(0))
    assert tab.empty.sentence.text() == "No voice kept yet. Design one, then Keep it."
    assert tab.empty.action.text() == "Design a voice"
    tab.empty.action.click()
    assert window.tabs.currentIndex() == 0


# -- voices of the systems themselves ------------------------------------------------------------


def test_built_in_voices_are_shown_by_themselves(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states.elsewhere_library())
    combo = tab.head.show_kind
    assert [combo.itemText(at) for at in range(combo.count())] == ["My voices", "Built-in voices"]
    assert (combo.currentText(), tab.head.count.text()) == ("My voices", "7 of 7")
    tab.head.choose_kind(built_in=True)
    assert [tab.table.voices.index(at, 0).data() for at in range(2)] == ["Built in", "Built in, too"]
    assert tab.head.count.text() == "2 of 2"


def test_a_built_in_voice_can_not_be_deleted(tab: LibraryTab, qtbot: QtBot) -> None:
    state = states.elsewhere_library()
    tab.render_systems(states.EVERY)
    tab.render(replace(state, chosen=state.voices[7]))
    assert tab.head.built_in()  # where it is
    assert tab.details.remove.isHidden()
    with qtbot.assertNotEmitted(tab.delete_asked):
        qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    tab.render(replace(state, chosen=state.voices[0]))
    assert not tab.head.built_in()
    assert tab.details.remove.isVisible()


def test_no_built_in_voice_yet_offers_to_refresh(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states.library(2))
    tab.head.choose_kind(built_in=True)
    assert tab.empty.sentence.text() == "No built-in voice listed yet. Refresh asks the systems for theirs."
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.empty.action.click()
    assert asked.args == [Origin.BUILT_IN]


# -- asking the systems --------------------------------------------------------------------------


def test_refresh_asks_for_what_is_shown(tab: LibraryTab, qtbot: QtBot) -> None:
    assert tab.head.refresh.text() == "Refresh"
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.head.refresh.click()
    assert asked.args == [None]
    tab.head.choose_kind(built_in=True)
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.head.refresh.click()
    assert asked.args == [Origin.BUILT_IN]


def test_refresh_turns_into_cancel(tab: LibraryTab, qtbot: QtBot) -> None:
    place = tab.head.refresh.geometry()
    tab.head.refresh.setFocus()
    tab.render(replace(states.library(3), refreshing=True))
    assert tab.head.refresh.isHidden()
    assert tab.head.cancel.geometry() == place
    assert tab.head.cancel.hasFocus()
    assert tab.refreshed.sentence.text() == "Asking the systems…"
    with qtbot.waitSignal(tab.cancel_refresh_asked):
        tab.head.cancel.click()


def test_what_each_system_answered_is_told(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(replace(states.library(3), refreshed=states.REFRESHED[:3]))
    assert tab.refreshed.sentence.text() == "Qwen: 3 voices · CosyVoice: no voices · Qwen in Beijing: 1 voice"
    assert list(tab.refreshed.buttons) == []
    tab.render(replace(states.library(3), refreshed=states.REFRESHED))
    assert tab.refreshed.sentence.text() == (
        "Qwen: 3 voices · CosyVoice: no voices · Qwen in Beijing: 1 voice · "
        "Noiz: Noiz doesn't know this key. Check it in Settings → Accounts."
    )
    assert list(tab.refreshed.buttons) == ["settings", "details"]
    with qtbot.waitSignal(tab.settings_asked):
        tab.refreshed.buttons["settings"].click()


def test_nobody_to_ask_leads_to_the_settings(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(replace(states.library(0), nobody_to_ask=True))
    assert tab.refreshed.sentence.text() == (
        "No account has a key yet, so no system was asked. Add one in Settings → Accounts."
    )
    with qtbot.waitSignal(tab.settings_asked):
        tab.refreshed.buttons["settings"].click()


# -- the table ---------------------------------------------------------------------------------------


def test_keys_of_the_table(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    tab.table.setFocus()
    with qtbot.waitSignal(tab.play_asked) as played:
        qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    assert played.args == [Audible(states.clip(1), "Announcer")]
    with qtbot.waitSignal(tab.choose_asked) as asked:
        qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    assert asked.args == [states.number(2)]
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    assert deleted.args == [states.number(1)]  # what the state says is chosen


def test_drawing_a_choice_asks_for_nothing(tab: LibraryTab, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tab.choose_asked):
        tab.render(states.library(3))
        tab.render(chosen())
        tab.search.setText("mira")
        tab.search.clear()
        tab.render(states.library(0))


def test_from_the_search_into_the_table(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states.library(3))
    tab.begin_search()
    with qtbot.waitSignal(tab.choose_asked) as asked:
        qtbot.keyClick(tab.search, Qt.Key.Key_Down)
    assert asked.args == [states.number(1)]
    assert tab.table.hasFocus()
