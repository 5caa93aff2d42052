"""Microphones by the names that a person knows, noticed as they come and go."""

from __future__ import annotations

import pytest

from studio.audio import portaudio
from studio.audio.microphones import SYSTEM_DEFAULT, microphone
from studio.audio.recorder import PortAudioRecorder
from studio.domain.errors import Reason, StudioError
from studio.domain.takes import InputDevice
from tests.audio.listening import PrivateServer


async def test_the_system_default_is_first_and_monitors_are_left_out(recorder: PortAudioRecorder) -> None:
    assert await recorder.devices() == (SYSTEM_DEFAULT, InputDevice("studio_mic", "Studio_Microphone"))


async def test_a_device_that_comes_or_goes_is_noticed(
    recorder: PortAudioRecorder, private_server: PrivateServer
) -> None:
    """Also while another one is open."""
    private_server.microphone("desk", "first")
    desk, headset = InputDevice("desk", "My_desk"), InputDevice("headset", "My_headset")
    await recorder.listen("desk")
    assert await recorder.devices() == (SYSTEM_DEFAULT, desk)
    private_server.microphone("headset", "second")
    assert {*await recorder.devices()} == {SYSTEM_DEFAULT, desk, headset}
    private_server.unplug("headset")
    assert await recorder.devices() == (SYSTEM_DEFAULT, desk)
    private_server.unplug("desk")


async def test_a_monitor_that_is_the_default_is_no_microphone(
    recorder: PortAudioRecorder, private_server: PrivateServer
) -> None:
    """The first microphone stands in for it."""
    private_server.microphone("desk", "first")
    private_server.pactl("set-default-source", "second.monitor")
    assert await recorder.devices() == (SYSTEM_DEFAULT, InputDevice("desk", "My_desk"))
    assert microphone("").source == "desk"
    private_server.unplug("desk")


async def test_two_of_the_same_name_can_be_told_apart(
    recorder: PortAudioRecorder, private_server: PrivateServer
) -> None:
    private_server.microphone("left", "first", name="Twin")
    private_server.microphone("right", "second", name="Twin")
    assert {one.name for one in await recorder.devices()} == {"System default", "Twin (left)", "Twin (right)"}
    private_server.unplug("left")
    private_server.unplug("right")


async def test_without_a_server_there_is_none(recorder: PortAudioRecorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    assert await recorder.devices() == ()
    monkeypatch.undo()
    assert len(await recorder.devices()) == 2


@pytest.mark.parametrize("device_id", ["", "first.monitor"])
async def test_loudspeakers_are_never_recorded(
    recorder: PortAudioRecorder, private_server: PrivateServer, device_id: str
) -> None:
    assert "first.monitor" in private_server.pactl("list", "short", "sources")
    assert await recorder.devices() == ()
    with pytest.raises(StudioError) as caught:
        await recorder.listen(device_id)
    assert caught.value.reason is Reason.NO_INPUT_DEVICE


@pytest.mark.parametrize("rate_hz", [16_000, 24_000, 44_100, 96_000])
async def test_what_a_device_does_not_have_is_not_made_up(
    recorder: PortAudioRecorder, private_server: PrivateServer, rate_hz: int
) -> None:
    """The server would give 48 kHz of any of them, resampled."""
    private_server.microphone("slow", "first", rate_hz)
    assert await recorder.listen("slow") == min(rate_hz, 48_000)
    private_server.unplug("slow")


async def test_who_set_the_source_for_the_whole_program_keeps_it(
    recorder: PortAudioRecorder, private_server: PrivateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    private_server.microphone("desk", "first")
    private_server.microphone("headset", "second")
    monkeypatch.setenv("PULSE_SOURCE", "desk")
    assert microphone("").source == "desk"
    assert microphone("headset").source == "headset"
    private_server.unplug("headset")
    private_server.unplug("desk")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("Error opening RawInputStream: Device unavailable", -9985), Reason.INPUT_BUSY),
        (("Unanticipated host error", -9999, (0, -16, "Device or resource busy")), Reason.INPUT_BUSY),
        (("Unanticipated host error", -9999, (0, -1, "Operation not permitted")), Reason.INPUT_DENIED),
        (("Unanticipated host error", -9999, (0, -13, "Permission denied")), Reason.INPUT_DENIED),
        (("Unanticipated host error", -9999, (0, -5, "Input/output error")), Reason.NO_INPUT_DEVICE),
        (("Error querying device -1",), Reason.NO_INPUT_DEVICE),
    ],
)
def test_what_portaudio_says_becomes_a_reason(arguments: tuple[object, ...], reason: Reason) -> None:
    import sounddevice

    with pytest.raises(StudioError) as caught, portaudio.said(portaudio.INPUT):
        raise sounddevice.PortAudioError(*arguments)
    assert caught.value.reason is reason
