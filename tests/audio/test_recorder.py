"""What a microphone gave is what is in the file: every sample, nothing applied. With a real sound server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.audio.player import PortAudioPlayer
from studio.audio.recorder import PortAudioRecorder
from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Meter, Recorded
from tests.audio.listening import RATE_HZ, Samples, listening
from tests.audio.talking import compared, read, talking
from tests.audio.test_player import noise

WITHOUT_END_S = 8.0


@pytest.fixture(scope="module", autouse=True)
def awake() -> Iterator[None]:
    """A virtual microphone that nobody listens to sleeps, and takes 2 s to wake up, in every test."""
    with listening("studio_mic_feed"):
        yield


async def until(recorder: PortAudioRecorder, true: Callable[[Meter], bool]) -> Meter:
    async with asyncio.timeout(WITHOUT_END_S):
        while True:
            if true(meter := recorder.meter()):
                return meter
            await asyncio.sleep(0.02)


async def longer(recorder: PortAudioRecorder, seconds: float) -> None:
    """By so many seconds of the take."""
    end = recorder.meter().seconds + seconds
    await until(recorder, lambda meter: meter.seconds >= end)


async def said(recorder: PortAudioRecorder, samples: Samples, folder: Path) -> None:
    """Into the microphone, until the last of it is in the take."""
    with talking(samples, folder) as mouth:
        await asyncio.to_thread(mouth.wait, 30)
    await longer(recorder, 0.3)


def hiss(seed: int, seconds: float = 0.6) -> Samples:
    return noise(seconds, seed=seed).samples[:, 0]


# -- every sample ---------------------------------------------------------------------------------------


async def test_all_that_is_said_is_in_the_take(recorder: PortAudioRecorder, spoken: Samples, tmp_path: Path) -> None:
    path, sentence = tmp_path / "take.wav", spoken[: 5 * RATE_HZ // 2]
    assert await recorder.listen("") == 48_000
    await recorder.record(path)
    await said(recorder, sentence, tmp_path)
    recorded = await recorder.stop()
    match = compared(sentence, read(path))
    assert match.corr > 0.999
    assert match.worst > 0.999
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.subtype) == (48_000, 1, "PCM_16")
    assert recorded == Recorded(48_000, info.frames, 0)
    assert path.stat().st_size == 44 + 2 * info.frames


async def test_the_outline_is_the_takes(recorder: PortAudioRecorder, spoken: Samples, tmp_path: Path) -> None:
    await recorder.listen("")
    await recorder.record(tmp_path / "take.wav")
    await said(recorder, spoken[:RATE_HZ], tmp_path)
    await recorder.stop()
    take = read(tmp_path / "take.wav")
    pairs = np.frombuffer(recorder.outline(0), np.int8).reshape(-1, 2)
    columns = take[: len(pairs) * 480].reshape(-1, 480)
    assert len(take) - len(pairs) * 480 < 480
    assert np.abs(pairs[:, 0] - columns.min(1) * 127).max() <= 0.51
    assert np.abs(pairs[:, 1] - columns.max(1) * 127).max() <= 0.51
    assert recorder.outline(40) == recorder.outline(0)[80:]


async def test_what_is_said_in_a_pause_is_not_part_of_it(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    await recorder.listen("")
    await recorder.record(tmp_path / "take.wav")
    await said(recorder, hiss(1), tmp_path)
    recorder.pause()
    before = recorder.meter().frames
    with talking(hiss(2), tmp_path) as mouth:
        await until(recorder, lambda meter: meter.peak_dbfs > -20)  # the meter goes on
        await asyncio.to_thread(mouth.wait, 30)
        await until(recorder, lambda meter: meter.peak_dbfs < -60)
    assert recorder.meter().frames == before
    recorder.resume()
    await said(recorder, hiss(3), tmp_path)
    await recorder.stop()
    take = read(tmp_path / "take.wav")
    first, paused, second = (compared(hiss(seed), take) for seed in (1, 2, 3))
    assert min(first.worst, second.worst) > 0.999
    assert paused.corr < 0.1
    assert second.start > first.start


async def test_one_take_after_the_other(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    await recorder.listen("")
    for seed in (1, 2):
        await recorder.record(tmp_path / f"{seed}.wav")
        await said(recorder, hiss(seed), tmp_path)
        await recorder.stop()
    for seed in (1, 2):
        assert compared(hiss(seed), read(tmp_path / f"{seed}.wav")).worst > 0.999


async def test_a_new_take_ends_the_one_before(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    await recorder.listen("")
    await recorder.record(tmp_path / "1.wav")
    await longer(recorder, 0.2)
    await recorder.record(tmp_path / "2.wav")
    assert soundfile.info(tmp_path / "1.wav").frames >= 0.2 * RATE_HZ
    await longer(recorder, 0.1)
    recorded = await recorder.stop()
    assert recorded == await recorder.stop()
    assert soundfile.info(tmp_path / "2.wav").frames == recorded.frames


@pytest.mark.parametrize("how", ["close", "listen"])
async def test_a_take_is_whole_whoever_ends_it(recorder: PortAudioRecorder, tmp_path: Path, how: str) -> None:
    await recorder.listen("")
    await recorder.record(tmp_path / "take.wav")
    await longer(recorder, 0.3)
    await (recorder.close() if how == "close" else recorder.listen("studio_mic"))
    recorded = await recorder.stop()
    assert soundfile.info(tmp_path / "take.wav").frames == recorded.frames >= 0.3 * RATE_HZ
    assert recorder.meter().frames == 0


async def test_without_a_microphone_there_is_no_take(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        await recorder.record(tmp_path / "take.wav")
    assert caught.value.reason is Reason.INPUT_LOST
    assert await recorder.stop() == Recorded(0, 0, 0)
    assert recorder.meter() == Meter()
    assert recorder.outline(0) == b""


async def test_a_place_that_cannot_be_written_to(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    await recorder.listen("")
    with pytest.raises(StudioError) as caught:
        await recorder.record(tmp_path / "nowhere" / "take.wav")
    assert caught.value.reason is Reason.NOT_WRITABLE
    await recorder.record(tmp_path / "take.wav")
    await longer(recorder, 0.1)
    assert (await recorder.stop()).frames >= 0.1 * RATE_HZ


# -- the meter --------------------------------------------------------------------------------------------


async def test_the_meter_moves_before_anything_is_kept(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    tone = np.sin(np.arange(RATE_HZ) * 0.1).astype(np.float32) * 0.5
    await recorder.listen("")
    await until(recorder, lambda meter: meter.flowing and meter.silent_s > 0.3)
    with talking(np.tile(tone, 4), tmp_path):
        meter = await until(recorder, lambda meter: meter.peak_dbfs > -6.1 and meter.rms_dbfs > -9.08)
    assert meter.peak_dbfs == pytest.approx(-6.02, abs=0.05)
    assert meter.rms_dbfs == pytest.approx(-9.03, abs=0.05)
    assert (meter.clipped, meter.silent_s, meter.frames) == (False, 0.0, 0)


async def test_the_clip_light_stays_lit(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    await recorder.listen("")
    with talking(np.clip(hiss(1) * 20, -1, 1), tmp_path):
        await until(recorder, lambda meter: meter.clipped)
    await until(recorder, lambda meter: meter.peak_dbfs < -60)
    assert recorder.meter().clipped
    recorder.reset_clip()
    assert not recorder.meter().clipped


# -- beside the player --------------------------------------------------------------------------------------


async def test_a_player_that_looks_for_devices_ends_no_take(
    recorder: PortAudioRecorder, player: PortAudioPlayer, spoken: Samples, tmp_path: Path
) -> None:
    """PortAudio would have to start anew for that, and so end every stream of the process."""
    await recorder.listen("")
    await recorder.record(tmp_path / "take.wav")
    saying = asyncio.create_task(said(recorder, spoken[:RATE_HZ], tmp_path))
    while not saying.done():
        with pytest.raises(StudioError) as caught:
            await player.play(noise(0.1), "nowhere")
        assert caught.value.reason is Reason.DEVICE_LOST
        await player.play(noise(0.2), "nowhere")
        player._gone = ""
    await saying
    recorded = await recorder.stop()
    assert recorded.dropouts == 0
    assert compared(spoken[:RATE_HZ], read(tmp_path / "take.wav")).worst > 0.999
