"""Spectral envelopes: the colour of a voice, without its melody.

A sound is cut into overlapping frames; of each, the power spectrum is smoothed over one harmonic, taken in decibels,
and described by the first terms of its cosine series (the real cepstrum). All arrays have one row per frame.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

RATE_HZ = 22_050
WIDTH = 1024
HOP = 256
ORDER = 40
"""Terms of the series: a ripple of 275 Hz is the finest, which keeps formants and leaves harmonics out."""

BINS = WIDTH // 2 + 1
BIN_HZ = RATE_HZ / WIDTH
BAND_COUNT = 28

_FLOOR = 1e-6
_LOWEST_HZ, _HIGHEST_HZ = 80.0, 8_000.0
_SPEECH_DB = 35.0


def frames(sound: NDArray[np.float32]) -> Rows:
    """Views of `WIDTH` samples every `HOP`; the first and the last reach over the ends by all but `HOP`."""
    count = -(-(len(sound) + WIDTH - HOP) // HOP)
    padded = np.zeros((count - 1) * HOP + WIDTH, np.float32)
    padded[WIDTH - HOP : WIDTH - HOP + len(sound)] = sound
    return np.lib.stride_tricks.sliding_window_view(padded, WIDTH)[::HOP]


@lru_cache(maxsize=1)
def window() -> NDArray[np.float32]:
    """Hann's, periodic: its squares at `HOP` add up to 1.5."""
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WIDTH) / WIDTH)).astype(np.float32)


def spectra(cut: Rows) -> NDArray[np.complex64]:
    return np.fft.rfft(cut * window(), axis=1).astype(np.complex64)


def powers(spectrum: NDArray[np.complex64]) -> Rows:
    return (spectrum.real**2 + spectrum.imag**2).astype(np.float32)


def harmonic_bins(f0_hz: float) -> int:
    """The odd number of bins that is nearest to one harmonic's distance."""
    return 2 * round((max(f0_hz, 80.0) / BIN_HZ - 1) / 2) + 1


def cepstra(power: Rows, smooth_bins: int) -> Rows:
    """Shape (frames, ORDER), in dB: term 0 is the frame's level, the rest its shape.

    What lies 60 dB under a frame's mean counts as that: below are only roundings and what a codec left out.
    """
    half = smooth_bins // 2
    floor = power.mean(axis=1, keepdims=True) * _FLOOR + 1e-12
    padded = np.pad(power + floor, ((0, 0), (half + 1, half)), mode="reflect")
    sums = np.cumsum(padded, axis=1, dtype=np.float64)
    smooth = (sums[:, 2 * half + 1 :] - sums[:, : -2 * half - 1]) / (2 * half + 1)
    return (10 * np.log10(np.maximum(smooth, 1e-12))).astype(np.float32) @ _series()[0]


def curves(terms: Rows) -> Rows:
    """The envelopes in dB at every bin, shape (frames, BINS)."""
    return terms @ _series()[1]


def bands(terms: Rows) -> Rows:
    """Shapes as the ear weighs them: dB at `BAND_COUNT` places evenly spread in mel, without the level."""
    return terms[:, 1:] @ curve_bands()


@lru_cache(maxsize=1)
def curve_bands() -> NDArray[np.float32]:
    places = np.rint(np.array(band_hz()) / BIN_HZ).astype(int)
    return np.ascontiguousarray(_series()[1][1:, places])


@lru_cache(maxsize=1)
def band_hz() -> tuple[float, ...]:
    low, high = (math.log1p(hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    return tuple(700 * math.expm1(low + (high - low) * at / (BAND_COUNT - 1)) for at in range(BAND_COUNT))


def speech(power: Rows) -> NDArray[np.bool_]:
    """Frames within 35 dB of the loud ones."""
    level = power.sum(axis=1)
    loud = float(np.quantile(level, 0.95)) if len(level) else 0.0
    return level > max(loud * 10 ** (-_SPEECH_DB / 10), 1e-9)


@lru_cache(maxsize=1)
def _series() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """From a curve over the bins to the terms of its cosine series, and back. The highest terms fade out."""
    term, place = np.arange(ORDER)[:, None], np.arange(BINS)[None, :]
    cosines: NDArray[np.float64] = np.cos(np.pi * term * place / (BINS - 1))
    weights: NDArray[np.float64] = np.full(BINS, 2.0)
    weights[[0, -1]] = 1.0
    fade = 0.5 + 0.5 * np.cos(np.pi * np.clip((np.arange(ORDER) - 30) / (ORDER - 30), 0, 1))
    scale: NDArray[np.float64] = np.where(np.arange(ORDER) == 0, 1.0, 2.0) * fade / WIDTH
    return (cosines * weights * scale[:, None]).T.astype(np.float32), cosines.astype(np.float32)
