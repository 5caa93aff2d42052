"""One source of truth for lengths and choices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.audio import AudioFormat
from studio.domain.limits import Fault, Field, Problem, Speech, problems, text_problems
from tests.fakes.voices import LIMITS, brief


def test_a_good_brief_has_no_problem() -> None:
    assert problems(brief(), LIMITS) == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"description": ""}, Problem(Field.DESCRIPTION, Fault.MISSING)),
        ({"description": " \n\t"}, Problem(Field.DESCRIPTION, Fault.MISSING)),
        ({"description": "x" * 101}, Problem(Field.DESCRIPTION, Fault.TOO_LONG, 100, 101)),
        ({"preview_text": ""}, Problem(Field.PREVIEW_TEXT, Fault.MISSING)),
        ({"preview_text": "声" * 61}, Problem(Field.PREVIEW_TEXT, Fault.TOO_LONG, 60, 61)),
        ({"name": "n" * 21}, Problem(Field.NAME, Fault.TOO_LONG, 20, 21)),
        ({"rate_hz": 11_025}, Problem(Field.RATE, Fault.NOT_OFFERED, actual=11_025)),
        ({"seed": -1}, Problem(Field.SEED, Fault.NOT_OFFERED, 99)),
        ({"seed": 100}, Problem(Field.SEED, Fault.NOT_OFFERED, 99)),
    ],
)
def test_each_fault_names_its_field(changes: dict[str, object], problem: Problem) -> None:
    assert problems(brief(**changes), LIMITS) == (problem,)


def test_what_a_system_does_not_offer_is_named() -> None:
    from dataclasses import replace

    narrow = replace(LIMITS, languages=(), formats=(AudioFormat.MP3,), seed_max=None)
    assert [one.field for one in problems(brief(seed=1), narrow)] == [Field.LANGUAGE, Field.FORMAT, Field.SEED]


def test_all_problems_are_told_at_once_in_the_order_of_the_form() -> None:
    found = problems(brief(description="", preview_text="", name="n" * 21), LIMITS)
    assert [one.field for one in found] == [Field.DESCRIPTION, Field.PREVIEW_TEXT, Field.NAME]


@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_characters_are_code_points(text: str) -> None:
    speech = Speech(part_max=50, text_max=120)
    assert (text_problems(text, speech) == ()) == (len(text) <= 120)
