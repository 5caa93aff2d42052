"""How long a room rings, estimated from speech alone: the steepest straight decays are the room's own.

In bands of half an octave or so, straight lines are fitted to the level over windows of three lengths. Speech stops
faster than a room does, so the steepest tenth of the falling lines shows the room; how steep they come out for a known
reverberation time was measured with made rooms (exponentially decaying noise, with and without a direct sound) and
synthetic voices, at 50 to 75 dB of noise below full scale: `_TABLES`. Other voices in other rooms come out within
30 %. A dry voice comes out below 0.3 s, by the speed of its own decays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.series import Floats, Histogram, Windows
from studio.audio.measuring.speech import RATE_HZ

_WINDOW, _HOP = 512, 128
_EDGES_HZ = (300, 600, 900, 1_300, 1_800, 2_500, 3_500, 5_000, 7_500)
_CHUNK = 64
"""Windows at a time, so that what comes out doesn't depend on how the sound was handed over."""

_ABOVE_FLOOR_DB = 8.0
_LEAST_FALL_DB = 6.0
_STRAIGHT_DB = 3.0
_FLOOR_PERCENT = 5
_EMPTY_DB = -65.0
"""What rounding to 16 bits leaves in a band of these windows."""

_TABLES: dict[int, tuple[tuple[float, ...], tuple[float, ...]]] = {
    8: ((0.14, 0.16, 0.19, 0.21, 0.23), (0.10, 0.15, 0.20, 0.25, 0.30)),
    16: ((0.24, 0.27, 0.31, 0.38, 0.43, 0.51, 0.56), (0.20, 0.25, 0.30, 0.40, 0.50, 0.65, 0.80)),
    32: ((0.44, 0.51, 0.63, 0.76, 0.90, 1.03, 1.21, 1.45), (0.40, 0.50, 0.65, 0.80, 1.0, 1.2, 1.5, 2.0)),
}
"""By the length of a line in hops of 8 ms: the decay time of the steepest tenth, and the room's it came of."""

_STEEPEST_PERCENT = 90
_FEWEST = {8: 100, 16: 50, 32: 30}
_SHORT_S, _LONG_S = 0.28, 0.45


class Reverberation:
    """Feed it 16 kHz mono."""

    def __init__(self) -> None:
        self._windows = Windows(_WINDOW, _HOP)
        self._taper = np.hanning(_WINDOW).astype(np.float32)
        self._bins = np.searchsorted(np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ), _EDGES_HZ)
        self._waiting = np.zeros((0, len(_EDGES_HZ) - 1))
        self._past = np.zeros((0, len(_EDGES_HZ) - 1))
        self._levels = Histogram(len(_EDGES_HZ) - 1, -130.0, 60.0)
        self._slopes = {length: Histogram(1, 0.0, 1_500.0, 2.0) for length in _TABLES}

    def feed(self, block: Floats) -> None:
        """In pieces: the windows of a minute would be 60 MB."""
        for start in range(0, len(block), RATE_HZ):
            windows = self._windows.feed(block[start : start + RATE_HZ])
            power = np.abs(np.fft.rfft(windows * self._taper, axis=1)) ** 2
            bands = np.add.reduceat(power[:, : self._bins[-1]], self._bins[:-1], axis=1)
            self._waiting = np.concatenate((self._waiting, 10 * np.log10(bands + 1e-12)))
            while len(self._waiting) >= _CHUNK:
                self._fit(self._waiting[:_CHUNK])
                self._waiting = self._waiting[_CHUNK:]

    def seconds(self) -> float | None:
        """The time of a fall by 60 dB; None where too few decays were heard."""
        short, middle, long = (self._seconds(length) for length in _TABLES)
        if short is None or middle is None:
            return None
        if short < _SHORT_S:
            return short
        return long if middle > _LONG_S and long is not None else middle

    def _seconds(self, length: int) -> float | None:
        slopes = self._slopes[length]
        if slopes.windows < _FEWEST[length]:
            return None
        came_out, was = _TABLES[length]
        steepest = float(slopes.percentile(_STEEPEST_PERCENT)[0])
        return float(np.interp(60 / steepest, came_out, was))

    def _fit(self, levels: NDArray[np.float64]) -> None:
        self._levels.add(levels)
        floor = np.maximum(self._levels.percentile(_FLOOR_PERCENT), _EMPTY_DB) + _ABOVE_FLOOR_DB
        with_past = np.concatenate((self._past, levels))
        for length, slopes in self._slopes.items():
            steep = _falling(with_past[max(len(self._past) - length + 1, 0) :], length, floor)
            slopes.add(steep[:, None])
        self._past = with_past[-max(_TABLES) :]


def _falling(levels: NDArray[np.float64], length: int, floor: NDArray[np.float64]) -> NDArray[np.float64]:
    """dB a second of all lines over `length` hops that fall straight and end above the floor."""
    if len(levels) < length:
        return np.zeros(0)
    windows = np.lib.stride_tricks.sliding_window_view(levels, length, axis=0)
    times = np.arange(length) - (length - 1) / 2
    spread = float((times**2).mean())
    slopes = (windows * times).mean(axis=-1) / spread
    left = windows.var(axis=-1) - slopes**2 * spread
    first, last = windows[..., 0], windows[..., -1]
    good = (last > floor) & (first > last + _LEAST_FALL_DB) & (left < _STRAIGHT_DB**2)
    return -slopes[good] * (RATE_HZ / _HOP)
