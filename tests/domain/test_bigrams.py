"""An index that may find too much, never too little."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.bigrams import Bigrams
from studio.domain.search import folded

LETTERS = st.text(alphabet="abz09-é小雨ж😀\ud83d ａß", max_size=12)
WORDS = st.text(alphabet="abz09-é小雨ж😀\ud83d", min_size=1, max_size=4)


@settings(deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=20), st.lists(WORDS, min_size=1, max_size=3))
def test_nothing_that_has_the_words_is_left_out(texts: list[str], words: list[str]) -> None:
    texts, words = [folded(text) for text in texts], [folded(word) for word in words]
    index, among = Bigrams(), list(range(len(texts)))
    index.put(among, texts)
    found = index.candidates(words, among)
    having = [number for number, text in enumerate(texts) if all(word in text for word in words)]
    assert [number for number in found if number in having] == having
    if index.certain(words):
        assert found == having


def test_a_text_that_changed_is_found_by_its_new_words_alone() -> None:
    index = Bigrams()
    index.put([3, 12], ["calm", "warm"])
    index.put([12], ["bright"])
    among = list(range(20))
    assert [index.candidates([word], among) for word in ("ca", "wa", "br")] == [[3], [], [12]]


def test_texts_that_are_not_here_yet_are_kept_in_the_order_asked_for() -> None:
    index = Bigrams()
    index.put([1, 2], ["calm", "warm"])
    assert index.candidates(["ca"], [9_000, 2, 1, 0], changed=[9_000]) == [9_000, 1]


def test_only_one_or_two_plain_characters_are_certain() -> None:
    assert [Bigrams.certain([word]) for word in ("a", "a1", "abc", "é", "a-")] == [True, True, False, False, False]
