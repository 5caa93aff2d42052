"""The edge to PulseAudio and PipeWire: sinks by the names that a person knows. Any thread; answers or gives up."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from threading import Thread
from typing import Any, cast

DEADLINE_S = 1.0


@dataclass(frozen=True, slots=True)
class Sink:
    name: str
    description: str
    rate_hz: int


@dataclass(frozen=True, slots=True)
class SoundServer:
    """What answered. `default` is the name of the system's default sink."""

    name: str
    default: str
    sinks: tuple[Sink, ...]

    def sink(self, name: str) -> Sink | None:
        """By name; the default if it is empty."""
        return next((one for one in self.sinks if one.name == (name or self.default)), None)


def sound_server() -> SoundServer | None:
    """None where no server answers in `DEADLINE_S`, or on a system that has none; some 5 ms.

    A daemon thread asks, for a frozen server never answers, and pulsectl 24.12's `connect(timeout=…)` waits the whole
    timeout even where the server answers at once.
    """
    if sys.platform != "linux":
        return None
    answers: list[SoundServer | None] = []
    asker = Thread(target=lambda: answers.append(_ask()), name="sound-server", daemon=True)
    asker.start()
    asker.join(DEADLINE_S)
    return answers[0] if answers else None


def _ask() -> SoundServer | None:
    try:
        import pulsectl
    except (ImportError, OSError):  # OSError: libpulse is missing
        return None
    try:
        with closing(cast("Any", pulsectl.Pulse("voice-studio", connect=False))) as pulse:
            pulse.connect()
            info = pulse.server_info()
            sinks = tuple(Sink(one.name, one.description, one.sample_spec.rate) for one in pulse.sink_list())
            return SoundServer(f"{info.server_name} {info.server_version}", info.default_sink_name, sinks)
    except pulsectl.PulseError:
        return None
