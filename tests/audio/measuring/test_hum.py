from __future__ import annotations

import numpy as np
import pytest

from tests.audio.measuring.signals import HARBOUR, KITCHEN, MORGEN, measured, pink, sine, speech, white


@pytest.mark.parametrize("mains_hz", [50, 60])
@pytest.mark.parametrize("peak_dbfs", [-60, -40])
def test_hum_under_a_voice_is_found_with_its_mains(mains_hz: int, peak_dbfs: float):
    voice = speech() + 0.0005 * white(len(speech()))
    seconds = len(voice) / 48_000
    humming = voice + sine(mains_hz, seconds, peak_dbfs) + 0.5 * sine(3 * mains_hz, seconds, peak_dbfs)
    figures = measured(humming)
    assert figures.hum_db > 18
    assert figures.hum_hz == mains_hz
    assert figures.hum_db > measured(voice).hum_db + 8


@pytest.mark.parametrize(
    ("text", "voice"), [(HARBOUR, "en-gb"), (KITCHEN, "en-us+f3"), (MORGEN, "de"), (HARBOUR, "en-us+m7")]
)
def test_a_voice_doesn_t_hum(text: str, voice: str):
    sound = speech(text, voice)
    assert measured(sound).hum_db < 13
    assert measured(sound + 0.001 * white(len(sound))).hum_db < 13


def test_noise_doesn_t_hum():
    assert measured(0.01 * white(960_000)).hum_db < 8
    assert measured(0.01 * pink(240_000)).hum_db < 10


def test_nothing_is_said_of_a_moment():
    assert (measured(sine(50, 0.5, -20)).hum_db, measured(np.zeros(96_000)).hum_hz) == (0, 0)
