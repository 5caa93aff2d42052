from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.sentences import parts

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("ab 。！？….,;:，、\n\t\"'”’」)]🎉é"), st.characters()), max_size=120
)


@given(text=TEXTS, longest=st.integers(1, 40))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, longest: int) -> None:
    found = parts(text, longest)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(1 <= len(part) <= longest and part == part.strip() for part in found)
    assert parts(text, longest) == found


@given(text=TEXTS)
def test_what_fits_stays_whole(text: str) -> None:
    assert parts(text, max(1, len(text))) == ((text.strip(),) if text.strip() else ())


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("", 5, ()),
        (" \n\t ", 5, ()),
        ("One. Two. Three.", 9, ("One. Two.", "Three.")),
        ("One. Two. Three.", 8, ("One.", "Two.", "Three.")),
        ("第一句。第二句。第三句。", 8, ("第一句。第二句。", "第三句。")),
        ("他说：「走！」然后走了。", 7, ("他说：「走！」", "然后走了。")),
        ("Really?! Yes.", 8, ("Really?!", "Yes.")),
        ('"Go." He went.', 8, ('"Go."', "He went.")),
        ("It is 3.14 today, roughly speaking.", 18, ("It is 3.14 today,", "roughly speaking.")),
        ("no stop at all here", 10, ("no stop at", "all here")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        ("Line one\nLine two", 9, ("Line one", "Line two")),
        ("他说「走！」，走了。", 7, ("他说「走！」，", "走了。")),
        ("one, two three four", 14, ("one, two three", "four")),
        ("one two three, four", 16, ("one two three,", "four")),
        ("等……好。", 3, ("等……", "好。")),
        ("a" * 10, 1, tuple("a" * 10)),
    ],
)
def test_where_it_is_cut(text: str, longest: int, expected: tuple[str, ...]) -> None:
    assert parts(text, longest) == expected


def test_a_long_text_takes_no_time() -> None:
    assert len(parts("word " * 20_000, 600)) == 167
    assert len(parts("x" * 100_000, 600)) == 167
