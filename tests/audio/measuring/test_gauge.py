from __future__ import annotations

import asyncio
import dataclasses
import math
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from studio.audio.measuring.gauge import SoundGauge
from studio.audio.measuring.meters import Meters
from studio.domain.audio import Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import SampleLimits
from studio.domain.report import Figures
from studio.domain.takes import Edit, Outline, Source, Take
from tests.audio.measuring.signals import RATE_HZ, as_int16, kept, measured, sine, speech, white, write_wav


class Levelled:
    """A darkroom that cuts and levels, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Edit] = []

    async def pcm(self, take: Take, edit: Edit) -> Pcm:
        self.asked.append(edit)
        raw = np.frombuffer(take.path.read_bytes()[44:], "<i2") / np.float32(32_768)
        start, end = (round(one * take.rate_hz) for one in edit.span(take.seconds))
        gain = np.float32(10 ** (edit.gain_db / 20))
        return Pcm((raw[start:end] * gain).astype(np.float32)[:, None], take.rate_hz)

    async def compared(self, take: Take, edit: Edit) -> tuple[Pcm, Pcm]:
        raise AssertionError(take, edit)

    async def sample(self, take: Take, edit: Edit, limits: SampleLimits) -> Clip:
        raise AssertionError(take, edit, limits)

    async def outline(self, take: Take) -> Outline:
        raise AssertionError(take)


def whole(figures: Figures) -> bool:
    """No NaN and no infinity anywhere."""
    numbers = [one for one in dataclasses.astuple(figures) if isinstance(one, float)]
    return all(math.isfinite(one) for one in numbers)


def ignore(part: float | None) -> None:
    assert part is None or 0 < part <= 1


async def test_a_take_is_read_from_its_file(tmp_path: Path):
    darkroom, sound = Levelled(), speech() + 0.0005 * white(len(speech()))
    figures = await SoundGauge(darkroom).measure(kept(tmp_path / "take.wav", sound, dropouts=2), Edit(), ignore)
    assert figures == dataclasses.replace(measured(sound), dropouts=2)
    assert not darkroom.asked


async def test_a_cut_is_measured_and_speech_stays_in_seconds_of_the_raw_sound(tmp_path: Path):
    sound = np.concatenate((np.zeros(RATE_HZ), speech(), 0.5 * white(RATE_HZ)))
    take = kept(tmp_path / "take.wav", sound)
    edit = Edit(start_s=1.0, end_s=take.seconds - 1, fade_in_s=0.1)
    figures = await SoundGauge(Levelled()).measure(take, edit, ignore)
    alone = measured(speech())
    assert figures.seconds == pytest.approx(alone.seconds)
    assert figures.peak_dbfs == alone.peak_dbfs
    assert figures.speech[0][0] == pytest.approx(alone.speech[0][0] + 1)
    assert figures.suggested() == pytest.approx((alone.speech[0][0] + 0.7, alone.speech[-1][1] + 1.3))


async def test_gain_is_measured_as_it_will_sound(tmp_path: Path):
    darkroom = Levelled()
    take = kept(tmp_path / "take.wav", sine(997, 2, -6))
    raw = await SoundGauge(darkroom).measure(take, Edit(), ignore)
    louder = await SoundGauge(darkroom).measure(take, Edit(gain_db=3), ignore)
    assert louder.peak_dbfs == pytest.approx(raw.peak_dbfs + 3, abs=0.01)
    clipped = await SoundGauge(darkroom).measure(take, Edit(gain_db=12), ignore)
    assert clipped.clipped_runs > 1_000
    assert len(darkroom.asked) == 2


async def test_the_source_says_channels_rate_and_bits(tmp_path: Path):
    source = Source("wav", "pcm_s24le", 2, 96_000, 24, broken=True)
    figures = await SoundGauge(Levelled()).measure(kept(tmp_path / "a.wav", speech(), source=source), Edit(), ignore)
    assert (figures.channels, figures.rate_hz, figures.bit_depth, figures.broken) == (2, 96_000, 24, True)
    coarse = np.rint(speech() * 128) / 128
    figures = await SoundGauge(Levelled()).measure(kept(tmp_path / "b.wav", coarse), Edit(), ignore)
    assert figures.bit_depth == 8
    mp3 = Source("mp3", "mp3", 1, 48_000, None)
    figures = await SoundGauge(Levelled()).measure(kept(tmp_path / "c.wav", coarse, source=mp3), Edit(), ignore)
    assert figures.bit_depth is None


async def test_drop_outs_are_looked_for_in_imported_files_only(tmp_path: Path):
    torn = speech() + np.random.default_rng(3).standard_normal(len(speech())).astype(np.float32) * 0.001
    at = next(at for at in np.flatnonzero(np.abs(torn) > 0.3) if abs(torn[at + 960]) > 0.1)
    torn[at + 1 : at + 960] = 0
    gauge = SoundGauge(Levelled())
    imported = kept(tmp_path / "a.wav", torn, source=Source("wav"))
    assert (await gauge.measure(imported, Edit(), ignore)).dropouts == 1
    assert (await gauge.measure(kept(tmp_path / "b.wav", torn), Edit(), ignore)).dropouts == 0


async def test_nothing_is_empty(tmp_path: Path):
    gauge = SoundGauge(Levelled())
    for take, edit in (
        (kept(tmp_path / "a.wav", np.zeros(0)), Edit()),
        (kept(tmp_path / "b.wav", speech()), Edit(start_s=2, end_s=2)),
        (dataclasses.replace(kept(tmp_path / "c.wav", np.zeros(0)), frames=480), Edit()),
    ):
        with pytest.raises(StudioError) as raised:
            await gauge.measure(take, edit, ignore)
        assert raised.value.reason is Reason.EMPTY_AUDIO


async def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path):
    take = kept(tmp_path / "a.wav", speech())
    take.path.unlink()
    with pytest.raises(StudioError) as raised:
        await SoundGauge(Levelled()).measure(take, Edit(), ignore)
    assert raised.value.reason is Reason.FILE_GONE


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("frames", [1, 80, 400, 4_800, 30_000])
def test_sounds_of_any_length_and_rate_have_whole_figures(rate_hz: int, frames: int):
    for sound in (np.zeros(frames), 0.1 * white(frames), sine(300, frames / rate_hz, 0, rate_hz), np.ones(frames)):
        figures = measured(sound, rate_hz)
        assert figures.seconds == len(sound) / rate_hz
        assert whole(figures)


def test_blocks_of_any_size_give_the_same_figures():
    sound = as_int16(speech() + 0.0005 * white(len(speech())))
    one, other = Meters(RATE_HZ), Meters(RATE_HZ)
    one.feed(sound)
    for start in range(0, len(sound), 4_321):
        other.feed(sound[start : start + 4_321])
    one.finish()
    other.finish()
    first, second = dataclasses.asdict(one.figures()), dataclasses.asdict(other.figures())
    assert np.array(second.pop("speech")) == pytest.approx(np.array(first.pop("speech")), abs=0.001)
    assert second == pytest.approx(first, abs=0.01)


async def test_a_look_that_is_given_up_disturbs_no_other(tmp_path: Path):
    sound = as_int16(speech())
    following = SoundGauge(Levelled()).follow(write_wav(tmp_path / "growing.wav", sound), RATE_HZ)
    given_up = asyncio.create_task(following.figures())
    await asyncio.sleep(0)
    given_up.cancel()
    figures = await following.figures()
    assert figures.seconds == len(sound) / RATE_HZ
    assert figures.peak_dbfs == measured(sound).peak_dbfs


async def test_a_growing_file_is_followed(tmp_path: Path):
    path, sound = tmp_path / "growing.wav", as_int16(speech())
    following = SoundGauge(Levelled()).follow(path, RATE_HZ)
    assert (await following.figures()).seconds == 0
    write_wav(path, sound[:48_000])
    assert (await following.figures()).seconds == 1
    with path.open("ab") as file:
        file.write(sound[48_000:200_000].tobytes() + b"\x01")
        file.flush()
        middle, again = await asyncio.gather(following.figures(), following.figures())
        assert middle == again
        assert middle.seconds == 200_000 / RATE_HZ
        file.seek(-1, 1)
        file.truncate()
        file.write(sound[200_000:].tobytes())
    last, at_once = await following.figures(), measured(sound)
    assert (last.seconds, last.peak_dbfs, last.clipped_runs) == (at_once.seconds, at_once.peak_dbfs, 0)
    assert last.speech_s == pytest.approx(at_once.speech_s, abs=0.1)
    assert last.loudness_lufs == pytest.approx(at_once.loudness_lufs or 0, abs=0.05)


def test_memory_hardly_grows_with_the_sound():
    """About a kilobyte a second; what numpy holds in passing is gone again."""
    meters, minute = Meters(16_000), as_int16(0.1 * white(960_000))
    tracemalloc.start()
    try:
        meters.feed(minute)
        before, _ = tracemalloc.get_traced_memory()
        meters.feed(minute)
        meters.feed(minute)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 400_000
