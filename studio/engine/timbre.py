"""A sound given the colour of another voice: a filter that changes from frame to frame, and nothing else.

For each frame of the base voice the sample's frames are sought that stand to the sample's mean as this one does to
the base voice's; the filter leads from its envelope to theirs, part of the way. Melody, pace and words stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.engine import envelopes
from studio.engine.envelopes import HOP, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from studio.engine.profile import Profile

    Rows = NDArray[np.float32]

BLOCK = 192
"""Frames at a time: 2.2 s, some 30 ms of work."""

_NEIGHBOURS = 5
_REACH_DB = 30.0
_QUIET_DB, _RAMP_DB = 55.0, 15.0
_SQUARES = 1.5


class Matcher:
    """One profile, made ready. Holds no state between calls, so threads may share it."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        marks = envelopes.bands(profile.exemplars)
        self._marks = marks - marks.mean(axis=0)
        self._norms = np.einsum("ij,ij->i", self._marks, self._marks)
        self._source = envelopes.bands(profile.source[None, :])

    def blocks(self, sound: NDArray[np.float32], strength: float) -> Iterator[float]:
        """Converts `sound` (22,050 Hz, mono) where it stands, block by block; yields the part that is done."""
        cut = envelopes.frames(sound)
        loud = _loudest(sound)
        out = np.zeros((len(cut) - 1) * HOP + WIDTH, np.float32)
        for start in range(0, len(cut), BLOCK):
            end = min(start + BLOCK, len(cut))
            self._convert(cut, start, end, strength, loud, out)
            if end == len(cut):
                sound[:] = out[WIDTH - HOP : WIDTH - HOP + len(sound)]
            yield end / len(cut)

    def _convert(self, cut: Rows, start: int, end: int, strength: float, loud: float, out: Rows) -> None:
        """Frames `start` to `end`, added to `out`. The filter is eased over time, so one more on each side is read."""
        first, last = max(start - 1, 0), min(end + 1, len(cut))
        spectrum = envelopes.spectra(cut[first:last])
        power = envelopes.powers(spectrum)
        filters = _eased(self._filters_db(power, loud), start - first, end - first) * np.float32(strength)
        spectrum, power = spectrum[start - first : end - first], power[start - first : end - first]
        gains = 10 ** (np.clip(filters, -_REACH_DB, _REACH_DB) / 20)
        louder = np.sqrt(power.sum(axis=1) / np.maximum((power * gains**2).sum(axis=1), 1e-20))
        pieces = np.fft.irfft(spectrum * gains * louder[:, None], WIDTH, axis=1) * (envelopes.window() / _SQUARES)
        for at, piece in enumerate(pieces.astype(np.float32), start):
            out[at * HOP : at * HOP + WIDTH] += piece

    def _filters_db(self, power: Rows, loud: float) -> Rows:
        """From each frame's envelope all the way to the sample's; none where the frame is next to silent."""
        profile = self._profile
        shapes = envelopes.cepstra(power, profile.smooth_bins)
        steps = self._meant(shapes) - shapes
        steps[:, 0] = 0
        level = 10 * np.log10(np.maximum(power.sum(axis=1), 1e-20) / loud)
        steps *= np.clip((level + _QUIET_DB + _RAMP_DB) / _RAMP_DB, 0, 1)[:, None]
        filters = envelopes.curves(steps)
        filters[:, profile.top_bin :] = filters[:, profile.top_bin, None]
        return filters - filters.mean(axis=1, keepdims=True)

    def _meant(self, shapes: Rows) -> Rows:
        """The mean of the nearest frames of the sample."""
        marks = envelopes.bands(shapes) - self._source
        far = self._norms - 2 * (marks @ self._marks.T)
        count = min(_NEIGHBOURS, far.shape[1])
        nearest = np.argpartition(far, count - 1, axis=1)[:, :count]
        return self._profile.exemplars[nearest].mean(axis=1)


def _loudest(sound: NDArray[np.float32]) -> float:
    """About the power of the strongest frame, as `powers` has it when summed over the bins."""
    steps = sound[: len(sound) // HOP * HOP].reshape(-1, HOP)
    mean_square = float(np.einsum("ij,ij->i", steps, steps).max(initial=0.0)) / HOP
    return max(mean_square * WIDTH * WIDTH * 3 / 16, 1e-12)


def _eased(filters: Rows, start: int, end: int) -> Rows:
    """Each with a quarter of both neighbours: what jumps from frame to frame would be heard as bubbling."""
    at = np.arange(start, end)
    before, after = np.maximum(at - 1, 0), np.minimum(at + 1, len(filters) - 1)
    return (filters[before] + 2 * filters[at] + filters[after]) * np.float32(0.25)
