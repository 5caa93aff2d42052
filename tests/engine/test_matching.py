"""A sample becomes a voice that is nearer to it than any other, in ten languages, again and again the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.engine import matching, profile, variant
from studio.engine.client import LocalEngine
from studio.engine.matching import Match
from studio.engine.pitch import pitch_of
from studio.engine.timbre import Matcher
from tests.engine.speakers import SAID, SPEAKERS, Speakers, apart
from tests.engine.texts import STATEMENTS

PAIRS = [(one, other) for one in SPEAKERS for other in SPEAKERS if one != other]
LONG = "The river runs from the mountain to the sea. " * 40


@pytest.fixture
async def engine() -> AsyncIterator[LocalEngine]:
    engine = LocalEngine()
    yield engine
    await engine.aclose()


def said(
    speakers: Speakers, name: str, strength: float, text: str = SAID, language: Language = Language.EN
) -> NDArray[np.float32]:
    enrolled = speakers.enrolled(name)
    matcher = Matcher(profile.read(enrolled.profile))
    match = Match(enrolled.variant, strength)
    pcm = speakers.booth.ask(lambda engine: matching.speak(engine, match, matcher, text, language))
    assert (pcm.rate_hz, pcm.channels, pcm.samples.dtype) == (22_050, 1, np.float32)
    return pcm.samples[:, 0]


# -- what comes out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_a_match_is_nearer_to_its_sample_than_another_voice(speakers: Speakers, name: str, other: str) -> None:
    wanted, elsewhere = speakers.sample(name, SAID), speakers.sample(other, SAID)
    made = said(speakers, name, matching.STRENGTH)
    assert apart(made, wanted) < 0.6 * apart(elsewhere, wanted)
    pitches = [pitch_of(one).median_hz for one in (made, wanted, elsewhere)]
    assert pitches[0] == pytest.approx(pitches[1], rel=0.04)
    if abs(np.log(pitches[2] / pitches[1])) > 0.05:
        assert abs(np.log(pitches[0] / pitches[1])) < abs(np.log(pitches[2] / pitches[1]))


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_colour_comes_nearer_with_the_strength(speakers: Speakers, name: str) -> None:
    wanted = speakers.sample(name, SAID)
    base, matched, strongest = (apart(said(speakers, name, strength), wanted) for strength in (0.0, 0.7, 0.9))
    assert strongest < base
    assert matched < base


def test_at_no_strength_the_base_voice_speaks(speakers: Speakers) -> None:
    recipe = speakers.enrolled("girl").variant
    bare = speakers.booth.ask(lambda engine: engine.speak(recipe, SAID, Language.EN)).samples[:, 0]
    assert apart(said(speakers, "girl", 0.0), bare) < 0.5


@pytest.mark.parametrize("language", list(Language))
def test_a_match_speaks_every_language_at_one_loudness(speakers: Speakers, language: Language) -> None:
    for name in ("old man", "girl"):
        sound = said(speakers, name, matching.STRENGTH_MAX, STATEMENTS[language], language)
        assert len(sound) > 22_050
        assert -24 < 10 * np.log10(np.mean(sound**2)) < -17
        assert np.abs(sound).max() <= 0.9
        median = pitch_of(speakers.sample(name)).median_hz
        assert pitch_of(sound).median_hz == pytest.approx(median, rel=0.08)


async def test_the_same_sample_gives_the_same_recipe_and_the_same_bytes(
    speakers: Speakers, engine: LocalEngine
) -> None:
    """In another process too, and whatever was spoken before."""
    first = speakers.enrolled("husky man")
    whisper = (await engine.design("a whispering very husky woman", 1, "Something before.", Language.EN)).recipe
    await engine.speak(whisper, SAID, Language.EN)
    assert await matching.enrol(engine, speakers.sample("husky man"), Language.EN) == first
    for language in Language:
        again = [await matching.enrol(engine, speakers.sample("old man"), language) for _ in range(2)]
        assert again[0] == again[1]
        assert variant.is_recipe(again[0].variant)
    other = speakers.enrolled("girl")
    assert other.variant != first.variant
    assert other.profile != first.profile


async def test_progress_of_an_enrolment_rises_to_its_end(speakers: Speakers, engine: LocalEngine) -> None:
    parts: list[float | None] = []
    await matching.enrol(engine, speakers.sample("low woman"), Language.EN, parts.append)
    assert parts == sorted(parts, key=float)
    assert parts[-1] == 1.0


# -- interruptions ----------------------------------------------------------------------------------------------


async def test_progress_goes_from_block_to_block(speakers: Speakers, engine: LocalEngine) -> None:
    enrolled = speakers.enrolled("girl")
    parts: list[float | None] = []
    matcher = Matcher(profile.read(enrolled.profile))
    await matching.speak(engine, Match(enrolled.variant, 0.7), matcher, LONG, Language.EN, parts.append)
    assert len(parts) >= 40
    assert parts == sorted(parts, key=float)
    assert parts[-1] == 1.0


async def test_a_match_can_be_cancelled_in_the_middle(speakers: Speakers, engine: LocalEngine) -> None:
    enrolled = speakers.enrolled("girl")
    matcher, match = Matcher(profile.read(enrolled.profile)), Match(enrolled.variant, 0.7)
    parts: list[float | None] = []
    begun = asyncio.Event()

    def hear(part: float | None) -> None:
        parts.append(part)
        begun.set()

    speaking = asyncio.create_task(matching.speak(engine, match, matcher, LONG, Language.EN, hear))
    await begun.wait()
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    assert parts[-1] is not None
    assert parts[-1] < 1.0
    assert (await matching.speak(engine, match, matcher, "Hello.", Language.EN)).seconds > 0.2


async def test_an_enrolment_can_be_cancelled(speakers: Speakers, engine: LocalEngine) -> None:
    begun = asyncio.Event()
    sample = speakers.sample("girl")
    enrolling = asyncio.create_task(matching.enrol(engine, sample, Language.EN, lambda _: begun.set()))
    await begun.wait()
    enrolling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await enrolling
    assert await matching.enrol(engine, sample, Language.EN) == speakers.enrolled("girl")


@pytest.mark.parametrize("text", ["", "🎉", "...!?"])
async def test_nothing_to_say(speakers: Speakers, engine: LocalEngine, text: str) -> None:
    enrolled = speakers.enrolled("girl")
    matcher = Matcher(profile.read(enrolled.profile))
    with pytest.raises(StudioError) as caught:
        await matching.speak(engine, Match(enrolled.variant, 0.7), matcher, text, Language.EN)
    assert caught.value.reason is Reason.NOTHING_TO_SAY


# -- the recipe -------------------------------------------------------------------------------------------------


def test_a_recipe_comes_back(speakers: Speakers) -> None:
    match = Match(speakers.enrolled("girl").variant, 0.65)
    assert matching.parse(matching.write(match)) == match
    assert not variant.is_recipe(matching.write(match))


@pytest.mark.parametrize(
    "changes",
    [
        {"match": 2},
        {"match": None},
        {"variant": "language en\n"},
        {"variant": 3},
        {"strength": 1.0},
        {"strength": -0.1},
        {"strength": "much"},
        {"strength": True},
        {"strength": None},
    ],
)
def test_what_this_version_did_not_write_is_refused(speakers: Speakers, changes: dict[str, object]) -> None:
    told = json.loads(matching.write(Match(speakers.enrolled("girl").variant, 0.65))) | changes
    with pytest.raises(StudioError) as caught:
        matching.parse(json.dumps(told))
    assert caught.value.reason is Reason.CANNOT_SPEAK


@pytest.mark.parametrize("text", ["", "[]", "null", "language variant\n", '{"match": 1', '{"strength": NaN}'])
def test_what_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(StudioError) as caught:
        matching.parse(text)
    assert caught.value.reason is Reason.CANNOT_SPEAK
