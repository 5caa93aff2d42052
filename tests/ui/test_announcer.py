"""The status line says what happened last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.accounts import Probed
from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Step
from studio.domain.voices import Status
from studio.flows.accounts import AccountsState
from studio.flows.hearing import HearingState
from studio.flows.takes import TakesState
from studio.ui.messages import sentence
from studio.ui.window import Window

from . import states, states_booth, states_clone


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    window = open_window()
    window.render_design(states.design(candidates=states.three()))
    return window


def test_the_status_line_says_what_happened(window: Window) -> None:
    said: list[str] = []
    window.announcer.said.connect(said.append)
    assert window.strip.status.text() == "Ready"
    cards = states.three()
    before = states.design(candidates=cards[1:])
    window.render_design(before)
    window.render_design(replace(before, generating=True))
    window.render_design(replace(before, generating=True, progress=0.4))
    window.render_design(states.design(generating=True, candidates=cards))
    window.render_design(states.design(candidates=cards))
    window.render_audition(states.sounding(cards[0].preview, "Mira"))
    window.render_audition(states.sounding(cards[0].preview, "Mira", playing=False))
    window.render_design(replace(before, discarded=cards[0]))
    window.render_design(states.design(candidates=cards))
    window.render_design(replace(before, kept=cards[0].voice))
    assert said == [
        "Generating…", "Generating… 40 %", "Generated “Mira” · 0:08", "Playing “Mira”", "Stopped",
        "Discarded “Mira”", "Brought back “Mira”", "Kept “Mira”",
    ]  # fmt: skip
    assert window.strip.status.text() == "Kept “Mira”"


def test_cancelled_and_failed_are_told_apart(window: Window) -> None:
    window.render_design(states.design(generating=True))
    window.render_design(states.design())
    assert window.strip.status.text() == "Cancelled"
    window.render_design(states.design(generating=True))
    window.render_design(states.design(generating=True, error=states.STOPPED))
    window.render_design(states.design(error=states.STOPPED))
    assert window.strip.status.text() == (
        "Not generated: The speech engine of this computer stopped in the middle. Try again."
    )


@pytest.mark.parametrize(
    "error",
    [
        StudioError(Reason.TIMED_OUT, system="qwen", maybe_done=True),
        StudioError(Reason.ANSWER_LOST, system="qwen"),
        StudioError(Reason.PREVIEW_LOST, system="qwen", voice_id="v-1"),
        StudioError(Reason.DISK_FULL, voice_id="v-1"),
        StudioError(Reason.STILL_RUNNING, system="evolink"),
    ],
)
def test_what_may_have_been_made_is_not_said_to_have_failed(window: Window, error: StudioError) -> None:
    window.render_design(states.design(generating=True))
    window.render_design(states.design(error=error))
    assert window.strip.status.text() == sentence(error)
    window.render_clone(states.cloning())
    window.render_clone(states.cloning(cloning=False, error=error))
    assert window.strip.status.text() == sentence(error)


def test_an_order_elsewhere_goes_on_after_cancel(window: Window) -> None:
    left = "Stopped waiting. What was ordered may still be made; it is looked for."
    card = states.three()[0]
    state = states.design(candidates=(replace(card, brief=replace(card.brief, system="qwen")),))
    window.render_design(state)
    for hear in (
        lambda: window.announcer.hear_asked("qwen"),
        lambda: window.announcer.hear_again(card.candidate_id),
    ):
        window.announcer.hear_asked("on-device")
        window.render_design(replace(state, generating=True))
        window.render_design(state)
        assert window.strip.status.text() == "Cancelled"
        hear()
        window.render_design(replace(state, generating=True))
        window.render_design(state)
        assert window.strip.status.text() == left


def heard(window: Window) -> list[str]:
    said: list[str] = []
    window.announcer.said.connect(said.append)
    return said


def test_the_status_line_tells_of_cloning(window: Window) -> None:
    said = heard(window)
    window.announcer.hear_clone_asked("qwen")
    window.render_clone(states.cloning())
    window.render_clone(states.cloning(progress=0.4))
    window.render_clone(states.cloning(cloning=False, cloned=states.remote(3, "Guide")))
    window.render_clone(states.cloning())
    window.render_clone(states.cloning(cloning=False))
    window.render_clone(states.cloning())
    window.render_clone(states.cloning(cloning=False, error=states.KEY_REFUSED))
    assert said == [
        "Cloning…", "Cloning… 40 %", "Cloned “Guide”", "Cloning…",
        "Stopped waiting. What was ordered may still be made; it is looked for.", "Cloning…",
        "Not cloned: Qwen doesn't know this key. Check it in Settings → Accounts.",
    ]  # fmt: skip


def test_a_timbre_match_is_never_called_a_clone(window: Window) -> None:
    said = heard(window)
    window.announcer.hear_clone_asked("on-device")
    refused = StudioError(Reason.SAMPLE_REFUSED)
    for end in ({"cloned": states.voice(3, "Guide")}, {}, {"error": refused}):
        window.render_clone(states.cloning())
        window.render_clone(states.cloning(progress=0.4))
        window.render_clone(states.cloning(cloning=False, **end))
    working = ["Matching the timbre…", "Matching the timbre… 40 %"]
    assert said == [
        *working, "Matched “Guide”", *working, "Cancelled", *working, f"Not matched: {sentence(refused)}",
    ]  # fmt: skip


def test_the_status_line_tells_of_first_words_and_consent(window: Window) -> None:
    said = heard(window)
    voice = states.remote(3, "Guide")
    made = states.cloning(cloning=False, cloned=voice)
    window.render_clone(states_clone.clone(consent=states_clone.CONSENT))
    window.render_clone(states_clone.clone())
    window.render_clone(made)
    window.render_clone(replace(made, speaking=True))
    window.render_clone(replace(made, spoken=states_clone.spoken("Hello.")))
    window.render_clone(replace(made, mute=states_clone.IN_REVIEW))
    assert said == [
        "Attached “ilse says yes.wav”", "The spoken consent was taken off", "“Guide” is saying its first words…",
        "Spoke “Hello.”", sentence(states_clone.IN_REVIEW),
    ]  # fmt: skip


def test_the_status_line_tells_of_the_microphone(window: Window) -> None:
    said = heard(window)
    lost = StudioError(Reason.INPUT_LOST)
    recording = states_booth.recording()
    for state in (
        states_booth.heard(silent=True), states_booth.heard(step=Step.COUNTING_IN, count_in=2),
        states_booth.heard(step=Step.STARTING), recording, replace(recording, dropouts=1),
        replace(recording, step=Step.PAUSED, dropouts=1), states_booth.heard(),
    ):  # fmt: skip
        window.render_booth(state)
    window.announcer.hear_taken(states_booth.take(3))
    window.render_booth(states_booth.heard(step=Step.COUNTING_IN))
    window.render_booth(states_booth.heard())
    window.render_booth(states_booth.heard(error=lost))
    window.announcer.hear_taken(states_booth.take(4))
    assert said == [
        "Nothing arrives from this microphone", "Recording in 2…", "Recording…", "The computer lost sound: 1 so far",
        "Paused", "Recorded “Take 3” · 0:14", "Not recorded", sentence(lost),
    ]  # fmt: skip


def test_the_status_line_lets_go_of_a_silence_that_is_over(window: Window) -> None:
    silent = states_booth.heard(silent=True)
    window.render_booth(silent)
    window.render_booth(states_booth.heard())
    assert window.strip.status.text() == "Sound arrives from the microphone again"
    window.render_booth(silent)
    window.render_booth(states_booth.heard(listening=False))
    assert window.strip.status.text() == "Ready"
    window.render_booth(silent)
    window.render_takes(TakesState(importing="hall.mp3"))
    window.render_booth(states_booth.heard())
    assert window.strip.status.text() == "Reading hall.mp3…"


def test_the_status_line_tells_of_takes(window: Window) -> None:
    said = heard(window)
    first, brought, back = states_booth.take(1), states_booth.BROUGHT, states_booth.take(4)
    gone = StudioError(Reason.FILE_GONE)
    for state in (
        TakesState(takes=(first,)), TakesState(takes=(first,), importing="hall.mp3"),
        TakesState(takes=(first,), importing="hall.mp3", progress=0.5), TakesState(takes=(first,)),
        TakesState(takes=(brought, first)), TakesState(takes=(brought, first), error=gone),
        TakesState(takes=(back, brought, first)), TakesState(takes=(brought, first), deleted=back),
        TakesState(takes=(brought, first)), TakesState(takes=(back, brought, first)),
    ):  # fmt: skip
        window.render_takes(state)
    window.render_hearing(HearingState(saved=Path("sent.wav")))
    window.render_hearing(HearingState(error=gone))
    assert said == [
        "Reading hall.mp3…", f"Imported “{brought.name}”", sentence(gone), "Deleted “Take 4”",
        "Brought back “Take 4”", "Saved sent.wav", sentence(gone),
    ]  # fmt: skip


def test_the_status_line_tells_of_orders_and_reviews(window: Window) -> None:
    said = heard(window)
    window.render_orders(states.orders())
    window.render_orders(states.orders(0, arrived=states.remote(3, "Mira")))
    window.render_orders(states.orders(0, error=StudioError(Reason.NOT_MADE, system="qwen")))
    for status in (Status.READY, Status.REJECTED, Status.GONE):
        window.announcer.hear_review(states.remote(2, "Mira", system="cosyvoice"), status)
    assert said == [
        "An order at Qwen is still open", "“Mira” has arrived",
        "Qwen shows no voice for the order whose answer was lost. It can be ordered again.",
        "“Mira” has passed its review", "The review rejected “Mira”", "“Mira” is gone at CosyVoice",
    ]  # fmt: skip


def test_the_status_line_tells_of_accounts(window: Window) -> None:
    said = heard(window)
    state = AccountsState()

    def noiz(**changes: object) -> None:
        cards = tuple(
            replace(card, **changes) if card.standing.info.name == "noiz" else card  # pyright: ignore
            for card in state.cards
        )
        window.render_accounts(replace(state, cards=cards))

    noiz(saved=True)
    noiz(testing=True)
    noiz(probed=Probed(voices=3))
    noiz(testing=True)
    noiz(error=StudioError(Reason.KEY_REFUSED, system="noiz"))
    assert said == [
        "Noiz: saved", "Testing Noiz…", "Noiz: The key works. 3 voices there.", "Testing Noiz…",
        "Noiz: Noiz doesn't know this key. Check it in Settings → Accounts.",
    ]  # fmt: skip
