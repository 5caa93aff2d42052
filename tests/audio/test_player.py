"""What a person hears: every sample, at the right place, and silence at once. With a real sound server."""

from __future__ import annotations

import asyncio
import threading
import time
from statistics import median

import numpy as np
import pytest

from studio.audio.player import PortAudioPlayer
from studio.domain.audio import Pcm
from studio.domain.errors import StudioError
from tests.audio.listening import RATE_HZ, Ears, at_48k, best_correlation, listening, loud_seconds

EDGE = RATE_HZ * 20 // 1000


def noise(seconds: float = 0.8, rate_hz: int = RATE_HZ, channels: int = 1, seed: int = 1) -> Pcm:
    samples = np.random.default_rng(seed).standard_normal((int(seconds * rate_hz), channels)) * 0.15
    return Pcm(samples.astype(np.float32), rate_hz)


def speech_like(seconds: float = 1.2, rate_hz: int = 24_000) -> Pcm:
    """A sweep under 4 kHz with a syllable's rhythm, loud at both ends."""
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    sound = 0.4 * np.sin(2 * np.pi * (200 * t + 1_500 * t**2)) * (0.6 + 0.4 * np.cos(2 * np.pi * 4 * t))
    return Pcm(sound.astype(np.float32)[:, None], rate_hz)


async def cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# -- every sample ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("channels", [1, 2])
async def test_all_of_a_clip_is_heard(player: PortAudioPlayer, ears: Ears, channels: int) -> None:
    clip, start = noise(channels=channels), ears.now()
    await player.play(clip, "")
    heard = ears.since(start)
    found = best_correlation(clip, heard)
    assert found.corr > 0.99
    whole, wanted = heard[found.start : found.start + clip.frames], at_48k(clip)
    assert best_correlation(wanted[:EDGE], whole[:EDGE]).corr > 0.99
    assert best_correlation(wanted[-EDGE:], whole[-EDGE:]).corr > 0.99
    assert np.dot(whole, wanted) / np.dot(wanted, wanted) == pytest.approx(1.0, abs=0.01)  # on both channels
    assert loud_seconds(heard) == pytest.approx(clip.seconds, abs=0.005)


@pytest.mark.parametrize("rate_hz", [8_000, 24_000, 44_100, 768_000])
async def test_any_sample_rate(player: PortAudioPlayer, ears: Ears, rate_hz: int) -> None:
    """The server refuses 768 kHz: then the program resamples."""
    clip, start = speech_like(0.4, rate_hz), ears.now()
    await player.play(clip, "")
    assert best_correlation(clip, ears.since(start)).corr > 0.99


async def test_a_clip_shorter_than_the_buffer(player: PortAudioPlayer, ears: Ears) -> None:
    clip, start = noise(0.03), ears.now()
    await player.play(clip, "")
    assert best_correlation(clip, ears.since(start)).corr > 0.99


async def test_five_channels_are_mixed(player: PortAudioPlayer, ears: Ears) -> None:
    clip, start = noise(0.3, channels=5), ears.now()
    await player.play(clip, "")
    assert best_correlation(clip, ears.since(start)).corr > 0.99


async def test_from_the_middle(player: PortAudioPlayer, ears: Ears) -> None:
    clip, start = noise(), ears.now()
    await player.play(clip, "", start_s=0.5)
    heard = ears.since(start)
    assert best_correlation(clip.samples[round(0.5 * RATE_HZ) :, 0], heard).corr > 0.99
    assert loud_seconds(heard) == pytest.approx(0.3, abs=0.005)


async def test_from_beyond_the_end(player: PortAudioPlayer, ears: Ears) -> None:
    start = ears.now()
    await player.play(noise(0.3), "", start_s=9.0)
    assert loud_seconds(ears.since(start)) == 0.0


async def test_one_after_the_other(player: PortAudioPlayer, ears: Ears) -> None:
    first, second, start = noise(0.4, seed=1), noise(0.4, seed=2), ears.now()
    await player.play(first, "")
    await player.play(second, "")
    heard = ears.since(start)
    one, two = best_correlation(first, heard), best_correlation(second, heard)
    assert min(one.corr, two.corr) > 0.99
    assert two.start > one.start + first.frames


# -- silence at once ----------------------------------------------------------------------------------------


async def test_stop_is_silence_within_100_ms(player: PortAudioPlayer, ears: Ears) -> None:
    task = asyncio.create_task(player.play(noise(3.0), ""))
    await asyncio.sleep(0.6)
    pressed, began = ears.now(), time.perf_counter()
    await cancelled(task)
    assert time.perf_counter() - began < 0.1
    await asyncio.sleep(0.4)
    assert loud_seconds(ears.since(pressed)) < 0.1
    assert player.position_s() == 0.0


async def test_stop_before_anything_sounds(player: PortAudioPlayer, ears: Ears) -> None:
    start = ears.now()
    for wait_s in (0.0, 0.0, 0.001, 0.003, 0.01):
        task = asyncio.create_task(player.play(noise(1.0), ""))
        await asyncio.sleep(wait_s)
        await cancelled(task)
    await asyncio.sleep(0.3)
    assert loud_seconds(ears.since(start)) == 0.0


async def test_the_next_clip_takes_over(player: PortAudioPlayer, ears: Ears) -> None:
    first, second, start = noise(3.0, seed=1), noise(0.4, seed=2), ears.now()
    task = asyncio.create_task(player.play(first, ""))
    await asyncio.sleep(0.5)
    began = time.perf_counter()
    await player.play(second, "")
    await task
    assert time.perf_counter() - began < 1.2
    heard = ears.since(start)
    found = best_correlation(second, heard)
    assert found.corr > 0.99
    assert not np.abs(heard[found.start + second.frames + EDGE :]).max(initial=0.0) > 0.01


# -- devices --------------------------------------------------------------------------------------------------


async def test_the_chosen_device_sounds_and_no_other(player: PortAudioPlayer, ears: Ears) -> None:
    clip, start = noise(0.5), ears.now()
    with listening("studio_headphones") as other:
        await player.play(clip, "studio_headphones")
        assert best_correlation(clip, other.since(0)).corr > 0.99
    assert loud_seconds(ears.since(start)) == 0.0
    await player.play(clip, "")
    assert best_correlation(clip, ears.since(start)).corr > 0.99


# -- figures --------------------------------------------------------------------------------------------------


async def test_the_position_grows_to_the_end_and_is_zero_after(player: PortAudioPlayer, ears: Ears) -> None:
    clip, seen = noise(1.0), list[float]()
    assert player.position_s() == 0.0
    task = asyncio.create_task(player.play(clip, "", start_s=0.2))
    while not task.done():
        await asyncio.sleep(0.02)
        seen.append(player.position_s())
    assert seen[-1] == 0.0
    moving = np.trim_zeros(np.array(seen), "b")  # 0 already while the stream is closed
    assert moving[0] == pytest.approx(0.2, abs=0.05)
    assert moving[-1] == pytest.approx(1.0, abs=0.06)
    assert (np.diff(moving) > -0.02).all()
    assert ears.now() > 0


async def test_the_first_block_is_handed_over_within_50_ms(ears: Ears) -> None:
    handed, took = list[float](), list[float]()
    player = PortAudioPlayer(lambda: handed.append(time.perf_counter()))
    await player.devices()
    for _ in range(7):
        began = time.perf_counter()
        await player.play(noise(0.05), "")
        took.append(handed[-1] - began)
    await player.aclose()
    assert len(handed) == 7
    assert median(took) < 0.05
    assert ears.now() > 0


async def test_at_rest_it_costs_nothing(player: PortAudioPlayer) -> None:
    """In the quietest of some moments: what other tests left to be tidied up has its time, too."""
    await player.play(noise(0.1), "")
    costs: list[float] = []
    while not costs or (min(costs) >= 0.01 and len(costs) < 20):
        before = time.process_time()
        await asyncio.sleep(0.25)
        costs.append(time.process_time() - before)
    assert min(costs) < 0.01


async def test_closing_in_the_middle(ears: Ears) -> None:
    player, start = PortAudioPlayer(), ears.now()
    task = asyncio.create_task(player.play(noise(3.0), ""))
    await asyncio.sleep(0.5)
    await player.aclose()
    await asyncio.wait_for(task, 1.0)
    assert loud_seconds(ears.since(start)) < 0.6
    assert "sound-output" not in {thread.name for thread in threading.enumerate()}


async def test_an_error_that_nobody_waits_for_is_silent(
    player: PortAudioPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    task = asyncio.create_task(player.play(noise(0.1), ""))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await cancelled(task)
    monkeypatch.undo()
    try:
        await player.play(noise(0.1), "")
    except StudioError as error:
        pytest.fail(f"the next play didn't start afresh: {error}")
