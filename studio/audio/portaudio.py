"""The edge to PortAudio: its untyped calls with types, its errors as reasons. Call it from one thread only.

`sounddevice` is imported at the first use, so that a machine without PortAudio starts the program and is told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from studio.domain.errors import Reason, StudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LATENCY_S = 0.2  # the buffer asked for: long enough for a window that holds the GIL

DEVICE_UNAVAILABLE = -9985
EBUSY = -16


class BlockTime(Protocol):
    """PortAudio's clock in a callback, seconds."""

    @property
    def currentTime(self) -> float: ...
    @property
    def outputBufferDacTime(self) -> float: ...


Fill = Callable[["NDArray[np.float32]", int, BlockTime, object], None]


class Stream(Protocol):
    @property
    def latency(self) -> float: ...
    def start(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Output:
    """An output as PortAudio lists it; `name` carries its host API, as sounddevice prints it."""

    index: int
    name: str
    rate_hz: int
    channels: int


def load() -> Any:
    """The module `sounddevice`. Raises NO_SOUND_SYSTEM; a later call tries again."""
    try:
        import sounddevice
    except OSError as error:
        raise StudioError(Reason.NO_SOUND_SYSTEM, detail=str(error)) from error
    return sounddevice


def refresh() -> None:
    """Looks for devices anew: PortAudio does it only when it starts. Ends every stream of the process; some 40 ms."""
    sounddevice = load()
    with said():
        if sounddevice._initialized:
            sounddevice._terminate()
        sounddevice._initialize()


def version() -> str:
    return str(load().get_portaudio_version()[1])


def outputs() -> tuple[Output, ...]:
    """Outputs of the default host API; empty without a sound server or a device."""
    api = _default_api()
    with said():
        listed = [load().query_devices(index) for index in api["devices"]]
    return tuple(
        Output(int(one["index"]), f"{one['name']}, {api['name']}", int(one["default_samplerate"]), channels)
        for one in listed
        if (channels := int(one["max_output_channels"]))
    )


def default_output() -> Output | None:
    """What the system's default is, None where there is no output."""
    index = _default_api()["default_output_device"]
    return next((one for one in outputs() if one.index == index), None)


def open_output(output: Output, channels: int, rate_hz: int, fill: Fill, finished: Callable[[], None]) -> Stream:
    """A stream of float32, not yet started.

    `fill` is called on PortAudio's thread. Raises DEVICE_BUSY or NO_OUTPUT_DEVICE.
    """
    with said():
        return load().OutputStream(
            device=output.index,
            samplerate=rate_hz,
            channels=channels,
            dtype="float32",
            latency=LATENCY_S,
            callback=fill,
            finished_callback=finished,
        )


def start(stream: Stream) -> None:
    """Closes the stream if it doesn't start. Raises DEVICE_BUSY or NO_OUTPUT_DEVICE."""
    try:
        with said():
            stream.start()
    except StudioError:
        stream.close()
        raise


@contextmanager
def sink_chosen(sink: str) -> Generator[None]:
    """Streams opened inside go to this sink of PulseAudio or PipeWire, which PortAudio doesn't list by name.

    Whoever set PULSE_SINK for the whole program keeps it.
    """
    before = os.environ.get("PULSE_SINK")
    os.environ["PULSE_SINK"] = sink
    try:
        yield
    finally:
        if before is None:
            del os.environ["PULSE_SINK"]
        else:
            os.environ["PULSE_SINK"] = before


def _default_api() -> Any:
    """The family of devices that PortAudio prefers; its list may be empty."""
    with said():
        return load().query_hostapis(load().default.hostapi)


@contextmanager
def said() -> Generator[None]:
    sounddevice = load()
    try:
        yield
    except sounddevice.PortAudioError as error:
        code = error.args[1] if len(error.args) > 1 else 0
        host_code = error.args[2][1] if len(error.args) > 2 else 0
        busy = code == DEVICE_UNAVAILABLE or host_code == EBUSY
        raise StudioError(Reason.DEVICE_BUSY if busy else Reason.NO_OUTPUT_DEVICE, detail=str(error)) from error
