"""Any text with the chosen voice: its price before the click, and why a voice can't be spoken with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason
from studio.domain.memory import Memory
from studio.domain.voices import Status, Voice
from studio.flows.library import LibraryState
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window
from studio.words import SENTENCES

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


def speaking_with(tab: LibraryTab, voice: Voice) -> tuple[bool, str]:
    """Whether Speak can be pressed, and what stands in the way."""
    tab.render_systems(states.EVERY)
    tab.render(replace(states.library(0), voices=(voice,), chosen=voice))
    hidden = tab.speak.obstacle.isHidden()
    return tab.speak.busy.start.isEnabled(), "" if hidden else tab.speak.obstacle.text()


NO_ROUTE = "Voices of this model are spoken with over WebSockets, which this version doesn't do yet."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"target_model": "qwen3-tts-vd-realtime-2026-01-15"}, NO_ROUTE),
        ({"system": "cosyvoice", "target_model": "cosyvoice-v3.5-plus", "status": Status.IN_REVIEW}, NO_ROUTE),
        ({"status": Status.IN_REVIEW}, SENTENCES[Reason.IN_REVIEW]),
        ({"system": "cosyvoice", "status": Status.REJECTED}, SENTENCES[Reason.REJECTED]),
        ({"system": "unheard-of"}, SENTENCES[Reason.CANNOT_SPEAK]),
        ({"target_model": "a-model-of-tomorrow"}, ""),
    ],
)
def test_why_a_voice_can_not_be_spoken_with(tab: LibraryTab, changes: dict[str, object], why: str) -> None:
    assert speaking_with(tab, states.remote(1, **changes)) == (not why, why)


def test_the_price_of_a_text_stands_before_the_click(tab: LibraryTab) -> None:
    speaking_with(tab, states.remote(1))
    price = tab.speak.price
    assert price.isHidden()
    tab.speak.field.set_text("Good evening, and welcome. 晚上好")
    assert (price.isVisible(), price.text()) == (True, "about $0.0004")
    tab.speak.field.set_text("Hi")
    assert price.text() == "less than $0.0001"
    tab.speak.field.set_text("x" * 9_000)
    assert price.text() == "about $0.12"
    speaking_with(tab, states.remote(1, system="evolink"))
    assert price.text() == "Price not published"
    speaking_with(tab, states.remote(1, status=Status.IN_REVIEW))
    assert price.isHidden()
    speaking_with(tab, states.voice(1))
    assert price.isHidden()
