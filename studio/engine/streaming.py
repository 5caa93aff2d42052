"""Speech of this computer sentence by sentence, so that the first one sounds while the others are made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.engine.client import RATE_HZ, LocalEngine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.domain.audio import Pcm

Convert = Callable[["NDArray[np.float32]"], Awaitable[None]]
"""Changes mono samples at 22,050 Hz where they stand."""


async def as_it_is(_: NDArray[np.float32]) -> None:
    """No conversion."""


async def streamed(
    engine: LocalEngine, recipe: str, text: str, language: Language, convert: Convert = as_it_is
) -> AsyncGenerator[Pcm, None]:
    """22,050 Hz mono, levelled by what was said so far. Closing it stops the engine. Raises as `LocalEngine.speak`."""
    from studio.domain.audio import Pcm
    from studio.engine import loudness

    leveller, sounded = loudness.Leveller(RATE_HZ), False
    async with aclosing(engine.sentences(recipe, text, language)) as sentences:
        async for said, done in sentences:
            sound = await asyncio.to_thread(loudness.samples, said)
            await convert(sound)
            sound = await asyncio.to_thread(leveller.feed, sound, last=done >= 1)
            if len(sound):
                sounded = True
                yield Pcm(sound.reshape(-1, 1), RATE_HZ)
    if not sounded:
        raise StudioError(Reason.NOTHING_TO_SAY)
