"""Every dimension of a description is heard in the sound, in all ten languages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.domain.languages import Language
from studio.engine import reading, targets, variant
from tests.engine.booth import Booth
from tests.engine.figures import Figures, measure

LANGUAGES = tuple(Language)
Measure = Callable[[Figures], float]


def f0(figures: Figures) -> float:
    return figures.f0_hz


def pace(figures: Figures) -> float:
    return 1 / figures.seconds


def spread(figures: Figures) -> float:
    return figures.range_st


def brightness(figures: Figures) -> float:
    return figures.centroid_hz


def noise(figures: Figures) -> float:
    return -figures.hnr_db


def jitter(figures: Figures) -> float:
    return figures.jitter


RISING: dict[str, tuple[Measure, tuple[str, ...]]] = {
    "man, woman, child": (f0, ("a man", "a woman", "an 8-year-old child")),
    "low, medium, high": (f0, ("low-pitched woman", "medium-pitched woman", "high-pitched woman")),
    "deep, not too deep": (f0, ("a man with a deep voice", "a man, not too deep")),
    "slow, moderate, fast": (pace, ("a man, slow pace", "a man, moderate pace", "a man, fast pace")),
    "very slow, slow": (pace, ("a woman, very slow", "a woman, slow")),
    "慢, 适中, 快": (pace, ("女性，语速缓慢", "女性，语速适中", "女性，语速快")),
    "monotone, composed, lively": (spread, ("monotone woman", "composed woman", "lively woman")),
    "plain, expressive": (spread, ("a man", "an expressive man")),
    "dark, neutral, bright": (brightness, ("dark male voice", "male voice", "bright male voice")),
    "mellow, neutral": (brightness, ("mellow female voice", "female voice")),
    "neutral, breathy, whispering": (noise, ("a woman", "a breathy woman", "a whispering woman")),
    "slightly, very husky": (jitter, ("a man", "a man, slightly husky", "a man, very husky")),
    "not, rough": (jitter, ("a woman", "a rough, raspy woman")),
    "沙哑": (jitter, ("男声", "略带沙哑的男声", "非常沙哑的男声")),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RISING)
def test_rises_with_the_description(booth: Booth, name: str, language: Language) -> None:
    measure, descriptions = RISING[name]
    found = [measure(booth.figures(description, language)) for description in descriptions]
    assert found == sorted(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_has_a_shorter_vocal_tract_than_a_large_man(booth: Booth, language: Language) -> None:
    large, woman, child = (
        booth.formant(words, language) for words in ("a huge man", "a woman", "a small 6-year-old child")
    )
    assert large < woman < child


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("description", ["a calm middle-aged man, deep", "a woman", "a friendly teenage boy"])
def test_the_pitch_is_within_five_per_cent_of_the_target(booth: Booth, description: str, language: Language) -> None:
    meant = booth.targets(description).f0_hz
    assert booth.figures(description, language).f0_hz == pytest.approx(meant, rel=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_sound_at_the_same_loudness_below_full_scale(booth: Booth, language: Language) -> None:
    for description in ("a whispering woman", "very bright shrill metallic child", "a booming man"):
        figures = booth.figures(description, language)
        assert figures.seconds > 1
        assert -24 < figures.rms_dbfs < -17
        assert figures.peak_dbfs <= -0.99


def test_the_same_seed_gives_the_same_figures(booth: Booth) -> None:
    words = "a gentle woman around 30"
    first, again = (booth.figures(words, Language.EN), measure(booth.sound(words, Language.EN)))
    assert again.f0_hz == pytest.approx(first.f0_hz, rel=0.03)
    assert again.seconds == pytest.approx(first.seconds, rel=0.03)
    assert again.centroid_hz == pytest.approx(first.centroid_hz, rel=0.03)


def test_other_seeds_give_other_voices(booth: Booth) -> None:
    """Each differs from every other in pitch by 1 % or in its formants by 1 %."""
    words, text = "a woman", "Good evening."
    voices = [(booth.figures(words, Language.EN, seed).f0_hz, booth.targets(words, seed)) for seed in range(6)]
    for at, (hz, meant) in enumerate(voices):
        for other_hz, other in voices[:at]:
            pitch = abs(np.log(hz / other_hz))
            throat = max(abs(a - b) for a, b in zip(meant.bends, other.bends, strict=True)) / 100
            assert max(pitch, throat, abs(np.log(meant.tract / other.tract))) > 0.01
    assert not np.array_equal(booth.sound(words, Language.EN, 1, text), booth.sound(words, Language.EN, 2, text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whisper_has_no_pitch(booth: Booth, language: Language) -> None:
    """There is as much noise as tone, and what tone there is isn't at the pitch of a voice."""
    figures, spoken = (booth.figures(words, language) for words in ("a whispering woman", "a woman"))
    assert figures.hnr_db < 1.5 < spoken.hnr_db
    assert figures.voiced < spoken.voiced


def test_an_accent_changes_the_sounds_and_not_the_length_much(booth: Booth) -> None:
    text = "The water in the bath is rather hot."
    voices = [
        variant.write(targets.targets(reading.read(words).traits, 1)) for words in ("a British man", "an American man")
    ]
    assert voices[0] != voices[1]
    british, american = (booth.sound(words, Language.EN, text=text) for words in ("a British man", "an American man"))
    assert len(british) == pytest.approx(len(american), rel=0.25)
