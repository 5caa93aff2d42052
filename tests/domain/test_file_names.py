"""Names that every file system takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.domain.file_names import LONGEST_NAME, UnusedNames, safe_name

ZWJ = "\u200d"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna", "Anna.wav"),
        ("  Anna \n of  Tara ", "Anna of Tara.wav"),
        ("声音 😀", "声音 😀.wav"),
        (f"👩{ZWJ}🚀", f"👩{ZWJ}🚀.wav"),
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j.wav"),
        ("../../etc/passwd", "-..-etc-passwd.wav"),
        ("tail. . .", "tail.wav"),
        (".hidden", "hidden.wav"),
        ("", "clip.wav"),
        (" . ", "clip.wav"),
        ("CON", "_CON.wav"),
        ("con.old", "_con.old.wav"),
        ("Lpt9 .x", "_Lpt9 .x.wav"),
        ("com²", "_com².wav"),
        ("console", "console.wav"),
        ("COM10", "COM10.wav"),
        ("a\0b\x1fc\x7f", "a-b c-.wav"),
        ("half \ud83d", "half -.wav"),
        ("gnp.\u202egnos", "gnp.-gnos.wav"),
    ],
)
def test_words_as_a_name(text: str, name: str) -> None:
    assert safe_name(text, ".wav") == name


def test_a_long_name_is_cut_between_characters() -> None:
    name = safe_name("声" * 700_000, ".wav")
    assert name == "声" * 43 + ".wav"
    assert safe_name("a" * 128 + ". b", ".wav") == "a" * 128 + ".wav"


def test_an_emoji_that_is_cut_leaves_no_joiner_behind() -> None:
    family = ZWJ.join("👩👩👧👦")
    for lead in range(20):
        stem = safe_name("x" * lead + family * 9, "")
        assert not stem.endswith(ZWJ)


@given(st.text(), st.sampled_from([".wav", ".flac", ".opus", ""]))
@example("con\u2028", "")
@example("x" * 128 + " ", "")
def test_any_words_make_a_name(text: str, suffix: str) -> None:
    name = safe_name(text, suffix)
    stem = name.removesuffix(suffix)
    assert stem
    assert len(name.encode()) <= LONGEST_NAME
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in name)
    assert stem == stem.strip(" .")
    assert safe_name(stem, suffix) == name


def test_no_name_of_a_folder_is_given_twice() -> None:
    names = UnusedNames(["anna.WAV", "Bo\u0308.wav"])
    given_out = [names.give(text, ".wav") for text in ("Anna", "Anna", "Bö", "anna", "Anna (2)", "a/b", "a:b")]
    assert given_out == [
        "Anna (2).wav",
        "Anna (3).wav",
        "Bö (2).wav",
        "anna (4).wav",
        "Anna (2) (2).wav",
        "a-b.wav",
        "a-b (2).wav",
    ]


def test_numbered_names_are_as_short_as_others() -> None:
    names = UnusedNames()
    given_out = [names.give("声" * 700, ".opus") for _ in range(120)]
    assert len(set(given_out)) == 120
    assert given_out[119] == "声" * 43 + " (120).opus"
    assert max(len(name.encode()) for name in given_out) <= LONGEST_NAME
