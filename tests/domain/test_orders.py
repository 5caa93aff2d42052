"""Which new voice is the one that an order was for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from studio.domain.briefs import Brief, CloneBrief, Order
from studio.domain.languages import Language
from studio.domain.orders import made_for
from studio.domain.voices import Origin, Voice, fingerprint

NOW = datetime(2026, 1, 26, tzinfo=UTC)
DESIGN = Brief("qwen", "A deep, warm voice", "Good evening.", Language.EN, name="Otto", model="vd-1", handle="otto_b")
CLONE = CloneBrief("noiz", "Anna Bell")
BLANK = Voice(UUID(int=1), "qwen", "", "new-1", "", Origin.DESIGNED, "", None, NOW)


def ordered(brief: Brief | CloneBrief, *known: str) -> Order:
    return Order(UUID(int=2), "account", brief, NOW, frozenset(map(fingerprint, known)))


def test_what_was_there_before_is_not_it() -> None:
    voice = replace(BLANK, name="Otto")
    assert made_for(ordered(DESIGN, "old-1", "old-2"), voice)
    assert not made_for(ordered(DESIGN, "old-1", "new-1"), voice)


def test_without_a_list_before_nothing_is_it() -> None:
    assert not made_for(replace(ordered(DESIGN), known=None), replace(BLANK, name="Otto"))


def test_no_clock_is_asked() -> None:
    assert made_for(ordered(DESIGN), replace(BLANK, name="Otto", created=datetime(1999, 1, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("told", "is_it"),
    [
        ({"description": "A deep, warm voice"}, True),
        ({"description": " a deep,\n warm  VOICE "}, True),
        ({"description": "A deep, warm voice", "preview_text": "Good evening."}, True),
        ({"preview_text": "Good evening."}, True),
        ({"description": "A deep, warm voice", "preview_text": "Good night."}, False),
        ({"description": "Another voice"}, False),
        ({"description": "Another voice", "name": "Otto"}, False),
        ({"description": "A deep, warm voice", "name": "Bob"}, False),
        ({"description": "A deep, warm voice", "name": "new-1"}, True),
        ({"description": "A deep, warm voice", "target_model": "vd-1"}, True),
        ({"description": "A deep, warm voice", "target_model": "vd-2"}, False),
        ({"name": "Otto"}, True),
        ({"name": "otto 2"}, True),
        ({"name": "Ottokar"}, False),
        ({"name": ""}, False),
        ({"voice_id": "qwen-tts-vd-otto_b-voice-20260126-a1"}, True),
        ({"voice_id": "qwen-tts-vd-OTTO_B-voice"}, True),
        ({"voice_id": "qwen-tts-vd-otto_bert-voice"}, False),
        ({"voice_id": "qwen-tts-vd-lotto_b-voice"}, False),
        ({}, False),
    ],
)
def test_a_design_by_all_that_is_told(told: dict[str, str], is_it: bool) -> None:
    assert made_for(ordered(DESIGN), replace(BLANK, **told)) is is_it


@pytest.mark.parametrize(
    ("name", "is_it"), [("Anna Bell", True), ("anna  bell", True), ("Anna Belle", False), ("Anna", False), ("", False)]
)
def test_a_clone_by_its_name(name: str, is_it: bool) -> None:
    assert made_for(ordered(CLONE), replace(BLANK, origin=Origin.CLONED, name=name)) is is_it


def test_an_order_without_a_name_takes_nobody_elses_voice() -> None:
    nameless = replace(DESIGN, name=" ", handle="")
    assert not made_for(ordered(nameless), replace(BLANK, name="Somebody's"))


def test_names_are_no_patterns() -> None:
    assert not made_for(ordered(replace(CLONE, name=".*")), replace(BLANK, name="Somebody"))
    assert made_for(ordered(replace(CLONE, name="C++ (2)")), replace(BLANK, name="c++ (2)"))
