"""Real speech for the tests, made by espeak-ng: long enough, loud enough and with a little room noise."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

WORDS = (
    "The river begins in the hills, a narrow thread between the stones. It passes mills and meadows, quiet towns and "
    "wide green fields, and it takes its time. By evening it has reached the sea, and nobody knows how small it was."
)


@cache
def spoken(words: str = WORDS, rate_hz: int = 48_000, noise_dbfs: float = -65.0) -> NDArray[np.float32]:
    """Some 13 s of mono speech with a peak near -6 dBFS, and steady noise below it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(["espeak-ng", "-s", "150", "-w", path, words], check=True)
        samples, made_hz = soundfile.read(path, dtype="float32")
    samples = soxr.resample(samples, made_hz, rate_hz)
    samples *= 0.5 / np.abs(samples).max()
    noise = np.random.default_rng(7).standard_normal(len(samples)) * 10 ** (noise_dbfs / 20)
    return (samples + noise).astype(np.float32)


def write_speech(path: Path, seconds: float | None = None, rate_hz: int = 48_000) -> Path:
    """As a 16-bit mono WAV; cut or repeated to `seconds`."""
    samples = spoken(rate_hz=rate_hz)
    if seconds is not None:
        samples = np.resize(samples, round(seconds * rate_hz))
    soundfile.write(path, samples, rate_hz, subtype="PCM_16")
    return path
