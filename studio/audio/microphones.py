"""Microphones by the names that a person knows, and what has to be opened for each."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import product

from studio.audio import portaudio, pulse
from studio.audio.capture import Capture
from studio.audio.portaudio import Device, Stream
from studio.audio.pulse import SoundServer, Source
from studio.domain.errors import Reason, StudioError
from studio.domain.takes import InputDevice

SYSTEM_DEFAULT = InputDevice("", "System default")
WANTED_RATES_HZ = (48_000, 24_000)
NOTICED_S = 1.5
SERVER_LATENCY_S = 0.1
"""A sound server keeps what a held-up program doesn't fetch: the buffer needn't be long, and blocks of 25 ms come."""


@dataclass(frozen=True, slots=True)
class Microphone:
    """What to open: PortAudio's `device`, and the server's `source` behind it, empty where no server is asked.

    `rates_hz` are tried in turn.
    """

    device: Device
    source: str
    rates_hz: tuple[int, ...]
    latency_s: float


def input_devices() -> tuple[InputDevice, ...]:
    """The system's default first, then every microphone; empty where there is none.

    The sound server's sources under PulseAudio and PipeWire, which are always up to date; PortAudio's own list
    elsewhere, looked for anew unless a stream is open. On a thread of PortAudio. Raises NO_SOUND_SYSTEM.
    """
    portaudio.load()
    server = pulse.sound_server()
    if server is None:
        portaudio.refresh(NOTICED_S)
    found = _sources(server) if server else _listed()
    return (SYSTEM_DEFAULT, *found) if found else ()


def microphone(device_id: str) -> Microphone:
    """By id, the system's default if that is empty. On a thread of PortAudio.

    Raises NO_SOUND_SYSTEM, NO_INPUT_DEVICE or INPUT_DENIED.
    """
    portaudio.load()
    server = pulse.sound_server()
    listed = {one.name: one for one in portaudio.inputs()}
    if not listed and portaudio.refresh():
        listed = {one.name: one for one in portaudio.inputs()}
    source = _source(server, device_id) if server else None
    if source:
        device = listed.get("pulse, ALSA") or portaudio.default_input()
        if device:
            return Microphone(device, source.name, _rates(source.rate_hz), SERVER_LATENCY_S)
    else:
        device = listed.get(device_id) if device_id else portaudio.default_input()
        if device and not server:
            return Microphone(device, "", _rates(device.rate_hz), portaudio.LATENCY_S)
    refused = sys.platform == "linux" and not server and pulse.denied()
    raise StudioError(
        Reason.INPUT_DENIED if refused else Reason.NO_INPUT_DEVICE,
        detail=f"{device_id or 'the default'} is not among {len(server.sources if server else listed)} inputs",
    )


def opened(one: Microphone) -> tuple[str, Stream, Capture]:
    """The source, the running stream, and what comes from it. On a thread of PortAudio.

    A server gives every rate, by resampling. Where the device itself has less than that, what it has is taken.
    Raises NO_INPUT_DEVICE, INPUT_BUSY or INPUT_DENIED.
    """
    stream, capture = _first_that_opens(one, one.rates_hz)
    server = pulse.sound_server() if one.source else None
    source = server.source(one.source) if server else None
    if source and source.rate_hz < capture.rate_hz:
        portaudio.close(stream)
        stream, capture = _first_that_opens(one, (source.rate_hz,))
    return one.source, stream, capture


def _first_that_opens(one: Microphone, rates_hz: tuple[int, ...]) -> tuple[Stream, Capture]:
    refused = StudioError(Reason.NO_INPUT_DEVICE)
    for rate_hz, channels in product(rates_hz, sorted({1, min(one.device.channels, 2)})):
        capture = Capture(rate_hz, channels)
        try:
            with portaudio.source_chosen(one.source) if one.source else nullcontext():
                stream = portaudio.open_input(one.device, channels, rate_hz, one.latency_s, capture.hear)
        except StudioError as error:
            if error.reason is not Reason.NO_INPUT_DEVICE:
                raise
            refused = error
        else:
            portaudio.start(stream, portaudio.INPUT)
            return stream, capture
    raise refused


def default_source(server: SoundServer) -> str:
    """What the system's default is now; whoever set PULSE_SOURCE for the whole program keeps it."""
    return os.environ.get("PULSE_SOURCE") or server.default_source


def _source(server: SoundServer, device_id: str) -> Source | None:
    return server.source(device_id or default_source(server))


def _rates(own_hz: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*WANTED_RATES_HZ, own_hz)))


def _sources(server: SoundServer) -> tuple[InputDevice, ...]:
    named = Counter(one.description for one in server.sources)
    return tuple(
        InputDevice(one.name, one.description if named[one.description] == 1 else f"{one.description} ({one.name})")
        for one in server.sources
    )


def _listed() -> tuple[InputDevice, ...]:
    return tuple(InputDevice(one.name, one.name.partition(",")[0]) for one in portaudio.inputs())
