"""Microphones, servers and disks that go away in the middle, each said in its own words; what came is kept."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
import soundfile

from studio.audio import pace, portaudio, pulse, take_writer
from studio.audio import recorder as recorder_module
from studio.audio.player import PortAudioPlayer
from studio.audio.portaudio import BlockFlags
from studio.audio.recorder import PortAudioRecorder
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import HEADER_BYTES
from studio.domain.takes import Recorded
from tests.audio.listening import RATE_HZ, PrivateServer, Samples
from tests.audio.talking import compared, read, talking
from tests.audio.test_player import noise
from tests.audio.test_recorder import awake, hiss, longer, until

NOTICED_S = 2.0

__all__ = ["awake"]


class PromptServer(PrivateServer):
    """Its sinks render 50 ms at a time, also when whoever listened is moved about; else each move may take 2 s."""

    def restore(self) -> None:
        if self._process:
            there = self.pactl("list", "short", "sinks").split()
            for sink in {"first", "second"} - {*there}:
                self.pactl("load-module", "module-null-sink", f"sink_name={sink}", "rate=48000", "norewinds=1")
                self._listen(sink)
        super().restore()


@pytest.fixture(scope="module")
def second_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateServer]:
    one = PromptServer(tmp_path_factory.mktemp("pulse"))
    yield one
    one.kill()


@pytest.fixture
def server(private_server: PrivateServer) -> PrivateServer:
    """With two microphones: desk (the default) hears the sink first, headset the sink second."""
    private_server.microphone("headset", "second")
    private_server.microphone("desk", "first")
    return private_server


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quiet and holes are noticed sooner, where they last anyway."""
    monkeypatch.setattr(pace, "CATCH_UP_S", 0.3)
    monkeypatch.setattr(recorder_module, "QUIET_S", 0.3)
    monkeypatch.setattr(recorder_module, "SECOND_LOOK_S", 0.1)


async def recording(recorder: PortAudioRecorder, path: Path, device_id: str = "") -> None:
    await recorder.listen(device_id)
    await recorder.record(path)
    await longer(recorder, 0.3)


async def lost(recorder: PortAudioRecorder) -> Reason:
    """The port promises it within 2 s; double that, for the machine."""
    error = await asyncio.wait_for(recorder.lost(), 2 * NOTICED_S)
    assert error.detail
    return error.reason


async def refused(listening: Any) -> Reason:
    with pytest.raises(StudioError) as caught:
        await listening
    assert caught.value.detail
    return caught.value.reason


def whole(path: Path, recorded: Recorded, seconds: float = 0.3) -> bool:
    return soundfile.info(path).frames == recorded.frames >= seconds * RATE_HZ


async def works_again(recorder: PortAudioRecorder, folder: Path, device_id: str = "", sink: str = "first") -> bool:
    await recorder.listen(device_id)
    return await hears(recorder, folder, sink)


async def hears(recorder: PortAudioRecorder, folder: Path, sink: str) -> bool:
    """Whether what is played there comes here."""
    path = folder / "again.wav"
    await recorder.record(path)
    with talking(hiss(7), folder, sink) as mouth:
        await asyncio.to_thread(mouth.wait, 30)
    await longer(recorder, 0.3)
    await recorder.stop()
    return compared(hiss(7), read(path)).corr > 0.99


# -- the device ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("device_id", ["", "desk"])
async def test_unplugged_in_the_middle_of_a_take(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path, device_id: str
) -> None:
    """There is another one, from which the server would go on. What is said there is in no take."""
    await recording(recorder, tmp_path / "take.wav", device_id)
    with talking(hiss(2, 4.0), tmp_path, "second"):
        server.unplug("desk")
        assert await lost(recorder) is Reason.INPUT_LOST
    recorded = await recorder.stop()
    assert whole(tmp_path / "take.wav", recorded)
    with pytest.raises(StudioError):
        await recorder.record(tmp_path / "more.wav")
    assert await refused(recorder.listen("desk")) is Reason.NO_INPUT_DEVICE
    assert await works_again(recorder, tmp_path, "", "second")


async def test_the_last_one_is_unplugged_in_the_middle_of_a_take(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path
) -> None:
    """The server moves the stream to the monitor of a loudspeaker and makes that the default."""
    server.unplug("headset")
    await recording(recorder, tmp_path / "take.wav")
    server.unplug("desk")
    assert await lost(recorder) is Reason.INPUT_LOST
    assert whole(tmp_path / "take.wav", await recorder.stop())
    assert await recorder.devices() == ()
    assert await refused(recorder.listen("")) is Reason.NO_INPUT_DEVICE


async def test_the_last_one_is_unplugged_while_listening(recorder: PortAudioRecorder, server: PrivateServer) -> None:
    server.unplug("headset")
    await recorder.listen("")
    server.unplug("desk")
    assert await lost(recorder) is Reason.INPUT_LOST
    await until(recorder, lambda meter: not meter.flowing)


async def test_the_chosen_one_is_unplugged_while_listening(recorder: PortAudioRecorder, server: PrivateServer) -> None:
    await recorder.listen("headset")
    server.unplug("headset")
    assert await lost(recorder) is Reason.INPUT_LOST


@pytest.mark.usefixtures("impatient")
async def test_suspended(recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path) -> None:
    """No more blocks come, and PortAudio's `stop` would hang."""
    await recording(recorder, tmp_path / "take.wav")
    server.pactl("suspend-source", "desk", "1")
    assert await lost(recorder) is Reason.INPUT_LOST
    assert whole(tmp_path / "take.wav", await recorder.stop())
    server.pactl("suspend-source", "desk", "0")
    assert await works_again(recorder, tmp_path)


async def test_suspended_for_a_moment(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said meanwhile is gone: a hole in the take, and the only one."""
    monkeypatch.setattr(pace, "CATCH_UP_S", 0.3)
    await recording(recorder, tmp_path / "take.wav")
    server.pactl("suspend-source", "desk", "1")
    await until(recorder, lambda _: recorder._turn.capture.quiet_s() > 0.3)
    server.pactl("suspend-source", "desk", "0")
    await until(recorder, lambda meter: meter.dropouts > 0)
    assert (await recorder.stop()).dropouts == 1


async def test_a_frozen_server_that_goes_on_at_once_makes_no_hole(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path
) -> None:
    """It gives what it kept."""
    await recording(recorder, tmp_path / "take.wav")
    server.signal(signal.SIGSTOP)
    await until(recorder, lambda _: recorder._turn.capture.quiet_s() > 0.3)
    server.signal(signal.SIGCONT)
    await longer(recorder, 1.6)
    assert (await recorder.stop()).dropouts == 0


async def test_the_default_is_followed_while_listening(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path
) -> None:
    await recorder.listen("")
    server.pactl("set-default-source", "headset")
    await until(recorder, lambda _: recorder._turn.source == "headset" and recorder.meter().flowing)
    assert await hears(recorder, tmp_path, "second")
    server.unplug("headset")
    server.pactl("set-default-source", "desk")
    await until(recorder, lambda _: recorder._turn.source == "desk" and recorder.meter().flowing)
    assert await hears(recorder, tmp_path, "first")


@pytest.mark.parametrize("device_id", ["", "desk"])
async def test_a_take_stays_with_its_microphone(
    recorder: PortAudioRecorder, server: PrivateServer, spoken: Samples, tmp_path: Path, device_id: str
) -> None:
    """PulseAudio moves it to the new default, whatever it was opened with; it is moved back."""
    await recording(recorder, tmp_path / "take.wav", device_id)
    server.pactl("set-default-source", "headset")
    await longer(recorder, 0.5)
    await _said_at(recorder, spoken[:RATE_HZ], tmp_path, "first")
    recorded = await recorder.stop()
    assert recorded.dropouts <= 1  # what the server loses on the way is no less lost
    assert compared(spoken[:RATE_HZ], read(tmp_path / "take.wav")).worst > 0.99
    if not device_id:
        await until(recorder, lambda _: recorder._turn.source == "headset")  # now it may


@pytest.mark.usefixtures("impatient")
async def test_the_quiet_after_moving_back_ends_no_take(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path
) -> None:
    """It took the server 2 s at times; here as long as it takes to be noticed otherwise."""
    await recording(recorder, tmp_path / "take.wav", "desk")
    losing = asyncio.create_task(recorder.lost())
    server.pactl("set-default-source", "headset")
    await until(recorder, lambda _: recorder._turn.watch.moved_back > 0)
    server.pactl("suspend-source", "desk", "1")
    await until(recorder, lambda _: recorder._turn.capture.quiet_s() > 0.8)
    assert not losing.done()
    server.pactl("suspend-source", "desk", "0")
    await until(recorder, lambda meter: meter.dropouts > 0)
    assert not losing.done()
    losing.cancel()
    assert (await recorder.stop()).dropouts == 1


async def _said_at(recorder: PortAudioRecorder, samples: Samples, folder: Path, sink: str) -> None:
    with talking(samples, folder, sink) as mouth:
        await asyncio.to_thread(mouth.wait, 30)
    await longer(recorder, 0.3)


# -- the sound server -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
async def test_the_server_is_killed(recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path) -> None:
    await recording(recorder, tmp_path / "take.wav")
    server.kill()
    assert await lost(recorder) is Reason.INPUT_LOST
    assert whole(tmp_path / "take.wav", await recorder.stop())
    assert await recorder.devices() == ()
    assert await refused(recorder.listen("")) is Reason.NO_INPUT_DEVICE
    server.start()
    server.microphone("desk", "first")
    assert await works_again(recorder, tmp_path)


async def test_a_frozen_server_holds_nobody_up(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "OPEN_DEADLINE_S", 0.5)
    monkeypatch.setattr(recorder_module, "QUIET_S", 0.3)
    monkeypatch.setattr(recorder_module, "CLOSE_DEADLINE_S", 0.2)
    await recording(recorder, tmp_path / "take.wav")
    server.signal(signal.SIGSTOP)
    async with asyncio.timeout(15):
        assert await lost(recorder) is Reason.INPUT_LOST
        assert whole(tmp_path / "take.wav", await recorder.stop())
        assert await recorder.devices() == ()
        assert await refused(recorder.listen("")) is Reason.NO_INPUT_DEVICE
        await recorder.close()
    server.signal(signal.SIGCONT)
    monkeypatch.undo()
    monkeypatch.setenv("PULSE_SERVER", server.address)
    assert await works_again(recorder, tmp_path)


async def test_a_frozen_server_keeps_no_program_from_ending(server: PrivateServer) -> None:
    """PortAudio's own ending would wait for the server."""
    child = _child("listen", "desk")
    assert child.stdout
    assert child.stdout.readline() == "listening\n"
    server.signal(signal.SIGSTOP)
    try:
        _, said_last = await asyncio.to_thread(child.communicate, "end\n", 20)
    finally:
        server.signal(signal.SIGCONT)
        child.kill()
    assert (child.returncode, said_last) == (0, "")


async def test_a_take_that_never_began_is_empty(recorder: PortAudioRecorder, tmp_path: Path) -> None:
    """And doesn't pass for the one before."""
    await recording(recorder, tmp_path / "take.wav")
    await recorder.stop()
    with pytest.raises(StudioError):
        await recorder.record(tmp_path / "nowhere" / "take.wav")
    assert await recorder.stop() == Recorded(RATE_HZ, 0, 0)


async def test_no_server(recorder: PortAudioRecorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    for device_id in ("", "studio_mic"):
        assert await refused(recorder.listen(device_id)) is Reason.NO_INPUT_DEVICE
    monkeypatch.undo()
    assert await recorder.listen("") == 48_000


async def test_a_server_that_lets_nobody_in(
    recorder: PortAudioRecorder, server: PrivateServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over TCP, where it can't see that it is the same person."""
    for name in ("theirs", "ours"):
        (tmp_path / name).write_bytes(os.urandom(256))
    port = _free_port()
    server.pactl("load-module", "module-native-protocol-tcp", f"port={port}", f"auth-cookie={tmp_path}/theirs")
    monkeypatch.setenv("PULSE_SERVER", f"tcp:127.0.0.1:{port}")
    monkeypatch.setenv("PULSE_COOKIE", f"{tmp_path}/ours")
    assert pulse.denied()
    assert await refused(recorder.listen("")) is Reason.INPUT_DENIED


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# -- PortAudio ----------------------------------------------------------------------------------------------------


def _wrapped(monkeypatch: pytest.MonkeyPatch, flags: Callable[[int], BlockFlags]) -> None:
    """Every block says what `flags` gives for its number."""
    real = portaudio.open_input

    def open_input(device: Any, channels: int, rate_hz: int, latency_s: float, hear: portaudio.Hear) -> Any:
        count = 0

        def flagged(data: memoryview, frames: int, time: object, _: BlockFlags) -> None:
            nonlocal count
            count += 1
            hear(data, frames, time, flags(count))

        return real(device, channels, rate_hz, latency_s, flagged)

    monkeypatch.setattr(portaudio, "open_input", open_input)


async def test_drop_outs_are_counted_in_the_take(
    recorder: PortAudioRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sound server keeps what isn't fetched in time, so the flag is raised here, at every other block."""
    import sounddevice

    _wrapped(monkeypatch, lambda count: sounddevice.CallbackFlags(0x2 if count % 2 else 0))
    await recorder.listen("")
    await recorder.record(tmp_path / "take.wav")
    meter = await until(recorder, lambda meter: meter.dropouts >= 3)
    recorder.pause()
    paused = recorder.meter().dropouts
    capture = recorder._turn.capture
    end = capture.blocks + 20
    await until(recorder, lambda _: capture.blocks > end)
    assert recorder.meter().dropouts == paused >= meter.dropouts
    assert (await recorder.stop()).dropouts == paused


async def test_a_busy_device_is_said(recorder: PortAudioRecorder, monkeypatch: pytest.MonkeyPatch) -> None:
    import sounddevice

    def busy(**_: object) -> None:
        raise sounddevice.PortAudioError("Unanticipated host error", -9999, (0, -16, "Device or resource busy"))

    monkeypatch.setattr(sounddevice, "RawInputStream", busy)
    assert await refused(recorder.listen("")) is Reason.INPUT_BUSY


def test_portaudio_is_missing() -> None:
    """In a process of its own, where the loader finds no such library."""
    code = """
import asyncio, ctypes.util
ctypes.util.find_library = lambda name: None
from studio.audio.recorder import PortAudioRecorder
from studio.domain.raw_wav import HEADER_BYTES
from studio.domain.errors import Reason, StudioError

async def main():
    recorder = PortAudioRecorder()
    assert await recorder.devices() == ()
    try:
        await recorder.listen("")
    except StudioError as error:
        assert error.reason is Reason.NO_SOUND_SYSTEM, error
        print(error.detail)
    await recorder.close()

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-X", "dev", "-c", code], capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stderr) == (0, "")
    assert "PortAudio library not found" in done.stdout


async def test_a_microphone_keeps_portaudio_from_starting_anew(
    recorder: PortAudioRecorder, player: PortAudioPlayer
) -> None:
    assert portaudio.refresh()
    assert not portaudio.refresh(60.0)
    await recorder.listen("")
    assert not portaudio.refresh()
    playing = asyncio.create_task(player.play(noise(0.2), ""))
    await recorder.close()
    await playing
    assert portaudio.refresh()


# -- the disk -------------------------------------------------------------------------------------------------------


class SmallDisk(FileIO):
    """Takes what fits, then a part, then nothing."""

    left = RATE_HZ + 101
    full = False

    def write(self, data: Any) -> int:
        if self.tell() < HEADER_BYTES and self.full:  # what is there can still be changed
            return super().write(data)
        if not self.left:
            self.full = True
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = super().write(bytes(data)[: self.left])
        self.left -= taken
        return taken


async def test_the_disk_fills_up(recorder: PortAudioRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "take.wav"
    monkeypatch.setattr(take_writer, "opened", lambda one: SmallDisk(one, "w"))
    await recorder.listen("")
    await recorder.record(path)
    assert await lost(recorder) is Reason.DISK_FULL
    recorded = await recorder.stop()
    assert recorded.frames == (RATE_HZ + 101 - 44) // 2
    assert soundfile.info(path).frames == recorded.frames
    monkeypatch.undo()
    await recorder.record(path)  # the microphone stayed open
    await longer(recorder, 0.2)
    assert whole(path, await recorder.stop(), 0.2)


# -- the program ------------------------------------------------------------------------------------------------------


def _child(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.audio.recording_child", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


async def test_kill_9_costs_at_most_a_fifth_of_a_second(spoken: Samples, tmp_path: Path) -> None:
    """The child says all the time how much came to it; the file is looked at as it was left."""
    path = tmp_path / "take.wav"
    child = _child("record", str(path))
    assert child.stdout
    child.stdout.readline()
    with talking(spoken, tmp_path):
        while float(child.stdout.readline()) < 1.5:
            pass
        child.kill()
        told = [float(line) for line in child.communicate(timeout=10)[0].split()]
    kept = (path.stat().st_size - 44) // 2
    assert kept / RATE_HZ > max(told, default=1.5) - 0.2
    samples, rate_hz = soundfile.read(path, dtype="float32")  # its header still says "streaming"
    assert (len(samples), rate_hz) == (kept, RATE_HZ)
    assert compared(spoken[: RATE_HZ // 2], samples).corr > 0.999


async def test_a_disk_that_hangs_holds_up_no_sample(
    recorder: PortAudioRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    go_on, asked = threading.Event(), threading.Event()

    def hangs(_: int) -> None:
        asked.set()
        go_on.wait(30)

    monkeypatch.setattr(take_writer, "synced", hangs)
    await recorder.listen("")
    await recorder.record(tmp_path / "take.wav")
    await asyncio.to_thread(asked.wait, 10)
    size = (tmp_path / "take.wav").stat().st_size
    await until(recorder, lambda _: (tmp_path / "take.wav").stat().st_size > size + 0.5 * RATE_HZ)
    assert not go_on.is_set()
    go_on.set()
    assert whole(tmp_path / "take.wav", await recorder.stop(), 0.25)
