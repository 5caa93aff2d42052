"""A sample becomes a voice of this computer, which is kept whole and speaks again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from studio.audio.codec import SoundFileCodec
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import ON_DEVICE, Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Field, clone_problems
from studio.domain.samples import Media, Sample
from studio.domain.speakable import obstacle_of
from studio.domain.voices import Cloned, Origin, Status, Voice
from studio.engine.client import LocalEngine
from studio.engine.pitch import pitch_of
from studio.providers.on_device import INFO, OnDevice
from tests.fakes.profiles import MemoryProfiles

READ = "The river runs from the mountain to the sea, and nobody has ever seen it run back. " * 3


def nothing(_: float | None) -> None: ...


async def forgotten(_: str) -> None: ...


@pytest.fixture
def profiles() -> MemoryProfiles:
    return MemoryProfiles()


@pytest.fixture
async def engine() -> AsyncIterator[LocalEngine]:
    engine = LocalEngine()
    yield engine
    await engine.aclose()


@pytest.fixture
def system(engine: LocalEngine, profiles: MemoryProfiles) -> OnDevice:
    return OnDevice(engine, SoundFileCodec(), profiles)


async def read_aloud(engine: LocalEngine, words: str = "a low-pitched mellow woman") -> Pcm:
    return (await engine.design(words, 3, READ, Language.EN)).pcm


async def brief(engine: LocalEngine, words: str = "a low-pitched mellow woman", **changes: object) -> CloneBrief:
    clip = await SoundFileCodec().encode(await read_aloud(engine, words), 48_000, AudioFormat.WAV)
    made = CloneBrief(ON_DEVICE, "Ana", Sample(clip.data, Media.WAV, "ana.wav"), language=Language.ES, has_right=True)
    return replace(made, **changes)


async def refusal(system: OnDevice, brief: CloneBrief) -> StudioError:
    with pytest.raises(StudioError) as caught:
        await system.clone(brief, nothing)
    assert caught.value.system == ON_DEVICE
    return caught.value


async def speaking_refused(system: OnDevice, voice: Voice, text: str = "Hello.") -> Reason:
    with pytest.raises(StudioError) as caught:
        await system.speak(voice, text, None, AudioFormat.WAV, nothing)
    assert caught.value.system == ON_DEVICE
    return caught.value.reason


# -- enrolment --------------------------------------------------------------------------------------------------


async def test_a_sample_becomes_a_voice(system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles) -> None:
    asked = await brief(engine, name=" Ana  María ", strength=0.5)
    parts: list[float | None] = []
    voice = (await system.clone(asked, parts.append)).voice
    assert (voice.system, voice.account, voice.region) == (ON_DEVICE, "", "")
    assert (voice.name, voice.origin, voice.status) == ("Ana María", Origin.CLONED, Status.READY)
    assert (voice.target_model, voice.language, voice.description) == ("timbre-match-1", Language.ES, "")
    assert datetime.now(UTC) - voice.created < timedelta(minutes=1)
    assert voice.voice_id.startswith("vs-")
    told = json.loads(voice.recipe)
    assert (told["match"], told["strength"]) == (1, 0.5)
    assert told["variant"].startswith("language variant\n")
    assert list(profiles.kept) == [voice.voice_id]
    assert len(profiles.kept[voice.voice_id]) < 1_000_000
    assert parts[-1] == 1.0


async def test_two_enrolments_are_two_voices_of_one_recipe_and_profile(
    system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles
) -> None:
    asked = await brief(engine)
    one, two = ((await system.clone(asked, nothing)).voice, (await system.clone(asked, nothing)).voice)
    assert one.recipe == two.recipe
    assert one.voice_id != two.voice_id
    assert profiles.kept[one.voice_id] == profiles.kept[two.voice_id]


@pytest.mark.parametrize(("strength", "kept"), [(None, 0.7), (0.0, 0.0), (2.0, 0.9), (-1.0, 0.0)])
async def test_the_strength_stays_within_its_bounds(
    system: OnDevice, engine: LocalEngine, strength: float | None, kept: float
) -> None:
    voice = (await system.clone(await brief(engine, strength=strength), nothing)).voice
    assert json.loads(voice.recipe)["strength"] == kept


async def test_a_sample_of_another_kind_and_rate_in_two_channels_is_the_same_voice(
    system: OnDevice, engine: LocalEngine
) -> None:
    """As near as MP3 leaves it."""
    sound = await read_aloud(engine)
    both = Pcm(np.repeat(sound.samples, 2, axis=1), sound.rate_hz)
    mp3 = await SoundFileCodec().encode(both, 44_100, AudioFormat.MP3)
    asked = await brief(engine, sample=Sample(mp3.data, Media.MP3, "ana.mp3"))
    here = await system.clone(asked, nothing), await system.clone(await brief(engine), nothing)
    pitches = [await spoken_pitch(system, cloned.voice) for cloned in here]
    assert pitches[0] == pytest.approx(pitches[1], rel=0.02)


async def test_without_a_language_the_voice_has_none_and_speaks_what_it_is_given(
    system: OnDevice, engine: LocalEngine
) -> None:
    voice = (await system.clone(await brief(engine, language=None), nothing)).voice
    assert voice.language is None
    for text in ("Good evening.", "晚上好。", "Добрый вечер."):
        assert (await system.speak(voice, text, None, AudioFormat.WAV, nothing)).seconds > 0.3


async def test_the_profile_is_kept_before_the_voice_is_there(engine: LocalEngine) -> None:
    class Full(MemoryProfiles):
        async def save(self, voice_id: str, data: bytes) -> None:
            raise StudioError(Reason.DISK_FULL)

    error = await refusal(OnDevice(engine, SoundFileCodec(), Full()), await brief(engine))
    assert error.reason is Reason.DISK_FULL


@pytest.mark.parametrize("sound", ["silence", "noise", "tone", "too little"])
async def test_what_is_no_sample_is_refused_and_nothing_is_kept(
    system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles, sound: str
) -> None:
    t = np.arange(22_050 * 8) / 22_050
    samples = {
        "silence": np.zeros(len(t)),
        "noise": np.random.default_rng(1).standard_normal(len(t)) * 0.1,
        "tone": np.sin(2 * np.pi * 220 * t) * 0.3,
        "too little": (await read_aloud(engine)).samples[: int(3.2 * 22_050), 0],
    }[sound]
    pcm = Pcm(np.asarray(samples, np.float32).reshape(-1, 1), 22_050)
    clip = await SoundFileCodec().encode(pcm, 22_050, AudioFormat.WAV)
    error = await refusal(system, await brief(engine, sample=Sample(clip.data, Media.WAV)))
    assert error.reason is Reason.SAMPLE_REFUSED
    assert profiles.kept == {}


async def test_what_is_no_sound_is_refused(system: OnDevice, engine: LocalEngine) -> None:
    error = await refusal(system, await brief(engine, sample=Sample(b"RIFF no sound WAVE", Media.WAV)))
    assert error.reason is Reason.UNREADABLE_AUDIO
    error = await refusal(system, await brief(engine, sample=None))
    assert [problem.field for problem in error.problems] == [Field.SAMPLE]


async def test_an_enrolment_that_is_cancelled_leaves_nothing(
    system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles
) -> None:
    begun = asyncio.Event()
    enrolling = asyncio.create_task(system.clone(await brief(engine), lambda _: begun.set()))
    await begun.wait()
    enrolling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await enrolling
    assert profiles.kept == {}


# -- speaking ---------------------------------------------------------------------------------------------------


async def test_a_match_speaks_at_the_pitch_of_its_sample(system: OnDevice, engine: LocalEngine) -> None:
    for words in ("a deep old man", "a small girl"):
        wanted = pitch_of((await read_aloud(engine, words)).samples[:, 0]).median_hz
        voice = (await system.clone(await brief(engine, words, language=Language.EN), nothing)).voice
        assert await spoken_pitch(system, voice) == pytest.approx(wanted, rel=0.05)


async def test_a_match_is_heard_sentence_by_sentence(system: OnDevice, engine: LocalEngine) -> None:
    voice = (await system.clone(await brief(engine), nothing)).voice
    whole = await system.speak(voice, READ, None, AudioFormat.WAV, nothing)
    pieces = [piece async for piece in system.stream(voice, READ)]
    assert len(pieces) == 3
    assert sum(piece.seconds for piece in pieces) == pytest.approx(whole.seconds, rel=0.02)
    heard = np.concatenate([piece.samples[:, 0] for piece in pieces])
    spoken = await SoundFileCodec().decode(await system.speak(voice, READ, 22_050, AudioFormat.WAV, nothing))
    assert pitch_of(heard).median_hz == pytest.approx(pitch_of(spoken.samples[:, 0]).median_hz, rel=0.05)


async def test_the_clip_is_as_it_was_asked_for(system: OnDevice, engine: LocalEngine) -> None:
    voice = (await system.clone(await brief(engine), nothing)).voice
    parts: list[float | None] = []
    clip = await system.speak(voice, "One sentence. And another one.", 48_000, AudioFormat.MP3, parts.append)
    assert (clip.rate_hz, clip.format) == (48_000, AudioFormat.MP3)
    assert 0.8 < clip.seconds < 6
    assert parts[-1] == 1.0
    assert (await system.speak(voice, "One.", None, AudioFormat.WAV, nothing)).rate_hz == 24_000


async def test_another_start_of_the_program_speaks_with_it_too(
    system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles
) -> None:
    voice = (await system.clone(await brief(engine), nothing)).voice
    later = OnDevice(engine, SoundFileCodec(), profiles)
    assert await spoken_pitch(later, voice) == pytest.approx(await spoken_pitch(system, voice), rel=0.02)


async def test_profiles_in_use_stay_ready_and_others_go(
    system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles
) -> None:
    first = (await system.clone(await brief(engine), nothing)).voice
    voices = [first, *(replace(first, voice_id=f"vs-{number}") for number in range(4))]
    profiles.kept |= {voice.voice_id: profiles.kept[first.voice_id] for voice in voices}
    for voice in (*voices[:4], first, voices[4], first, voices[1]):
        await system.speak(voice, "Hi.", None, AudioFormat.WAV, nothing)
    assert profiles.loaded == [voice.voice_id for voice in (*voices[:4], voices[4], voices[1])]


async def test_a_profile_that_is_gone_or_damaged_cannot_speak(
    system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles
) -> None:
    voice = (await system.clone(await brief(engine), nothing)).voice
    whole = profiles.kept.pop(voice.voice_id)
    assert await speaking_refused(system, voice) is Reason.CANNOT_SPEAK
    profiles.kept[voice.voice_id] = whole[:-100]
    assert await speaking_refused(system, voice) is Reason.CANNOT_SPEAK
    profiles.kept[voice.voice_id] = whole
    assert await speaking_refused(system, replace(voice, recipe="")) is Reason.CANNOT_SPEAK
    assert await speaking_refused(system, voice, "🎉") is Reason.NOTHING_TO_SAY
    assert (await system.speak(voice, "Hello.", None, AudioFormat.WAV, nothing)).seconds > 0.2


async def test_designed_voices_speak_as_before(system: OnDevice, engine: LocalEngine, profiles: MemoryProfiles) -> None:
    designed = await system.design(Brief(ON_DEVICE, "A man", "Hello.", Language.EN, seed=3), nothing, forgotten)
    assert (await system.speak(designed.voice, "Hello.", None, AudioFormat.WAV, nothing)).seconds > 0.2
    assert profiles.loaded == []


async def test_speaking_can_be_cancelled(system: OnDevice, engine: LocalEngine) -> None:
    voice = (await system.clone(await brief(engine), nothing)).voice
    begun = asyncio.Event()
    speaking = asyncio.create_task(system.speak(voice, READ * 20, None, AudioFormat.WAV, lambda _: begun.set()))
    await begun.wait()
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    assert (await system.speak(voice, "Hello.", None, AudioFormat.WAV, nothing)).seconds > 0.2


# -- what is declared -------------------------------------------------------------------------------------------


async def test_the_limits_are_the_ones_declared(engine: LocalEngine) -> None:
    (model,) = INFO.clones
    assert (model.model, model.price_usd, model.speaks) == ("timbre-match-1", 0.0, True)
    assert model.limits.takes_strength
    assert not model.limits.takes_url
    assert not model.limits.takes_transcript
    assert "will not sound like a recording" in model.note
    assert clone_problems(await brief(engine), model.limits) == ()


async def test_a_match_is_speakable(system: OnDevice, engine: LocalEngine) -> None:
    cloned = await system.clone(await brief(engine), nothing)
    assert isinstance(cloned, Cloned)
    assert obstacle_of(cloned.voice, INFO) is None


async def spoken_pitch(system: OnDevice, voice: Voice) -> float:
    clip: Clip = await system.speak(voice, READ, 22_050, AudioFormat.WAV, nothing)
    return pitch_of((await SoundFileCodec().decode(clip)).samples[:, 0]).median_hz
