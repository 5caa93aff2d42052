from __future__ import annotations

import unicodedata

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
    assert letters("".join(parts)) == letters(text)


def letters(text: str) -> list[str]:
    """Styled and full-width ones as they are read."""
    return [letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum()]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ｆｕｌｌ １２３ 𝐀", ["Full 123 A"]),
        ("zero\u200bwidth\x01 and\x00 controls", ["zerowidth and controls"]),
        ("㈀ ㍿ 🄰 ⼀", ["(ᄀ) 株式会社 A 一"]),
        ("℃", ["℃"]),
        ("Am 3. Mai um 5. Er kam.", ["Am 3. Mai um 5. Er kam."]),
    ],
)
def test_what_is_typed_is_made_readable(typed: str, read: list[str]) -> None:
    assert sentences(typed) == read


def test_an_endless_dotted_word_is_taken_apart() -> None:
    """espeak-ng 1.52 overruns its buffers on one of some 300 bytes."""
    assert max(map(len, " ".join(sentences("A." * 200)).split())) < 20


def test_a_sentence_without_end_is_cut_between_words() -> None:
    parts = sentences("word " * 1000)
    assert len(parts) > 5
    assert all(part.replace("word", "").strip() == "" for part in parts)


def test_what_is_speakable() -> None:
    assert speakable("a")
    assert speakable("7")
    assert speakable("好")
    assert not speakable("🎉 …!?")
