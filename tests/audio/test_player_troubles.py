"""Devices and servers that go away, freeze or never were, each said in its own words; and the next click works."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time

import pytest

from studio.audio import player as player_module
from studio.audio import portaudio
from studio.audio.player import PortAudioPlayer
from studio.domain.errors import Reason, StudioError
from tests.audio.listening import PrivateServer, best_correlation, listening
from tests.audio.test_player import noise


async def reason_of(playing: asyncio.Task[None]) -> Reason:
    with pytest.raises(StudioError) as caught:
        await playing
    assert caught.value.detail
    return caught.value.reason


async def sounding(player: PortAudioPlayer, device_id: str = "", seconds: float = 30.0) -> asyncio.Task[None]:
    """A task that plays, once the clip has really begun to flow."""
    task = asyncio.create_task(player.play(noise(seconds), device_id))
    for _ in range(250):
        if player.position_s() > 0.3 or task.done():
            break
        await asyncio.sleep(0.02)
    return task


async def heard_again(player: PortAudioPlayer, device_id: str = "", sink: str = "first") -> bool:
    clip = noise(0.4)
    with listening(sink) as ears:
        await player.play(clip, device_id)
        return best_correlation(clip, ears.since(0)).corr > 0.99


async def test_a_killed_server_is_said_within_a_second(player: PortAudioPlayer, private_server: PrivateServer) -> None:
    task = await sounding(player)
    private_server.kill()
    killed = time.monotonic()
    assert await reason_of(task) is Reason.DEVICE_LOST
    assert time.monotonic() - killed < 1.0
    assert await reason_of(asyncio.create_task(player.play(noise(0.1), ""))) is Reason.NO_OUTPUT_DEVICE
    private_server.start()
    assert await heard_again(player)


async def test_a_suspended_sink(player: PortAudioPlayer, private_server: PrivateServer) -> None:
    task = await sounding(player)
    private_server.pactl("suspend-sink", "first", "1")
    began = time.monotonic()
    assert await reason_of(task) is Reason.DEVICE_LOST
    assert time.monotonic() - began < 1.5
    private_server.pactl("suspend-sink", "first", "0")
    assert await heard_again(player)


async def test_the_default_is_unplugged_and_the_server_moves_on(
    player: PortAudioPlayer, private_server: PrivateServer
) -> None:
    """Whoever chose the system's default gets what the system makes of it."""
    with listening("second") as ears:
        task = await sounding(player, seconds=1.2)
        private_server.unplug("first")
        await task
        assert abs(ears.since(0)).max() > 0.1


async def test_a_chosen_device_is_unplugged(player: PortAudioPlayer, private_server: PrivateServer) -> None:
    task = await sounding(player, "second")
    private_server.unplug("second")
    began = time.monotonic()
    assert await reason_of(task) is Reason.DEVICE_LOST
    assert time.monotonic() - began < 1.0
    assert await heard_again(player, "second", sink="first")


async def test_a_chosen_device_that_is_gone_is_said_once(
    player: PortAudioPlayer, private_server: PrivateServer
) -> None:
    assert await reason_of(asyncio.create_task(player.play(noise(0.1), "nowhere"))) is Reason.DEVICE_LOST
    assert await heard_again(player, "nowhere")
    assert await heard_again(player, "second", sink="second")
    assert await reason_of(asyncio.create_task(player.play(noise(0.1), "nowhere"))) is Reason.DEVICE_LOST


async def test_no_output_at_all(player: PortAudioPlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    for device_id in ("", "studio_speakers", ""):
        task = asyncio.create_task(player.play(noise(0.1), device_id))
        assert await reason_of(task) is Reason.NO_OUTPUT_DEVICE
    assert await player.devices() == ()
    monkeypatch.undo()
    assert await heard_again(player, sink="studio_speakers")


async def test_a_frozen_server_holds_nobody_up(
    player: PortAudioPlayer, private_server: PrivateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_module, "OPEN_DEADLINE_S", 0.5)
    monkeypatch.setattr(player_module, "CLOSE_DEADLINE_S", 0.2)
    playing = await sounding(player)
    private_server.signal(signal.SIGSTOP)
    began = time.monotonic()
    assert await reason_of(playing) is Reason.DEVICE_LOST
    assert await reason_of(asyncio.create_task(player.play(noise(0.1), ""))) is Reason.NO_OUTPUT_DEVICE
    assert await player.devices() == ()
    assert time.monotonic() - began < 3.0
    private_server.signal(signal.SIGCONT)
    assert await heard_again(player)


def test_portaudio_is_missing() -> None:
    """In a process of its own, where the loader finds no such library."""
    code = """
import asyncio, ctypes.util
ctypes.util.find_library = lambda name: None
import numpy as np
from studio.audio.devices import sound_report
from studio.audio.player import PortAudioPlayer
from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError

async def main():
    player = PortAudioPlayer()
    assert await player.devices() == ()
    for _ in range(2):
        try:
            await player.play(Pcm(np.zeros((100, 1), np.float32), 8_000), "")
        except StudioError as error:
            assert error.reason is Reason.NO_SOUND_SYSTEM, error
            print(error.detail)
    await player.aclose()

asyncio.run(main())
assert "PortAudio" in sound_report().problem
"""
    done = subprocess.run([sys.executable, "-X", "dev", "-c", code], capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("PortAudio library not found") == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("Error opening OutputStream: Device unavailable", -9985), Reason.DEVICE_BUSY),
        (("Unanticipated host error", -9999, (0, -16, "Device or resource busy")), Reason.DEVICE_BUSY),
        (("Unanticipated host error", -9999, (0, -5, "Input/output error")), Reason.NO_OUTPUT_DEVICE),
        (("Error querying device -1",), Reason.NO_OUTPUT_DEVICE),
    ],
)
def test_what_portaudio_says_becomes_a_reason(arguments: tuple[object, ...], reason: Reason) -> None:
    import sounddevice

    with pytest.raises(StudioError) as caught, portaudio.said():
        raise sounddevice.PortAudioError(*arguments)
    assert caught.value.reason is reason
