from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.briefs import ON_DEVICE, Brief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, problems
from studio.domain.voices import Origin, Status
from studio.engine.client import LocalEngine
from studio.ports import Cloner, Designer, Speaker, Streamer
from studio.providers.on_device import INFO, OnDevice
from tests.fakes.codec import WaveCodec
from tests.fakes.profiles import MemoryProfiles

BRIEF = Brief(ON_DEVICE, "A deep middle-aged man, purple", "Good evening, and welcome.", Language.EN, seed=3)


def nothing(_: float | None) -> None: ...


async def forgotten(_: str) -> None: ...


LIMITS = INFO.design_model().limits


@pytest.fixture
def codec() -> WaveCodec:
    return WaveCodec()


@pytest.fixture
async def system(codec: WaveCodec) -> AsyncIterator[OnDevice]:
    engine = LocalEngine()
    yield OnDevice(engine, codec, MemoryProfiles())
    await engine.aclose()


def test_it_designs_matches_and_speaks(system: OnDevice) -> None:
    assert isinstance(system, Designer)
    assert isinstance(system, Cloner)
    assert isinstance(system, Speaker)
    assert system.info is INFO


async def test_a_brief_becomes_a_voice_and_a_preview(system: OnDevice, codec: WaveCodec) -> None:
    designed = await system.design(replace(BRIEF, rate_hz=16_000, format=AudioFormat.FLAC), nothing, forgotten)
    voice = designed.voice
    assert (voice.system, voice.account, voice.region) == (ON_DEVICE, "", "")
    assert (voice.origin, voice.status) == (Origin.DESIGNED, Status.READY)
    assert voice.target_model == "espeak-ng-1.52"
    assert voice.name == "Deep middle-aged man"
    assert (voice.description, voice.preview_text, voice.language) == (
        BRIEF.description,
        BRIEF.preview_text,
        Language.EN,
    )
    assert datetime.now(UTC) - voice.created < timedelta(minutes=1)
    assert designed.seed == 3
    assert designed.understood == ("male", "about 45", "deep")
    assert designed.unused_words == ("purple",)
    assert designed.preview.seconds > 0.5
    assert codec.asked == [(16_000, AudioFormat.FLAC)]


async def test_two_designs_are_two_voices_of_one_recipe(system: OnDevice) -> None:
    one, two = (await system.design(BRIEF, nothing, forgotten), await system.design(BRIEF, nothing, forgotten))
    assert one.voice.recipe == two.voice.recipe
    assert one.voice.voice_id != two.voice.voice_id
    assert one.voice.library_id != two.voice.library_id
    assert one.voice.voice_id.startswith("vs-")
    assert len(one.voice.voice_id) == 13


async def test_a_given_name_is_kept(system: OnDevice) -> None:
    assert (await system.design(replace(BRIEF, name=" Otto "), nothing, forgotten)).voice.name == "Otto"


async def test_a_kept_voice_speaks_any_of_the_languages(system: OnDevice, codec: WaveCodec) -> None:
    voice = (await system.design(BRIEF, nothing, forgotten)).voice
    parts: list[float | None] = []
    clip = await system.speak(voice, "第一句话。第二句话。", 48_000, AudioFormat.MP3, parts.append)
    assert 0.8 < clip.seconds < 6
    assert parts == [0.5, 1.0]
    assert codec.asked[-1] == (48_000, AudioFormat.MP3)


async def test_a_voice_is_heard_sentence_by_sentence(system: OnDevice) -> None:
    voice = (await system.design(BRIEF, nothing, forgotten)).voice
    assert isinstance(system, Streamer)
    assert system.streams(voice)
    pieces = [piece async for piece in system.stream(voice, "第一句话。第二句话。")]
    assert [piece.channels for piece in pieces] == [1, 1]
    assert 0.8 < sum(piece.seconds for piece in pieces) < 6
    for one, text, reason in (
        (replace(voice, recipe=""), "Hello.", Reason.CANNOT_SPEAK),
        (voice, "🎉", Reason.NOTHING_TO_SAY),
    ):
        with pytest.raises(StudioError) as caught:
            await anext(system.stream(one, text))
        assert (caught.value.reason, caught.value.system) == (reason, ON_DEVICE)


async def test_errors_say_which_system(system: OnDevice) -> None:
    voice = (await system.design(BRIEF, nothing, forgotten)).voice
    with pytest.raises(StudioError) as caught:
        await system.speak(replace(voice, recipe=""), "Hello.", 24_000, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.system) == (Reason.CANNOT_SPEAK, ON_DEVICE)
    with pytest.raises(StudioError) as caught:
        await system.speak(voice, "🎉", 24_000, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.system) == (Reason.NOTHING_TO_SAY, ON_DEVICE)


def test_the_limits_are_the_ones_declared() -> None:
    assert problems(BRIEF, LIMITS) == ()
    long = replace(BRIEF, description="x" * 2049, preview_text="x" * 1025, seed=2**31)
    assert [(problem.field, problem.fault) for problem in problems(long, LIMITS)] == [
        (Field.DESCRIPTION, Fault.TOO_LONG),
        (Field.PREVIEW_TEXT, Fault.TOO_LONG),
        (Field.SEED, Fault.NOT_OFFERED),
    ]
    assert LIMITS.languages == tuple(Language)
    assert not INFO.needs_key
