from __future__ import annotations

import numpy as np
import pytest

from studio.audio.measuring.gaps import Gaps
from tests.audio.measuring.signals import RATE_HZ, as_int16, measured, speech

STRETCHES = np.array(measured(speech()).speech)


def count(sound: np.ndarray, size: int = 65_536) -> int:
    gaps, samples = Gaps(RATE_HZ), as_int16(sound)
    for start in range(0, len(samples), size):
        gaps.feed(samples[start : start + size])
    return gaps.count(STRETCHES)


def torn(*lengths_s: float) -> np.ndarray:
    """Zeros where the voice is loud, in a room that is never quite still."""
    sound = speech() + np.random.default_rng(3).standard_normal(len(speech())).astype(np.float32) * 0.001
    loud = np.flatnonzero(np.abs(sound) > 0.2 * np.abs(sound).max())
    for number, length_s in enumerate(lengths_s, 1):
        size = round(length_s * RATE_HZ)
        cuts = loud[len(loud) * number // (len(lengths_s) + 1) :]
        start = next(at for at in cuts if abs(sound[at + size]) > 0.1)
        sound[start + 1 : start + size] = 0
    return sound


@pytest.mark.parametrize("size", [64, 1_000, 65_536])
def test_zeros_in_the_middle_of_speech_are_drop_outs(size: int):
    assert count(torn(0.006, 0.02, 0.05), size) == 3


def test_a_voice_with_pauses_of_digital_silence_has_none():
    assert count(speech()) == 0


def test_shorter_than_five_milliseconds_is_none():
    assert count(torn(0.004)) == 0


def test_none_where_nobody_speaks():
    gaps = Gaps(RATE_HZ)
    gaps.feed(as_int16(torn(0.02)))
    assert gaps.count(np.zeros((0, 2))) == 0
