"""What the commands do."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from studio import __version__
from studio.cli import answers
from studio.cli.answers import document, say
from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief
from studio.domain.checkup import Finding
from studio.domain.errors import StudioError
from studio.domain.languages import Language
from studio.domain.scripts import language_of
from studio.flows.design import DesignFlow
from studio.flows.library import LibraryFlow, format_of


@dataclass(frozen=True, slots=True)
class Commands:
    """What the commands work with, made in main."""

    design: DesignFlow
    library: LibraryFlow
    check_up: Callable[[], Awaitable[tuple[Finding, ...]]]


async def run(asked: Namespace, commands: Commands) -> int:
    """Carries out one command and returns its exit code."""
    work: Callable[[Namespace, Commands], Awaitable[int]] = asked.work
    try:
        return await work(asked, commands)
    except StudioError as error:
        return answers.failed(error, as_json=asked.json)


async def design(asked: Namespace, commands: Commands) -> int:
    output: Path = asked.output
    await commands.library.check_place(output)
    brief = Brief(
        system=asked.system,
        description=asked.description,
        preview_text=asked.text,
        language=Language(asked.language) if asked.language else language_of(asked.text, Language.EN),
        name=asked.name,
        rate_hz=asked.rate,
        format=AudioFormat(asked.format) if asked.format else format_of(output, AudioFormat.WAV),
        seed=asked.seed,
    )
    designed = await commands.design.design(brief)
    await commands.library.write(designed.preview, output, brief.format)
    kept = await commands.design.keep_at_once(brief, designed) if asked.keep else None
    say(asked, f"{answers.heading(designed)}\n{output} · {designed.preview.seconds:.1f} s")
    if designed.unused_words:
        say(asked, "Words not used: " + ", ".join(designed.unused_words))
    document(asked, answers.designed_as_json(designed, output, kept))
    return 0


async def voices(asked: Namespace, commands: Commands) -> int:
    found = await commands.library.search(asked.search)
    for voice in found:
        day = f"{voice.created.astimezone():%Y-%m-%d}"
        say(asked, f"{voice.library_id}  {voice.name}  ·  {voice.system} · {voice.language} · {day}")
    if not found:
        say(asked, "No voice found." if asked.search else "No voice kept yet.")
    document(asked, [answers.voice_as_json(voice) for voice in found])
    return 0


async def show(asked: Namespace, commands: Commands) -> int:
    voice = await commands.library.find(asked.voice)
    fields = answers.voice_as_json(voice)
    for name, value in fields.items():
        if value:
            say(asked, f"{name:13} {value}")
    document(asked, fields)
    return 0


async def delete(asked: Namespace, commands: Commands) -> int:
    voice = await commands.library.find(asked.voice)
    await commands.library.remove(voice)
    say(asked, f"Deleted “{voice.name}”.")
    document(asked, {"deleted": str(voice.library_id), "system": voice.system, "voice_id": voice.voice_id})
    return 0


async def say_text(asked: Namespace, commands: Commands) -> int:
    output: Path = asked.output
    await commands.library.check_place(output)
    wanted = format_of(output, AudioFormat.WAV)
    voice = await commands.library.find(asked.voice)
    clip = await commands.library.say(voice, asked.text, audio_format=wanted)
    await commands.library.write(clip, output, wanted)
    say(asked, f"{output} · {clip.seconds:.1f} s with “{voice.name}”")
    document(
        asked,
        {
            "system": voice.system,
            "voice_id": voice.voice_id,
            "library_id": str(voice.library_id),
            "clip": str(output),
            "sample_rate": clip.rate_hz,
            "seconds": round(clip.seconds, 3),
        },
    )
    return 0


async def doctor(asked: Namespace, commands: Commands) -> int:
    findings = await commands.check_up()
    for finding in findings:
        say(asked, f"{'ok     ' if finding.fine else 'mind   '} {finding.name:10} {finding.words}")
        if finding.advice:
            say(asked, f"{'':18} {finding.advice}")
    document(
        asked,
        {
            "version": __version__,
            "findings": [
                {"name": one.name, "fine": one.fine, "words": one.words, "advice": one.advice} for one in findings
            ],
        },
    )
    return 0
