"""Loudspeakers by name, and the report on sound."""

from __future__ import annotations

import signal
import time

import pytest

from studio.audio.devices import SYSTEM_DEFAULT, output_devices, sound_report
from studio.audio.player import PortAudioPlayer
from studio.audio.pulse import sound_server
from studio.domain.audio import OutputDevice
from tests.audio.listening import PrivateServer


async def test_outputs_by_the_names_that_a_person_knows(player: PortAudioPlayer) -> None:
    default, *others = await player.devices()
    assert default == SYSTEM_DEFAULT
    assert default.device_id == ""
    assert OutputDevice("studio_headphones", "Studio_Headphones") in others
    assert OutputDevice("studio_speakers", "Studio_Speakers") in others


def test_without_a_server_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    assert sound_server() is None


def test_without_a_server_portaudio_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its list is the one it made when it started: here `pulse` and `default`."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    assert {one.device_id for one in output_devices()} <= {"", "pulse, ALSA", "default, ALSA"}


def test_the_report_names_everything() -> None:
    report = sound_report()
    assert report.portaudio.startswith("PortAudio V19")
    assert "pulseaudio" in report.server.lower()
    assert {"Studio_Speakers", "Studio_Headphones"} <= {*report.outputs}
    assert report.problem == ""


def test_the_report_never_hangs(private_server: PrivateServer) -> None:
    private_server.signal(signal.SIGSTOP)
    began = time.monotonic()
    report = sound_report()
    assert time.monotonic() - began < 5
    assert report.server == ""
    private_server.signal(signal.SIGCONT)
