"""Peak, RMS, offset, the bits in use, and clipping: flat tops at full scale or at the file's own peak."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

SILENCE_DBFS = -120.0

_FULL_SCALE = 32_766
"""Converters stop at 32,767 or one below it."""

_RUN = 3
_EARLIER_RUNS = 3
_EDGE_QUANTA = 4
_EDGES = 17


def dbfs(power: float) -> float:
    """Of a mean square at full scale 1."""
    return max(10 * math.log10(power), SILENCE_DBFS) if power > 0 else SILENCE_DBFS


class Levels:
    """Figures of all samples so far. Feed it int16."""

    def __init__(self) -> None:
        self.frames = 0
        self._sum, self._squares, self._bits = 0, 0.0, 0
        self._tops = (_Tops(), _Tops())

    def feed(self, block: NDArray[np.int16]) -> None:
        self.frames += len(block)
        self._sum += int(block.sum(dtype=np.int64))
        self._squares += float(np.dot(block.astype(np.float64), block))
        self._bits |= int(np.bitwise_or.reduce(block.view(np.uint16)))
        self._tops[0].feed(block)
        self._tops[1].feed(np.negative(block, dtype=np.int32))

    @property
    def peak_dbfs(self) -> float:
        return dbfs((max(tops.peak for tops in self._tops) / 32_768) ** 2)

    @property
    def rms_dbfs(self) -> float:
        return dbfs(self._squares / self.frames / 32_768**2) if self.frames else SILENCE_DBFS

    @property
    def offset(self) -> float:
        """The mean, as part of full scale."""
        return self._sum / self.frames / 32_768 if self.frames else 0.0

    @property
    def bits(self) -> int:
        """How many of the 16 bits are used: 8 where all samples are multiples of 256."""
        lowest = self._bits & -self._bits
        return 17 - lowest.bit_length() if lowest else 16

    def clipped(self) -> tuple[int, int]:
        """Runs and samples. Below full scale only several runs with steep edges count: a peak may be flat by chance."""
        quantum = 1 << (16 - self.bits)
        found = [tops.clipped(quantum) for tops in self._tops]
        runs, samples = sum(one[0] for one in found), sum(one[1] for one in found)
        loud = any(tops.peak >= _FULL_SCALE for tops in self._tops)
        return (runs, samples) if loud or runs >= _EARLIER_RUNS else (0, 0)


class _Tops:
    """Runs of equal samples at the highest value so far, sorted by how steep their edges are."""

    def __init__(self) -> None:
        self.peak = 0
        self._begin_again()
        self._last = 0

    def feed(self, block: NDArray[np.int16] | NDArray[np.int32]) -> None:
        if not len(block):
            return
        highest = int(block.max())
        if highest > self.peak and not (highest >= _FULL_SCALE and self.peak >= _FULL_SCALE):
            self._begin_again()
        self.peak = max(self.peak, highest)
        level = min(self.peak, _FULL_SCALE)
        if highest >= level > 0 or self._open:
            self._count(block, level)
        self._last = int(block[-1])

    def clipped(self, quantum: int) -> tuple[int, int]:
        first = 0 if self.peak >= _FULL_SCALE else int(math.log2(_EDGE_QUANTA * quantum))
        runs, samples = int(self._runs[first:].sum()), int(self._samples[first:].sum())
        if self._open >= _RUN and (self.peak >= _FULL_SCALE or self._rise >= _EDGE_QUANTA * quantum):
            runs, samples = runs + 1, samples + self._open
        return runs, samples

    def _begin_again(self) -> None:
        self._runs = np.zeros(_EDGES, np.int64)
        self._samples = np.zeros(_EDGES, np.int64)
        self._open, self._rise = 0, 0

    def _count(self, block: NDArray[np.int16] | NDArray[np.int32], level: int) -> None:
        """A run that the block before left open goes on at the start; one that reaches the end is left open."""
        edges = np.flatnonzero(np.diff(np.concatenate(([0], block >= level, [0]))))
        starts, ends = edges[0::2], edges[1::2]
        lengths = ends - starts
        before = np.where(starts > 0, block[starts - 1].astype(np.int64), self._last)
        rises = level - before
        if self._open:
            if not len(starts) or starts[0] > 0:
                self._close(np.array([self._open]), np.array([max(self._rise, level - int(block[0]))]))
            else:
                lengths[0] += self._open
                rises[0] = self._rise
            self._open, self._rise = 0, 0
        if len(ends) and ends[-1] == len(block):
            self._open, self._rise = int(lengths[-1]), int(rises[-1])
            lengths, rises, ends = lengths[:-1], rises[:-1], ends[:-1]
        if len(ends):
            self._close(lengths, np.maximum(rises, level - block[ends].astype(np.int64)))

    def _close(self, lengths: NDArray[np.int64], edges: NDArray[np.int64]) -> None:
        long = lengths >= _RUN
        classes = np.log2(np.maximum(edges[long], 1)).astype(np.int64)
        np.add.at(self._runs, classes, 1)
        np.add.at(self._samples, classes, lengths[long])
