"""The edge to PulseAudio and PipeWire: sinks and sources by the names that a person knows.

Any thread; answers or gives up.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar, cast

T = TypeVar("T")

DEADLINE_S = 1.0
ACCESS_DENIED = 1  # PA_ERR_ACCESS
NO_INDEX = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Sink:
    name: str
    description: str
    rate_hz: int


@dataclass(frozen=True, slots=True)
class Source:
    """A microphone; what a loudspeaker plays, its monitor, is none."""

    name: str
    description: str
    rate_hz: int


@dataclass(frozen=True, slots=True)
class SoundServer:
    """What answered. `default` is the name of the system's default sink, `default_source` of its microphone."""

    name: str
    default: str
    sinks: tuple[Sink, ...]
    default_source: str = ""
    sources: tuple[Source, ...] = ()

    def sink(self, name: str) -> Sink | None:
        """By name; the default if it is empty."""
        return next((one for one in self.sinks if one.name == (name or self.default)), None)

    def source(self, name: str) -> Source | None:
        """Likewise."""
        return next((one for one in self.sources if one.name == (name or self.default_source)), None)


def sound_server() -> SoundServer | None:
    """None where no server answers in `DEADLINE_S`, or on a system that has none; some 5 ms."""
    return _in_time(_ask)


def denied() -> bool:
    """Whether there is a server that doesn't let this program in."""
    return bool(_in_time(_turned_away))


def client() -> Any:
    """An unconnected pulsectl.Pulse, None where the library or a sound server's kind of system is missing."""
    if sys.platform != "linux":
        return None
    try:
        import pulsectl
    except (ImportError, OSError):  # OSError: libpulse is missing
        return None
    return cast("Any", pulsectl.Pulse("voice-studio", connect=False))


def microphones(client: Any) -> tuple[Any, ...]:
    """The sources of a connected client without the monitors of sinks; a source made of a monitor is no monitor."""
    return tuple(one for one in client.source_list() if one.monitor_of_sink == NO_INDEX)


def default_microphone(info: Any, heard: tuple[Any, ...]) -> str:
    """The default source's name; the first microphone's where that is a monitor, as it is with no microphone left."""
    names = [one.name for one in heard]
    return info.default_source_name if info.default_source_name in names else next(iter(names), "")


def _in_time(ask: Callable[[], T]) -> T | None:
    """A daemon thread asks, for a frozen server never answers, and pulsectl 24.12's `connect(timeout=…)` waits the
    whole timeout even where the server answers at once."""
    if sys.platform != "linux":
        return None
    answers: list[T] = []
    asker = Thread(target=lambda: answers.append(ask()), name="sound-server", daemon=True)
    asker.start()
    asker.join(DEADLINE_S)
    return answers[0] if answers else None


def _ask() -> SoundServer | None:
    pulse = client()
    if pulse is None:
        return None
    try:
        with closing(pulse):
            pulse.connect()
            info = pulse.server_info()
            sinks = tuple(Sink(one.name, one.description, one.sample_spec.rate) for one in pulse.sink_list())
            heard = microphones(pulse)
            sources = tuple(Source(one.name, one.description, one.sample_spec.rate) for one in heard)
            name = f"{info.server_name} {info.server_version}"
            return SoundServer(name, info.default_sink_name, sinks, default_microphone(info, heard), sources)
    except server_troubles():
        return None


def server_troubles() -> tuple[type[Exception], ...]:
    """What pulsectl raises where the server can't be reached, or goes away between two questions: the latter is no
    `PulseError`, and its class has no public name (24.12)."""
    import pulsectl
    from pulsectl import _pulsectl  # pyright: ignore[reportPrivateUsage]

    return (pulsectl.PulseError, cast("Any", _pulsectl).LibPulse.CallError)


def _turned_away() -> bool:
    pulse = client()
    if pulse is None:
        return False
    from pulsectl import _pulsectl  # pyright: ignore[reportPrivateUsage]

    with closing(pulse):
        try:
            pulse.connect()
        except server_troubles():
            return cast("Any", _pulsectl).pa.context_errno(pulse._ctx) == ACCESS_DENIED
        return False
