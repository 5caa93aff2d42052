from __future__ import annotations

import pytest

from studio.engine.ages import age_at
from studio.engine.traits import Gender


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("8-year-old", 8),
        ("8 years old", 8),
        ("eighteen year old", 18),
        ("sixty-five-year-old", 65),
        ("around 30", 30),
        ("about forty", 40),
        ("aged 55", 55),
        ("in her sixties", 65),
        ("in his early 20s", 22),
        ("late thirties", 38),
        ("mid-40s", 45),
        ("60's", 65),
        ("20-30 years old", 25),
        ("三十岁左右", 30),
        ("8岁", 8),
        ("十五岁", 15),
        ("二十五岁", 25),
        ("四十多岁", 44),
        ("约60岁", 60),
        ("25到35岁", 30),
        ("两岁", 2),
    ],
)
def test_ages(text: str, years: float) -> None:
    found = age_at(text, 0)
    assert found is not None
    assert found[0].age == years
    assert found[1] == len(text)


@pytest.mark.parametrize("text", ["about 90%", "300 years old", "1-year-old", "around 150 wpm", "800岁", "40 db"])
def test_what_is_no_age(text: str) -> None:
    assert age_at(text, 0) is None


def test_her_sixties_are_a_woman_s() -> None:
    found = age_at("in her sixties", 0)
    assert found is not None
    assert found[0].gender is Gender.FEMALE
