"""Voices read from the library file, a hundred thousand at a time, while the loop's thread has its turns."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from sys import intern
from typing import TYPE_CHECKING, Any
from uuid import UUID

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.voices import Origin, Status, Voice
from studio.ports import Changes
from studio.store.rows import as_written, moment_from
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from datetime import datetime
    from sqlite3 import Connection

    from studio.store.rows import Value

MANY = 5_000
TURN = 250
TURN_S = 0.0001
"""Whoever waits for the interpreter's lock gets it at once from a thread that sleeps, otherwise after 5 ms."""

SHORTEST_HANDLE = 8
"""Hexadecimal digits of a library id that are enough to name a voice, if no other begins with them."""

_SELECT = """
SELECT library_id, system, account, voice_id, name, origin, target_model, language, created, status, region,
    last_used, description, preview_text, notes, recipe, tag_lines, favourite, rating, collection, pitch_hz,
    has_clips, listed, gone, changed
FROM voices
"""
_NEWEST_FIRST = f"{_SELECT} WHERE deleted IS NULL ORDER BY created DESC, rowid DESC"
_NEWEST = f"{_NEWEST_FIRST} LIMIT ?"
_SINCE = f"{_SELECT} WHERE revision > ? AND deleted IS NULL ORDER BY +created DESC, rowid DESC"
_HIDDEN_SINCE = """
SELECT library_id FROM voices WHERE revision > :since AND deleted IS NOT NULL
UNION SELECT library_id FROM purged WHERE revision > :since AND NOT EXISTS (
    SELECT 1 FROM voices WHERE voices.library_id = purged.library_id AND deleted IS NULL
)
"""
_BY_VOICE_ID = f"""
{_SELECT} WHERE system = ? AND voice_id = ? AND deleted IS NULL ORDER BY created DESC, rowid DESC LIMIT 1
"""
_BY_PREFIX = f"{_SELECT} WHERE library_id >= ? AND library_id < ? AND deleted IS NULL LIMIT 2"
_BY_ID = f"{_SELECT} WHERE library_id = ?"

_ORIGINS = {origin.value: origin for origin in Origin}
_STATUSES = {status.value: status for status in Status}
_LANGUAGES: dict[str, Language | None] = {language.value: language for language in Language} | {"": None}


def voices(connection: Connection) -> tuple[Voice, ...]:
    """Newest first, without the hidden ones."""
    with _uncollected():
        found = read(connection, _NEWEST_FIRST)
        if len(found) >= MANY:
            gc.freeze()
    return found


@as_written
def look_through(connection: Connection) -> None:
    """Reads every voice and keeps none. Raises LIBRARY_DAMAGED for one that this program can't have written."""
    cursor = connection.cursor()
    cursor.row_factory = None
    tags: dict[str, tuple[str, ...]] = {"": ()}
    for number, row in enumerate(cursor.execute(_SELECT), 1):
        _voice(row, tags)
        if not number % TURN:
            time.sleep(TURN_S)


def newest(connection: Connection, count: int) -> tuple[Voice, ...]:
    return read(connection, _NEWEST, (count,))


def changes(connection: Connection, since: int) -> Changes:
    """As `ports.Shelf.changes`. A revision that this file never had, as before a copy was put back: everything."""
    with transaction(connection, "BEGIN DEFERRED"):
        last, forgotten = connection.execute("SELECT last, forgotten FROM revisions").fetchone()
        if since <= 0 or not forgotten <= since <= last:
            return Changes(last, voices(connection), whole=True)
        if since == last:
            return Changes(last)
        hidden = connection.execute(_HIDDEN_SINCE, {"since": since}).fetchall()
        return Changes(last, read(connection, _SINCE, (since,)), tuple(UUID(library_id) for (library_id,) in hidden))


def by_id(connection: Connection, library_id: str) -> Voice:
    """One that is there, hidden or not."""
    return read(connection, _BY_ID, (library_id,))[0]


def is_here(connection: Connection, library_id: UUID) -> bool:
    """Hidden or not."""
    return bool(connection.execute("SELECT 1 FROM voices WHERE library_id = ?", (str(library_id),)).fetchone())


def find(connection: Connection, handle: str) -> Voice:
    """As `ports.Shelf.find`."""
    system, colon, voice_id = handle.partition(":")
    if colon:
        found = read(connection, _BY_VOICE_ID, (system, voice_id))
    else:
        found = _by_digits(connection, handle.strip().replace("-", "").lower())
    if len(found) != 1:
        raise StudioError(Reason.NO_SUCH_VOICE, detail=f"{handle[:200]}: {len(found)} voices")
    return found[0]


def read(connection: Connection, asked: str, values: Sequence[Value] | dict[str, Value] = ()) -> tuple[Voice, ...]:
    """What a SELECT of the columns above finds."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: a row with names costs as much again as the voice
    return _all_from(cursor.execute(asked, values))


@as_written
def _all_from(rows: Iterable[tuple[Any, ...]]) -> tuple[Voice, ...]:
    """Words that many voices share are there once."""
    tags: dict[str, tuple[str, ...]] = {"": ()}
    found: list[Voice] = []
    for row in rows:
        found.append(_voice(row, tags))
        if not len(found) % TURN:
            time.sleep(TURN_S)
    return tuple(found)


def _voice(row: tuple[Any, ...], tags: dict[str, tuple[str, ...]]) -> Voice:
    """By position: at a hundred thousand, every name costs."""
    lines = row[16]
    if lines not in tags:
        tags[lines] = tuple(lines.split("\n"))
    return Voice(
        UUID(row[0]),
        intern(row[1]),
        intern(row[2]),
        row[3],
        row[4],
        _ORIGINS[row[5]],
        intern(row[6]),
        _LANGUAGES[row[7]],
        moment_from(row[8]),
        _STATUSES[row[9]],
        intern(row[10]),
        _moment(row[11]),
        row[12],
        row[13],
        row[14],
        row[15],
        tags[lines],
        bool(row[17]),
        row[18],
        intern(row[19]),
        row[20],
        bool(row[21]),
        _moment(row[22]),
        _moment(row[23]),
        bool(row[24]),
    )


@contextmanager
def _uncollected() -> Generator[None]:
    """Without the collector of cycles, which would stop every thread for the longer the more voices there are.

    They are in no cycle, and what is frozen behind it is not looked through again; it goes as ever when nobody has it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else moment_from(microseconds)


def _by_digits(connection: Connection, digits: str) -> tuple[Voice, ...]:
    if not SHORTEST_HANDLE <= len(digits) <= 32 or not set(digits) <= set("0123456789abcdef"):
        return ()
    lowest, highest = (str(UUID(digits.ljust(32, fill))) for fill in "0f")
    return read(connection, _BY_PREFIX, (lowest, highest + "0"))
