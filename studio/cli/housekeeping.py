"""What the commands do with the library as a whole: voices into and out of an archive, and what was used and spent."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from studio.cli.answers import document, say
from studio.cli.parts import Commands
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.spending import Usage
from studio.words import LABELS


async def export(asked: Namespace, commands: Commands) -> int:
    output: Path = asked.output
    if asked.all is bool(asked.voice):
        problem = Problem(Field.VOICE, Fault.MISSING if not asked.all else Fault.NOT_OFFERED)
        raise StudioError(Reason.BAD_INPUT, problems=(problem,))
    await commands.saying.check_place(output)
    if asked.all:
        voices = await commands.library.search("")
    else:
        voices = tuple([await commands.shelf.find(handle) for handle in asked.voice])
    ids = tuple(dict.fromkeys(voice.library_id for voice in voices))
    await commands.moving.write_archive(ids, output)
    say(asked, f"{output} · {_count(len(ids))}")
    document(asked, {"archive": str(output), "voices": [str(one) for one in ids]})
    return 0


async def read(asked: Namespace, commands: Commands) -> int:
    taken = await commands.moving.read_archive(asked.file)
    say(asked, f"{_count(len(taken.voices))} came in, {taken.known} were here already; {taken.clips} clips came.")
    document(asked, {"voices": [str(one) for one in taken.voices], "known": taken.known, "clips": taken.clips})
    return 0


async def usage(asked: Namespace, commands: Commands) -> int:
    rows, labels = await commands.usage.usages(await commands.library.search(""))
    for row in rows:
        label = labels.get(row.account) or "another account"
        limit = f" of {row.voices_max:,}" if row.voices_max else ""
        say(asked, f"{LABELS[row.system]:14} {row.voices:,}{limit} voices · {_spent(row)}  ({label})")
        for one in row.expiring:
            say(asked, f"{'':14} “{one.voice.name}” is deleted automatically in {_days(one.days)} if unused")
        if row.losers:
            say(asked, f"{'':14} {_count(len(row.losers))} of lost candidates, never used")
    if not rows:
        say(asked, "No voice of another system is here, and nothing was spent.")
    document(asked, [_as_json(row, labels) for row in rows])
    return 0


def _spent(row: Usage) -> str:
    words = f"${row.usd:.2f} spent, ${row.usd_this_month:.2f} this month"
    return f"{words}, {row.unpriced} at an unknown price" if row.unpriced else words


def _count(voices: int) -> str:
    return "1 voice" if voices == 1 else f"{voices:,} voices"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _as_json(row: Usage, labels: dict[str, str]) -> dict[str, object]:
    return {
        "system": row.system,
        "account": labels.get(row.account, ""),
        "region": row.region,
        "voices": row.voices,
        "voices_max": row.voices_max,
        "expiring": [
            {"library_id": str(one.voice.library_id), "name": one.voice.name, "days": one.days} for one in row.expiring
        ],
        "losers": [str(voice.library_id) for voice in row.losers],
        "usd": round(row.usd, 6),
        "usd_this_month": round(row.usd_this_month, 6),
        "unpriced": row.unpriced,
    }
