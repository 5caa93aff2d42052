"""Against EBU Tech 3341's cases, halved to one channel (3.01 LU less), and against ffmpeg's own meter."""

from __future__ import annotations

import math
from typing import cast

import av
import av.filter
import numpy as np
import pytest

from studio.audio.measuring.loudness import Loudness
from tests.audio.measuring.signals import as_int16, in_room, pink, sine, speech

ONE_CHANNEL = 10 * math.log10(2)


def lufs(sound: np.ndarray, rate_hz: int = 48_000, size: int = 65_536) -> float | None:
    meter = Loudness(rate_hz)
    for start in range(0, len(sound), size):
        meter.feed((as_int16(sound[start : start + size]) / np.float32(32_768)).astype(np.float32))
    return meter.lufs()


def of_ffmpeg(sound: np.ndarray, rate_hz: int) -> float:
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="s16", layout="mono")
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(as_int16(sound)[None, :], format="s16", layout="mono")
    frame.sample_rate = rate_hz
    graph.push(frame)
    graph.push(None)
    found = math.nan
    while True:
        try:
            given = cast(av.AudioFrame, graph.pull())
        except (av.EOFError, BlockingIOError):
            return found
        found = float(given.metadata.get("lavfi.r128.I", found))


def joined(*parts: tuple[float, float]) -> np.ndarray:
    """Tones of 1 kHz: peak in dBFS and seconds of each."""
    return np.concatenate([sine(1_000, seconds, peak) for peak, seconds in parts])


@pytest.mark.parametrize(
    ("sound", "stereo_lufs"),
    [
        (joined((-23, 20)), -23),
        (joined((-33, 20)), -33),
        (joined((-36, 10), (-23, 60), (-36, 10)), -23),
        (joined((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)), -23),
        (joined((-26, 20), (-20, 20.1), (-26, 20)), -23),
    ],
)
def test_tones_of_tech_3341(sound: np.ndarray, stereo_lufs: float):
    assert lufs(sound) == pytest.approx(stereo_lufs - ONE_CHANNEL, abs=0.1)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_the_same_tone_at_every_rate(rate_hz: int):
    assert lufs(sine(1_000, 5, -23, rate_hz), rate_hz) == pytest.approx(-23 - ONE_CHANNEL, abs=0.1)


@pytest.mark.parametrize("rate_hz", [24_000, 44_100, 48_000])
def test_a_voice_as_ffmpeg_measures_it(rate_hz: int):
    sound = speech(rate_hz=rate_hz)
    assert lufs(sound, rate_hz) == pytest.approx(of_ffmpeg(sound, rate_hz), abs=0.15)


def test_a_voice_in_a_room_and_noise_as_ffmpeg_measures_them():
    for sound in (in_room(speech(), 0.5), 0.05 * pink(480_000), 0.3 * sine(60, 5, 0) + 0.01 * pink(240_000)):
        assert lufs(sound) == pytest.approx(of_ffmpeg(sound, 48_000), abs=0.15)


def test_blocks_of_any_size_give_the_same():
    sound = speech()[:200_000]
    assert lufs(sound, size=333) == pytest.approx(lufs(sound), abs=1e-4)


def test_too_short_or_silent_has_no_loudness():
    assert lufs(sine(1_000, 0.39, -20)) is None
    assert lufs(np.zeros(96_000)) is None
