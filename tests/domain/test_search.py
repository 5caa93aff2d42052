"""Search as one types."""

import pytest

from studio.domain.briefs import ON_DEVICE
from studio.domain.languages import Language
from studio.domain.search import Filter, criteria_of, haystack, matches, narrows, words_of
from studio.domain.voices import Origin
from studio.domain.whereabouts import Whereabouts
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


EVERYTHING = voice(
    name="x",
    tags=("advert",),
    collection="Winter",
    target_model="fake-9",
    notes="n",
)


@pytest.mark.parametrize("query", ["advert", "winter", "fake-9", "here only"])
def test_tags_collection_model_and_what_else_is_known_are_searched(query: str) -> None:
    assert matches(haystack(EVERYTHING, "Only here"), words_of(query))


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(), True),
        (Filter(built_in=True), False),
        (Filter(system=ON_DEVICE), True),
        (Filter(system="qwen"), False),
        (Filter(origin=Origin.CLONED), False),
        (Filter(origin=Origin.DESIGNED, ready=True), True),
        (Filter(whereabouts=Whereabouts.ONLY_HERE), True),
        (Filter(whereabouts=Whereabouts.IN_REVIEW), False),
        (Filter(language=Language.EN), True),
        (Filter(language=Language.ZH), False),
        (Filter(tag="advert", collection="Winter"), True),
        (Filter(tag="adv"), False),
        (Filter(favourite=True), False),
        (Filter(has_clips=True), False),
    ],
)
def test_a_voice_passes_all_that_the_filter_asks_for(wanted: Filter, passes: bool) -> None:
    assert all(test(EVERYTHING) for test in criteria_of(wanted, {})) is passes


def test_a_query_that_is_typed_on_narrows() -> None:
    assert narrows(words_of("calm wo"), words_of("calm w"))
    assert narrows(words_of("calm"), ())
    assert not narrows(words_of("cal"), words_of("calm"))
