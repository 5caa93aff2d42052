"""The Library by keyboard alone: where the keys lead after a deletion, a note, a Stop, and how the table is sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.flows.audition import AuditionState
from studio.flows.deletion import DeletionState
from studio.flows.library_state import LibraryState
from studio.flows.speaking import SpeakingState
from studio.ui.library.columns import Column
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
    tab.render_systems(states.EVERY)
    return tab


def chosen(place: int) -> LibraryState:
    """One of four voices."""
    state = states.library(4)
    return replace(state, chosen=state.voices[place])


def without(state: LibraryState, *places: int) -> LibraryState:
    stay = tuple(voice for place, voice in enumerate(state.voices) if place not in places)
    return replace(state, voices=stay, chosen=None)


# -- deleting -------------------------------------------------------------------------------------------


def test_a_word_for_deleting_leads_to_undo_and_then_back_to_the_table(tab: LibraryTab, qtbot: QtBot) -> None:
    state = chosen(1)
    tab.render(state)
    tab.render_deletion(DeletionState(asked=state.voices[1:2]))
    tab.note.buttons["delete"].setFocus()
    tab.render_deletion(DeletionState(waiting=state.voices[1:2]))
    assert tab.note.buttons["undo"].hasFocus()
    tab.render_deletion(DeletionState(deleted=state.voices[1:2]))
    assert tab.table.hasFocus()


def test_a_note_that_nobody_is_in_takes_no_focus(tab: LibraryTab) -> None:
    tab.search.setFocus()
    tab.render_deletion(DeletionState(asked=states.library(1).voices))
    tab.render_deletion(DeletionState())
    assert tab.search.hasFocus()


@pytest.mark.parametrize(("gone", "then"), [((1,), 2), ((3,), 2), ((1, 2), 3), ((0, 1, 2, 3), None)])
def test_the_row_behind_a_deleted_one_is_chosen(
    tab: LibraryTab, qtbot: QtBot, gone: tuple[int, ...], then: int | None
) -> None:
    state = chosen(gone[0])
    tab.render(state)
    for _ in gone[1:]:
        qtbot.keyClick(tab.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    asked: list[object] = []
    tab.choose_asked.connect(lambda library_id, _: asked.append(library_id))
    tab.render(without(replace(state, chosen=state.voices[gone[-1]]), *gone))
    assert asked == ([] if then is None else [state.voices[then].library_id])


def test_what_the_person_let_go_of_stays_let_go_of(tab: LibraryTab) -> None:
    state = chosen(1)
    tab.render(state)
    asked: list[object] = []
    tab.choose_asked.connect(lambda library_id, _: asked.append(library_id))
    tab.render(replace(state, chosen=None))
    tab.render(without(replace(state, chosen=None), 0))
    assert asked == []


# -- notes ----------------------------------------------------------------------------------------------


def test_a_result_is_put_away_and_the_next_one_comes(tab: LibraryTab, qtbot: QtBot) -> None:
    note = tab.refreshed
    tab.render(states_library.chosen(refreshed=states.REFRESHED))
    assert (note.isVisible(), note.closing.accessibleName()) == (True, "Close note")
    note.closing.setFocus()
    qtbot.keyClick(note.closing, Qt.Key.Key_Space)
    assert (note.isVisible(), tab.table.hasFocus()) == (False, True)
    tab.render(states_library.chosen(refreshed=states.REFRESHED))
    assert note.isHidden()
    tab.render(states_library.chosen(refreshed=states.REFRESHED[:1]))
    assert note.isVisible()


def test_what_waits_for_an_answer_can_not_be_put_away(tab: LibraryTab) -> None:
    voice = states.remote(1)
    for state in (DeletionState(asked=(voice,)), DeletionState(waiting=(voice,))):
        tab.render_deletion(state)
        assert (tab.note.isVisible(), tab.note.closing.isVisible()) == (True, False)
    tab.render_deletion(DeletionState(deleted=(voice,)))
    assert tab.note.closing.isVisible()


def test_a_low_window_shows_the_newest_notes_and_what_waits(window: Window, tab: LibraryTab) -> None:
    window.resize(900, 600)
    QApplication.processEvents()
    tab.render_deletion(DeletionState(asked=(states.remote(1),)))
    tab.render(states_library.chosen(refreshed=states.REFRESHED))
    tab.render_speaking(SpeakingState(error=states_library.CUT))
    shown = [note for note in tab.left.notes() if note.isVisible()]
    assert shown == [tab.left.spoken, tab.note]
    tab.left.spoken.closing.click()
    assert tab.refreshed.isVisible()
    tab.render_speaking(SpeakingState(error=StudioError(Reason.TIMED_OUT, system="qwen")))
    assert tab.refreshed.isHidden()
    window.resize(900, 900)
    QApplication.processEvents()
    assert tab.refreshed.isVisible()


# -- sorting ----------------------------------------------------------------------------------------------


def test_the_menu_key_sorts(tab: LibraryTab) -> None:
    tab.render(states.library(4))
    tab.table.setFocus()
    for place in (None, 1):
        if place is not None:
            tab.table.selectRow(place)
        where = QPoint(5, 5)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, tab.table.mapToGlobal(where))
        QApplication.sendEvent(tab.table, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        sorting = menu.actions()[-1]
        assert (sorting.text(), len(menu.actions()) > 1) == ("Sort by", place is not None)
        by_name = next(one for one in sorting.menu().actions() if one.text() == "Name")  # pyright: ignore
        by_name.trigger()
        menu.close()
    assert tab.table.header.order() == (Column.NAME, Qt.SortOrder.DescendingOrder)


# -- stopping -----------------------------------------------------------------------------------------------


def test_stop_of_live_speech_leads_to_play(window: Window) -> None:
    live = AuditionState(playing=True, live="Announcer")
    strip = window.strip
    window.render_audition(live)
    strip.stop.setFocus()
    window.render_audition(AuditionState())
    assert strip.stop.hasFocus()
    window.render_audition(states.sounding(states.clip(1), playing=False))
    assert (strip.play.hasFocus(), strip.stop.isEnabled()) == (True, False)


def test_stop_of_speech_leads_to_speak(tab: LibraryTab) -> None:
    tab.render(states_library.chosen())
    tab.render_speaking(states_library.speaking())
    tab.speak.busy.cancel.setFocus()
    tab.render_speaking(states_library.unfinished())
    assert tab.speak.busy.start.hasFocus()
