"""The list of takes: what a row says, its keys, and one that is thrown away and brought back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from studio.flows.takes import TakesState
from studio.ui.booth.takes_list import TakesList
from studio.ui.booth.takes_words import figures_of, remarks_of, spoken

from . import states_booth as states


@pytest.fixture
def takes(qtbot: QtBot) -> TakesList:
    takes = TakesList()
    qtbot.addWidget(takes)
    takes.resize(500, 240)
    takes.show()
    takes.activateWindow()
    qtbot.waitUntil(takes.isActiveWindow)
    takes.render_takes(states.takes())
    takes.rows.setFocus()
    return takes


def names(takes: TakesList) -> list[str]:
    model = takes.rows.takes
    return [model.index(row).data() for row in range(model.rowCount())]


def editor(takes: TakesList) -> QLineEdit:
    found = takes.rows.findChild(QLineEdit, "take-name")
    assert found is not None
    return found


def test_rows_are_in_the_order_of_the_state(takes: TakesList) -> None:
    assert names(takes) == ["Take 4", "Take 3", "An interview in the old harbour hall, second half", "Take 1"]
    assert takes.rows.currentIndex().row() == 0


def test_a_row_says_what_there_is_to_say() -> None:
    assert figures_of(states.take(4)) == "0:15 · 48 kHz"
    assert remarks_of(states.take(4)) == ()
    assert remarks_of(states.RECOVERED) == ("was being recorded when the program ended", "2 drop-outs")
    assert remarks_of(states.take(1, dropouts=1)) == ("1 drop-out",)
    assert remarks_of(states.BROUGHT) == ("imported from MP3",)
    assert spoken(states.RECOVERED) == (
        "Take 3, 0:14 · 48 kHz, Recovered, was being recorded when the program ended, 2 drop-outs"
    )


def test_a_screen_reader_hears_the_whole_row(takes: TakesList) -> None:
    index = takes.rows.takes.index(1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == spoken(states.RECOVERED)
    assert takes.rows.accessibleName() == "Takes"


def test_arrows_choose(takes: TakesList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(takes.choose_asked) as asked:
        qtbot.keyClick(takes.rows, Qt.Key.Key_Down)
    assert asked.args == [states.number(3)]


def test_what_the_program_chooses_is_nobodys_choice(takes: TakesList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(takes.choose_asked):
        takes.render_takes(states.takes(chosen=states.BROUGHT))
        takes.render_takes(states.takes(takes=(states.take(5), *states.takes().takes), chosen=states.take(5)))
        takes.render_takes(states.takes(takes=(states.take(1),), chosen=states.take(1)))
        takes.render_takes(TakesState())
    assert not takes.rows.currentIndex().isValid()


def test_f2_renames(takes: TakesList, qtbot: QtBot) -> None:
    qtbot.keyClick(takes.rows, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(takes), "  The good   one ")
    with qtbot.waitSignal(takes.rename_asked) as asked:
        qtbot.keyClick(editor(takes), Qt.Key.Key_Return)
    assert asked.args == [states.number(4), "The good one"]
    assert names(takes)[0] == "Take 4"  # until the flow has it
    renamed = replace(states.take(4), name="The good one")
    takes.render_takes(states.takes(takes=(renamed, *states.takes().takes[1:]), chosen=renamed))
    assert names(takes)[0] == "The good one"


def test_a_double_click_renames(takes: TakesList, qtbot: QtBot) -> None:
    place: QPoint = takes.rows.visualRect(takes.rows.takes.index(0)).center()
    qtbot.mouseClick(takes.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(takes.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor(takes).text() == "Take 4"


@pytest.mark.parametrize("typed", ["", "   ", "Take 4"])
def test_no_name_or_the_same_one_asks_for_nothing(takes: TakesList, qtbot: QtBot, typed: str) -> None:
    takes.rename.click()
    editor(takes).setText(typed)
    with qtbot.assertNotEmitted(takes.rename_asked):
        qtbot.keyClick(editor(takes), Qt.Key.Key_Return)


def test_a_name_being_typed_survives_a_new_take(takes: TakesList) -> None:
    takes.rename.click()
    editor(takes).setText("The good")
    takes.render_takes(states.takes(takes=(states.take(5), *states.takes().takes)))
    assert editor(takes).text() == "The good"


def test_delete_throws_away_and_undo_brings_back(takes: TakesList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(takes.delete_asked) as asked:
        qtbot.keyClick(takes.rows, Qt.Key.Key_Delete)
    assert asked.args == [states.number(4)]
    kept = states.takes().takes[1:]
    takes.render_takes(states.takes(takes=kept, chosen=kept[0], deleted=states.take(4)))
    assert (len(names(takes)), takes.rows.currentIndex().row(), takes.note.sentence.text()) == (
        3,
        0,
        "Deleted “Take 4”.",
    )
    with qtbot.waitSignal(takes.undo_asked):
        takes.note.buttons["undo"].click()
    takes.render_takes(states.takes())
    assert takes.note.isHidden()


def test_buttons_do_what_the_keys_do(takes: TakesList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(takes.delete_asked) as asked:
        takes.remove.click()
    assert asked.args == [states.number(4)]
    takes.rename.click()
    assert editor(takes).text() == "Take 4"
    assert [one.accessibleName() for one in (takes.rename, takes.remove)] == ["Rename take", "Delete take"]


def test_without_takes_it_says_where_they_come_from(takes: TakesList) -> None:
    takes.render_takes(TakesState())
    assert takes.empty.text() == "Takes come here: record one, import a file, or drop one on this tab."
    assert (takes.empty.isHidden(), takes.rows.isHidden(), takes.remove.isHidden()) == (False, True, True)


def test_without_a_chosen_take_there_is_nothing_to_delete(takes: TakesList, qtbot: QtBot) -> None:
    takes.render_takes(states.takes(chosen=None))
    assert not takes.remove.isEnabled()
    with qtbot.assertNotEmitted(takes.delete_asked):
        qtbot.keyClick(takes.rows, Qt.Key.Key_Delete)


def test_another_order_is_drawn_as_it_is(takes: TakesList) -> None:
    takes.render_takes(states.takes(takes=states.takes().takes[::-1]))
    assert names(takes)[0] == "Take 1"
    current = takes.rows.currentIndex()
    assert current.row() == 3
    assert takes.rows.selectionModel().isSelected(current)


def test_it_is_as_high_as_three_rows_at_most(takes: TakesList) -> None:
    four = takes.rows.sizeHint().height()
    takes.render_takes(states.takes(takes=states.takes().takes[:3]))
    assert takes.rows.sizeHint().height() == four
    takes.render_takes(states.takes(takes=states.takes().takes[:1]))
    assert takes.rows.sizeHint().height() < four


def test_a_chosen_row_is_seen(takes: TakesList, qtbot: QtBot) -> None:
    takes.render_takes(states.takes(chosen=states.take(1)))
    last = takes.rows.takes.index(3)
    qtbot.waitUntil(lambda: takes.rows.viewport().rect().contains(takes.rows.visualRect(last).center()))
    assert takes.rows.selectionModel().isSelected(last)
