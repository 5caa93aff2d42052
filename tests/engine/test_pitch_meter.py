"""Any clip's pitch, at any rate, and none where nothing is voiced."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from studio.domain.audio import Pcm
from studio.engine.pitch_meter import LISTENED_S, MedianPitch, median_hz


def voiced(hz: float, rate_hz: int, seconds: float = 2.0, channels: int = 1) -> Pcm:
    phase = 2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz
    sound = sum(np.sin(number * phase) / number for number in range(1, int(min(20, rate_hz / 2 // hz))))
    return Pcm(np.repeat(np.asarray(sound * 0.1, np.float32)[:, None], channels, axis=1), rate_hz)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 24_000, 44_100, 44_101, 48_000, 96_000])
@pytest.mark.parametrize("hz", [85.0, 210.0])
async def test_a_voice_has_its_pitch_at_any_rate(rate_hz: int, hz: float) -> None:
    assert await MedianPitch().median_hz(voiced(hz, rate_hz)) == pytest.approx(hz, rel=0.005)


def test_both_channels_count() -> None:
    assert median_hz(voiced(140, 48_000, channels=2)) == pytest.approx(140, rel=0.005)


@pytest.mark.parametrize("seconds", [0.0, 0.01, 2.0])
def test_what_has_no_period_has_no_pitch(seconds: float) -> None:
    noise = np.random.default_rng(5).standard_normal((round(seconds * 24_000), 1)).astype(np.float32) * 0.1
    assert median_hz(Pcm(noise, 24_000)) == 0.0


def test_the_first_minute_is_enough() -> None:
    first, rest = voiced(120, 16_000, LISTENED_S), voiced(300, 16_000, 2 * LISTENED_S)
    assert median_hz(Pcm(np.concatenate((first.samples, rest.samples)), 16_000)) == pytest.approx(120, rel=0.01)


def test_importing_loads_nothing() -> None:
    code = "import sys, studio.engine.pitch_meter; print(*{'numpy', 'asyncio'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
