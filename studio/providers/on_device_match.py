"""The timbre match of this computer: a sample's pitch and colour on a synthetic voice. It is no clone."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import ON_DEVICE, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, Fault, Field, Problem, SampleLimits
from studio.domain.samples import Media, Sample
from studio.domain.voices import Cloned, Origin, Voice
from studio.engine import matching
from studio.engine.client import RATE_HZ, LocalEngine
from studio.engine.matching import STRENGTH, STRENGTH_MAX, Match
from studio.ports import Codec, Profiles, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.engine.timbre import Matcher

MATCH_MODEL = "timbre-match-1"

MODEL = CloneModel(
    MATCH_MODEL,
    SampleLimits(
        seconds_min=3.0,
        seconds_max=120.0,
        speech_min_s=3.0,
        takes_strength=True,
        languages=tuple(Language),
    ),
    price_usd=0.0,
    note="Basic match of pitch and colour on this computer. It will not sound like a recording of this person. "
    "For a true clone choose a connected service.",
)

_FORMATS = {Media.WAV: AudioFormat.WAV, Media.MP3: AudioFormat.MP3, Media.M4A: AudioFormat.M4A}
_READY_MAX = 4
"""Profiles kept ready to speak; each takes about 1 MB of memory."""


class Matches:
    """Samples in, voices and speech out. Errors leave without a system."""

    def __init__(self, engine: LocalEngine, codec: Codec, profiles: Profiles) -> None:
        self._engine = engine
        self._codec = codec
        self._profiles = profiles
        self._ready: OrderedDict[str, Matcher] = OrderedDict()

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        """The profile is saved before the voice is given back.

        Raises SAMPLE_REFUSED for less than 3 s of voiced speech, UNREADABLE_AUDIO, EMPTY_AUDIO.
        """
        if brief.sample is None:
            raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.SAMPLE, Fault.MISSING),))
        strength = STRENGTH if brief.strength is None else min(max(brief.strength, 0.0), STRENGTH_MAX)
        sound = await self._sound_of(brief.sample)
        enrolled = await matching.enrol(self._engine, sound, brief.language or Language.EN, progress)
        voice = _voice(brief, matching.write(Match(enrolled.variant, strength)))
        await self._profiles.save(voice.voice_id, enrolled.profile)
        return Cloned(voice)

    async def speak(self, voice: Voice, text: str, language: Language, progress: Progress) -> Pcm:
        """Raises CANNOT_SPEAK where recipe or profile are gone or damaged, and what the engine raises."""
        match = matching.parse(voice.recipe)
        matcher = await self._matcher(voice.voice_id)
        return await matching.speak(self._engine, match, matcher, text, language, progress)

    async def stream(self, voice: Voice, text: str, language: Language) -> AsyncGenerator[Pcm, None]:
        """As `speak`, sentence by sentence."""
        match = matching.parse(voice.recipe)
        matcher = await self._matcher(voice.voice_id)
        async with aclosing(matching.stream(self._engine, match, matcher, text, language)) as pieces:
            async for piece in pieces:
                yield piece

    async def _matcher(self, voice_id: str) -> Matcher:
        if (matcher := self._ready.pop(voice_id, None)) is None:
            matcher = await asyncio.to_thread(_made_ready, await self._profiles.load(voice_id))
        self._ready[voice_id] = matcher
        while len(self._ready) > _READY_MAX:
            self._ready.popitem(last=False)
        return matcher

    async def _sound_of(self, sample: Sample) -> NDArray[np.float32]:
        """Mono at 22,050 Hz, no more of it than is looked at."""
        pcm = await self._codec.decode(Clip(sample.data, _FORMATS[sample.media], 0, 0.0))
        mono = await asyncio.to_thread(_mono, pcm)
        if mono.rate_hz != RATE_HZ:
            mono = await self._codec.decode(await self._codec.encode(mono, RATE_HZ, AudioFormat.WAV))
        return mono.samples[:, 0]


def _made_ready(data: bytes) -> Matcher:
    from studio.engine import profile
    from studio.engine.timbre import Matcher

    return Matcher(profile.read(data))


def _mono(pcm: Pcm) -> Pcm:
    from studio.engine.fitting import SAMPLE_MAX_S

    kept = pcm.samples[: int(SAMPLE_MAX_S * pcm.rate_hz)]
    return Pcm(kept.mean(axis=1, keepdims=True), pcm.rate_hz)


def _voice(brief: CloneBrief, recipe: str) -> Voice:
    return Voice(
        library_id=uuid4(),
        system=ON_DEVICE,
        account="",
        voice_id=f"vs-{secrets.token_hex(5)}",
        name=" ".join(brief.name.split()),
        origin=Origin.CLONED,
        target_model=MATCH_MODEL,
        language=brief.language,
        created=datetime.now(UTC),
        recipe=recipe,
    )
