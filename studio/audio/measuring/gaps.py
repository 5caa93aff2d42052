"""Drop-outs in an imported sound: a run of exact zeros that begins and ends in the middle of a wave.

A wave passes through zero all the time, so one in three is missed. A synthetic voice is full of zeros, with a plosive
now and then that breaks off and begins as abruptly: there a few mean nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.series import Series
from studio.audio.measuring.speech import Stretches

_SHORTEST_S = 0.005
_EDGE = 0.02
"""Of the sound's peak: what fades or is gated begins and ends below it."""

_LEAST_EDGE = 32
_NEAR_S = 0.1
_LEAST_PART = 0.1
"""Of all runs of zeros; fewer than that are plosives."""


class Gaps:
    """Feed it int16. Keeps start, end and the lesser edge of every run of zeros that is long enough."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._shortest = max(round(rate_hz * _SHORTEST_S), 1)
        self._frames, self._peak, self._last = 0, 0, 0
        self._open: tuple[int, int] | None = None
        self._found = Series()

    def feed(self, block: NDArray[np.int16]) -> None:
        if not len(block):
            return
        loud = np.abs(block.astype(np.int32))
        self._peak = max(self._peak, int(loud.max()))
        edges = np.flatnonzero(np.diff(np.concatenate(([False], loud == 0, [False]))))
        if self._open is not None and loud[0]:
            self._end(self._frames, int(loud[0]))
        for start, end in zip(*self._worth(edges[0::2], edges[1::2], len(block)), strict=True):
            self._note(int(start), int(end), loud)
        self._frames += len(block)
        self._last = int(loud[-1])

    def count(self, speech: Stretches) -> int:
        """Those inside speech, or where it breaks off."""
        runs = self._found.all().reshape(-1, 3)
        found = runs[runs[:, 2] >= max(self._peak * _EDGE, _LEAST_EDGE)]
        if len(found) <= len(runs) * _LEAST_PART or not len(speech):
            return 0
        after = np.searchsorted(speech[:, 1] + _NEAR_S, found[:, 0])
        near = after < len(speech)
        return int((found[near, 1] > speech[after[near], 0] - _NEAR_S).sum())

    def _worth(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], size: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Long enough, or cut by the block's edges."""
        kept = (ends - starts >= self._shortest) | (starts == 0) | (ends == size)
        return starts[kept], ends[kept]

    def _note(self, start: int, end: int, loud: NDArray[np.int32]) -> None:
        began, edge = self._frames + start, int(loud[start - 1]) if start else self._last
        if start == 0 and self._open is not None:
            began, edge = self._open
        self._open = (began, edge)
        if end < len(loud):
            self._end(self._frames + end, int(loud[end]))

    def _end(self, frame: int, edge_after: int) -> None:
        if self._open is None:
            return
        began, edge = self._open
        self._open = None
        if frame - began >= self._shortest:
            row = [began / self._rate_hz, frame / self._rate_hz, min(edge, edge_after)]
            self._found.extend(np.array(row, np.float32))
