"""Cards of designed voices: what they say, their keys, and those of voices that are in the Library already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from studio.domain.accounts import EVOLINK
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


def test_a_card_says_what_was_made_of_the_words(tab: DesignTab) -> None:
    tab.render(states.design(candidates=(states.candidate(1, unused=("museum", "guide")),)))
    card = tab.cards.cards[states.number(1)]
    words = {name: card.findChild(object, name).text() for name in ("candidate-name", "candidate-system")}  # pyright: ignore
    assert words == {"candidate-name": "Announcer", "candidate-system": "Local · draft"}
    assert card.figures.text() == "0:06 · 24 kHz · English · seed 48001"
    assert card.findChild(object, "candidate-understood").text() == "man · middle-aged · deep · warm · steady pace"  # pyright: ignore
    assert card.findChild(object, "candidate-unused").text() == "Not used: “museum”, “guide”"  # pyright: ignore
    assert card.findChild(object, "candidate-description").text() == states.WORDS["Announcer"]  # pyright: ignore


def test_a_card_is_worked_by_keys(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    first, second = tab.cards.cards[states.number(3)], tab.cards.cards[states.number(2)]
    first.setFocus()
    with qtbot.waitSignal(tab.play_asked) as played:
        qtbot.keyClick(first, Qt.Key.Key_Space)
    assert played.args == [first.audible]
    with qtbot.waitSignal(tab.keep_asked) as kept:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert kept.args == [states.number(3), "Mira"]
    with qtbot.waitSignal(tab.discard_asked) as discarded:
        qtbot.keyClick(first, Qt.Key.Key_Delete)
    assert discarded.args == [states.number(3)]
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_enter_on_a_button_of_a_card_presses_that_button(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    card = tab.cards.cards[states.number(3)]
    card.discard.setFocus()
    with qtbot.assertNotEmitted(tab.keep_asked), qtbot.waitSignal(tab.discard_asked):
        qtbot.keyClick(card.discard, Qt.Key.Key_Return)


def test_a_card_of_a_voice_made_elsewhere(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(systems=states.DESIGNERS, candidates=(states.made_elsewhere(), *states.three())))
    card = tab.cards.cards[states.number(4)]
    badges = {name: card.findChild(QLabel, name).text() for name in ("candidate-system", "candidate-kept")}  # pyright: ignore
    assert badges == {"candidate-system": "Qwen", "candidate-kept": "In the Library"}
    assert card.accessibleName() == "Voice Announcer, in the Library"
    assert card.figures.text() == "0:09 · 24 kHz · English"
    buttons = [button.text() or button.accessibleName() for button in card.findChildren(QPushButton)]
    assert sorted(buttons) == ["Close", "Play", "Same words again", "Show in Library"]
    assert card.again.toolTip() == "Designs another voice from the same words, for $0.20"
    with qtbot.waitSignal(tab.show_asked) as asked:
        card.decide.click()
    assert asked.args == [states.number(4)]
    card.setFocus()
    with qtbot.assertNotEmitted(tab.keep_asked), qtbot.waitSignal(tab.show_asked):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    with qtbot.waitSignal(tab.discard_asked) as closed:
        card.discard.click()
    assert closed.args == [states.number(4)]


def test_another_voice_of_the_same_words_says_what_it_costs(tab: DesignTab) -> None:
    made = states.made_elsewhere()
    evolink = replace(made, candidate_id=states.number(5), brief=replace(made.brief, system=EVOLINK, model=""))
    evolink = replace(evolink, voice=replace(made.voice, system=EVOLINK, language=None))
    tab.render(states.design(systems=states.DESIGNERS, candidates=(evolink, *states.three()[:1])))
    cards = tab.cards.cards
    words = "Designs another voice from the same words"
    assert cards[states.number(5)].again.toolTip() == f"{words}; the price is not published"
    assert cards[states.number(5)].figures.text() == "0:09 · 24 kHz"
    assert cards[states.number(3)].again.toolTip() == words


def test_keep_takes_the_name_of_the_form(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    tab.form.voice_name.set_text("River guide")
    with qtbot.waitSignal(tab.keep_asked) as kept:
        tab.cards.cards[states.number(1)].decide.click()
    assert kept.args == [states.number(1), "River guide"]


def test_same_words_again(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    with qtbot.waitSignal(tab.again_asked) as asked:
        tab.cards.cards[states.number(2)].again.click()
    assert asked.args == [states.number(2)]


def test_the_focus_stays_in_the_list_after_a_discard(tab: DesignTab) -> None:
    tab.render(states.design(candidates=states.three()))
    tab.cards.cards[states.number(2)].setFocus()
    tab.render(states.design(candidates=states.three()[::2]))
    assert tab.cards.cards[states.number(1)].hasFocus()


def test_only_the_card_that_sounds_says_stop(window: Window, tab: DesignTab) -> None:
    cards = states.three()
    tab.render(states.design(candidates=cards))
    window.render_audition(states.sounding(cards[1].preview))
    said = {key.int: card.play.text() for key, card in tab.cards.cards.items()}
    assert said == {3: "Play", 2: "Stop", 1: "Play"}
    window.playhead.moved.emit(3.5)
    assert tab.cards.cards[states.number(2)].waveform.part == pytest.approx(0.5)
    window.render_audition(states.sounding(cards[1].preview, playing=False))
    assert tab.cards.cards[states.number(2)].waveform.part is None


def test_more_candidates_than_anyone_looks_at_are_counted(tab: DesignTab) -> None:
    many = tuple(states.candidate(number) for number in range(53))
    more = tab.cards.findChild(QLabel, "candidates-more")
    tab.render(states.design(candidates=many))
    assert len(tab.cards.cards) == 50
    assert more.text() == "and 3 older, shown as these are kept or discarded"
    tab.render(states.design(candidates=many[3:]))
    assert more.isHidden()
