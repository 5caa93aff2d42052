"""The edge to PulseAudio and PipeWire: outputs by the names that a person knows. Any thread; answers or gives up."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

from studio.domain.audio import OutputDevice

CONNECT_DEADLINE_S = 1.0


@dataclass(frozen=True, slots=True)
class SoundServer:
    """What answered, and its sinks: `device_id` is the sink's name, `name` its description."""

    name: str
    sinks: tuple[OutputDevice, ...]


def sound_server() -> SoundServer | None:
    """None where no server answers in time, or on a system that has none."""
    if sys.platform != "linux":
        return None
    try:
        import pulsectl
    except (ImportError, OSError):  # OSError: libpulse is missing
        return None
    try:
        with closing(cast("Any", pulsectl.Pulse("voice-studio", connect=False))) as pulse:
            pulse.connect(timeout=CONNECT_DEADLINE_S)
            info = pulse.server_info()
            sinks = tuple(OutputDevice(str(sink.name), str(sink.description)) for sink in pulse.sink_list())
            return SoundServer(f"{info.server_name} {info.server_version}", sinks)
    except pulsectl.PulseError:
        return None
