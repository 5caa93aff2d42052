from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.engine import fitting, profile
from studio.engine.envelopes import HOP, RATE_HZ
from studio.engine.timbre import BLOCK, Matcher
from tests.engine.speakers import SAID, Speakers, apart, colour


def matcher(speakers: Speakers, name: str) -> Matcher:
    return Matcher(profile.read(speakers.enrolled(name).profile))


def converted(matcher: Matcher, sound: NDArray[np.float32], strength: float) -> NDArray[np.float32]:
    made = sound.copy()
    for _ in matcher.blocks(made, strength):
        pass
    return made


def test_at_no_strength_the_sound_stays_as_it_was(speakers: Speakers) -> None:
    sound = speakers.sample("old man", SAID)
    assert np.abs(converted(matcher(speakers, "girl"), sound, 0.0) - sound).max() < 1e-5


def test_the_stronger_the_nearer(speakers: Speakers) -> None:
    """Of two speakers that are far apart, and without a fitted voice between them."""
    sound, wanted = speakers.sample("old man", SAID), speakers.sample("bright man", SAID)
    bright = matcher(speakers, "bright man")
    distances = [apart(converted(bright, sound, strength), wanted) for strength in (0.0, 0.3, 0.6, 0.9)]
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] < 0.6 * distances[0]


def test_the_melody_and_the_loudness_stay(speakers: Speakers) -> None:
    sound = speakers.sample("low woman", SAID)
    made = converted(matcher(speakers, "breathy woman"), sound, 0.7)
    assert len(made) == len(sound)
    assert made.dtype == np.float32
    before, after = (fitting.pitch_of(one).median_hz for one in (sound, made))
    assert after == pytest.approx(before, rel=0.02)
    power = [float(np.mean(one**2)) for one in (sound, made)]
    assert power[1] == pytest.approx(power[0], rel=0.1)


def test_it_is_done_in_blocks_whose_borders_are_not_heard(speakers: Speakers, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = np.tile(speakers.sample("old man", SAID), 2)
    girl = matcher(speakers, "girl")
    parts = list(girl.blocks(sound.copy(), 0.7))
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    assert len(parts) == -(-(len(sound) // HOP + 4) // BLOCK)
    whole = converted(girl, sound, 0.7)
    monkeypatch.setattr("studio.engine.timbre.BLOCK", 17)
    assert np.abs(converted(girl, sound, 0.7) - whole).max() < 1e-5


@pytest.mark.parametrize("length", [0, 1, 100, HOP])
def test_next_to_nothing_does_no_harm(speakers: Speakers, length: int) -> None:
    made = converted(matcher(speakers, "girl"), np.full(length, 0.1, np.float32), 0.7)
    assert len(made) == length
    assert np.all(np.isfinite(made))


def test_silence_stays_silence(speakers: Speakers) -> None:
    sound = speakers.sample("husky man", SAID)
    whole = np.concatenate((np.zeros(RATE_HZ, np.float32), sound, np.zeros(RATE_HZ, np.float32)))
    made = converted(matcher(speakers, "girl"), whole, 0.9)
    assert np.all(np.isfinite(made))
    assert np.abs(made[: RATE_HZ - 2 * HOP * 4]).max() < 1e-6
    assert np.abs(made[-RATE_HZ // 2 :]).max() < 1e-6


def test_a_narrow_sample_does_not_muffle_the_voice(speakers: Speakers) -> None:
    """Above what a telephone let through, the voice keeps its own colour."""
    sample = speakers.sample("bright man")
    spectrum = np.fft.rfft(sample)
    spectrum[int(3_600 * len(sample) / RATE_HZ) :] = 0
    heard = fitting.hear(np.fft.irfft(spectrum, len(sample)).astype(np.float32))
    sound = speakers.sample("low woman", SAID)
    narrow = Matcher(fitting.profile_of(heard, fitting.shapes_of(sound, heard.smooth_bins)))
    made = converted(narrow, sound, 0.9)
    upper = [float(np.mean(colour(one)[-3:])) - float(np.mean(colour(one)[12:16])) for one in (sound, made)]
    assert upper[1] > upper[0] - 12
