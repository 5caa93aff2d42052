"""Noise reduction: how much of the noise goes, and that speech and time stay."""

from __future__ import annotations

import numpy as np
import pytest

from studio.audio.cleaning import cleaned
from tests.audio.sounds import RATE, alike, babble, hum, level_dbfs, pink, white

VOICE = babble(9.0)
PAUSE = slice(round(0.2 * RATE), round(0.8 * RATE))


def snr_db(voice: np.ndarray, sound: np.ndarray) -> float:
    """How far the voice stands above all that isn't the voice."""
    share = np.dot(voice, sound) / np.dot(voice, voice)
    return level_dbfs(share * voice) - level_dbfs(sound - share * voice)


@pytest.mark.parametrize("noise_dbfs", [-50, -40, -33])
@pytest.mark.parametrize("noise", [white, pink, hum])
def test_noise_goes_and_speech_stays(noise_dbfs: int, noise: object) -> None:
    noisy = VOICE + noise(len(VOICE), noise_dbfs)
    clean = cleaned(noisy, RATE)
    assert level_dbfs(noisy[PAUSE]) - level_dbfs(clean[PAUSE]) > 10.0
    assert snr_db(VOICE, clean) > snr_db(VOICE, noisy) - 1.0
    assert level_dbfs(clean[RATE : 3 * RATE]) == pytest.approx(level_dbfs(VOICE[RATE : 3 * RATE]), abs=1.5)


@pytest.mark.parametrize("noise", [white, pink])
def test_more_of_the_voice_is_left_than_before(noise: object) -> None:
    noisy = VOICE + noise(len(VOICE), -40)
    assert snr_db(VOICE, cleaned(noisy, RATE)) > snr_db(VOICE, noisy) + 3.0


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_nothing_is_shifted(rate_hz: int) -> None:
    voice = babble(4.0, rate_hz)
    noisy = voice + white(len(voice), -50)
    clean = cleaned(noisy, rate_hz)
    assert (clean.shape, clean.dtype) == (noisy.shape, np.float32)
    near = {shift: alike(np.roll(clean, shift)[rate_hz:-rate_hz], voice[rate_hz:-rate_hz]) for shift in range(-3, 4)}
    assert max(near, key=near.__getitem__) == 0
    assert near[0] > 0.99


def test_the_same_sound_gives_the_same_samples() -> None:
    noisy = VOICE + white(len(VOICE), -40)
    assert np.array_equal(cleaned(noisy, RATE), cleaned(noisy.copy(), RATE))


def test_where_there_is_no_noise_nothing_is_lost() -> None:
    assert snr_db(VOICE, cleaned(VOICE, RATE)) > 25.0


@pytest.mark.parametrize("frames", [0, 1, 300, 19_199, 19_200, 19_201])
def test_short_sound_keeps_its_length(frames: int) -> None:
    assert len(cleaned(white(frames, -30), RATE)) == frames


def test_silence_stays_silent() -> None:
    assert not cleaned(np.zeros(RATE, np.float32), RATE).any()
