"""Voices and texts that the tables weren't made with."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.measuring.signals import HARBOUR, KITCHEN, MORGEN, in_room, measured, speech, white

VOICES = [(HARBOUR, "en-gb+m4"), (KITCHEN, "en-us+f2"), (MORGEN, "de+f4"), (KITCHEN, "en-gb-x-rp"), (HARBOUR, "en-029")]
ROOMS_S = [0.2, 0.3, 0.5, 0.8, 1.2]


@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize(("text", "voice"), VOICES)
def test_rooms_come_out_in_order_and_within_30_percent(text: str, voice: str, *, direct: bool):
    dry = speech(text, voice)
    found = [
        measured(in_room(dry, room_s, direct=direct, seed=seed) + 0.0006 * white(len(dry), seed)).reverberation_s
        for seed, room_s in enumerate(ROOMS_S)
    ]
    assert found == [pytest.approx(room_s, rel=0.3) for room_s in ROOMS_S]
    assert found == sorted(found, key=lambda one: one or 0)


@pytest.mark.parametrize(("text", "voice"), VOICES)
@pytest.mark.parametrize("noise", [0.0, 0.0003, 0.003])
def test_a_dry_voice_is_short(text: str, voice: str, noise: float):
    dry = speech(text, voice)
    assert (measured(dry + noise * white(len(dry))).reverberation_s or 0) < 0.3


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100])
def test_the_sample_rate_doesn_t_matter(rate_hz: int):
    wet = in_room(speech(rate_hz=rate_hz), 0.5, rate_hz=rate_hz) + 0.0006 * white(len(speech(rate_hz=rate_hz)))
    assert measured(wet, rate_hz).reverberation_s == pytest.approx(0.5, rel=0.3)


def test_too_few_decays_tell_nothing():
    assert measured(speech()[:48_000]).reverberation_s is None
    assert measured(np.zeros(96_000)).reverberation_s is None


def test_too_much_noise_tells_nothing():
    assert measured(speech() + 0.03 * white(len(speech()))).reverberation_s is None
