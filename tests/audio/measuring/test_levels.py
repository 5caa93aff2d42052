from __future__ import annotations

import numpy as np
import pytest

from studio.audio.measuring.levels import Levels
from tests.audio.measuring.signals import as_int16, sine, speech

SIZES = (1, 7, 480, 65_536)


def levels(sound: np.ndarray, size: int = 65_536) -> Levels:
    one = Levels()
    samples = sound if sound.dtype == np.int16 else as_int16(sound)
    for start in range(0, len(samples), size):
        one.feed(samples[start : start + size])
    return one


def runs_of(sound: np.ndarray, high: int, low: int) -> tuple[int, int]:
    """Counted one sample after the other."""
    found, length = [], 0
    before = 0
    for sample in [*sound.tolist(), 0]:
        side = 1 if sample >= high else -1 if sample <= low else 0
        if side != before and before:
            found.append(length)
        length = length + 1 if side and side == before else 1
        before = side
    long = [one for one in found if one >= 3]
    return len(long), sum(long)


def test_a_full_scale_sine_has_a_peak_of_0_and_an_rms_of_minus_3():
    one = levels(sine(997, 1, 0))
    assert one.peak_dbfs == pytest.approx(0, abs=0.01)
    assert one.rms_dbfs == pytest.approx(-3.01, abs=0.01)
    assert one.clipped() == (0, 0)


def test_silence():
    one = levels(np.zeros(480, np.int16))
    assert (one.peak_dbfs, one.rms_dbfs, one.offset, one.bits) == (-120.0, -120.0, 0.0, 16)
    assert one.clipped() == (0, 0)


def test_an_offset_is_a_part_of_full_scale():
    assert levels(sine(100, 1, -20) - 0.02).offset == pytest.approx(-0.02, abs=1e-4)


@pytest.mark.parametrize("size", SIZES)
def test_every_run_at_full_scale_is_counted(size: int):
    sound = as_int16(speech()[24_000:60_000] * 8)
    wanted = runs_of(sound, 32_766, -32_766)
    assert wanted[0] > 20
    assert levels(sound, size).clipped() == wanted


@pytest.mark.parametrize("size", SIZES)
def test_tops_that_an_earlier_gain_cut_off_are_found_below_full_scale(size: int):
    sound = as_int16(np.clip(speech()[24_000:60_000] * 8, -1, 1) * 0.6)
    runs, samples = levels(sound, size).clipped()
    wanted = runs_of(sound, int(sound.max()), int(sound.min()))
    assert runs == pytest.approx(wanted[0], rel=0.02)
    assert samples == pytest.approx(wanted[1], rel=0.02)


def test_a_run_that_goes_on_at_the_end_counts():
    assert levels(np.array([0, 5, 32_767, 32_767, 32_767, 32_767], np.int16)).clipped() == (1, 4)
    assert levels(np.array([0, 5, 32_767, 32_767], np.int16)).clipped() == (0, 0)


@pytest.mark.parametrize("sound", [speech(), sine(50, 2, -20), sine(997, 2, -1), np.zeros(100)])
def test_what_never_was_clipped_is_not(sound: np.ndarray):
    assert levels(sound).clipped() == (0, 0)


def test_eight_bits_in_sixteen_are_found_and_their_peaks_are_not_clipping():
    one = levels(as_int16(np.rint(speech() * 128) / 128))
    assert one.bits == 8
    assert one.clipped() == (0, 0)
    assert levels(speech()).bits == 16
