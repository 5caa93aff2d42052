"""The pitch of speech from its sound, by the normalised autocorrelation (Boersma 1993), in two passes.

The first looks from 60 to 600 Hz; the second only around what the first found most of, which rids it of nearly all
octave errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studio.engine.envelopes import RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOP_S = 0.01
LOWEST_HZ, HIGHEST_HZ = 60.0, 600.0

_WIDTH_S = 0.045
_VOICED = 0.5
_LONGER_COSTS = 0.06
"""How much less a period an octave longer is believed: two periods fit as well as one."""

_LOUD_DB = 35.0
_SHORTEST_FRAMES = 4
_BATCH = 512
_BELOW, _ABOVE = 0.7, 1.9
"""The second pass reaches from so much of the first quartile to so much of the third."""


@dataclass(frozen=True, slots=True)
class Pitch:
    """`median_hz` is 0 where nothing is voiced; `spread_st` is half of what the middle 68 % of frames cover.

    `voiced_s` is how long it is voiced, and `share` which part of the whole sound that is.
    """

    median_hz: float
    spread_st: float
    voiced_s: float
    share: float


def pitch_of(sound: NDArray[np.float32]) -> Pitch:
    """Of mono sound at 22,050 Hz."""
    track = track_of(sound)
    voiced = track[track > 0]
    if not len(voiced):
        return Pitch(0.0, 0.0, 0.0, 0.0)
    low, median, high = np.quantile(voiced, (0.16, 0.5, 0.84))
    spread = 6 * float(np.log2(high / low))
    return Pitch(float(median), spread, len(voiced) * HOP_S, len(voiced) / len(track))


def track_of(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """F0 in Hz every 10 ms; 0 where the sound is soft or has no period."""
    rate_hz = RATE_HZ // 2
    width, hop = int(rate_hz * _WIDTH_S), round(rate_hz * HOP_S)
    if len(sound) < 2 * width:
        return np.zeros(0)
    cut = np.lib.stride_tricks.sliding_window_view(_narrowed(sound), width)[::hop]
    level = np.einsum("ij,ij->i", cut, cut) / width
    loud = level > max(float(np.quantile(level, 0.95)) * 10 ** (-_LOUD_DB / 10), 1e-10)
    likeness = np.zeros((len(cut), int(rate_hz / LOWEST_HZ) + 2), np.float32)
    for start in range(0, len(cut), _BATCH):
        part = slice(start, start + _BATCH)
        likeness[part] = _likeness(cut[part], likeness.shape[1])
    first = _picked(likeness, loud, rate_hz, LOWEST_HZ, HIGHEST_HZ)
    if not np.any(first):
        return first
    low, high = np.quantile(first[first > 0], (0.25, 0.75))
    return _picked(likeness, loud, rate_hz, max(_BELOW * low, LOWEST_HZ), min(_ABOVE * high, HIGHEST_HZ))


def _narrowed(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """At half the rate, with nothing under 50 Hz (of 22,050 per second): wind and footsteps have slow waves that would
    be taken for periods."""
    size = 1 << max(len(sound) - 1, 1).bit_length()
    spectrum = np.fft.rfft(sound, size)[: size // 4 + 1]
    spectrum[: round(50 * size / RATE_HZ) + 1] = 0
    return (np.fft.irfft(spectrum, size // 2) / 2)[: len(sound) // 2].astype(np.float32)


def _likeness(cut: NDArray[np.float32], lags: int) -> NDArray[np.float32]:
    """How much each frame is like itself so many samples later: 1 for a perfect period, 0 for noise."""
    width = cut.shape[1]
    size = 1 << (width + lags - 1).bit_length()
    window = np.hanning(width)
    shape = np.fft.irfft(np.abs(np.fft.rfft(window, size)) ** 2)[:lags]
    auto = np.fft.irfft(np.abs(np.fft.rfft(cut * window, size, axis=1)) ** 2, axis=1)[:, :lags]
    return (auto / np.maximum(auto[:, :1], 1e-12) / np.maximum(shape / shape[0], 1e-2)).astype(np.float32)


def _picked(
    likeness: NDArray[np.float32], loud: NDArray[np.bool_], rate_hz: int, low_hz: float, high_hz: float
) -> NDArray[np.float64]:
    """The best peak of each frame between two pitches, in Hz, where it is voiced for 40 ms or more."""
    first, last = int(rate_hz / high_hz), min(int(rate_hz / low_hz) + 1, likeness.shape[1] - 1)
    here = likeness[:, first:last]
    peak = (here >= likeness[:, first - 1 : last - 1]) & (here > likeness[:, first + 1 : last + 1])
    price = _LONGER_COSTS * np.log2(np.arange(first, last) / first)
    best = np.argmax(np.where(peak, here - price, -1.0), axis=1) + first
    rows = np.arange(len(best))
    left, middle, right = (likeness[rows, best + step] for step in (-1, 0, 1))
    bend = left - 2 * middle + right
    shift = np.where(bend < -1e-9, 0.5 * (left - right) / np.minimum(bend, -1e-9), 0.0)
    voiced = loud & (middle > _VOICED) & peak[rows, best - first]
    return np.where(_lasting(voiced), rate_hz / (best + np.clip(shift, -0.5, 0.5)), 0.0)


def _lasting(voiced: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without what is shorter than four frames."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], voiced.astype(np.int8), [0]))))
    kept = voiced.copy()
    for start, end in edges.reshape(-1, 2):
        kept[start:end] = end - start >= _SHORTEST_FRAMES
    return kept
