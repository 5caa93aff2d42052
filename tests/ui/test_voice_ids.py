"""The identifiers of a voice and calls that speak with it from elsewhere: one click from the clipboard, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.flows.library_state import LibraryState
from studio.ports import CodeKind
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window

from . import states, states_library


@pytest.fixture
def tab(open_window: Callable[..., Window]) -> LibraryTab:
    tab = open_window(Memory(tab=LIBRARY)).library_tab
    assert tab is not None
    tab.render_systems((states.HERE,))
    return tab


def chosen(**changes: object) -> LibraryState:
    state = states.library(3)
    return replace(
        state,
        **({"chosen": state.voices[0], "clips": (states.clip(1), *states.takes(2))} | changes),  # pyright: ignore
    )


def test_an_id_as_long_as_a_sample_is_copied_whole(tab: LibraryTab, qtbot: QtBot) -> None:
    long_id = "v" * 350_000 + "w" * 350_000
    made = states.remote(1, voice_id=long_id)
    tab.render(replace(states.library(0), voices=(made,), chosen=made))
    assert tab.details.voice_id.text() == "v" * 60 + "…" + "w" * 60
    assert tab.details.voice_id.copy.accessibleName() == "Copy voice ID"
    with qtbot.waitSignal(tab.said) as said:
        tab.details.voice_id.copy.click()
    assert said.args == ["Copied the voice ID"]
    assert QApplication.clipboard().text() == long_id


def test_a_call_is_copied_when_it_is_there(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen(code="an older call"))
    QApplication.clipboard().setText("mine")
    tab.speak.field.set_text("Mind the step.")
    with qtbot.waitSignal(tab.code_asked) as asked:
        tab.details.ids.curl.click()
    assert asked.args == [CodeKind.CURL, "Mind the step."]
    tab.render(chosen(code="an older call"))
    assert QApplication.clipboard().text() == "mine"
    with qtbot.waitSignal(tab.said) as said:
        tab.render(chosen(code="curl https://example.org"))
    assert said.args == ["Copied the call"]
    assert QApplication.clipboard().text() == "curl https://example.org"
    with qtbot.assertNotEmitted(tab.said):
        tab.render(chosen(code="nobody asked for this"))


def test_a_call_without_a_text_says_what_the_voice_said_before(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.code_asked) as asked:
        tab.details.ids.python.click()
    assert asked.args == [CodeKind.PYTHON, states.voice(1).preview_text]


def test_a_call_that_can_not_be_had_says_so_before_the_click(tab: LibraryTab) -> None:
    ids = tab.details.ids
    kinds: tuple[CodeKind, ...] = (CodeKind.PYTHON,)
    ids.kinds_of = lambda _: kinds
    tab.render(states_library.chosen())
    assert (ids.curl.isEnabled(), ids.python.isEnabled()) == (False, True)
    words = "This voice is spoken with over a WebSocket, which curl can't do: copy it as Python"
    assert (ids.curl.toolTip(), ids.curl.accessibleDescription()) == (words, words)
    kinds = ()
    tab.render(states_library.chosen(states_library.gone()))
    assert (ids.curl.isEnabled(), ids.python.isEnabled()) == (False, False)
    assert ids.python.toolTip() == "There is no call that speaks with a voice of this model"
    kinds = tuple(CodeKind)
    tab.render(states_library.chosen())
    assert (ids.curl.isEnabled(), ids.python.isEnabled()) == (True, True)


def test_no_call_of_this_kind_is_told(tab: LibraryTab) -> None:
    tab.render(chosen())
    tab.details.ids.curl.click()
    tab.render(chosen(error=StudioError(Reason.NOT_OFFERED, system="qwen")))
    assert tab.left.trouble.sentence.text() == "Qwen doesn't offer this."
