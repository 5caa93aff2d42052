"""Words for everything that can go wrong."""

from __future__ import annotations

import pytest

from studio.domain.accounts import COSYVOICE, NOIZ, OPENTALKING, QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.ui.messages import problem_sentence, sentence
from studio.ui.note_line import IN_SETTINGS, Action, note_of
from studio.words import SENTENCES


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    words = SENTENCES[reason].format(system="Noiz")
    assert sentence(StudioError(reason, system=NOIZ)) == words
    assert note_of(StudioError(reason, system=NOIZ)).sentence == words
    assert "!" not in words


@pytest.mark.parametrize("field", Field)
@pytest.mark.parametrize("fault", Fault)
def test_every_problem_is_a_sentence(field: Field, fault: Fault) -> None:
    words = problem_sentence(Problem(field, fault, 500, 545))
    assert words.endswith(".")
    assert "{" not in words


def test_bad_input_names_each_field() -> None:
    error = StudioError(
        Reason.BAD_INPUT,
        problems=(Problem(Field.DESCRIPTION, Fault.MISSING), Problem(Field.NAME, Fault.TOO_LONG, 60, 71)),
    )
    assert sentence(error) == (
        "The voice description is empty. Write it first. The voice name has 71 characters; 60 are allowed."
    )


def test_retry_only_where_it_may_help() -> None:
    assert note_of(StudioError(Reason.ENGINE_STOPPED, retryable=True)).actions == (Action.RETRY,)
    assert note_of(StudioError(Reason.ENGINE_MISSING)).actions == ()


@pytest.mark.parametrize("reason", IN_SETTINGS)
def test_what_a_key_or_an_address_may_cure_leads_to_the_settings(reason: Reason) -> None:
    assert note_of(StudioError(reason, system=NOIZ)).actions == (Action.SETTINGS,)
    assert note_of(StudioError(reason, system=NOIZ), settings=False).actions == ()


def test_a_server_of_ones_own_may_have_another_address() -> None:
    away = StudioError(Reason.UNREACHABLE, system=OPENTALKING, retryable=True)
    assert note_of(away).actions == (Action.RETRY, Action.SETTINGS)
    assert note_of(StudioError(Reason.UNREACHABLE, system=NOIZ, retryable=True)).actions == (Action.RETRY,)


@pytest.mark.parametrize("system", [QWEN, COSYVOICE])
def test_a_key_of_the_other_region_is_tried_there_when_the_person_says_so(system: str) -> None:
    refused = StudioError(Reason.KEY_REFUSED, system=system)
    note = note_of(refused)
    assert note.sentence == "The Singapore server doesn't know this key. It may be a Beijing key: try it there?"
    assert (note.actions, note.region) == ((Action.OTHER_REGION, Action.SETTINGS), "cn")
    note = note_of(refused, region="cn")
    assert note.sentence == "The Beijing server doesn't know this key. It may be a Singapore key: try it there?"
    assert note.region == "intl"


def test_details_have_what_a_vendors_support_asks_for() -> None:
    error = StudioError(
        Reason.REFUSED, system=QWEN, code="Audio.Bad", detail="no audio", request_id="r-7", voice_id="v" * 700_000
    )
    shown = note_of(error).details.splitlines()
    assert shown[:4] == ["refused", "qwen", "code: Audio.Bad", "no audio"]
    assert (len(shown[4]), shown[5]) == (131, "request id: r-7")
