from __future__ import annotations

import math

import numpy as np
import pytest

from tests.audio.measuring.signals import HARBOUR, KITCHEN, MORGEN, active_power, in_room, measured, pink, speech, white

VOICES = [(HARBOUR, "en-gb"), (KITCHEN, "en-us+f3"), (MORGEN, "de")]


@pytest.mark.parametrize("colour", [white, pink])
@pytest.mark.parametrize("snr_db", [0, 10, 20, 30, 40, 50])
@pytest.mark.parametrize(("text", "voice"), VOICES)
def test_a_known_ratio_is_found(text: str, voice: str, snr_db: int, colour: type):
    clean = speech(text, voice)
    noise_rms = math.sqrt(active_power(clean)) * 10 ** (-snr_db / 20)
    figures = measured(clean + noise_rms * colour(len(clean)))
    assert figures.snr_db == pytest.approx(snr_db, abs=1.5)
    assert figures.noise_floor_dbfs == pytest.approx(20 * math.log10(noise_rms), abs=1)


def test_an_offset_is_no_noise():
    clean = speech() + 0.0003 * white(len(speech()))
    with_offset = measured(clean + 0.03)
    assert with_offset.noise_floor_dbfs == pytest.approx(measured(clean).noise_floor_dbfs or 0, abs=0.2)
    assert with_offset.dc_offset == pytest.approx(0.03, abs=0.001)


def test_a_cough_and_the_room_are_no_noise_floor():
    sound = in_room(speech(), 0.5) + 0.0005 * white(len(speech()))
    sound[4_800:7_200] += 0.1 * white(2_400)
    assert measured(sound).noise_floor_dbfs == pytest.approx(-66, abs=1.5)


def test_where_all_is_speech_its_quietest_frames_are_the_floor():
    clean = speech()
    sound = (clean + 0.001 * white(len(clean)))[48_000 : len(clean) - 96_000]
    assert measured(sound).noise_floor_dbfs == pytest.approx(-60, abs=4)


def test_silence_has_no_floor_and_noise_alone_no_ratio():
    assert measured(np.zeros(96_000)).noise_floor_dbfs is None
    figures = measured(0.01 * white(96_000))
    assert figures.noise_floor_dbfs == pytest.approx(-40, abs=0.3)
    assert figures.snr_db is None
