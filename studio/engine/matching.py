"""The timbre match: a sample becomes a base voice and a profile, and both speak any text. A match, never a clone.

The work of numpy is done in threads, a block at a time, so that a cancel is heeded within some tens of milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.engine import streaming, variant
from studio.engine.client import RATE_HZ, LocalEngine, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.domain.audio import Pcm
    from studio.engine.fitting import Heard
    from studio.engine.pitch import Pitch
    from studio.engine.targets import Targets
    from studio.engine.timbre import Matcher

VERSION = 1
STRENGTH, STRENGTH_MAX = 0.7, 0.9

_REFERENCES = {
    Language.ZH: "昨天下午我们坐火车去海边，风很大，可是孩子们玩得非常高兴。",
    Language.EN: "Yesterday we took a train to the coast; the wind was strong, but all the children had a good day.",
    Language.DE: "Das kleine Kind hatte einen schönen Tag, doch am Abend ging es nach Hause und schlief fest ein.",
    Language.IT: "Oggi la bimba ha visto una bella casa bianca, e poi è andata fino a quel vecchio ponte con gli zii.",
    Language.PT: "Ontem fomos de comboio até ao mar, o vento era forte, mas as crianças ficaram felizes.",
    Language.ES: "Ayer fuimos en tren hasta la costa, el viento era fuerte, pero los niños jugaron muy contentos.",
    Language.JA: "きのう わたしたちは でんしゃで うみへ いきました。かぜが つよくても こどもたちは げんきでした。",
    Language.KO: "어제 우리는 기차를 타고 바다에 갔는데 바람이 세게 불어도 아이들은 아주 즐거워했습니다.",
    Language.FR: "Hier nous avons pris le train vers la mer, le vent soufflait fort, mais les enfants étaient heureux.",
    Language.RU: "Мальчик нашёл чудесный пляж, и весь день сидел у тёплой воды, пока за ним не пошла мать.",
}
"""Common words with many of a language's sounds, one sentence each. German, Italian and Russian go without an r: the
one that espeak-ng 1.52 rolls between vowels has noise in it, which is never the same twice."""

_POOLED = (Language.EN, Language.ZH, Language.ES, Language.RU)
"""Four languages whose sounds together stand for the base voice in all ten."""

_FLUTTER = re.compile(r"^flutter \d+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Match:
    """All that a match needs beside its profile: the base voice's variant, and how far to go, 0..0.9."""

    variant: str
    strength: float


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A sample's base voice and its profile as bytes."""

    variant: str
    profile: bytes


def write(match: Match) -> str:
    """The recipe as it is kept: whole, so that a later version of the program changes no voice."""
    return json.dumps({"match": VERSION, "strength": round(match.strength, 3), "variant": match.variant})


def parse(recipe: str) -> Match:
    """Raises CANNOT_SPEAK for what `write` didn't write."""
    try:
        told: object = json.loads(recipe)
    except ValueError as error:
        raise StudioError(Reason.CANNOT_SPEAK, detail="no recipe of a match") from error
    fields = cast("dict[str, object]", told) if isinstance(told, dict) else {}
    text, strength = fields.get("variant"), fields.get("strength")
    if fields.get("match") != VERSION or not isinstance(text, str) or not isinstance(strength, int | float):
        raise StudioError(Reason.CANNOT_SPEAK, detail="no recipe of a match")
    if not (variant.is_recipe(text) and 0 <= strength <= STRENGTH_MAX):
        raise StudioError(Reason.CANNOT_SPEAK, detail="no recipe of a match")
    return Match(text, float(strength))


async def enrol(
    engine: LocalEngine, sound: NDArray[np.float32], language: Language, progress: Progress = lambda _: None
) -> Enrolled:
    """Of mono sound at 22,050 Hz; the same for the same sound.

    Raises SAMPLE_REFUSED for less than 3 s of voiced speech, ENGINE_MISSING, ENGINE_STOPPED.
    """
    from studio.engine import fitting

    heard = await asyncio.to_thread(fitting.hear, sound)
    progress(0.3)
    tried = fitting.tracts(fitting.usual(heard))
    misfits = [fitting.tract_misfit(heard, one, await _mean(engine, heard, one, language)) for one in tried]
    progress(0.5)
    tried = fitting.brightnesses(fitting.nearest_tract(tried, misfits))
    misfits = [fitting.colour_misfit(heard, await _mean(engine, heard, one, language)) for one in tried]
    progress(0.7)
    best = fitting.nearest_brightness(tried, misfits)
    best = fitting.tuned(best, heard, await _pitch(engine, best, language))
    recipe = variant.write(best)
    source = [await _shapes(engine, heard, recipe, one) for one in _POOLED]
    data = await asyncio.to_thread(_profile, heard, source)
    progress(1.0)
    return Enrolled(recipe, data)


async def speak(
    engine: LocalEngine,
    match: Match,
    matcher: Matcher,
    text: str,
    language: Language,
    progress: Progress = lambda _: None,
) -> Pcm:
    """22,050 Hz mono, levelled; `progress` is the part that has its colour. Raises as `LocalEngine.speak` does."""
    from studio.engine import loudness

    pieces = await engine.render(match.variant, text, language)
    whole, before = max(sum(map(len, pieces)), 1), 0
    made: list[NDArray[np.float32]] = []
    for piece in pieces:
        sound = await asyncio.to_thread(loudness.samples, piece)
        made.append(sound)
        blocks = matcher.blocks(sound, match.strength)
        while (part := await asyncio.to_thread(next, blocks, None)) is not None:
            progress((before + part * len(piece)) / whole)
        before += len(piece)
    return await asyncio.to_thread(_joined, made)


def stream(
    engine: LocalEngine, match: Match, matcher: Matcher, text: str, language: Language
) -> AsyncGenerator[Pcm, None]:
    """As `speak`, sentence by sentence."""

    async def convert(sound: NDArray[np.float32]) -> None:
        blocks = matcher.blocks(sound, match.strength)
        while await asyncio.to_thread(next, blocks, None) is not None:
            pass

    return streaming.streamed(engine, match.variant, text, language, convert)


async def _mean(engine: LocalEngine, heard: Heard, tried: Targets, language: Language) -> NDArray[np.float32]:
    return (await _shapes(engine, heard, variant.write(tried), language)).mean(axis=0)


async def _shapes(engine: LocalEngine, heard: Heard, recipe: str, language: Language) -> NDArray[np.float32]:
    return await asyncio.to_thread(_measured, await _reference(engine, recipe, language), heard.smooth_bins)


async def _pitch(engine: LocalEngine, base: Targets, language: Language) -> Pitch:
    return await asyncio.to_thread(_pitch_of, await _reference(engine, variant.write(base), language))


async def _reference(engine: LocalEngine, recipe: str, language: Language) -> bytes:
    """What the base voice says while it is fitted. Without flutter, which is never the same twice."""
    return b"".join(await engine.render(_FLUTTER.sub("flutter 0", recipe), _REFERENCES[language], language))


def _pitch_of(reference: bytes) -> Pitch:
    from studio.engine import loudness, pitch

    return pitch.pitch_of(loudness.samples(reference))


def _measured(reference: bytes, smooth_bins: int) -> NDArray[np.float32]:
    from studio.engine import fitting, loudness

    return fitting.shapes_of(loudness.samples(reference), smooth_bins)


def _profile(heard: Heard, source: list[NDArray[np.float32]]) -> bytes:
    import numpy as np

    from studio.engine import fitting, profile

    return profile.written(fitting.profile_of(heard, np.concatenate(source)))


def _joined(made: list[NDArray[np.float32]]) -> Pcm:
    """Raises NOTHING_TO_SAY for silence."""
    import numpy as np

    from studio.domain.audio import Pcm
    from studio.engine.loudness import level

    samples = level(np.concatenate(made), RATE_HZ) if made else np.zeros(0, np.float32)
    if not len(samples):
        raise StudioError(Reason.NOTHING_TO_SAY)
    return Pcm(samples.reshape(-1, 1), RATE_HZ)
