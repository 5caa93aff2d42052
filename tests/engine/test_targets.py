from __future__ import annotations

from studio.engine.reading import read
from studio.engine.targets import Targets, targets


def meant(words: str, seed: int = 1) -> Targets:
    return targets(read(words).traits, seed)


def test_a_target_is_near_the_usual_norms() -> None:
    assert 95 < meant("a middle-aged man").f0_hz < 120
    assert 180 < meant("a woman around 30").f0_hz < 225
    assert 240 < meant("an 8-year-old child").f0_hz < 320


def test_seeds_differ_within_a_few_per_cent() -> None:
    pitches = [meant("a woman", seed).f0_hz for seed in range(50)]
    assert len(set(pitches)) == 50
    assert max(pitches) / min(pitches) < 1.11


def test_half_a_character_is_no_harm() -> None:
    assert meant("a man \ud800").f0_hz > 0


def test_nothing_said_lies_between_man_and_woman() -> None:
    assert meant("a man").f0_hz < meant("a voice").f0_hz < meant("a woman").f0_hz


def test_an_old_voice_trembles_a_little_and_is_slower() -> None:
    assert meant("an 85-year-old man").shift.tremor > 0
    assert meant("an 85-year-old man").rate < meant("a man around 30").rate
