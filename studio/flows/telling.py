"""A narration that is being told: what came of it, and who hears it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from studio.domain.audio import Pcm
from studio.domain.errors import StudioError
from studio.domain.narrations import Narration
from studio.domain.voices import Voice
from studio.ports import Progress


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears what comes: `piece` of every piece of sound in its order, `part` of the number of the part under way
    (from 1) and how many there are, `progress` of how much of the whole is done."""

    piece: Callable[[Pcm], None] = lambda _: None
    part: Callable[[int, int], None] = lambda _, __: None
    progress: Progress = lambda _: None


@dataclass(slots=True)
class Telling:
    """A narration that this program is at work on: `sounds` of the parts that are done, `heard` of the one under way,
    which may be from before a break until more comes of it.

    `kept` is whether it is on disk as well: what this computer says costs nothing and is there at once. `fresh` once
    something came that wasn't there before; `broken_usd` is what the part that broke off cost.
    """

    voice: Voice
    narration: Narration
    sounds: list[Pcm] = field(default_factory=list[Pcm])
    heard: list[Pcm] = field(default_factory=list[Pcm])
    kept: bool = True
    fresh: bool = False
    broken_usd: float | None = None

    @property
    def empty(self) -> bool:
        return not self.sounds and not self.heard


async def not_lost(making: Awaitable[Narration], undo: Callable[[UUID], Awaitable[None]]) -> Narration:
    """A narration that this process holds from here on, or nobody does: cancelled meanwhile, it is undone."""
    import asyncio  # late, as in tasks.py

    made = asyncio.ensure_future(making)
    try:
        return await asyncio.shield(made)
    except asyncio.CancelledError:
        with suppress(StudioError):
            await undo((await made).narration_id)
        raise


def as_16_bit(piece: Pcm) -> bytes:
    """Mono, little-endian."""
    import numpy as np

    mono = piece.samples.mean(axis=1)
    return (np.clip(mono, -1.0, 1.0) * 32_767).round().astype("<i2").tobytes()
