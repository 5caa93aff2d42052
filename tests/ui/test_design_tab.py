"""The Design tab drawn from states, and what goes out when a person acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.accounts import QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.memory import FIRST_DESCRIPTION, Memory
from studio.flows.design import DesignState
from studio.ui.design.tab import DesignTab
from studio.ui.window import Window

from . import states


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    window = open_window()
    window.render_design(states.design())
    return window


@pytest.fixture
def tab(window: Window) -> DesignTab:
    return window.design_tab


EVERY_STATE = {
    "first": states.design(),
    "no system": DesignState(),
    "three": states.design(candidates=states.three()),
    "generating": states.design(generating=True, candidates=states.three()[1:]),
    "progress": states.design(generating=True, progress=0.5),
    "error": states.design(error=states.STOPPED),
    "bad input": states.design(error=states.TOO_LONG, candidates=states.three()[:1]),
    "kept": states.design(kept=states.voice(3, "Mira")),
    "discarded": states.design(candidates=states.three()[:2], discarded=states.three()[2]),
    "elsewhere": states.design(systems=states.DESIGNERS, candidates=(states.made_elsewhere(), *states.three())),
    "key refused": states.design(systems=states.DESIGNERS, error=states.KEY_REFUSED),
}


@pytest.fixture(scope="module")
def alone() -> dict[str, object]:
    """What a tab of its own shows of each state, seen once."""
    return {}


@pytest.mark.parametrize("before", EVERY_STATE)
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, alone: dict[str, object], before: str) -> None:
    changed = DesignTab(Memory())
    qtbot.addWidget(changed)
    for after, state in EVERY_STATE.items():
        if after not in alone:
            one = DesignTab(Memory())
            qtbot.addWidget(one)
            one.render(state)
            alone[after] = seen(one)
        changed.render(EVERY_STATE[before])
        changed.render(state)
        assert (after, seen(changed)) == (after, alone[after])


def seen(tab: DesignTab) -> tuple[object, ...]:
    return (
        order(tab),
        tab.error_note.isHidden() or tab.error_note.sentence.text(),
        tab.done_note.isHidden() or tab.done_note.sentence.text(),
        tab.busy.start.isHidden(),
        tab.busy.cancel.isHidden(),
        tab.cards.empty.isHidden() or tab.cards.empty.sentence.text(),
    )


# -- the form ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_generates_from_any_field(tab: DesignTab, qtbot: QtBot, key: Qt.Key) -> None:
    for field in (tab.form.description.editor, tab.form.voice_name.editor, tab.form.language):
        field.setFocus()
        with qtbot.waitSignal(tab.generate_asked):
            qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert tab.form.description.text() == FIRST_DESCRIPTION


def test_generate_turns_into_cancel_at_the_same_place(tab: DesignTab, qtbot: QtBot) -> None:
    place = tab.busy.start.geometry()
    tab.render(states.design(generating=True))
    assert tab.busy.start.isHidden()
    assert tab.busy.cancel.geometry() == place
    with qtbot.waitSignal(tab.cancel_asked):
        tab.busy.cancel.click()
    with qtbot.assertNotEmitted(tab.generate_asked):
        qtbot.keyClick(tab.form.description.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_progress_shows_only_what_lasts(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(generating=True, progress=0.25))
    assert not tab.busy.bar.isVisible()
    qtbot.waitUntil(tab.busy.bar.isVisible, timeout=1000)
    assert tab.busy.bar.value() == 250
    tab.render(states.design())
    assert not tab.busy.bar.isVisible()


# -- notes -------------------------------------------------------------------------------------------


def test_an_error_has_details_and_retry(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(error=states.STOPPED))
    note = tab.error_note
    assert note.sentence.text() == "The speech engine of this computer stopped in the middle. Try again."
    assert note.raw.isHidden()
    note.buttons["details"].click()
    assert note.raw.text() == "engine-stopped\non-device\nsynthesiser ended with code 3\nrequest id: r-77"
    with qtbot.waitSignal(tab.retry_asked):
        note.buttons["retry"].click()


def test_no_retry_where_it_can_not_help(tab: DesignTab) -> None:
    tab.render(states.design(error=StudioError(Reason.ENGINE_MISSING)))
    assert list(tab.error_note.buttons) == ["details"]


@pytest.mark.parametrize("reason", [Reason.KEY_MISSING, Reason.KEYRING_LOCKED, Reason.INSECURE_ADDRESS])
def test_what_the_settings_cure_leads_there(tab: DesignTab, qtbot: QtBot, reason: Reason) -> None:
    tab.render(states.design(systems=states.DESIGNERS, error=StudioError(reason, system=QWEN)))
    with qtbot.waitSignal(tab.settings_asked):
        tab.error_note.buttons["settings"].click()


def test_a_key_is_tried_in_the_other_region_when_the_person_says_so(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.form.system.choose(QWEN)
    tab.render(states.design(systems=states.DESIGNERS, error=states.KEY_REFUSED))
    note = tab.error_note
    assert note.sentence.text() == (
        "The Singapore server doesn't know this key. It may be a Beijing key: try it there?"
    )
    assert note.buttons["other-region"].text() == "Try Beijing"
    with qtbot.waitSignal(tab.other_region_asked) as asked:
        note.buttons["other-region"].click()
    assert asked.args == [QWEN, "intl"]
    tab.render_region_tried("cn", None)
    assert note.isHidden()
    assert tab.form.brief().region == "cn"


def test_a_key_that_neither_region_knows(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.form.system.choose(QWEN)
    tab.form.region.choose("cn")
    tab.render(states.design(systems=states.DESIGNERS, error=states.KEY_REFUSED))
    assert tab.error_note.buttons["other-region"].text() == "Try Singapore"
    tab.render_region_tried("intl", StudioError(Reason.KEY_REFUSED, system=QWEN))
    assert tab.error_note.sentence.text() == "Qwen doesn't know this key. Check it in Settings → Accounts."
    assert list(tab.error_note.buttons) == ["settings", "details"]
    assert tab.form.brief().region == "cn"


def test_a_voice_without_its_preview_is_shown(tab: DesignTab, qtbot: QtBot) -> None:
    lost = StudioError(Reason.PREVIEW_LOST, system=QWEN, voice_id="qwen-tts-vd-1")
    tab.render(states.design(systems=states.DESIGNERS, error=lost))
    with qtbot.waitSignal(tab.show_asked) as asked:
        tab.error_note.buttons["show-in-library"].click()
    assert asked.args == ["qwen-tts-vd-1"]


def test_discarded_can_be_taken_back(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(discarded=states.candidate(1)))
    assert tab.done_note.sentence.text() == "Discarded “Announcer”."
    with qtbot.waitSignal(tab.undo_asked):
        tab.done_note.buttons["undo"].click()


def test_kept_can_be_shown(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(kept=states.voice(1)))
    assert tab.done_note.sentence.text() == "Kept “Announcer”."
    with qtbot.waitSignal(tab.show_asked) as asked:
        tab.done_note.buttons["show-in-library"].click()
    assert asked.args == [states.number(1)]


# -- cards -------------------------------------------------------------------------------------------


def test_nothing_yet_offers_to_begin(tab: DesignTab, qtbot: QtBot) -> None:
    assert tab.cards.empty.action.text() == "Generate the first voice"
    with qtbot.waitSignal(tab.generate_asked):
        tab.cards.empty.action.click()


def test_cards_live_as_long_as_their_candidate(tab: DesignTab) -> None:
    tab.render(states.design(candidates=states.three()[1:]))
    kept = {key: id(card) for key, card in tab.cards.cards.items()}
    tab.render(states.design(candidates=states.three()))
    assert {key: id(tab.cards.cards[key]) for key in kept} == kept
    assert list(order(tab)) == [3, 2, 1]
    tab.render(states.design(candidates=states.three()[::2]))
    assert list(order(tab)) == [3, 1]


def order(tab: DesignTab) -> list[int]:
    cards = sorted(tab.cards.cards.values(), key=lambda card: tab.cards._column.indexOf(card))
    return [card.candidate.candidate_id.int for card in cards]
