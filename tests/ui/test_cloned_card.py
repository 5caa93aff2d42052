"""The voice that a clone became: where it is, how good, and its first words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.voices import Status
from studio.flows.audition import AuditionState
from studio.ui.clone.cloned_card import ClonedCard

from . import states_clone as states


@pytest.fixture
def card(qtbot: QtBot, light: None) -> ClonedCard:
    made = ClonedCard()
    qtbot.addWidget(made)
    made.render_clone(states.clone(cloned=states.cloned()))
    made.show()
    return made


def test_the_voice_is_in_the_library(card: ClonedCard, qtbot: QtBot) -> None:
    assert card.note.sentence.text() == "“Grandmother Ilse” is in the Library."
    assert card.figures.text() == "Cloned · qwen3-tts-vc-2026-01-22 · International (Singapore) · German"
    assert card.voice_id.text() == "Voice id: qwen-tts-vc-ilse-voice-20261120120000000-1a2b"
    assert card.degraded.isHidden()
    with qtbot.waitSignal(card.show_asked):
        card.note.buttons["show-in-library"].click()
    card.render_clone(states.clone())
    assert card.isHidden()


def test_a_clone_of_lesser_quality_says_so(card: ClonedCard) -> None:
    voice = states.cloned(status=Status.IN_REVIEW)
    card.render_clone(states.clone(cloned=voice, degraded="background noise"))
    assert card.degraded.isVisible()
    assert card.degraded.text() == "Of lesser quality, as Qwen says: background noise"
    assert card.figures.text().endswith("· In review")


def test_a_timbre_match_is_no_clone(card: ClonedCard) -> None:
    card.render_clone(states.clone(cloned=states.matched()))
    assert card.badge.text() == "Local · basic"
    assert card.figures.text() == "Timbre match · timbre-match-1 · German"


def test_first_words_from_the_first_to_the_last(card: ClonedCard, qtbot: QtBot) -> None:
    state = states.clone(cloned=states.cloned())
    assert (card.words.isHidden(), card.play.isHidden()) == (True, True)
    card.render_clone(replace(state, speaking=True))
    assert card.words.text() == "It is saying its first words…"
    card.render_clone(replace(state, spoken=states.spoken("Hallo.")))
    assert (card.words.text(), card.play.isVisible()) == ("“Hallo.”", True)
    with qtbot.waitSignal(card.play_asked) as played:
        card.play.click()
    assert played.args == [states.spoken("Hallo.")]
    card.render_audition(AuditionState(audible=states.spoken("Hallo."), playing=True))
    assert (card.play.text(), card.play.accessibleName()) == ("Stop first words", "Play first words")
    card.render_audition(AuditionState(audible=states.spoken("Hallo.")))
    assert card.play.text() == "Play first words"


def test_words_that_could_not_be_said_say_why(card: ClonedCard) -> None:
    card.render_clone(states.clone(cloned=states.cloned(), mute=states.IN_REVIEW))
    assert card.words.text() == (
        "Its first words could not be spoken. This voice is still in review. It can be spoken with once the review is "
        "passed."
    )
    assert card.play.isHidden()
