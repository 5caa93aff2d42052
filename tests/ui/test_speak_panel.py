"""Any text with the chosen voice: its price before the click, and why a voice can't be spoken with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason
from studio.domain.limits import Speech
from studio.domain.memory import Memory
from studio.domain.voices import Status, Voice
from studio.flows.library_state import LibraryState
from studio.flows.speaking import SpeakingState
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window
from studio.words import SENTENCES

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


def test_speak_by_button_and_keys(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    tab.speak.field.set_text("Mind the step.")
    with qtbot.waitSignal(tab.speak_asked) as asked:
        tab.speak.busy.start.click()
    assert asked.args == [states.number(1), "Mind the step."]
    tab.speak.field.editor.setFocus()
    with qtbot.waitSignal(tab.speak_asked):
        qtbot.keyClick(tab.speak.field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    tab.render_speaking(states_library.speaking())
    assert tab.speak.busy.cancel.text() == "Stop"
    with qtbot.assertNotEmitted(tab.speak_asked):
        qtbot.keyClick(tab.speak.field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(tab.stop_speaking_asked):
        tab.speak.busy.cancel.click()


def test_nothing_to_speak_points_at_the_field(tab: LibraryTab) -> None:
    tab.render(chosen())
    tab.render_speaking(SpeakingState(error=states.NO_TEXT))
    assert tab.left.spoken.sentence.text() == "The text to speak is empty. Write it first."
    assert tab.speak.field.hint.text() == "The text to speak is empty. Write it first."
    assert tab.speak.field.editor.hasFocus()


def speaking_with(tab: LibraryTab, voice: Voice) -> tuple[bool, str]:
    """Whether Speak can be pressed, and what stands in the way."""
    tab.render_systems(states.EVERY)
    tab.render(replace(states.library(0), voices=(voice,), chosen=voice))
    hidden = tab.speak.obstacle.isHidden()
    return tab.speak.busy.start.isEnabled(), "" if hidden else tab.speak.obstacle.text()


def no_route(system: str) -> str:
    return f"{system} offers no way to speak with voices of this model from here."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"target_model": "qwen3-tts-vd-realtime-2026-01-15"}, no_route("Qwen")),
        (
            {"system": "cosyvoice", "target_model": "cosyvoice-v3.5-plus", "status": Status.IN_REVIEW},
            no_route("CosyVoice"),
        ),
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
    assert price.text() == "15 parts · about $0.12"
    tab.speak.field.set_text("x" * 90)
    speaking_with(tab, states.remote(1, system="evolink"))
    assert price.text() == "Price not published"
    speaking_with(tab, states.remote(1, status=Status.IN_REVIEW))
    assert price.isHidden()
    speaking_with(tab, states.voice(1))
    assert price.isHidden()


def test_a_model_with_a_price_of_its_own(tab: LibraryTab) -> None:
    speech = replace(states.THE_QWEN.speech or Speech(600), by_model=(("qwen3-tts-vd-realtime-2026-01-15", 1.3),))
    info = replace(states.THE_QWEN, speech=speech, designs=states.THE_QWEN.designs[:1])
    voice = states.remote(1, target_model="qwen3-tts-vd-realtime-2026-01-15")
    tab.render_systems((info,))
    tab.render(replace(states.library(0), voices=(voice,), chosen=voice))
    tab.speak.field.set_text("x" * 500)
    assert tab.speak.price.text() == "about $0.07"
    assert tab.speak.model.text() == "With qwen3-tts-vd-realtime-2026-01-15"


def test_a_long_text_says_its_parts(tab: LibraryTab) -> None:
    speaking_with(tab, states.remote(1))
    tab.speak.field.set_text(states_library.LONG)
    assert tab.speak.price.text() == "4 parts · about $0.02"
    speaking_with(tab, states.voice(1))
    tab.speak.field.set_text(states_library.LONG * 2)
    assert tab.speak.price.text() == "2 parts"


# -- while it speaks ---------------------------------------------------------------------------------


def badge(tab: LibraryTab, state: SpeakingState) -> str:
    tab.render_speaking(state)
    return "" if tab.speak.badge.isHidden() else tab.speak.badge.text()


def test_the_badge_tells_what_came_so_far(tab: LibraryTab) -> None:
    tab.render(states_library.chosen())
    assert badge(tab, states_library.speaking()) == "Live · 0:08 · part 2 of 5"
    assert badge(tab, states_library.speaking(live=False, parts=1, seconds=2.0)) == "0:02"
    assert badge(tab, states_library.speaking(live=False, parts=1, seconds=0.0)) == ""
    assert badge(tab, SpeakingState(seconds=8.2)) == ""


def test_another_voice_that_speaks_is_named(tab: LibraryTab) -> None:
    tab.render(states_library.chosen())
    tab.render_speaking(states_library.speaking(voice=states.remote(2, "Mira")))
    assert (tab.speak.who.isVisible(), tab.speak.who.text()) == (True, "Speaking with “Mira”")
    tab.render_speaking(states_library.speaking())
    assert tab.speak.who.isHidden()


def test_a_break_says_what_is_kept(tab: LibraryTab) -> None:
    tab.render(states_library.chosen())
    tab.render_speaking(SpeakingState(error=states_library.CUT))
    assert tab.left.spoken.sentence.text() == "Qwen broke off before the end. What came is kept, marked as partial."


def test_unfinished_texts_go_on_or_are_forgotten(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states_library.chosen())
    tab.render_speaking(states_library.unfinished(4))
    rows = tab.speak.unfinished.rows
    assert list(rows) == [states.number(501), states.number(502)]
    assert tab.speak.findChild(QLabel, "unfinished-more").text() == "and 2 older"  # pyright: ignore
    row = rows[states.number(501)]
    assert row.figures.text() == "2 of 5"
    with qtbot.waitSignal(tab.go_on_asked) as asked:
        row.go_on.click()
    assert asked.args == [states.number(501)]
    with qtbot.waitSignal(tab.forget_asked) as asked:
        row.forget.click()
    assert asked.args == [states.number(501)]
    assert row.go_on in tab.speak.in_order()


def test_going_on_has_a_price_before_the_click(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states_library.chosen())
    left = ("Mind the step, please. " * 20, "晚上好。" * 10)
    told = states_library.narration(1, parts=("Spoken.", "Spoken, too.", *left))
    tab.render_speaking(replace(states_library.unfinished(), unfinished=(told,)))
    row = tab.speak.unfinished.rows[told.narration_id]
    assert (row.go_on.text(), row.figures.text()) == ("Go on · about $0.0069", "2 of 4")
    assert (row.go_on.accessibleName(), row.go_on.accessibleDescription()) == ("Go on", "about $0.0069")
    tab.render(states_library.chosen(states_library.labelled(system="evolink", region="")))
    assert (row.go_on.text(), row.figures.text()) == ("Go on", "2 of 4 · Price not published")
    tab.render(states_library.chosen(states.voice(1)))
    assert (row.go_on.text(), row.figures.text()) == ("Go on", "2 of 4")


def test_unfinished_texts_are_those_of_the_voice_that_is_shown(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states_library.chosen())
    tab.render_speaking(states_library.unfinished(shown=states.number(2)))
    assert tab.speak.unfinished.isHidden()
    tab.render_speaking(states_library.unfinished(speaking=True))
    assert not tab.speak.unfinished.rows[states.number(501)].go_on.isEnabled()
    tab.render(states_library.chosen(states_library.gone(1)))
    tab.render_speaking(states_library.unfinished())
    assert not tab.speak.unfinished.rows[states.number(501)].go_on.isEnabled()
