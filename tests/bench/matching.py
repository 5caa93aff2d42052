"""The timbre match of this computer: enrolment, and from a click to sound, beside the bare render of the base voice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from studio.audio.codec import SoundFileCodec
from studio.domain.audio import AudioFormat, Pcm
from studio.domain.briefs import ON_DEVICE, CloneBrief
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.engine import matching
from studio.engine.client import LocalEngine
from studio.providers.on_device import OnDevice
from tests.bench.report import Row
from tests.fakes.profiles import MemoryProfiles

SENTENCE = "Good evening, and welcome to the river and the sea."
LONG = "The river runs from its source to the sea, and nobody has ever seen it run back. " * 12
READ_S = 15.0
ROUNDS = 12

_WAV = AudioFormat.WAV


def measure() -> list[Row]:
    return asyncio.run(_measured())


async def _measured() -> list[Row]:
    engine, codec, profiles = LocalEngine(), SoundFileCodec(), MemoryProfiles()
    system = OnDevice(engine, codec, profiles)
    await engine.start()
    read = (await engine.design("a low-pitched mellow woman", 3, LONG, Language.EN)).pcm
    clip = await codec.encode(Pcm(read.samples[: int(READ_S * read.rate_hz)], read.rate_hz), 48_000, _WAV)
    brief = CloneBrief(ON_DEVICE, "Bench", Sample(clip.data, Media.WAV), language=Language.EN, has_right=True)
    voice = (await system.clone(brief, _silent)).voice
    variant = matching.parse(voice.recipe).variant
    minute = (await engine.speak(variant, LONG, Language.EN)).seconds
    figures: dict[str, list[float]] = {
        name: [] for name in ("enrol", "decode", "first", "speak", "bare", "long", "raw")
    }
    for _ in range(ROUNDS):
        figures["decode"].append(await _ms(lambda: codec.decode(clip)))
        figures["enrol"].append(await _ms(lambda: system.clone(brief, _silent)))
        later = OnDevice(engine, codec, profiles)
        figures["first"].append(await _ms(lambda later=later: later.speak(voice, SENTENCE, 24_000, _WAV, _silent)))
        figures["speak"].append(await _ms(lambda: system.speak(voice, SENTENCE, 24_000, _WAV, _silent)))
        figures["bare"].append(await _ms(lambda: engine.speak(variant, SENTENCE, Language.EN)))
        figures["long"].append(await _ms(lambda: system.speak(voice, LONG, 24_000, _WAV, _silent)) / minute)
        figures["raw"].append(await _ms(lambda: engine.speak(variant, LONG, Language.EN)) / minute)
    await engine.aclose()
    return [
        Row("15 s of speech enrolled", "ms", figures["enrol"], figures["decode"], aim="500"),
        Row("first Speak of a match to its sound", "ms", figures["first"], figures["bare"], aim="200"),
        Row("Speak of a match to its sound", "ms", figures["speak"], figures["bare"], aim="150"),
        Row("a second of a match's speech", "ms", figures["long"], figures["raw"], aim="40"),
        Row("profile", "kB", [len(profiles.kept[voice.voice_id]) / 1_000], aim="1000"),
    ]


def _silent(_: float | None) -> None: ...


async def _ms(what: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await what()
    return (time.perf_counter() - start) * 1_000
