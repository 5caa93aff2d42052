"""The model of the table: ten thousand voices in any script, their words, and rows that come in pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.accounts import EVOLINK
from studio.domain.limits import SystemInfo
from studio.domain.search import Filter
from studio.domain.voices import Origin, Status, Voice
from studio.ui.library import voices_model
from studio.ui.library.columns import Column
from studio.ui.library.voices_model import VoicesModel
from tests.bench.voices import voices

from . import states


def model_of(those: tuple[Voice, ...], systems: tuple[SystemInfo, ...] = states.EVERY) -> VoicesModel:
    model = VoicesModel()
    model.render_voices(those, systems)
    return model


def names(model: VoicesModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def cells(model: VoicesModel, row: int, *columns: Column) -> list[str]:
    return [model.index(row, column).data() for column in columns]


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
def test_ten_thousand_voices_are_searched_in_any_script(qtbot: QtBot, query: str, found: list[str]) -> None:
    model = model_of(states.library(10_000).voices)
    model.search(query)
    model.finish()
    assert names(model) == found


@pytest.mark.parametrize(
    "query",
    ["reading room", "LOUDSPEAKER", "espeak-ng 1.52", "this computer", "on-device", "german", "night", "winter"],
)
def test_everything_known_of_a_voice_is_searched(query: str) -> None:
    from studio.domain.languages import Language

    made = replace(
        states.voice(1, language=Language.DE),
        notes="For the reading room",
        preview_text="A loudspeaker speaks.",
        tags=("night",),
        collection="Winter",
    )
    model = model_of((made, states.voice(2, "Mira")))
    model.search(query)
    assert model.voice(0) == made


def test_newest_first_whatever_the_order() -> None:
    assert names(model_of(states.library(3).voices[::-1])) == ["Announcer", "Mira", "Grandfather Oskar"]


def test_columns() -> None:
    model = model_of(states.library(1).voices)
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert titles[:6] == ["Name", "Description", "System", "Status", "Language", "Created"]
    assert titles[6:] == ["", "Rating", "Last used", "Pitch", "Origin", "Tags", "Collection", "Model"]
    tip = model.headerData(Column.FAVOURITE, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Favourite"
    told = cells(model, 0, Column.NAME, Column.DESCRIPTION, Column.SYSTEM, Column.STATUS, Column.CREATED)
    assert told == ["Announcer", states.WORDS["Announcer"], "This computer", "Ready", "2026-11-20"]


def test_what_a_person_said_of_a_voice_is_read_out() -> None:
    made = replace(
        states.voice(1),
        favourite=True,
        rating=4,
        pitch_hz=121.6,
        tags=("a", "b"),
        collection="C",
        last_used=states.NOON,
    )
    plain = replace(states.voice(2), pitch_hz=0.0)
    columns = (Column.FAVOURITE, Column.RATING, Column.PITCH, Column.TAGS, Column.COLLECTION, Column.LAST_USED)
    model = model_of((made, plain))
    assert cells(model, 0, *columns) == ["Favourite", "4 of 5", "122 Hz", "a, b", "C", "2026-11-20"]
    assert cells(model, 1, *columns) == [""] * 6


def test_system_and_status_are_words() -> None:
    there = {"listed": states.NOON, "has_clips": True}
    model = model_of(
        (
            states.remote(1, "Both", **there),
            states.remote(2, "Review", status=Status.IN_REVIEW),
            states.remote(3, "Rejected", status=Status.REJECTED),
            states.remote(4, "Deleted", status=Status.GONE, gone=states.NOON),
            states.remote(5, "Changed", **there, changed=True),
            states.remote(6, "There", listed=states.NOON),
            states.remote(7, "Made here", has_clips=True),
            states.remote(8, "Unknown", **there, status=Status.UNKNOWN),
            states.voice(9, "Draft"),
            states.remote(10, "Nobody lists it", system=EVOLINK, region="", has_clips=True),
        )
    )
    told = [cells(model, row, Column.NAME, Column.STATUS) for row in range(10)]
    assert told == [
        ["Both", "Ready"],
        ["Review", "In review"],
        ["Rejected", "Rejected"],
        ["Deleted", "Deleted there"],
        ["Changed", "Changed there"],
        ["There", "Only there"],
        ["Made here", "Ready"],
        ["Unknown", "State unknown"],
        ["Draft", "Ready"],
        ["Nobody lists it", "Only here"],
    ]
    model.search("in review")
    assert names(model) == ["Review"]
    model.sort(Column.STATUS, Qt.SortOrder.DescendingOrder)
    model.search("")
    assert names(model)[:3] == ["Rejected", "Review", "Deleted"]
    assert names(model)[-3:] == ["Both", "Made here", "Draft"]


def test_systems_that_are_named_later_are_searched_by_their_names() -> None:
    those = (states.remote(1),)
    model = model_of(those, ())
    model.search("qwen")
    assert cells(model, 0, Column.SYSTEM) == ["qwen"]
    model.render_voices(those, states.EVERY)
    assert cells(model, 0, Column.SYSTEM) == ["Qwen"]
    model.render_voices((), ())
    assert model.rowCount() == 0


def test_what_is_unknown_comes_last_either_way() -> None:
    made = tuple(replace(states.voice(number), name=str(number), rating=number % 3) for number in range(1, 5))
    model = model_of(made)
    model.sort(Column.RATING, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["2", "1", "4", "3"]
    model.sort(Column.RATING, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["1", "4", "2", "3"]


def test_built_in_voices_are_by_themselves() -> None:
    made = (states.voice(1), replace(states.voice(2, "Theirs"), origin=Origin.BUILT_IN))
    model = model_of(made)
    assert (names(model), model.total()) == (["Announcer"], 1)
    model.apply(Filter(built_in=True))
    assert (names(model), model.total()) == (["Theirs"], 1)


def test_a_slow_search_shows_its_first_rows_and_says_when_more_came(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices_model, "FIRST_S", 0.0)
    monkeypatch.setattr(voices_model, "SLICE_S", 0.0)
    model = model_of(voices(2_000))
    model.search("a")
    first = model.rowCount()
    assert 0 < first < 200
    with qtbot.waitSignal(model.progressed, check_params_cb=None):
        pass
    qtbot.waitUntil(lambda: not model.searching())
    assert model.rowCount() > first


def test_what_occurs_is_told_while_nothing_else_is_to_be_done(qtbot: QtBot) -> None:
    model = VoicesModel()
    with qtbot.waitSignal(model.facets_changed) as told:
        model.render_voices((replace(states.voice(1), tags=("night",)),), states.EVERY)
    assert told.args
    assert told.args[0].tags == ("night",)


def test_a_damaged_or_very_long_word_is_no_trouble() -> None:
    made = replace(states.voice(1), name="\ud83d x", voice_id="v" * 700_000, description="<b>" * 10_000)
    model = model_of((made,))
    model.search("\ud83d")
    assert model.rowCount() == 1
    assert len(model.index(0, Column.DESCRIPTION).data()) <= 400
    assert len(model.index(0, Column.DESCRIPTION).data(Qt.ItemDataRole.ToolTipRole)) < 20_000
