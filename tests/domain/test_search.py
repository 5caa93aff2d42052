"""Search as one types."""

import pytest

from studio.domain.briefs import ON_DEVICE
from studio.domain.languages import Language
from studio.domain.search import Filter, criteria_of, found, has_long, haystack, matches, narrows, words_of
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


@pytest.mark.parametrize("origin", [Origin.DESIGNED, Origin.CLONED, Origin.BUILT_IN])
def test_where_a_voice_comes_from_is_searched(origin: Origin) -> None:
    assert matches(haystack(voice(origin=origin)), words_of(origin.value))


LONG = "Vs-" + "".join(f"{number:06}" for number in range(2_000)) + "-End"


@pytest.mark.parametrize(
    "query",
    [
        LONG,
        LONG.upper(),
        f"mira {LONG}",
        LONG[:200],
        LONG[:201],
        LONG[-8:],
        LONG[-200:],
        LONG[-700:],
        LONG[3_000:4_000],
    ],
)
def test_a_very_long_id_is_found_as_a_whole_and_by_its_ends(query: str) -> None:
    one = voice(name="Mira", voice_id=LONG)
    assert found(one, haystack(one), words_of(query))
    other = voice(name="Mira", voice_id=LONG.replace("1", "2"))
    assert len(query) < 100 or not found(other, haystack(other), words_of(query))
    assert len(haystack(one)) < 1_000


def test_no_other_words_are_looked_for_in_a_whole_id() -> None:
    one = voice(voice_id=LONG)
    assert not found(one, haystack(one), words_of(LONG[3_000:3_100]))
    assert has_long(words_of(f"a {LONG}"))
    assert not has_long(words_of(LONG[:200]))
