"""The table of voices and its search: ten thousand in any script, systems and states by their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import Qt

from studio.domain.memory import Memory
from studio.domain.voices import Voice
from studio.ui.library.tab import LibraryTab
from studio.ui.library.voices_model import STATUS, VoicesModel
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


def row(tab: LibraryTab, at: int) -> list[str]:
    return [tab.table.voices.index(at, column).data() for column in range(6)]


def test_columns(tab: LibraryTab) -> None:
    tab.render(states.library(1))
    titles = [tab.table.voices.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert titles == ["Name", "Description", "System", "Status", "Language", "Created"]
    assert row(tab, 0) == ["Announcer", states.WORDS["Announcer"], "This computer", "Ready", "English", "2026-11-20"]


def test_system_and_status_are_words(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states.elsewhere_library())
    told = [(cells[0], *cells[2:5]) for cells in (row(tab, at) for at in range(7))]
    assert told == [
        ("Announcer", "Qwen", "Ready", "English"),
        ("Mira", "CosyVoice", "In review", "English"),
        ("小雨", "CosyVoice", "Rejected", "Chinese"),
        ("Old sailor", "EvoLink", "Ready", ""),
        ("Grandfather Oskar", "Qwen", "Gone", "English"),
        ("Guide", "Noiz", "Ready", ""),
        ("Draft", "This computer", "Ready", "English"),
    ]
    icons = [tab.table.voices.index(at, STATUS).data(Qt.ItemDataRole.DecorationRole) is not None for at in range(7)]
    assert icons == [False, True, True, False, True, False, False]
    tab.search.setText("in review")
    assert tab.head.count.text() == "1 of 7"


def test_a_change_by_a_note_is_found_at_once(tab: LibraryTab) -> None:
    state = states.library(3)
    tab.render(state)
    tab.render(replace(state, voices=(replace(state.voices[0], notes="velvet"), *state.voices[1:])))
    tab.search.setText("velvet")
    assert tab.head.count.text() == "1 of 3"


def test_nothing_found_offers_to_clear(tab: LibraryTab) -> None:
    tab.render(states.library(3))
    tab.search.setText("saxophone")
    assert tab.empty.sentence.text() == "No voice has “saxophone” in its name, words or notes."
    tab.empty.action.click()
    assert (tab.search.text(), tab.table.voices.rowCount()) == ("", 3)
