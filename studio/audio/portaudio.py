"""The edge to PortAudio: its untyped calls with types, its errors as reasons.

PortAudio keeps one list of streams and isn't thread safe. The player and the recorder each have a thread for it; what
touches that list is done one at a time here. `sounddevice` is imported at the first use, so that a machine without
PortAudio starts the program and is told.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, Protocol

from studio.domain.errors import Reason, StudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LATENCY_S = 0.2  # the buffer asked for: long enough for a window that holds the GIL

DEVICE_UNAVAILABLE = -9985
EBUSY = -16
DENIED = {-1, -13, -2147024891}  # EPERM, EACCES, Windows' E_ACCESSDENIED


class BlockTime(Protocol):
    """PortAudio's clock in a callback, seconds."""

    @property
    def currentTime(self) -> float: ...
    @property
    def outputBufferDacTime(self) -> float: ...


class BlockFlags(Protocol):
    """What PortAudio says of a block that was recorded: samples before it were lost."""

    @property
    def input_overflow(self) -> bool: ...


Fill = Callable[["NDArray[np.float32]", int, BlockTime, object], None]
Hear = Callable[[memoryview, int, object, BlockFlags], None]


class Stream(Protocol):
    @property
    def latency(self) -> float: ...
    def start(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Device:
    """A device as PortAudio lists it; `name` carries its host API, as sounddevice prints it."""

    index: int
    name: str
    rate_hz: int
    channels: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """The reasons for what PortAudio refuses, in one direction of sound."""

    missing: Reason
    busy: Reason
    denied: Reason


OUTPUT = Trouble(Reason.NO_OUTPUT_DEVICE, Reason.DEVICE_BUSY, Reason.NO_OUTPUT_DEVICE)
INPUT = Trouble(Reason.NO_INPUT_DEVICE, Reason.INPUT_BUSY, Reason.INPUT_DENIED)

_one_at_a_time = RLock()
_open_streams: list[Stream] = []
_refreshed_at = [-inf]


def load() -> Any:
    """The module `sounddevice`. Raises NO_SOUND_SYSTEM; a later call tries again."""
    try:
        import sounddevice
    except OSError as error:
        raise StudioError(Reason.NO_SOUND_SYSTEM, detail=str(error)) from error
    return sounddevice


def refresh(older_than_s: float = 0.0) -> bool:
    """Looks for devices anew, unless that was done just now: PortAudio does it only when it starts. Some 40 ms.

    It would end every stream of the process, so nothing is done, and False given, while any is open: a microphone in
    the middle of a take goes before a loudspeaker that has just been plugged in.
    """
    sounddevice = load()
    with _one_at_a_time, said():
        if _open_streams or monotonic() - _refreshed_at[0] < older_than_s:
            return False
        if sounddevice._initialized:
            sounddevice._terminate()
        sounddevice._initialize()
        _refreshed_at[0] = monotonic()
    return True


def leave() -> None:
    """For a call that hangs: PortAudio isn't ended with the program, for that would wait for the same sound server."""
    sounddevice = sys.modules.get("sounddevice")
    if sounddevice:
        atexit.unregister(sounddevice._exit_handler)


def version() -> str:
    return str(load().get_portaudio_version()[1])


def outputs() -> tuple[Device, ...]:
    """Outputs of the default host API; empty without a sound server or a device."""
    return _listed("output")


def inputs() -> tuple[Device, ...]:
    """Inputs likewise."""
    return _listed("input")


def default_output() -> Device | None:
    """What the system's default is, None where there is no output."""
    return _default("output")


def default_input() -> Device | None:
    return _default("input")


def open_output(output: Device, channels: int, rate_hz: int, fill: Fill, finished: Callable[[], None]) -> Stream:
    """A stream of float32, not yet started.

    `fill` is called on PortAudio's thread. Raises DEVICE_BUSY or NO_OUTPUT_DEVICE.
    """
    with _one_at_a_time, said():
        stream: Stream = load().OutputStream(
            device=output.index,
            samplerate=rate_hz,
            channels=channels,
            dtype="float32",
            latency=LATENCY_S,
            callback=fill,
            finished_callback=finished,
        )
        _open_streams.append(stream)
        return stream


def open_input(device: Device, channels: int, rate_hz: int, latency_s: float, hear: Hear) -> Stream:
    """A stream of 16-bit samples, not yet started.

    `hear` is called on PortAudio's thread. Raises INPUT_BUSY, INPUT_DENIED or NO_INPUT_DEVICE.
    """
    with _one_at_a_time, said(INPUT):
        stream: Stream = load().RawInputStream(
            device=device.index,
            samplerate=rate_hz,
            channels=channels,
            dtype="int16",
            latency=latency_s,
            callback=hear,
        )
        _open_streams.append(stream)
        return stream


def start(stream: Stream, trouble: Trouble = OUTPUT) -> None:
    """Closes the stream if it doesn't start. Raises the reasons of its direction."""
    try:
        with said(trouble):
            stream.start()
    except StudioError:
        close(stream)
        raise


def close(stream: Stream) -> None:
    """`abort()`, for `stop()` waits for the buffer, and for ever if the device is suspended."""
    stream.abort()
    with _one_at_a_time:
        stream.close()
        _open_streams.remove(stream)


@contextmanager
def sink_chosen(sink: str) -> Generator[None]:
    """Streams opened inside go to this sink of PulseAudio or PipeWire, which PortAudio doesn't list by name.

    Whoever set PULSE_SINK for the whole program keeps it.
    """
    with _environment("PULSE_SINK", sink):
        yield


@contextmanager
def source_chosen(source: str) -> Generator[None]:
    """Streams opened inside record from this source, likewise."""
    with _environment("PULSE_SOURCE", source):
        yield


@contextmanager
def _environment(name: str, value: str) -> Generator[None]:
    with _one_at_a_time:
        before = os.environ.get(name)
        os.environ[name] = value
        try:
            yield
        finally:
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before


def _listed(way: Literal["input", "output"]) -> tuple[Device, ...]:
    with _one_at_a_time, said(_TROUBLE[way]):
        api = _default_api()
        listed = [load().query_devices(index) for index in api["devices"]]
    return tuple(
        Device(int(one["index"]), f"{one['name']}, {api['name']}", int(one["default_samplerate"]), channels)
        for one in listed
        if (channels := int(one[f"max_{way}_channels"]))
    )


def _default(way: Literal["input", "output"]) -> Device | None:
    with _one_at_a_time, said(_TROUBLE[way]):
        index = _default_api()[f"default_{way}_device"]
        return next((one for one in _listed(way) if one.index == index), None)


def _default_api() -> Any:
    """The family of devices that PortAudio prefers; its list may be empty."""
    return load().query_hostapis(load().default.hostapi)


_TROUBLE = {"input": INPUT, "output": OUTPUT}


@contextmanager
def said(trouble: Trouble = OUTPUT) -> Generator[None]:
    sounddevice = load()
    try:
        yield
    except sounddevice.PortAudioError as error:
        code = error.args[1] if len(error.args) > 1 else 0
        host_code = error.args[2][1] if len(error.args) > 2 else 0
        if code == DEVICE_UNAVAILABLE or host_code == EBUSY:
            reason = trouble.busy
        else:
            reason = trouble.denied if host_code in DENIED else trouble.missing
        raise StudioError(reason, detail=str(error)) from error
