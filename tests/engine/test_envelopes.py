from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.engine import envelopes
from studio.engine.envelopes import BAND_COUNT, BINS, HOP, ORDER, RATE_HZ, WIDTH

CHANCE = np.random.default_rng(5)


def vowel(f0_hz: float, formants: tuple[float, ...] = (600.0, 1_300.0, 2_600.0)) -> NDArray[np.float32]:
    """Harmonics under three bumps of 12 dB."""
    t = np.arange(RATE_HZ) / RATE_HZ
    sound = np.zeros(len(t))
    for number in range(1, int(9_000 / f0_hz)):
        level = sum(12 * np.exp(-(((number * f0_hz - hz) / 250) ** 2)) for hz in formants) - number * f0_hz / 300
        sound += 10 ** (level / 20) * np.sin(2 * np.pi * number * f0_hz * t + number**2)
    return (sound * 0.02).astype(np.float32)


def bands(sound: NDArray[np.float32], f0_hz: float) -> NDArray[np.float32]:
    power = envelopes.powers(envelopes.spectra(envelopes.frames(sound)))
    return envelopes.bands(envelopes.cepstra(power, envelopes.harmonic_bins(f0_hz)))[8:-8].mean(axis=0)


@pytest.mark.parametrize("length", [0, 1, HOP, WIDTH, 5_000, 12_345])
def test_the_frames_put_together_are_the_sound(length: int) -> None:
    sound = CHANCE.standard_normal(length).astype(np.float32)
    cut = envelopes.frames(sound)
    whole = np.zeros((len(cut) - 1) * HOP + WIDTH)
    for at, frame in enumerate(cut * envelopes.window() ** 2 / 1.5):
        whole[at * HOP : at * HOP + WIDTH] += frame
    assert np.allclose(whole[WIDTH - HOP :][:length], sound, atol=1e-5)


def test_the_envelope_follows_the_throat_and_not_the_pitch() -> None:
    first = sum(hz < 250 for hz in envelopes.band_hz())  # below is the first harmonic alone
    low, high = (bands(vowel(hz), hz)[first:] for hz in (100.0, 220.0))
    other = bands(vowel(100.0, (350.0, 2_100.0, 2_900.0)), 100.0)[first:]
    assert np.std(low - high) < 2 < 5 < np.std(low - other)


def test_loudness_is_in_the_first_term_alone() -> None:
    power = envelopes.powers(envelopes.spectra(envelopes.frames(vowel(120.0))))[8:12]
    soft, loud = envelopes.cepstra(power, 5), envelopes.cepstra(power * 100, 5)
    assert np.allclose(loud[:, 0] - soft[:, 0], 20, atol=0.01)
    assert np.allclose(loud[:, 1:], soft[:, 1:], atol=0.01)


def test_a_smooth_curve_survives_its_terms() -> None:
    curve = (10 * np.cos(np.linspace(0, 9, BINS)))[None, :]
    power = (10 ** (curve / 10)).astype(np.float32)
    terms = envelopes.cepstra(power, 1)
    assert terms.shape == (1, ORDER)
    assert np.abs(envelopes.curves(terms) - curve)[0, 20:-20].max() < 0.5


def test_silence_has_an_envelope_too() -> None:
    terms = envelopes.cepstra(np.zeros((3, BINS), np.float32), 5)
    assert np.all(np.isfinite(terms))


def test_the_bands_lie_evenly_to_the_ear() -> None:
    hz = np.array(envelopes.band_hz())
    assert len(hz) == BAND_COUNT
    assert (hz[0], hz[-1]) == (pytest.approx(80), pytest.approx(8_000))
    assert np.all(np.diff(hz, 2) > 0)


@pytest.mark.parametrize(("hz", "bins"), [(60.0, 3), (100.0, 5), (200.0, 9), (400.0, 19)])
def test_a_harmonic_is_an_odd_number_of_bins(hz: float, bins: int) -> None:
    assert envelopes.harmonic_bins(hz) == bins


def test_speech_is_what_is_not_far_under_the_loud_parts() -> None:
    power = np.full((100, BINS), 1.0, np.float32)
    power[40:60] = 1e-3
    power[60:] = 1e-5
    assert np.flatnonzero(envelopes.speech(power)).tolist() == list(range(60))
    assert not np.any(envelopes.speech(np.zeros((5, BINS), np.float32)))
    assert len(envelopes.speech(np.zeros((0, BINS), np.float32))) == 0
