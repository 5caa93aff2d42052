"""The table: what a person chooses, its keys, and that nothing moves under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.domain.search import Filter
from studio.domain.voices import Voice
from studio.ui.library import cells
from studio.ui.library.columns import Column
from studio.ui.library.voices_model import VoicesModel
from studio.ui.library.voices_table import VoicesTable
from tests.bench.voices import voices

from . import states

SOME = voices(400, seed=5)


@pytest.fixture
def table(qtbot: QtBot) -> VoicesTable:
    made = VoicesTable(Memory())
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    qtbot.waitExposed(made)
    made.render_voices(SOME, states.EVERY)
    return made


def top(table: VoicesTable) -> Voice | None:
    return table.voices.voice(table.rowAt(0))


def recorded(signal: Callable[..., object]) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *args: told.append(args))  # pyright: ignore
    return told


def test_a_click_chooses_and_tells_its_neighbours(table: VoicesTable) -> None:
    chosen, selected = recorded(table.choose_asked), recorded(table.selection_changed)
    table.selectRow(1)
    assert chosen == [(SOME[1].library_id, (SOME[0].library_id, SOME[2].library_id))]
    assert selected == [((SOME[1].library_id,),)]


def test_several_are_chosen_with_shift_and_all_with_ctrl_a(table: VoicesTable, qtbot: QtBot) -> None:
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == (SOME[1].library_id, SOME[2].library_id)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_ids() == tuple(voice.library_id for voice in SOME)


def test_keys(table: VoicesTable, qtbot: QtBot) -> None:
    table.selectRow(0)
    played, deleted, details = (recorded(one) for one in (table.play_asked, table.delete_asked, table.details_asked))
    starred, rated = recorded(table.favourite_asked), recorded(table.rate_asked)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_F, Qt.Key.Key_4, Qt.Key.Key_0):
        qtbot.keyClick(table, key)
    ids = (SOME[0].library_id,)
    assert (played, deleted, details) == ([()], [()], [()])
    assert starred == [(ids, not SOME[0].favourite)]
    assert rated == [(ids, 4), (ids, 0)]


def test_favourites_are_taken_back_only_where_all_are(table: VoicesTable, qtbot: QtBot) -> None:
    those = (replace(SOME[0], favourite=True), replace(SOME[1], favourite=False))
    table.render_voices(those, states.EVERY)
    starred = recorded(table.favourite_asked)
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_F)
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_F)
    assert [on for _, on in starred] == [True, False]


def test_stars_are_clicked_without_choosing_the_row(table: VoicesTable, qtbot: QtBot) -> None:
    starred, rated, chosen = (recorded(one) for one in (table.favourite_asked, table.rate_asked, table.choose_asked))
    made = replace(SOME[0], rating=2)
    table.render_voices((made, *SOME[1:]), states.EVERY)

    def click(column: Column, x: int) -> None:
        room = table.visualRect(table.voices.index(0, column))
        place = QPoint(room.left() + x, room.center().y())
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(Column.FAVOURITE, 8)
    click(Column.RATING, cells.INSET + 3 * cells.STAR + 2)
    click(Column.RATING, cells.INSET + cells.STAR + 2)
    assert starred == [((made.library_id,), not made.favourite)]
    assert rated == [((made.library_id,), 4), ((made.library_id,), 0)]
    assert chosen == []


def test_the_selection_survives_voices_that_come_and_change(table: VoicesTable) -> None:
    table.selectRow(3)
    chosen, selected = recorded(table.choose_asked), recorded(table.selection_changed)
    newer = tuple(replace(one, created=states.NOON.replace(year=2027)) for one in voices(20, seed=6))
    table.render_voices((*newer, *SOME[:3], replace(SOME[3], notes="x"), *SOME[4:]), states.EVERY, SOME[3].library_id)
    assert table.selected_ids() == (SOME[3].library_id,)
    assert table.currentIndex().row() == 23
    assert (chosen, selected) == ([], [])


def test_what_the_person_looks_at_stays_where_it_is(table: VoicesTable) -> None:
    table.verticalScrollBar().setValue(1_003)
    before, offset = top(table), table.rowViewportPosition(table.rowAt(0))
    newer = tuple(replace(one, created=states.NOON.replace(year=2027)) for one in voices(300, seed=6))
    table.render_voices((*newer, *SOME), states.EVERY)
    assert (top(table), table.rowViewportPosition(table.rowAt(0))) == (before, offset)


def test_a_bigger_set_behind_the_first_rows_leaves_the_top_alone(table: VoicesTable) -> None:
    table.render_voices(SOME[:20], states.EVERY)
    table.render_voices(SOME, states.EVERY)
    assert top(table) == SOME[0]


def test_what_is_hidden_is_not_chosen_any_more_but_its_details_stay(table: VoicesTable) -> None:
    table.render_voices((replace(SOME[0], notes="zzvelvet"), *SOME[1:]), states.EVERY)
    table.selectRow(1)
    table.selectRow(0)
    table.selectAll()
    chosen, selected = recorded(table.choose_asked), recorded(table.selection_changed)
    table.apply(Filter(query="zzvelvet"))
    assert table.selected_ids() == (SOME[0].library_id,)
    table.apply(Filter(query="nobody has this"))
    table.apply(Filter())
    assert table.selected_ids() == (SOME[0].library_id,)
    assert chosen == []
    assert selected == [((SOME[0].library_id,),), ((),), ((SOME[0].library_id,),)]


def test_a_voice_that_is_chosen_elsewhere_is_shown(table: VoicesTable) -> None:
    chosen = recorded(table.choose_asked)
    table.render_chosen(SOME[300].library_id)
    assert table.selected_ids() == (SOME[300].library_id,)
    assert 0 <= table.rowViewportPosition(300) < table.viewport().height()
    table.render_chosen(None)
    assert table.selected_ids() == ()
    assert chosen == []


def test_a_header_sorts_and_is_remembered(table: VoicesTable) -> None:
    changed = recorded(table.changed)
    table.header.sort_by(Column.NAME)
    assert (changed[-2:]) == [("voices_sort", "name"), ("voices_sort_down", False)]
    names = [voice.name.casefold() for row in range(400) if (voice := table.voices.voice(row))]
    assert names == sorted(names)
    table.header.sort_by(Column.RATING)
    first = table.voices.voice(0)
    assert first
    assert first.rating == 5
    table.header.sort_by(Column.RATING)
    assert changed[-1] == ("voices_sort_down", False)


def test_columns_are_shown_and_hidden_and_found_again(table: VoicesTable, qtbot: QtBot) -> None:
    changed = recorded(table.changed)
    table.header.show_column(Column.PITCH, shown=True)
    table.header.show_column(Column.SYSTEM, shown=False)
    remembered = dict(one for one in changed if one[0] == "voices_columns")["voices_columns"]
    assert remembered == ("favourite", "name", "description", "status", "created", "rating", "pitch")
    memory = Memory(voices_columns=remembered, voices_sort="pitch", voices_sort_down=False)  # pyright: ignore
    again = VoicesTable(memory)
    qtbot.addWidget(again)
    hidden = [again.isColumnHidden(column) for column in (Column.NAME, Column.PITCH, Column.SYSTEM)]
    assert hidden == [False, False, True]
    assert again.voices.rows.column is Column.PITCH
    assert not again.voices.rows.down


def test_the_usual_columns_fit_the_smallest_window(table: VoicesTable) -> None:
    table.resize(500, 400)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_a_wide_table_gives_names_room(table: VoicesTable) -> None:
    changed = recorded(table.changed)
    widths: list[tuple[int, int]] = []
    for width in (500, 1_000, 3_000):
        table.resize(width, 400)
        widths.append((table.columnWidth(Column.NAME), table.columnWidth(Column.DESCRIPTION)))
        assert table.horizontalHeader().length() <= table.viewport().width()
    (narrow, nothing), (name, description), (widest, _) = widths
    assert (narrow >= 80, nothing) == (True, 0)
    assert 200 < name < description
    assert widest == 360
    assert changed == []
    table.setColumnWidth(Column.NAME, 300)
    table.resize(1_200, 400)
    assert table.columnWidth(Column.NAME) == 300
    assert [field for field, _ in changed] == ["column_widths"]


def test_a_description_that_is_asked_for_is_shown_in_a_narrow_table(table: VoicesTable) -> None:
    changed = recorded(table.changed)
    table.resize(500, 400)
    menu = table.header.menu()
    shown = next(one for one in menu.actions() if one.text() == "Description")
    assert not shown.isChecked()
    shown.setChecked(True)
    assert not table.isColumnHidden(Column.DESCRIPTION)
    assert "description" in dict(changed)["voices_columns"]  # pyright: ignore
    shown.setChecked(False)
    table.resize(1_000, 400)
    assert table.isColumnHidden(Column.DESCRIPTION)
    menu.close()


def test_usual_words_fit_their_columns(table: VoicesTable) -> None:
    words = {Column.SYSTEM: ("This computer", 0), Column.STATUS: ("Deleted there", 22)}
    for column, (text, icon) in words.items():
        assert table.fontMetrics().horizontalAdvance(text) + icon + 2 * cells.MARGIN <= table.columnWidth(column)


def test_menus_do_what_the_keys_do(table: VoicesTable) -> None:
    from studio.ui.library.table_menu import voices_menu

    table.selectRow(0)
    played = recorded(table.play_asked)
    menu = voices_menu(table)
    assert menu.actions()[0].text() == "Play\tSpace"
    menu.actions()[0].trigger()
    assert played == [()]
    columns = table.header.menu()
    assert [action.text() for action in columns.actions()][:2] == ["Favourite", "Name"]
    assert columns.actions()[-1].text() == "Sort by"
    menu.close()
    columns.close()


def test_what_is_painted_asks_for_no_row_that_is_not_seen(
    table: VoicesTable, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt's header asks whether whole columns are chosen: at 100,000 rows that took seconds."""
    asked: list[object] = []
    count = VoicesModel.rowCount
    monkeypatch.setattr(VoicesModel, "rowCount", lambda model, *args: (asked.append(args), count(model, *args))[1])
    many = voices(5_000, seed=6)
    table.render_voices(many, states.EVERY)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    table.horizontalHeader().grab()
    table.grab()
    assert len(table.selected_voices()) == len(many)
    assert len(asked) < 1_000


def test_many_that_are_chosen_here_and_there_are_told_from_the_top(table: VoicesTable, qtbot: QtBot) -> None:
    table.selectAll()
    for row in (0, 5, 6):
        table.selectionModel().select(
            table.voices.index(row, 0),
            QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows,
        )
    assert table.selected_voices() == (*SOME[1:5], *SOME[7:])
