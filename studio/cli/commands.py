"""What the commands do with voices that exist: listed, shown, deleted and spoken with. And the doctor."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from studio import __version__
from studio.cli import answers
from studio.cli.answers import document, say, warn
from studio.cli.making import settle
from studio.cli.parts import Commands
from studio.cli.streaming import STDOUT, GrowingWav
from studio.domain.accounts import Region
from studio.domain.audio import AudioFormat, Clip
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.voices import Origin, Voice
from studio.domain.whereabouts import Whereabouts
from studio.flows.saying import format_of
from studio.flows.telling import Listener
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
        parts = (voice.system, voice.language, _standing(voice, commands), day)
        say(asked, f"{voice.library_id}  {voice.name}  ·  {' · '.join(str(part) for part in parts if part)}")
    if not found:
        say(asked, "No voice found." if asked.search else "No voice kept yet.")
    document(asked, [answers.voice_as_json(voice, commands.where(voice)) for voice in found])
    return 0


def _standing(voice: Voice, commands: Commands) -> str:
    """Its status, or what the lists of library and system together tell beyond it."""
    where = commands.where(voice)
    told = (Whereabouts.ONLY_THERE, Whereabouts.CHANGED, Whereabouts.EXPIRED, Whereabouts.DELETED_THERE)
    return where if where in told else voice.status


async def _listed(asked: Namespace, commands: Commands, origin: Origin | None) -> frozenset[str]:
    """Asks the systems. The ids that the one asked for found by the words of the search."""
    if not asked.system:
        for refreshed in await commands.refreshing.refresh_all(origin, lambda _: None, asked.region or Region.INTL):
            if refreshed.error:
                warn(f"{LABELS[refreshed.system]}: {sentence(refreshed.error)}")
        return frozenset()
    if not commands.refreshing.lists(asked.system):
        warn(f"--refresh is left out: {LABELS[asked.system]} has no list of voices.")
        return frozenset()
    found: tuple[Voice, ...] = ()
    if asked.search:
        found = await commands.refreshing.refresh(asked.system, asked.region, origin, asked.search)
    if not found:
        await commands.refreshing.refresh(asked.system, asked.region, origin, "")
    return frozenset(voice.voice_id for voice in found)


async def show(asked: Namespace, commands: Commands) -> int:
    await settle(asked, commands)
    voice, trouble = await commands.remote.look(asked.voice, asked.region)
    if trouble:
        warn(f"As last known here: {sentence(trouble)}")
    fields = answers.voice_as_json(voice, commands.where(voice))
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
    wanted = await _place(asked, commands)
    if not asked.text.strip():
        raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.TEXT, Fault.MISSING),))
    await settle(asked, commands)
    voice = await commands.remote.find(asked.voice, asked.region)
    if asked.stream:
        growing = GrowingWav(output)
        try:
            clip = await commands.saying.say(voice, asked.text, growing.finish, Listener(piece=growing.write))
        finally:
            growing.close()
    else:
        clip = await commands.saying.say(voice, asked.text, partial(_write, commands, output, wanted))
    if output == STDOUT:
        return 0
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


async def _write(commands: Commands, output: Path, wanted: AudioFormat, clip: Clip) -> None:
    await commands.saying.write(clip, output, wanted)


async def _place(asked: Namespace, commands: Commands) -> AudioFormat:
    """The format of the file. Raises NOT_WRITABLE, or BAD_INPUT for one that can't be written as it comes."""
    output: Path = asked.output
    if output == STDOUT and asked.stream and not asked.json:
        return AudioFormat.WAV
    wanted = format_of(output, AudioFormat.WAV)
    if output == STDOUT or (asked.stream and wanted is not AudioFormat.WAV):
        raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.FORMAT, Fault.NOT_OFFERED),))
    await commands.saying.check_place(output)
    return wanted


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
