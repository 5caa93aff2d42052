"""The commands about sound that comes in: devices, record, takes, check."""

from __future__ import annotations

from argparse import Namespace
from asyncio import CancelledError
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from studio.cli.answers import document, say, warn
from studio.cli.parts import Commands
from studio.domain.audio import AudioFormat
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem, SampleLimits
from studio.domain.report import Finding, Report, Verdict
from studio.domain.takes import Meter, Take
from studio.flows.saying import format_of
from studio.report_words import advice, check_label, value_words
from studio.words import LABELS

_MARKS = {Verdict.PASS: "ok  ", Verdict.WARN: "mind", Verdict.FAIL: "FAIL"}


async def devices(asked: Namespace, commands: Commands) -> int:
    listed = await commands.booth.devices()
    for device in listed:
        say(asked, f"{device.name}  {device.device_id}".rstrip())
    if not listed:
        say(asked, "No microphone found.")
    document(asked, [{"id": device.device_id, "name": device.name} for device in listed])
    return 0


async def record(asked: Namespace, commands: Commands) -> int:
    """The take stays in the library folder, too, also when the file can't be written."""
    if not 0 < asked.seconds <= 86_400:
        raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.SECONDS, Fault.NOT_OFFERED),))
    output: Path = asked.output
    await commands.saying.check_place(output)
    wanted = format_of(output, AudioFormat.WAV)
    try:
        take = await commands.booth.take(asked.device, asked.seconds, _Telling(asked))
    except CancelledError:
        warn("Stopped. What was recorded is kept: voice-studio takes")
        raise
    if take.dropouts:
        warn(f"The computer lost sound {take.dropouts} times.")
    await commands.sampling.save_take(take, output, wanted)
    say(asked, f"{output} · {take.seconds:.1f} s at {take.rate_hz} Hz · take {take.take_id}")
    document(asked, {**_take_as_json(take), "output": str(output)})
    return 0


async def takes(asked: Namespace, commands: Commands) -> int:
    listed = await commands.takes.takes()
    for take in listed:
        parts = [f"{take.seconds:.1f} s", f"{take.created.astimezone():%Y-%m-%d %H:%M}", take.name]
        parts += ["recovered"] if take.recovered else []
        parts += [f"{take.dropouts} drop-outs"] if take.dropouts else []
        say(asked, f"{take.take_id}  {' · '.join(parts)}")
    if not listed:
        say(asked, "No take kept.")
    document(asked, [_take_as_json(take) for take in listed])
    return 0


async def export_take(asked: Namespace, commands: Commands) -> int:
    """The raw sound, bit for bit where the file is a WAV."""
    output: Path = asked.output
    await commands.saying.check_place(output)
    wanted = format_of(output, AudioFormat.WAV)
    take = await commands.takes.find(asked.take)
    await commands.sampling.save_take(take, output, wanted)
    say(asked, f"{output} · {take.seconds:.1f} s")
    document(asked, {**_take_as_json(take), "output": str(output)})
    return 0


async def check(asked: Namespace, commands: Commands) -> int:
    limits = limits_of(asked, commands) if asked.system else None
    async with opened(asked.file, commands) as take:
        report = await commands.sampling.report(take, take.edit, limits, asked.system)
    for finding in report.findings:
        say(asked, f"{_MARKS[finding.verdict]}  {check_label(finding.check):22} {value_words(finding)}")
        if words := advice(finding, _label(asked.system)):
            say(asked, f"{'':28} {words}")
    document(asked, _report_as_json(report, asked.system))
    return 0


def tell_report(report: Report, system: str) -> None:
    """What is not as it should be, beside the answer."""
    for finding in report.findings:
        if finding.verdict is not Verdict.PASS:
            words = advice(finding, _label(system))
            warn(f"{_MARKS[finding.verdict].strip()}: {check_label(finding.check)}, {value_words(finding)}. {words}")


@asynccontextmanager
async def opened(path: Path, commands: Commands) -> AsyncGenerator[Take]:
    """A file's sound. Raises BAD_INPUT for what is none."""
    try:
        async with commands.sampling.opened(path) as take:
            yield take
    except StudioError as error:
        if error.reason not in (Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO):
            raise
        problem = Problem(Field.SAMPLE, Fault.NOT_READABLE)
        raise StudioError(Reason.BAD_INPUT, detail=error.detail, problems=(problem,)) from error


def limits_of(asked: Namespace, commands: Commands) -> SampleLimits:
    """Raises NO_SUCH_SYSTEM or NOT_OFFERED."""
    model, backend = getattr(asked, "model", ""), getattr(asked, "backend", "")
    return commands.clone.limits(CloneBrief(asked.system, "", model=model, backend=backend))


def _label(system: str) -> str:
    return LABELS.get(system, "The system")


class _Telling:
    """Seconds and level on stderr, once a second, unless a program reads along."""

    def __init__(self, asked: Namespace) -> None:
        self._quiet = asked.json
        self._said = -1

    def __call__(self, meter: Meter) -> None:
        if self._said < 0 and not self._quiet:
            warn("Recording.")
            self._said = 0
        if not self._quiet and meter.seconds >= self._said + 1:
            self._said = int(meter.seconds)
            clipped = " · too loud" if meter.clipped else ""
            warn(f"{self._said} s · peak {meter.peak_dbfs:.0f} dBFS{clipped}")


def _take_as_json(take: Take) -> dict[str, object]:
    return {
        "id": str(take.take_id),
        "seconds": round(take.seconds, 3),
        "sample_rate": take.rate_hz,
        "created": take.created.isoformat(timespec="seconds"),
        "recovered": take.recovered,
        "dropouts": take.dropouts,
    }


def _report_as_json(report: Report, system: str) -> dict[str, object]:
    return {
        "verdict": report.verdict.value,
        "findings": [_finding_as_json(finding, system) for finding in report.findings],
    }


def _finding_as_json(finding: Finding, system: str) -> dict[str, object]:
    return {
        "name": finding.check.value,
        "verdict": finding.verdict.value,
        "value": finding.value,
        "unit": finding.unit,
        "limit": finding.limit,
        "advice": advice(finding, _label(system)),
    }
