from __future__ import annotations

import re

import numpy as np
import pytest

from studio.domain.errors import Reason, StudioError
from studio.engine import fitting, reading, targets
from studio.engine.envelopes import BIN_HZ, RATE_HZ
from studio.engine.fitting import SAMPLE_MAX_S, VOICED_MIN_S
from studio.engine.profile import EXEMPLARS_MAX
from tests.engine.booth import SEED
from tests.engine.speakers import SPEAKERS, Speakers, no_speech


@pytest.mark.parametrize("name", no_speech())
def test_what_is_no_speech_is_refused(name: str) -> None:
    with pytest.raises(StudioError) as caught:
        fitting.hear(no_speech()[name])
    assert caught.value.reason is Reason.SAMPLE_REFUSED


def test_too_little_voiced_speech_is_refused_and_says_how_much_there_is(speakers: Speakers) -> None:
    sample = speakers.sample("bright man")
    share = fitting.hear(sample).pitch.share
    little = sample[: int((VOICED_MIN_S - 0.8) / share * RATE_HZ)]
    with pytest.raises(StudioError, match=r"2\.\d s of voiced speech, 3 s are needed") as caught:
        fitting.hear(np.concatenate((little, np.zeros(20 * RATE_HZ, np.float32))))
    assert caught.value.reason is Reason.SAMPLE_REFUSED
    assert fitting.hear(sample[: int((VOICED_MIN_S + 1.0) / share * RATE_HZ)]).pitch.voiced_s >= VOICED_MIN_S


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_throat_is_found(speakers: Speakers, name: str) -> None:
    """Within six per cent of the one that the sample was made with."""
    meant = targets.targets(reading.read(SPEAKERS[name]).traits, SEED)
    (found,) = re.findall(r"^formant 2 (\d+)", speakers.enrolled(name).variant, re.MULTILINE)
    assert int(found) == pytest.approx(meant.tract, rel=0.06)


def test_noise_at_twenty_decibels_leaves_what_is_measured(speakers: Speakers) -> None:
    sample = speakers.sample("bright man")
    noise = np.random.default_rng(6).standard_normal(len(sample)).astype(np.float32)
    clean = fitting.hear(sample).pitch
    noisy = fitting.hear(sample + noise * np.sqrt(np.mean(sample**2)) / 10).pitch
    assert noisy.median_hz == pytest.approx(clean.median_hz, rel=0.01)
    assert noisy.spread_st == pytest.approx(clean.spread_st, abs=0.2)


def test_loudness_makes_no_difference(speakers: Speakers) -> None:
    sample = speakers.sample("low woman")
    loud, soft = fitting.hear(sample), fitting.hear(sample * np.float32(0.02))
    assert soft.pitch.median_hz == pytest.approx(loud.pitch.median_hz, rel=0.001)
    assert np.abs(soft.mean - loud.mean).max() < 0.1


def test_a_telephone_is_known_to_end_early(speakers: Speakers) -> None:
    sample = speakers.sample("bright man")
    spectrum = np.fft.rfft(sample)
    spectrum[int(3_600 * len(sample) / RATE_HZ) :] = 0
    heard = fitting.hear(np.fft.irfft(spectrum, len(sample)).astype(np.float32))
    assert heard.top_bin * BIN_HZ == pytest.approx(3_200, abs=100)
    assert fitting.hear(sample).top_bin * BIN_HZ > 10_000


def test_of_a_long_sample_no_more_is_kept_than_a_profile_holds(speakers: Speakers) -> None:
    sample = speakers.sample("girl")
    long = np.tile(sample, int(SAMPLE_MAX_S * RATE_HZ / len(sample)) + 2)
    heard = fitting.hear(long)
    assert heard.pitch.voiced_s < SAMPLE_MAX_S
    assert len(heard.shapes) > EXEMPLARS_MAX
    assert len(fitting.profile_of(heard, heard.shapes).exemplars) == EXEMPLARS_MAX
