from __future__ import annotations

import numpy as np
import pytest

from studio.engine.loudness import levelled

RATE = 22_050


def tone(seconds: float, height: float, silence_s: float = 0.0) -> bytes:
    time = np.arange(int(RATE * seconds)) / RATE
    quiet = np.zeros(int(RATE * silence_s))
    sound = np.concatenate([quiet, height * np.sin(2 * np.pi * 200 * time), quiet])
    return (sound * 32767).astype("<i2").tobytes()


@pytest.mark.parametrize("height", [0.01, 0.1, 0.9])
def test_all_heights_come_out_alike(height: float) -> None:
    sound = levelled(tone(1, height), RATE)
    assert 20 * np.log10(np.sqrt(np.mean(sound**2))) == pytest.approx(-20, abs=0.3)


def test_silence_around_is_trimmed_to_fifty_milliseconds() -> None:
    sound = levelled(tone(1, 0.5, silence_s=2), RATE)
    assert len(sound) / RATE == pytest.approx(1.1, abs=0.05)


def test_peaks_are_never_above_minus_one_dbfs() -> None:
    clicks = np.zeros(RATE)
    clicks[::441] = 0.3
    sound = levelled((clicks * 32767).astype("<i2").tobytes(), RATE)
    assert np.max(np.abs(sound)) <= 10 ** (-1 / 20) + 1e-6


@pytest.mark.parametrize("data", [b"", b"\0\0", b"\0\0" * RATE])
def test_silence_gives_nothing(data: bytes) -> None:
    assert len(levelled(data, RATE)) == 0


def test_a_vowel_from_the_first_sample_does_not_click() -> None:
    time = np.arange(RATE) / RATE
    sound = levelled((0.5 * np.cos(2 * np.pi * 200 * time) * 32767).astype("<i2").tobytes(), RATE)
    assert np.all(sound[: int(0.049 * RATE)] == 0)
    assert np.max(np.abs(np.diff(sound[: int(0.052 * RATE)]))) < 0.02


def test_an_offset_goes() -> None:
    time = np.arange(RATE) / RATE
    breathy = 0.03 + 0.2 * np.sin(2 * np.pi * 200 * time)
    sound = levelled((breathy * 32767).astype("<i2").tobytes(), RATE)
    assert abs(sound[RATE // 4 : RATE // 2].mean()) < 0.001
