from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engine.sentences import sentences, speakable


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith met J. Doe at 3.5 p.m. today.", ["Dr. Smith met J. Doe at 3.5 p.m. today."]),
        ("第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]),
        ("「はい。」と言った。次。", ["「はい。」と言った。", "次。"]),
        ("a\n\nb", ["a", "b"]),
        ("¿Cómo? ¿Qué?", ["¿Cómo?", "¿Qué?"]),
        ("... 🎉 !!", []),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=3000))
def test_no_letter_is_lost_and_no_piece_is_long(text: str) -> None:
    parts = sentences(text)
    assert all(len(part) <= 600 for part in parts)
    assert [c for part in parts for c in part if c.isalnum()] == [c for c in text if c.isalnum()]


def test_a_sentence_without_end_is_cut_between_words() -> None:
    parts = sentences("word " * 1000)
    assert len(parts) > 5
    assert all(part.replace("word", "").strip() == "" for part in parts)


def test_what_is_speakable() -> None:
    assert speakable("a")
    assert speakable("7")
    assert speakable("好")
    assert not speakable("🎉 …!?")
