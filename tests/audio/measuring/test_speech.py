from __future__ import annotations

import numpy as np
import pytest

from studio.audio.measuring.speech import WINDOW_S, longest, stretches
from tests.audio.measuring.signals import KITCHEN, MORGEN, RATE_HZ, measured, pink, sine, speech, white


def quiet(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE_HZ))


@pytest.mark.parametrize(("text", "voice"), [(KITCHEN, "en-us+f3"), (MORGEN, "de"), (KITCHEN, "en-gb-scotland+m4")])
def test_speech_is_found_from_the_first_word_to_the_last(text: str, voice: str):
    sound = speech(text, voice)
    spoken = np.flatnonzero(np.abs(sound) > 0.01) / RATE_HZ
    found = measured(sound).speech
    assert found[0][0] == pytest.approx(spoken[0], abs=0.15)
    assert found[-1][1] == pytest.approx(spoken[-1], abs=0.15)


def test_the_longest_stretch_ends_at_a_pause_of_more_than_two_seconds():
    first, second = speech(KITCHEN), speech(MORGEN, "de")
    short, long = measured(first), measured(second)
    figures = measured(np.concatenate((first, quiet(1.5), second)))
    assert figures.longest_pause_s == pytest.approx(3.2, abs=0.3)
    assert figures.longest_speech_s == pytest.approx(max(short.longest_speech_s, long.longest_speech_s), abs=0.1)
    assert figures.speech_s == pytest.approx(short.speech_s + long.speech_s, abs=0.3)


@pytest.mark.parametrize(
    "sound",
    [quiet(5), 0.1 * white(240_000), 0.001 * white(240_000), 0.1 * pink(240_000), sine(440, 5, -6), sine(150, 5, -10)],
    ids=["silence", "white", "soft white", "pink", "440 Hz", "150 Hz"],
)
def test_nobody_speaks_in_noise_and_tones(sound: np.ndarray):
    figures = measured(sound)
    assert figures.speech == ()
    assert (figures.speech_s, figures.longest_speech_s, figures.longest_pause_s) == (0, 0, 0)
    assert figures.snr_db is None
    assert figures.reverberation_s is None


@pytest.mark.parametrize("gain", [0.03, 2.0])
def test_a_soft_voice_is_speech_too(gain: float):
    assert measured(gain * speech()).speech_s == pytest.approx(measured(speech()).speech_s, rel=0.1)


def windows(*parts: tuple[float, int]) -> np.ndarray:
    return np.concatenate([np.full(count, sure, np.float32) for sure, count in parts])


def test_what_may_be_speech_counts_beside_what_surely_is():
    found = stretches(windows((0.0, 10), (0.4, 2), (0.9, 20), (0.4, 3), (0.0, 30), (0.4, 20), (0.0, 10)))
    assert found.tolist() == [[pytest.approx(10 * WINDOW_S - 0.03), pytest.approx(35 * WINDOW_S + 0.03)]]


def test_short_gaps_are_closed_and_short_sounds_dropped():
    found = stretches(windows((0.9, 20), (0.0, 4), (0.9, 20), (0.0, 20), (0.9, 3), (0.0, 5)))
    assert found.tolist() == [[0, pytest.approx(44 * WINDOW_S + 0.03)]]


def test_none_at_all():
    assert stretches(np.zeros(0, np.float32)).shape == (0, 2)
    assert stretches(np.zeros(9, np.float32)).shape == (0, 2)
    assert longest(np.zeros((0, 2))) == (0.0, 0.0)
    assert longest(np.array([[1.0, 2.0], [3.5, 4.0], [6.5, 7.0]])) == (3.0, 2.5)
