"""A mouth for the tests: speech, and a way to play it into the virtual microphone.

    spoken = speech(folder)
    with talking(spoken, folder):         # into studio_mic_feed unless told otherwise
        ...record...
    match = compared(spoken, read(take))

Used by the tests of the recorder and by those of the whole program; needs packaging/testenv and nothing of Qt.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile
import soxr

from tests.audio.listening import RATE_HZ, Samples, best_correlation

SENTENCE = "The quick brown fox jumps over the lazy dog, while five wizards box with quiet zeal."


class Match(NamedTuple):
    """How a take agrees with what was said: over the whole of it, and in the worst 50 ms that aren't silent."""

    corr: float
    worst: float
    start: int


def speech(folder: Path, words: str = SENTENCE) -> Samples:
    """At 48 kHz, mono, without its silent ends."""
    path = folder / "speech.wav"
    subprocess.run(["espeak-ng", "-w", str(path), words], check=True)
    samples, rate_hz = soundfile.read(path, dtype="float32")
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    spoken = soxr.resample(samples[loud[0] : loud[-1]], rate_hz, RATE_HZ)
    return (spoken * (0.5 / np.abs(spoken).max())).astype(np.float32)


@contextmanager
def talking(samples: Samples, folder: Path, sink: str = "studio_mic_feed") -> Iterator[subprocess.Popen[bytes]]:
    """Silenced at the end of the block, however much is left."""
    path = folder / "said.wav"
    soundfile.write(path, samples, RATE_HZ, "PCM_16")
    process = subprocess.Popen(["paplay", f"--device={sink}", str(path)])
    try:
        yield process
    finally:
        process.terminate()
        process.wait(5)


def read(path: Path) -> Samples:
    samples, _ = soundfile.read(path, dtype="float32")
    return samples


def compared(spoken: Samples, take: Samples) -> Match:
    """A lost block shifts all that follows, so the worst piece tells what the whole may hide."""
    found = best_correlation(spoken, take)
    heard = take[max(found.start, 0) : max(found.start, 0) + len(spoken)]
    piece = RATE_HZ // 20
    worst = 1.0
    for at in range(0, len(heard) - piece, piece):
        one, two = spoken[at : at + piece], heard[at : at + piece]
        norm = float(np.sqrt(np.dot(one, one) * np.dot(two, two)))
        if np.abs(one).max() > 0.02:
            worst = min(worst, float(np.dot(one, two)) / norm if norm else 0.0)
    return Match(found.corr, worst, found.start)
