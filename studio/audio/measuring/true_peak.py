"""The highest value between the samples as well as at them: BS.1770-4, annex 2, by fourfold oversampling."""

from __future__ import annotations

import math

import numpy as np

from studio.audio.measuring.levels import SILENCE_DBFS
from studio.audio.measuring.series import Floats

OVERSAMPLING = 4
_BLOCK_FRAMES = 1 << 16


def true_peak_dbfs(samples: Floats, rate_hz: int) -> float:
    """Of shape (frames, channels), of all channels together; -120 for silence."""
    import soxr

    stream = soxr.ResampleStream(rate_hz, OVERSAMPLING * rate_hz, samples.shape[1], "float32")
    highest = float(np.abs(samples).max(initial=0.0))
    for start in range(0, len(samples), _BLOCK_FRAMES):
        block = np.ascontiguousarray(samples[start : start + _BLOCK_FRAMES])
        between = stream.resample_chunk(block, last=start + _BLOCK_FRAMES >= len(samples))
        highest = max(highest, float(np.abs(between).max(initial=0.0)))
    return max(20 * math.log10(highest), SILENCE_DBFS) if highest > 0 else SILENCE_DBFS
