"""Search as one types."""

import pytest

from studio.domain.languages import Language
from studio.domain.search import haystack, matches, words_of
from tests.fakes.voices import voice

HAY = haystack(
    voice(name="Straße Ж 小雨", description="A calm MAN", notes="for the fairy tale, é", language=Language.ZH)
)


@pytest.mark.parametrize(
    "query",
    ["", "  ", "calm", "CALM man", "小雨", "strasse", "ж", "fairy calm", "chinese", "vs-", "ｃａｌｍ", "e\u0301"],
)
def test_every_word_is_looked_for_in_any_script_and_case(query: str) -> None:
    assert matches(HAY, words_of(query))


@pytest.mark.parametrize("query", ["calm woman", "雪", "zzz"])
def test_one_missing_word_is_enough_to_miss(query: str) -> None:
    assert not matches(HAY, words_of(query))
