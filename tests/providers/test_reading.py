"""Nothing in foreign JSON may break the reader."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.providers import reading
from studio.providers.calls import Answer

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=40)
@given(value=JSON)
def test_any_value_is_read(value: object) -> None:
    told = {"a": value}
    reading.text(told, "b", "a").encode()
    number = reading.number(told, "a")
    reading.unix_moment(number)
    reading.record(told, "a")
    assert all(isinstance(one, dict) for one in reading.records(told, "a"))


@given(said=st.text(max_size=20))
def test_any_words_are_read(said: str) -> None:
    reading.language(said)
    reading.beijing_moment(said)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"a": "x"}, "x"),
        ({"a": "", "b": "y"}, "y"),
        ({"a": None, "b": 7}, "7"),
        ({"a": ["x"], "b": {"c": "y"}}, ""),
        ({"a": True}, ""),
        ({"a": 0}, "0"),
        ({"a": "好\ud800"}, "好?"),
        ({}, ""),
    ],
)
def test_words(told: dict[str, object], words: str) -> None:
    assert reading.text(told, "a", "b") == words


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3.0),
        ("3.5", 3.5),
        (0, 0.0),
        ("", None),
        ("three", None),
        (True, None),
        (None, None),
        ([1], None),
        (10**400, None),
        ("9" * 400, None),
        (json.loads("NaN"), None),
        (json.loads("-Infinity"), None),
    ],
)
def test_numbers(value: object, number: float | None) -> None:
    assert reading.number({"a": value}, "a") == number


def test_objects_and_lists() -> None:
    told = {"one": {"a": 1}, "many": [{"a": 1}, None, 3, [], {"b": 2}], "none": None}
    assert reading.record(told, "one") == {"a": 1}
    assert reading.record(told, "many") == reading.record(told, "none") == reading.record(told, "gone") == {}
    assert reading.records(told, "many") == [{"a": 1}, {"b": 2}]
    assert reading.records(told, "one") == reading.records(told, "gone") == []


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("zh", Language.ZH),
        ("ZH", Language.ZH),
        (" en-US ", Language.EN),
        ("pt_BR", Language.PT),
        ("zh-CN-XiaoxiaoNeural", Language.ZH),
        ("Chinese", Language.ZH),
        ("german", Language.DE),
        ("est", None),
        ("sp", None),
        ("auto", None),
        ("", None),
        ("-", None),
    ],
)
def test_languages(said: str, language: Language | None) -> None:
    assert reading.language(said) is language


@pytest.mark.parametrize("language", Language)
def test_every_language_by_code_and_name(language: Language) -> None:
    assert reading.language(language.value) is reading.language(language.label) is language


def test_moments() -> None:
    noon = datetime(2026, 1, 26, 4, tzinfo=UTC)
    assert reading.beijing_moment("2026-01-26 12:00:00") == noon
    assert reading.unix_moment(noon.timestamp()) == noon
    for said in ("", "2026-01-26", "2026-13-26 12:00:00", "0001-01-01 00:00:00"):
        assert reading.beijing_moment(said) is None
    for seconds in (None, 0.0, 1e30, -1e30, 1_769_400_000_000.0):
        assert reading.unix_moment(seconds) is None


def test_base64() -> None:
    answer = Answer("shop", 200, b"{}", {"x-request-id": "r"}, paid=True)
    assert reading.base64_bytes(answer, base64.b64encode(b"RIFF").decode()) == b"RIFF"
    for said in ("%%%", "QUJ", "QUJD\u00e4", "\ud800", "QUJD QUJD"):
        with pytest.raises(StudioError) as caught:
            reading.base64_bytes(answer, said)
        error = caught.value
        assert (error.reason, error.maybe_done, error.request_id) == (Reason.UNREADABLE, True, "r")
