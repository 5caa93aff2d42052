"""The engine while it speaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import numpy as np
import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.engine.client import LocalEngine
from studio.engine.streaming import streamed

TEXT = "Good evening. The river runs from the mountain to the sea! Why does it?"
LONG = "The river runs from the mountain to the sea. " * 400


@pytest.fixture
async def engine() -> AsyncIterator[LocalEngine]:
    engine = LocalEngine()
    yield engine
    await engine.aclose()


@pytest.fixture
async def recipe(engine: LocalEngine) -> str:
    return (await engine.design("a calm man", 3, "Good evening.", Language.EN)).recipe


async def test_a_piece_for_each_sentence_at_the_loudness_of_the_whole(engine: LocalEngine, recipe: str) -> None:
    whole = await engine.speak(recipe, TEXT, Language.EN)
    pieces = [piece async for piece in streamed(engine, recipe, TEXT, Language.EN)]
    assert [(piece.rate_hz, piece.channels) for piece in pieces] == [(22_050, 1)] * 3
    joined = np.concatenate([piece.samples for piece in pieces])
    assert len(joined) == pytest.approx(len(whole.samples), rel=0.02)
    assert np.abs(joined).max() <= 10 ** (-1 / 20) + 1e-6
    level = 20 * np.log10(np.sqrt((joined**2).mean()) / np.sqrt((whole.samples**2).mean()))
    assert abs(level) < 2


async def test_one_sentence_is_what_speak_gives(engine: LocalEngine, recipe: str) -> None:
    whole = await engine.speak(recipe, "Good evening.", Language.EN)
    [piece] = [piece async for piece in streamed(engine, recipe, "Good evening.", Language.EN)]
    assert piece.frames == pytest.approx(whole.frames, rel=0.02)


async def test_samples_can_be_changed_on_the_way(engine: LocalEngine, recipe: str) -> None:
    lengths: list[int] = []

    async def convert(sound: np.ndarray) -> None:
        lengths.append(len(sound))

    assert len([piece async for piece in streamed(engine, recipe, TEXT, Language.EN, convert)]) == len(lengths) == 3


async def test_closing_stops_the_engine(engine: LocalEngine, recipe: str) -> None:
    async with aclosing(streamed(engine, recipe, LONG, Language.EN)) as stream:
        await anext(stream)
        waiting = asyncio.ensure_future(engine.speak(recipe, "Good evening.", Language.EN))
    async with asyncio.timeout(10):
        assert (await waiting).frames > 0


@pytest.mark.parametrize("text", ["", " … "])
async def test_nothing_to_say(engine: LocalEngine, recipe: str, text: str) -> None:
    with pytest.raises(StudioError) as caught:
        await anext(streamed(engine, recipe, text, Language.EN))
    assert caught.value.reason is Reason.NOTHING_TO_SAY
