"""What the commands do with voices that exist: listed, shown, deleted and spoken with. And the doctor."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path

from studio import __version__
from studio.cli import answers
from studio.cli.answers import document, say, warn
from studio.cli.making import settle
from studio.cli.parts import Commands
from studio.domain.accounts import Region
from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.voices import Origin, Voice
from studio.flows.saying import format_of
from studio.words import LABELS, sentence


async def run(asked: Namespace, commands: Commands) -> int:
    """Carries out one command and returns its exit code."""
    work: Callable[[Namespace, Commands], Awaitable[int]] = asked.work
    try:
        return await work(asked, commands)
    except StudioError as error:
        return answers.failed(error, as_json=asked.json)


async def voices(asked: Namespace, commands: Commands) -> int:
    built_in = asked.kind == Origin.BUILT_IN
    await settle(asked, commands)
    listed: frozenset[str] = frozenset()
    if asked.refresh:
        listed = await _listed(asked, commands, Origin.BUILT_IN if built_in else None)
    region = asked.region or Region.INTL
    everything = {voice.library_id: voice for voice in await commands.library.search("")}
    matching = {voice.library_id for voice in await commands.library.search(asked.search)}
    found = [
        voice
        for voice in everything.values()
        if (voice.library_id in matching or voice.voice_id in listed)
        and (voice.origin is Origin.BUILT_IN) is built_in
        and asked.system in ("", voice.system)
        and voice.region in ("", region)
    ]
    for voice in found:
        day = f"{voice.created.astimezone():%Y-%m-%d}"
        parts = (voice.system, voice.language, voice.status, day)
        say(asked, f"{voice.library_id}  {voice.name}  ·  {' · '.join(str(part) for part in parts if part)}")
    if not found:
        say(asked, "No voice found." if asked.search else "No voice kept yet.")
    document(asked, [answers.voice_as_json(voice) for voice in found])
    return 0


async def _listed(asked: Namespace, commands: Commands, origin: Origin | None) -> frozenset[str]:
    """Asks the systems. The ids that the one asked for found by the words of the search."""
    if not asked.system:
        async for refreshed in commands.remote.refresh_all(origin, asked.region or Region.INTL):
            if refreshed.error:
                warn(f"{LABELS[refreshed.system]}: {sentence(refreshed.error)}")
        return frozenset()
    if not commands.remote.lists(asked.system):
        warn(f"--refresh is left out: {LABELS[asked.system]} has no list of voices.")
        return frozenset()
    found: tuple[Voice, ...] = ()
    if asked.search:
        found = await commands.remote.refresh(asked.system, asked.region, origin, asked.search)
    if not found:
        await commands.remote.refresh(asked.system, asked.region, origin, "")
    return frozenset(voice.voice_id for voice in found)


async def show(asked: Namespace, commands: Commands) -> int:
    await settle(asked, commands)
    voice, trouble = await commands.remote.look(asked.voice, asked.region)
    if trouble:
        warn(f"As last known here: {sentence(trouble)}")
    fields = answers.voice_as_json(voice)
    for name, value in fields.items():
        if value:
            say(asked, f"{name:13} {value}")
    document(asked, fields)
    return 0


async def delete(asked: Namespace, commands: Commands) -> int:
    voice = await commands.remote.find(asked.voice, asked.region)
    await commands.remote.remove(voice)
    note = commands.remote.deletion_note(voice)
    say(asked, f"Deleted “{voice.name}”. {note}".rstrip())
    deleted = {"deleted": str(voice.library_id), "system": voice.system, "voice_id": voice.voice_id, "note": note}
    document(asked, deleted)
    return 0


async def say_text(asked: Namespace, commands: Commands) -> int:
    output: Path = asked.output
    await commands.saying.check_place(output)
    wanted = format_of(output, AudioFormat.WAV)
    if not asked.text.strip():
        raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.TEXT, Fault.MISSING),))
    await settle(asked, commands)
    voice = await commands.remote.find(asked.voice, asked.region)
    clip = await commands.saying.say(voice, asked.text, audio_format=wanted)
    await commands.saying.write(clip, output, wanted)
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
