"""Mains hum: how far 50 or 60 Hz or one of their harmonics stands above its surroundings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.series import Floats, Histogram, Windows
from studio.audio.measuring.speech import RATE_HZ

MAINS_HZ = (50, 60)

_WINDOW = RATE_HZ // 2
_BIN_HZ = RATE_HZ / _WINDOW
_BINS = 200
_HARMONICS = 6
_NEAR_BINS, _FAR_BINS = 4, 10
_STEADY_PERCENT = 20
_FEWEST_WINDOWS = 4


class Hum:
    """Feed it 16 kHz mono. Hum is there all the time: the quietest fifth of each bin's levels shows it."""

    def __init__(self) -> None:
        self._windows = Windows(_WINDOW, _WINDOW // 2)
        self._taper = np.hanning(_WINDOW).astype(np.float32)
        self._levels = Histogram(_BINS, -160.0, 60.0)

    def feed(self, block: Floats) -> None:
        for window in self._windows.feed(block):  # one at a time: in an hour's block they would be many megabytes
            power = np.abs(np.fft.rfft(window * self._taper)[:_BINS]) ** 2
            if power.any():
                self._levels.add(10 * np.log10(power + 1e-20)[None, :])

    def found(self) -> tuple[float, int]:
        """dB above the surroundings and the mains' frequency; (0, 0) for none."""
        if self._levels.windows < _FEWEST_WINDOWS:
            return 0.0, 0
        steady = self._levels.percentile(_STEADY_PERCENT)
        heights = {mains: np.maximum(_heights(steady, mains), 0.0) for mains in MAINS_HZ}
        mains = max(MAINS_HZ, key=lambda one: float(heights[one].sum()))
        height = float(heights[mains].max())
        return (height, mains) if height > 0 else (0.0, 0)


def _heights(steady: NDArray[np.float64], mains_hz: int) -> NDArray[np.float64]:
    """Each harmonic over the bins 8 to 20 Hz away, where no harmonic of either mains is, on the higher side.

    On both sides it must stand out: the low end of a voice is steep.
    """
    others = {round(base * number / _BIN_HZ) for base in MAINS_HZ for number in range(1, _HARMONICS + 3)}
    taken = {bin_ + beside for bin_ in others for beside in (-2, -1, 0, 1, 2)}
    heights: list[float] = []
    for number in range(1, _HARMONICS + 1):
        at = round(mains_hz * number / _BIN_HZ)
        sides = [[at + sign * away for away in range(_NEAR_BINS, _FAR_BINS + 1)] for sign in (-1, 1)]
        middles = [float(np.median(steady[[bin_ for bin_ in side if bin_ not in taken]])) for side in sides]
        heights.append(float(steady[at - 1 : at + 2].max()) - max(middles))
    return np.array(heights)
