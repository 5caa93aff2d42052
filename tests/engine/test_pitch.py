from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.domain.languages import Language
from studio.engine.envelopes import RATE_HZ
from studio.engine.pitch import pitch_of, track_of
from tests.engine.booth import Booth
from tests.engine.speakers import no_speech


def voiced(hz: NDArray[np.float64]) -> NDArray[np.float32]:
    """Twenty harmonics that fall by 6 dB an octave, at a pitch given for each sample."""
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    sound = sum(np.sin(number * phase) / number for number in range(1, 21))
    return np.asarray(sound * 0.1, np.float32)


@pytest.mark.parametrize("hz", [72.0, 95.0, 130.0, 210.0, 310.0, 480.0])
def test_a_steady_voice_has_its_pitch_and_no_spread(hz: float) -> None:
    pitch = pitch_of(voiced(np.full(3 * RATE_HZ, hz)))
    assert pitch.median_hz == pytest.approx(hz, rel=0.005)
    assert pitch.spread_st < 0.1
    assert pitch.share > 0.98
    assert pitch.voiced_s == pytest.approx(3.0, abs=0.1)


def test_the_spread_is_the_standard_deviation_of_a_melody() -> None:
    chance = np.random.default_rng(2)
    steps = np.repeat(chance.standard_normal(400) * 2.5, RATE_HZ // 40)
    pitch = pitch_of(voiced(150 * 2 ** (np.convolve(steps, np.ones(400) / 400, "same") / 12)))
    assert pitch.median_hz == pytest.approx(150, rel=0.05)
    assert pitch.spread_st == pytest.approx(2.4, abs=0.4)


def test_the_first_harmonic_may_be_weak_or_missing() -> None:
    phase = 2 * np.pi * 120 * np.arange(2 * RATE_HZ) / RATE_HZ
    sound = np.asarray(sum(np.sin(number * phase) for number in range(3, 15)) * 0.05, np.float32)
    assert pitch_of(sound).median_hz == pytest.approx(120, rel=0.005)


def test_wind_under_the_voice_changes_nothing() -> None:
    sound = voiced(np.full(2 * RATE_HZ, 180.0))
    rumble = 0.8 * np.sin(2 * np.pi * 17 * np.arange(len(sound)) / RATE_HZ).astype(np.float32)
    assert pitch_of(sound + rumble).median_hz == pytest.approx(180, rel=0.005)


def test_noise_at_ten_decibels_leaves_the_pitch() -> None:
    sound = voiced(np.full(3 * RATE_HZ, 110.0))
    noise = np.random.default_rng(3).standard_normal(len(sound)).astype(np.float32)
    pitch = pitch_of(sound + noise * np.sqrt(np.mean(sound**2)) / 3.16)
    assert pitch.median_hz == pytest.approx(110, rel=0.01)


def test_pauses_are_not_voiced() -> None:
    sound = voiced(np.full(RATE_HZ, 140.0))
    pitch = pitch_of(np.concatenate((sound, np.zeros(2 * RATE_HZ, np.float32), sound)))
    assert pitch.voiced_s == pytest.approx(2.0, abs=0.1)
    assert pitch.share == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("name", ["nothing", "a click", "silence", "next to silence", "white noise"])
def test_what_has_no_period_has_no_pitch(name: str) -> None:
    pitch = pitch_of(no_speech()[name])
    assert (pitch.median_hz, pitch.voiced_s) == (0.0, 0.0)


def test_the_track_has_a_place_every_ten_milliseconds() -> None:
    assert len(track_of(np.zeros(10 * RATE_HZ, np.float32))) == pytest.approx(1_000, abs=8)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("words", ["a calm deep man", "a woman", "a small child"])
def test_spoken_pitch_is_the_one_that_was_meant(booth: Booth, words: str, language: Language) -> None:
    pitch = pitch_of(booth.sound(words, language))
    assert pitch.median_hz == pytest.approx(booth.targets(words).f0_hz, rel=0.07)
    assert 0.45 < pitch.share < 0.95
