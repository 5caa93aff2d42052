"""Words for everything that can go wrong."""

from __future__ import annotations

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.ui.messages import problem_sentence, sentence
from studio.ui.note_line import Action, note_of
from studio.words import SENTENCES


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    assert sentence(StudioError(reason)) == SENTENCES[reason]
    assert note_of(StudioError(reason)).sentence == SENTENCES[reason]
    assert "!" not in SENTENCES[reason]


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
