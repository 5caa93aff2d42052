"""The Library tab drawn from states, its search in any script, and what goes out when a person acts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.domain.voices import Voice
from studio.flows.audition import Audible
from studio.flows.library import LibraryState
from studio.ui.library_tab import LibraryTab
from studio.ui.takes import MOST_SHOWN
from studio.ui.voices_model import VoicesModel
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
}


def seen(tab: LibraryTab) -> tuple[object, ...]:
    return (
        [tab.table.voices.index(row, 0).data() for row in range(tab.table.voices.rowCount())],
        [index.row() for index in tab.table.selectionModel().selectedRows()],
        tab.count.text(),
        tab.empty.isHidden() or (tab.empty.sentence.text(), tab.empty.action.text()),
        tab._chosen.isHidden() or (tab.details.name.text(), list(tab.details.takes.rows)),
        tab._chosen.isHidden() or tab.details.play.isEnabled(),
        tab.note.isHidden() or tab.note.sentence.text(),
        tab.speak.busy.start.isHidden(),
    )


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(EVERY_STATE, 2)))
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, before: str, after: str) -> None:
    alone, changed = LibraryTab(Memory()), LibraryTab(Memory())
    for made in (alone, changed):
        qtbot.addWidget(made)
        made.render_systems((states.HERE,))
    changed.render(EVERY_STATE[before])
    for made in (alone, changed):
        made.render(EVERY_STATE[after])
    assert seen(changed) == seen(alone)


# -- finding ---------------------------------------------------------------------------------------


def many(count: int = 10_000) -> tuple[Voice, ...]:
    return states.library(count).voices


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("grandfather 4999", ["Grandfather Oskar 4999"]),
        ("ANNOUNCER 5001", ["Announcer 5001"]),
        ("小雨 5004", ["小雨 5004"]),
        ("vs-005002", ["Mira 5002"]),
        ("0000-00000000138a", ["Mira 5002"]),
        ("５００２ mira", ["Mira 5002"]),
        ("saxophone", []),
    ],
)
def test_ten_thousand_voices_are_searched_in_any_script(query: str, found: list[str]) -> None:
    model = VoicesModel()
    model.render_voices(many(), {"on-device": "This computer"})
    began = perf_counter()
    model.search(query)
    took_s = perf_counter() - began
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == found
    assert took_s < 0.2


@pytest.mark.parametrize(
    "query", ["reading room", "LOUDSPEAKER", "espeak-ng 1.52", "this computer", "on-device", "german"]
)
def test_notes_texts_and_models_are_searched(query: str) -> None:
    from studio.domain.languages import Language

    made = replace(
        states.voice(1, language=Language.DE), notes="For the reading room", preview_text="A loudspeaker speaks."
    )
    model = VoicesModel()
    model.render_voices((made, states.voice(2, "Mira")), {"on-device": "This computer"})
    model.search(query)
    assert model.voice(0) == made


def test_newest_first_whatever_the_order(tab: LibraryTab) -> None:
    state = states.library(3)
    tab.render(replace(state, voices=state.voices[::-1]))
    assert [tab.table.voices.index(row, 0).data() for row in range(3)] == ["Announcer", "Mira", "Grandfather Oskar"]


def test_columns(tab: LibraryTab) -> None:
    tab.render(states.library(1))
    titles = [tab.table.voices.headerData(column, Qt.Orientation.Horizontal) for column in range(5)]
    assert titles == ["Name", "Description", "System", "Language", "Created"]
    cells = [tab.table.voices.index(0, column).data() for column in range(5)]
    assert cells == ["Announcer", states.WORDS["Announcer"], "This computer", "English", "2026-11-20"]


def test_a_change_by_a_note_is_found_at_once(tab: LibraryTab) -> None:
    state = states.library(3)
    tab.render(state)
    tab.render(replace(state, voices=(replace(state.voices[0], notes="velvet"), *state.voices[1:])))
    tab.search.setText("velvet")
    assert tab.count.text() == "1 of 3"


def test_nothing_found_offers_to_clear(tab: LibraryTab) -> None:
    tab.render(states.library(3))
    tab.search.setText("saxophone")
    assert tab.empty.sentence.text() == "No voice has “saxophone” in its name, words or notes."
    tab.empty.action.click()
    assert (tab.search.text(), tab.table.voices.rowCount()) == ("", 3)


def test_no_voice_yet_leads_to_the_design(window: Window, tab: LibraryTab) -> None:
    tab.render(states.library(0))
    assert tab.empty.sentence.text() == "No voice kept yet. Design one, then Keep it."
    assert tab.empty.action.text() == "Design a voice"
    tab.empty.action.click()
    assert window.tabs.currentIndex() == 0


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


# -- the chosen voice -----------------------------------------------------------------------------


def test_details_say_all_of_it(tab: LibraryTab) -> None:
    tab.render(chosen())
    details = tab.details
    assert details.name.text() == "Announcer"
    assert details.chips.text() == "This computer · English · espeak-ng 1.52 · Ready"
    assert details.figures.text() == "0:07 · 24 kHz"
    assert details.description.text() == states.WORDS["Announcer"]
    assert details.voice_id.text() == "vs-000001"
    assert details.voice_id.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_renaming_and_notes_go_out_as_they_are_typed(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.rename_asked) as renamed:
        tab.details.name.set_text("River guide")
    assert renamed.args == [states.number(1), "River guide"]
    with qtbot.waitSignal(tab.annotate_asked) as noted:
        tab.details.notes.set_text("Low hall")
    assert noted.args == [states.number(1), "Low hall"]


def test_drawing_does_not_take_a_space_from_who_types(tab: LibraryTab, qtbot: QtBot) -> None:
    state = chosen()
    tab.render(state)
    tab.details.name.editor.setFocus()
    tab.details.name.set_text("River ")
    named = replace(state.voices[0], name="River")
    tab.render(replace(state, voices=(named, *state.voices[1:]), chosen=named))
    assert tab.details.name.text() == "River "


def test_speak_by_button_and_keys(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    tab.speak.field.set_text("Mind the step.")
    with qtbot.waitSignal(tab.speak_asked) as asked:
        tab.speak.busy.start.click()
    assert asked.args == [states.number(1), "Mind the step."]
    tab.speak.field.editor.setFocus()
    with qtbot.waitSignal(tab.speak_asked):
        qtbot.keyClick(tab.speak.field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    tab.render(chosen(speaking=True))
    with qtbot.waitSignal(tab.cancel_asked):
        tab.speak.busy.cancel.click()


def test_nothing_to_speak_points_at_the_field(tab: LibraryTab) -> None:
    tab.render(chosen(error=states.NO_TEXT))
    assert tab.note.sentence.text() == "The text to speak is empty. Write it first."
    assert tab.speak.field.hint.text() == "The text to speak is empty. Write it first."
    assert tab.speak.field.editor.hasFocus()


def test_takes_play_export_and_go(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    take = states.takes(2)[0]
    row = tab.details.takes.rows[take.clip_id]
    with qtbot.waitSignal(tab.play_asked) as played:
        row.play.click()
    assert played.args == [Audible(take, "Announcer")]
    with qtbot.waitSignal(tab.delete_clip_asked) as deleted:
        row.remove.click()
    assert deleted.args == [take]
    tab.render_audition(states.sounding(take))
    assert (row.play.accessibleName(), tab.details.play.text()) == ("Stop", "Play")


def test_many_takes_stay_light(tab: LibraryTab) -> None:
    tab.render(chosen(clips=(states.clip(1), *states.takes(MOST_SHOWN + 7))))
    assert len(tab.details.takes.rows) == MOST_SHOWN
    assert tab.details.takes.findChild(object, "takes-more").text() == "and 7 older"  # pyright: ignore


@pytest.mark.parametrize("suffix", ["wav", "mp3", "opus", "flac"])
def test_export_asks_for_a_place_without_waiting(tab: LibraryTab, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    tab.render(chosen())
    tab.details.export.click()
    dialog = tab.findChild(QFileDialog, "export-dialog")
    assert isinstance(dialog, QFileDialog)
    place = tmp_path / f"river.{suffix}"
    with qtbot.waitSignal(tab.export_asked) as asked:
        dialog.fileSelected.emit(str(place))
    assert asked.args == [states.clip(1), place]
    dialog.reject()


def test_a_deleted_voice_can_be_brought_back(tab: LibraryTab, qtbot: QtBot) -> None:
    state = states.library(3)
    tab.render(replace(state, deleted=states.voice(9, "Mira")))
    assert tab.note.sentence.text() == "Deleted “Mira”."
    with qtbot.waitSignal(tab.undo_asked):
        tab.note.buttons["undo"].click()


def test_delete_by_its_button(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        tab.details.remove.click()
    assert deleted.args == [states.number(1)]
