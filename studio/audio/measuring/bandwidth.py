"""Up to which frequency a recording really holds sound, whatever its sample rate promises."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.series import Floats, Histogram, Windows

_WINDOW_S = 0.043
_BAND_HZ = 100.0
_LOUD = 10**-3.5
"""Frames within 35 dB of the loudest one are the sound, the others what is beside it."""

_HIGH_PERCENT, _MIDDLE_PERCENT = 95, 50
_FEWEST_QUIET = 10
_EMPTY_DB = 10.0
"""Above what rounding to 16 bits leaves in a band: its own peaks, and dither."""

_USED_DB = 9.0
_CLIFF_DB = 20.0
_RUN = 3


class Bandwidth:
    """Feed it the sound at its own rate."""

    def __init__(self, rate_hz: int) -> None:
        size = 1 << round(np.log2(max(rate_hz * _WINDOW_S, 64)))
        self._windows = Windows(size, size)
        self._taper = (np.hanning(size) ** 2).astype(np.float32)
        edges = np.arange(0, rate_hz / 2, max(_BAND_HZ, 2 * rate_hz / size))
        self._bins = np.searchsorted(np.fft.rfftfreq(size, 1 / rate_hz), edges)
        self._tops_hz = np.append(edges[1:], rate_hz / 2)
        self._widths = np.diff(np.append(self._bins, size // 2 + 1))
        self._rounding = float((self._taper.astype(np.float64) ** 2).sum()) / 12 / 32_768**2
        self._loudest = 0.0
        self._loud = Histogram(len(edges), -150.0, 70.0)
        self._quiet = Histogram(len(edges), -150.0, 70.0)

    def feed(self, block: Floats) -> None:
        for window in self._windows.feed(block):
            power = np.abs(np.fft.rfft(window * self._taper)) ** 2
            whole = float(power.sum())
            if not whole:
                continue
            self._loudest = max(self._loudest, whole)
            levels = 10 * np.log10(np.add.reduceat(power, self._bins) / self._widths + 1e-20)
            (self._loud if whole > self._loudest * _LOUD else self._quiet).add(levels[None, :])

    def used_hz(self, bits: int) -> float | None:
        """None where nothing sounds. `bits` are those in use: fewer leave more rounding noise.

        A sound that ends in a cliff above which nothing but noise is ends there; where the speech only sinks into
        the noise, the noise shows how far the recording reaches.
        """
        if not self._loud.windows:
            return None
        high = self._loud.percentile(_HIGH_PERCENT)
        empty = 10 * np.log10(self._rounding * 4.0 ** (16 - bits)) + _EMPTY_DB
        reach = self._highest(high > empty)
        if not reach:
            return None
        if self._quiet.windows < _FEWEST_QUIET:
            return float(self._tops_hz[reach])
        above = high - np.maximum(self._quiet.percentile(_MIDDLE_PERCENT), empty - _EMPTY_DB)
        spoken = self._highest(above > _USED_DB)
        if spoken and spoken < reach and _is_cliff(above, spoken):
            reach = spoken
        return float(self._tops_hz[reach])

    def _highest(self, held: NDArray[np.bool_]) -> int:
        """The highest band that holds sound, with those below it: a lone whistle is no bandwidth. 0 for none."""
        together = held.copy()
        for down in range(1, _RUN):
            together[down:] &= held[:-down]
        found = np.flatnonzero(together) if together.any() else np.flatnonzero(held)
        return int(found[-1]) if len(found) else 0


def _is_cliff(above: NDArray[np.float64], edge: int) -> bool:
    below = above[int(edge * 0.82) : max(int(edge * 0.93), 1)]
    return len(below) > 0 and float(np.median(below)) > _CLIFF_DB
