"""The Library tab drawn from states, its search in any script, and what goes out when a person acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.domain.voices import Origin
from studio.domain.whereabouts import Whereabouts
from studio.flows.audition import Audible
from studio.flows.deletion import DeletionState
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.flows.speaking import SpeakingState
from studio.flows.usage import UsageState
from studio.ports import Labels
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window

from . import states, states_library


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


EVERY_STATE: dict[str, tuple[object, ...]] = {
    "not loaded": (LibraryState(),),
    "empty": (states.library(0),),
    "three": (states.library(3),),
    "chosen": (chosen(),),
    "no clips": (chosen(clips=()),),
    "labelled": (states_library.chosen(),),
    "speaking": (chosen(), states_library.speaking()),
    "partial": (chosen(), states_library.unfinished(3)),
    "not spoken": (chosen(), SpeakingState(error=states_library.CUT)),
    "to delete": (states.elsewhere_library(0), states_library.asked(states.remote(1))),
    "waiting": (states.library(3), DeletionState(waiting=(states.voice(9),))),
    "last deleted": (states.library(0), DeletionState(deleted=(states.voice(9),))),
    "deleting": (states.elsewhere_library(0), DeletionState(deleting=(states.remote(1),))),
    "error": (chosen(error=states.KEY_REFUSED),),
    "exported": (chosen(exported=Path("a.wav")),),
    "elsewhere": (states.elsewhere_library(),),
    "refreshing": (states.library(3, refreshing=True, refreshed=states_library.PAGES),),
    "refreshed": (states.library(3, refreshed=states.REFRESHED),),
    "nobody to ask": (states.library(0, nobody_to_ask=True),),
    "importing": (states.library(3), MovingState(work="import", progress=0.5)),
    "damaged": (states.library(0), states_library.damaged()),
    "nearly full": (states.elsewhere_library(), states_library.nearly_full()),
}


def draw(tab: LibraryTab, named: str) -> None:
    """All of the tab's states; those that aren't named are as at first."""
    told = {type(state): state for state in EVERY_STATE[named]}
    tab.render(told[LibraryState])  # pyright: ignore[reportArgumentType]
    tab.render_deletion(told.get(DeletionState, DeletionState()))  # pyright: ignore[reportArgumentType]
    tab.render_speaking(told.get(SpeakingState, SpeakingState()))  # pyright: ignore[reportArgumentType]
    tab.render_moving(told.get(MovingState, MovingState()))  # pyright: ignore[reportArgumentType]
    tab.render_usage(told.get(UsageState, UsageState()))  # pyright: ignore[reportArgumentType]


def seen(tab: LibraryTab) -> tuple[object, ...]:
    details, speak = tab.details, tab.speak
    return (
        [tab.table.voices.index(row, 0).data() for row in range(tab.table.voices.rowCount())],
        [index.row() for index in tab.table.selectionModel().selectedRows()],
        tab.left.head.count.text(),
        tab.empty.isHidden() or (tab.empty.sentence.text(), tab.empty.action.text()),
        tab.right.isHidden() or tab.right.chosen.isHidden() or details_seen(tab),
        [note.isHidden() or (note.sentence.text(), list(note.buttons)) for note in tab.left.notes()],
        tab.left.damaged.isHidden() or tab.left.damaged.sentence.text(),
        tab.left.head.refresh.isHidden(),
        speak.obstacle.isHidden() or speak.obstacle.text(),
        speak.badge.isHidden() or speak.badge.text(),
        list(speak.unfinished.rows),
        speak.busy.start.isEnabled(),
        speak.busy.start.isHidden(),
        details.advice.isHidden(),
    )


def details_seen(tab: LibraryTab) -> tuple[object, ...]:
    details, labels = tab.details, tab.details.labels
    return (
        (details.name.text(), details.notes.text(), details.status.text(), details.facts.told()),
        (labels.favourite.isChecked(), labels.rating.value(), list(labels.tags.chips)),
        (labels.collection.combo.currentText(), list(details.takes.rows), details.play.isEnabled()),
        (details.ids.voice_id.text(), details.remake.isHidden(), details.remove.isHidden(), details.figures.text()),
    )


def new_tab(qtbot: QtBot) -> LibraryTab:
    made = LibraryTab(Memory())
    qtbot.addWidget(made)
    made.render_systems(states.EVERY)
    return made


@pytest.fixture(scope="module")
def alone() -> dict[str, object]:
    """What a tab of its own shows of each state, seen once."""
    return {}


@pytest.mark.parametrize("before", EVERY_STATE)
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, alone: dict[str, object], before: str) -> None:
    changed = new_tab(qtbot)
    for after in EVERY_STATE:
        if after not in alone:
            one = new_tab(qtbot)
            draw(one, after)
            alone[after] = seen(one)
        draw(changed, before)
        draw(changed, after)
        assert (after, seen(changed)) == (after, alone[after])


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
    combo = tab.left.head.show_kind
    assert [combo.itemText(at) for at in range(combo.count())] == ["My voices", "Built-in voices"]
    assert (combo.currentText(), tab.left.head.count.text()) == ("My voices", "7 of 7")
    tab.left.head.choose_kind(built_in=True)
    assert [tab.table.voices.index(at, 0).data() for at in range(2)] == ["Built in", "Built in, too"]
    assert tab.left.head.count.text() == "2 of 2"


def test_a_built_in_voice_can_not_be_deleted(tab: LibraryTab, qtbot: QtBot) -> None:
    state = states.elsewhere_library()
    tab.render_systems(states.EVERY)
    tab.render(replace(state, chosen=state.voices[7]))
    assert tab.left.head.built_in()  # where it is
    assert tab.details.remove.isHidden()
    with qtbot.assertNotEmitted(tab.delete_asked):
        qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    tab.render(replace(state, chosen=state.voices[0]))
    assert not tab.left.head.built_in()
    assert tab.details.remove.isVisible()


def test_no_built_in_voice_yet_offers_to_refresh(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states.library(2))
    tab.left.head.choose_kind(built_in=True)
    assert tab.empty.sentence.text() == "No built-in voice listed yet. Refresh asks the systems for theirs."
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.empty.action.click()
    assert asked.args == [Origin.BUILT_IN]


# -- asking the systems --------------------------------------------------------------------------


def test_refresh_asks_for_what_is_shown(tab: LibraryTab, qtbot: QtBot) -> None:
    assert tab.left.head.refresh.text() == "Refresh"
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.left.head.refresh.click()
    assert asked.args == [None]
    tab.left.head.choose_kind(built_in=True)
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.left.head.refresh.click()
    assert asked.args == [Origin.BUILT_IN]


def test_refresh_turns_into_cancel(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states.library(3))
    QApplication.processEvents()
    place = tab.left.head.refresh.geometry()
    tab.left.head.refresh.setFocus()
    tab.render(replace(states.library(3), refreshing=True))
    assert tab.left.head.refresh.isHidden()
    assert tab.left.head.cancel.geometry() == place
    assert tab.left.head.cancel.hasFocus()
    assert tab.refreshed.sentence.text() == "Asking the systems…"
    with qtbot.waitSignal(tab.cancel_refresh_asked):
        tab.left.head.cancel.click()


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
    assert asked.args == [states.number(2), (states.number(1), states.number(3))]
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    assert deleted.args == [(states.number(2),)]
    with qtbot.waitSignal(tab.label_asked) as labelled:
        qtbot.keyClick(tab.table, Qt.Key.Key_F)
    assert labelled.args == [(states.number(2),), Labels(favourite=True)]
    with qtbot.waitSignal(tab.label_asked) as labelled:
        qtbot.keyClick(tab.table, Qt.Key.Key_4)
    assert labelled.args == [(states.number(2),), Labels(rating=4)]
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.details.play.hasFocus()


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
    assert asked.args == [states.number(1), (states.number(2),)]
    assert tab.table.hasFocus()


def test_a_clip_that_is_still_looked_up_sounds_when_it_is_there(tab: LibraryTab, qtbot: QtBot) -> None:
    voice = states_library.labelled()
    tab.render(states_library.chosen(voice, clips=()))
    with qtbot.assertNotEmitted(tab.play_asked):
        qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    with qtbot.waitSignal(tab.play_asked) as played:
        tab.render(states_library.chosen(voice))
    assert played.args == [Audible(states.clip(1), "Announcer")]
    with qtbot.assertNotEmitted(tab.play_asked):
        tab.render(states_library.chosen(voice, clips=()))
        tab.render(states_library.chosen(voice))


def test_a_clip_of_a_voice_that_was_left_stays_silent(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states_library.chosen(clips=()))
    qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(tab.play_asked):
        tab.render(states_library.chosen(states.elsewhere()[1], clips=()))
        tab.render(states_library.chosen())


# -- many at once ------------------------------------------------------------------------------------


def test_many_are_labelled_played_exported_and_deleted(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    bulk, ids = tab.left.bulk, tuple(states.number(one) for one in (1, 2, 3))
    assert bulk.isHidden()
    with qtbot.waitSignal(tab.select_asked) as selected:
        tab.table.selectAll()
    assert selected.args == [ids]
    assert bulk.isVisible()
    with qtbot.waitSignal(tab.label_asked) as labelled:
        bulk.favourite.click()
    assert labelled.args == [ids, Labels(favourite=True)]
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        bulk.delete.click()
    assert deleted.args == [ids]
    with qtbot.waitSignal(tab.play_all_asked) as played:
        bulk.play_all_asked.emit()
    assert played.args == [ids]


# -- what is looked for --------------------------------------------------------------------------------


def test_nothing_that_fits_leads_back_to_all(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states.elsewhere_library())
    tab.left.filters.status.choose(Whereabouts.REJECTED)
    assert tab.left.head.count.text() == "1 of 7"
    tab.search.setText("saxophone")
    assert tab.empty.sentence.text() == "No voice fits both the search and the filters."
    tab.search.clear()
    tab.left.filters.favourite.setChecked(True)
    assert (tab.empty.sentence.text(), tab.empty.action.text()) == ("No voice fits these filters.", "Clear the filters")
    tab.empty.action.click()
    assert tab.left.head.count.text() == "7 of 7"
    assert tab.empty.isHidden()


def test_a_voice_that_another_tab_shows_is_seen_whatever_was_looked_for(tab: LibraryTab) -> None:
    state = states.elsewhere_library()
    tab.render(state)
    tab.search.setText("sailor")
    assert tab.left.head.count.text() == "1 of 7"
    tab.render(replace(state, chosen=state.voices[0]))
    assert (tab.search.text(), tab.left.head.count.text()) == ("", "7 of 7")


def test_usage_and_import_are_asked_for_in_the_head(tab: LibraryTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.usage_asked):
        tab.left.head.usage.click()
