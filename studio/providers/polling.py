"""Waiting for a task at a system: asked at a steady pace, until it ends or its time is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

_Ended = TypeVar("_Ended")

SHORTEST_LIMIT_S = 60.0


def time_limit_s(estimated_s: float | None) -> float:
    """How long a task is waited for: twice the estimate, and a minute at least."""
    return max(SHORTEST_LIMIT_S, 2 * (estimated_s or 0.0))


async def until_ended(
    ask: Callable[[], Awaitable[_Ended | None]],
    *,
    every_s: float,
    limit_s: float,
    sleep: Callable[[float], Awaitable[None]],
) -> _Ended | None:
    """What `ask` gives once it is not None; None when the time is over. Cancelled, it stops at once.

    Pauses count in full, however long `sleep` took for them.
    """
    began, paused_s = monotonic(), 0.0
    while (ended := await ask()) is None:
        left = limit_s - max(monotonic() - began, paused_s)
        if left <= 0:
            return None
        pause = min(every_s, left)
        await sleep(pause)
        paused_s += pause
    return ended
