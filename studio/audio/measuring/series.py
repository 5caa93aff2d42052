"""Numbers that are kept for every few milliseconds of sound, and how often each level came."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Series:
    """A growing row of float32: an hour at 100 a second is 1.4 MB."""

    def __init__(self) -> None:
        self._numbers = array("f")

    def extend(self, numbers: NDArray[np.floating]) -> None:
        self._numbers.frombytes(np.ascontiguousarray(numbers, np.float32).tobytes())

    def all(self) -> Floats:
        """A copy."""
        return np.frombuffer(self._numbers.tobytes(), np.float32)


class Windows:
    """Cuts what is fed into windows of one size, one every `hop` samples; what is left over waits."""

    def __init__(self, size: int, hop: int) -> None:
        self._size, self._hop = size, hop
        self._rest = np.zeros(0, np.float32)

    def feed(self, block: Floats) -> Floats:
        """Shape (windows, size), a view."""
        sound = np.concatenate((self._rest, block)) if len(self._rest) else block
        count = max((len(sound) - self._size) // self._hop + 1, 0)
        self._rest = sound[count * self._hop :].copy()
        if not count:
            return np.zeros((0, self._size), np.float32)
        return np.lib.stride_tricks.sliding_window_view(sound, self._size)[:: self._hop][:count]


class Histogram:
    """How often each level came in each of some bands, in steps of `step_db` from `low_db` up."""

    def __init__(self, bands: int, low_db: float, high_db: float, step_db: float = 1.0) -> None:
        self._low, self._step = low_db, step_db
        self._counts = np.zeros((bands, round((high_db - low_db) / step_db) + 1), np.int64)

    @property
    def windows(self) -> int:
        return int(self._counts[0].sum())

    def add(self, levels_db: NDArray[np.floating]) -> None:
        """Shape (windows, bands)."""
        bands, steps = self._counts.shape
        places = np.clip((levels_db - self._low) / self._step, 0, steps - 1).astype(np.int64)
        places += np.arange(bands) * steps
        self._counts += np.bincount(places.ravel(), minlength=bands * steps).reshape(bands, steps)

    def percentile(self, percent: float) -> NDArray[np.float64]:
        """Per band, between the steps by straight lines. Only where something was added."""
        sums = np.cumsum(self._counts, axis=1)
        wanted = sums[:, -1:] * (percent / 100)
        place = np.argmax(sums >= np.maximum(wanted, 1e-9), axis=1)[:, None]
        here = np.take_along_axis(self._counts, place, axis=1)
        below = np.take_along_axis(sums, place, axis=1) - here
        part = (wanted - below) / np.maximum(here, 1)
        return (self._low + (place + part) * self._step)[:, 0]
