"""Figures of a voice, measured from its sound: this is how the tests listen.

Methods: F0 by normalised autocorrelation (Boersma 1993) with octave jumps removed against the running median;
harmonics-to-noise from the same peak; formants by LPC (autocorrelation method, order 12 at 10 kHz); brightness as
the long-term spectrum's centroid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """`f0_hz` is nan where nothing is voiced; `range_st` is the standard deviation of F0 in semitones."""

    f0_hz: float
    range_st: float
    voiced: float
    hnr_db: float
    jitter: float
    centroid_hz: float
    seconds: float
    rms_dbfs: float
    peak_dbfs: float


def measure(samples: NDArray[np.int16] | NDArray[np.float32], rate_hz: int = 22_050) -> Figures:
    sound = np.asarray(samples, dtype=np.float64).reshape(-1)
    if np.issubdtype(samples.dtype, np.integer):
        sound = sound / 32768
    f0, strength = pitch_track(sound[: len(sound) // 2 * 2].reshape(-1, 2).mean(axis=1), rate_hz / 2)
    voiced = strength > 0.5
    steady = _without_jumps(f0[voiced])
    hnr = 10 * np.log10(np.clip(strength, 1e-3, 0.9999) / (1 - np.clip(strength, 1e-3, 0.9999)))
    return Figures(
        f0_hz=float(np.median(steady)) if len(steady) > 10 else float("nan"),
        range_st=float(np.std(12 * np.log2(steady / np.median(steady)))) if len(steady) > 10 else 0.0,
        voiced=float(np.mean(voiced)) if len(voiced) else 0.0,
        hnr_db=float(np.median(hnr)) if len(hnr) else 0.0,
        jitter=_jitter(f0, voiced),
        centroid_hz=_centroid(sound, rate_hz),
        seconds=len(sound) / rate_hz,
        rms_dbfs=float(10 * np.log10(np.mean(sound**2) + 1e-12)),
        peak_dbfs=float(20 * np.log10(np.max(np.abs(sound), initial=1e-6))),
    )


def pitch_track(sound: Samples, rate_hz: float, low_hz: float = 50, high_hz: float = 600) -> tuple[Samples, Samples]:
    """F0 in Hz and the strength (0..1) of the period, every 12.5 ms where there is sound."""
    width, step = int(rate_hz * 0.04), int(rate_hz * 0.0125)
    frames = np.lib.stride_tricks.sliding_window_view(sound, width)[::step]
    energy = np.mean(frames**2, axis=1)
    frames = frames[energy > np.max(energy, initial=0) * 1e-3] * np.hanning(width)
    size = 1 << (2 * width - 1).bit_length()
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(width), size)) ** 2)[:width]
    auto = np.fft.irfft(np.abs(np.fft.rfft(frames, size)) ** 2)[:, :width]
    auto = auto / np.maximum(auto[:, :1], 1e-12) / np.maximum(window / window[0], 1e-3)
    first, last = int(rate_hz / high_hz), int(rate_hz / low_hz)
    lags = np.arange(first, last)
    # a small price for long periods keeps the octave right
    score = auto[:, first:last] - 0.08 * np.log2(lags / first)
    best = np.argmax(score, axis=1) + first
    rows = np.arange(len(best))
    left, mid, right = auto[rows, best - 1], auto[rows, best], auto[rows, best + 1]
    bend = left - 2 * mid + right
    shift = np.where(np.abs(bend) > 1e-9, 0.5 * (left - right) / np.where(bend == 0, 1, bend), 0)
    return rate_hz / (best + np.clip(shift, -0.5, 0.5)), np.clip(mid, 0, 0.9999)


def _without_jumps(f0: Samples) -> Samples:
    """Without octave errors: frames beyond 0.62 of an octave from the median."""
    if len(f0) == 0:
        return f0
    return f0[np.abs(np.log2(f0 / np.median(f0))) < 0.62]


def _jitter(f0: Samples, voiced: NDArray[np.bool_]) -> float:
    """How far a frame's F0 lies from the mean of its neighbours, as a median part of it."""
    inside = voiced[1:-1] & voiced[:-2] & voiced[2:]
    if not np.any(inside):
        return 0.0
    middle = (f0[:-2] + f0[2:]) / 2
    return float(np.median(np.abs(f0[1:-1] - middle)[inside] / middle[inside]))


def _centroid(sound: Samples, rate_hz: int) -> float:
    """Of the power spectrum from 50 to 5,000 Hz, in Hz."""
    power = _long_term(sound, 1024)
    hz = np.fft.rfftfreq(1024, 1 / rate_hz)
    band = (hz > 50) & (hz < 5000)
    return float(np.sum(hz[band] * power[band]) / (np.sum(power[band]) + 1e-12))


def _long_term(sound: Samples, width: int) -> Samples:
    frames = np.lib.stride_tricks.sliding_window_view(sound, width)[:: width // 2] * np.hanning(width)
    return np.asarray(np.mean(np.abs(np.fft.rfft(frames)) ** 2, axis=0))


def formant(samples: NDArray[np.float32], rate_hz: int = 22_050, order: int = 12) -> float:
    """The geometric mean of F2 and F3 over all frames, in Hz: it goes as one over the length of the vocal tract."""
    sound, size = np.asarray(samples, dtype=np.float64).reshape(-1), 10_000
    count = int(len(sound) * size / rate_hz)
    low = np.fft.irfft(np.fft.rfft(sound)[: count // 2 + 1], count)
    low = np.append(low[0], low[1:] - 0.95 * low[:-1])
    frames = np.lib.stride_tricks.sliding_window_view(low, 300)[::200] * np.hamming(300)
    energy = np.mean(frames**2, axis=1)
    peaks = _lpc_peaks(frames[energy > np.max(energy) * 0.02], size, order)
    whole = peaks[~np.isnan(peaks[:, 2])]
    return float(np.median(np.sqrt(whole[:, 1] * whole[:, 2])))


def _lpc_peaks(frames: Samples, rate_hz: int, order: int) -> Samples:
    """For each frame the first three resonances in Hz, nan where there are fewer."""
    auto = np.fft.irfft(np.abs(np.fft.rfft(frames, 1024)) ** 2)[:, : order + 1]
    lags = np.abs(np.subtract.outer(np.arange(order), np.arange(order)))
    matrix = auto[:, lags] + np.eye(order) * auto[:, :1, None] * 1e-6
    coefficients = np.linalg.solve(matrix, auto[:, 1:, None])[:, :, 0]
    companion = np.zeros_like(matrix)
    companion[:, 0, :] = coefficients
    companion[:, np.arange(1, order), np.arange(order - 1)] = 1
    roots = np.linalg.eigvals(companion)
    hz = np.angle(roots) * rate_hz / (2 * np.pi)
    width = -np.log(np.maximum(np.abs(roots), 1e-6)) * rate_hz / np.pi
    return np.sort(np.where((hz > 200) & (width < 500), hz, np.nan), axis=1)[:, :3]
