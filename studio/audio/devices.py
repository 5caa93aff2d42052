"""Loudspeakers by the names that a person knows, and what the `doctor` command says about sound."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Thread

from studio.audio import portaudio, pulse
from studio.audio.microphones import input_devices
from studio.domain.audio import OutputDevice
from studio.domain.errors import StudioError

SYSTEM_DEFAULT = OutputDevice("", "System default")
REPORT_DEADLINE_S = 4.0


def output_devices() -> tuple[OutputDevice, ...]:
    """The system's default first, then every output; empty where nothing can be played.

    The sound server's sinks under PulseAudio and PipeWire, PortAudio's own list elsewhere. On the thread of PortAudio.
    """
    portaudio.load()
    return _named(pulse.sound_server())


def _named(server: pulse.SoundServer | None) -> tuple[OutputDevice, ...]:
    if server:
        found = tuple(OutputDevice(one.name, one.description) for one in server.sinks)
    else:
        found = tuple(OutputDevice(one.name, one.name.partition(",")[0]) for one in portaudio.outputs())
    return (SYSTEM_DEFAULT, *found) if found else ()


@dataclass(frozen=True, slots=True)
class SoundReport:
    """For the `doctor` command; `problem` is empty where a clip can be played."""

    portaudio: str = ""
    server: str = ""
    outputs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    problem: str = ""
    missing: bool = False


def sound_report() -> SoundReport:
    """Never raises and answers within `REPORT_DEADLINE_S`. Not while a clip plays in the same process."""
    answers: list[SoundReport] = []
    prober = Thread(target=lambda: answers.append(_probe()), name="sound-report", daemon=True)
    prober.start()
    prober.join(REPORT_DEADLINE_S)
    return answers[0] if answers else SoundReport(problem=f"no answer from the sound system in {REPORT_DEADLINE_S:g} s")


def _probe() -> SoundReport:
    server = pulse.sound_server()
    server_name = server.name if server else ""
    try:
        version = portaudio.version()
        outputs = tuple(one.name for one in _named(server)[1:])
        inputs = tuple(one.name for one in input_devices()[1:])
    except StudioError as error:
        return SoundReport(server=server_name, problem=f"PortAudio is missing: {error.detail}", missing=True)
    return SoundReport(
        version, server_name, outputs, inputs, "" if outputs else "no loudspeaker and no sound server found"
    )
