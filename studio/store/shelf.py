"""The voices kept and their clips, in the library file."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.store.clips import insert_clip, tidy
from studio.store.files import disk_failure
from studio.store.rows import clean, clip_from, now, record_from, voice_from, voice_record
from studio.store.transactions import transaction
from studio.store.voice_rows import ADD, MARK, THE_VOICE, merge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from studio.domain.audio import Clip
    from studio.domain.voices import ClipKind, Origin, Status, StoredClip, Voice
    from studio.store.clips import ClipFolder, WrittenClip
    from studio.store.database import Database
    from studio.store.profiles import FileProfiles
    from studio.store.rows import Row, Value

UNDO_S = 10.0
SHORTEST_HANDLE = 8
"""Hexadecimal digits of a library id that are enough to name a voice, if no other begins with them."""

_BY_VOICE_ID = """
SELECT * FROM voices WHERE system = ? AND voice_id = ? AND deleted IS NULL ORDER BY created DESC, rowid DESC LIMIT 1
"""
_BY_PREFIX = "SELECT * FROM voices WHERE library_id >= ? AND library_id < ? AND deleted IS NULL LIMIT 2"
_ALL = "SELECT * FROM voices WHERE deleted IS NULL ORDER BY created DESC, rowid DESC"
_RENAME = "UPDATE voices SET name = ? WHERE library_id = ?"
_ANNOTATE = "UPDATE voices SET notes = ? WHERE library_id = ?"
_USED = "UPDATE voices SET last_used = ? WHERE library_id = ?"
_DELETE = "UPDATE voices SET deleted = ? WHERE library_id = ? AND deleted IS NULL"
_RESTORE = "UPDATE voices SET deleted = NULL WHERE library_id = ?"
_CLIPS_OF = """
SELECT * FROM clips WHERE library_id = ? AND deleted IS NULL ORDER BY kind <> 'preview', created DESC, rowid DESC
"""
_CLOSE = "DELETE FROM orders WHERE order_id = ?"
_DELETE_CLIP = "UPDATE clips SET deleted = ? WHERE clip_id = ? AND library_id IS NOT NULL AND deleted IS NULL"
_RESTORE_CLIP = "UPDATE clips SET deleted = NULL WHERE clip_id = ?"

_SAME_CLIP = "UPDATE clips SET deleted = NULL WHERE library_id = ? AND sha256 = ?"
_STATE = """
INSERT INTO rights (library_id, sample_sha256, statement, created)
SELECT :library_id, :sample_sha256, :statement, :created WHERE NOT EXISTS (
    SELECT 1 FROM rights
    WHERE library_id = :library_id AND sample_sha256 = :sample_sha256 AND statement = :statement
)
"""

_OVER = """
SELECT clip_id, file FROM clips
WHERE library_id IN (SELECT library_id FROM voices WHERE deleted <= :before)
    OR clip_id IN (SELECT clip_id FROM candidates WHERE discarded <= :before)
    OR deleted <= :before
"""

_MATCHES = "SELECT voice_id FROM voices WHERE system = ?"


class LibraryShelf:
    """Implements `ports.Shelf`. A deleted voice stays hidden, in every process, until it is restored or purged."""

    def __init__(
        self, database: Database, folder: ClipFolder, profiles: FileProfiles, home: Path, undo_s: float = UNDO_S
    ) -> None:
        self._database = database
        self._folder = folder
        self._profiles = profiles
        self._home = home
        self._undo_s = undo_s

    async def voices(self) -> tuple[Voice, ...]:
        return await self._database.run(_voices)

    async def add(
        self,
        voice: Voice,
        clip: Clip | None,
        kind: ClipKind,
        text: str,
        statement: str = "",
        order_id: UUID | None = None,
    ) -> Voice:
        """The voice as it is on the shelf now; one that was being deleted is back.

        A voice that is there keeps its name and notes; its status follows, its words where there are new ones. A
        clip of the same bytes is there once. A `statement` is a JSON object; without a clip its `sample_sha256` is
        the sum it is kept with.
        """

        def work(connection: Connection) -> Voice:
            written = self._folder.write(clip, kind, text) if clip else None
            unused = written
            try:
                with transaction(connection):
                    shelved, took_clip = _add(connection, voice, written, statement)
                    if order_id:
                        connection.execute(_CLOSE, (str(order_id),))
                unused = None if took_clip else written
            finally:
                if unused:
                    self._folder.remove([unused.stored.file])
            return shelved

        return await self._database.run(work)

    async def merge(self, system: str, account: str, listed: Sequence[Voice], gone: Sequence[Origin]) -> None:
        """Hidden voices stay hidden; ones that came into the library just now aren't taken for gone."""
        await self._database.run(partial(merge, system=system, account=account, listed=listed, gone=gone))

    async def mark(self, library_id: UUID, status: Status) -> None:
        await self._change(MARK, (status.value, str(library_id)), library_id)

    async def find(self, handle: str) -> Voice:
        """By library id, its first eight or more digits, or `system:voice_id`."""
        return await self._database.run(partial(_find, handle=clean(handle)))

    async def rename(self, library_id: UUID, name: str) -> None:
        """A voice that is being deleted is renamed too, and annotated: it may be restored."""
        await self._change(_RENAME, (clean(name), str(library_id)), library_id)

    async def annotate(self, library_id: UUID, notes: str) -> None:
        await self._change(_ANNOTATE, (clean(notes), str(library_id)), library_id)

    async def used(self, library_id: UUID) -> None:
        await self._change(_USED, (now(), str(library_id)), library_id)

    async def delete(self, library_id: UUID) -> None:
        await self._change(_DELETE, (now(), str(library_id)), library_id)

    async def restore(self, library_id: UUID) -> None:
        """Raises NO_SUCH_VOICE once it is purged."""
        await self._change(_RESTORE, (str(library_id),), library_id)

    async def purge(self) -> None:
        await self._database.run(self._purge)

    async def changed_elsewhere(self) -> bool:
        return await self._database.changed_elsewhere()

    async def _change(self, statement: str, values: Sequence[Value], library_id: UUID) -> None:
        if not await _changed_rows(self._database, statement, values):
            raise StudioError(Reason.NO_SUCH_VOICE, detail=str(library_id))

    def _purge(self, connection: Connection) -> None:
        """Rows first, then files: a crash in between leaves files without rows, which harm nobody."""
        self._folder.remove(_forget(connection, now() - round(self._undo_s * 1e6)))
        try:
            self._folder.tidy()
            self._profiles.sweep(voice_id for (voice_id,) in connection.execute(_MATCHES, (ON_DEVICE,)).fetchall())
            tidy(self._home / "rights")
            tidy(self._home)
        except OSError as error:
            raise disk_failure(error) from error


class LibraryClips:
    """Implements `ports.Clips`."""

    def __init__(self, database: Database, folder: ClipFolder) -> None:
        self._database = database
        self._folder = folder

    async def clips_of(self, library_id: UUID) -> tuple[StoredClip, ...]:
        return await self._database.run(partial(_clips_of, library_id=library_id))

    async def add_clip(self, library_id: UUID, clip: Clip, kind: ClipKind, text: str) -> StoredClip:
        """Raises NO_SUCH_VOICE if the voice is purged."""

        def work(connection: Connection) -> StoredClip:
            written = self._folder.write(clip, kind, text)
            try:
                with transaction(connection):
                    _must_be_there(connection, library_id)
                    insert_clip(connection, written, library_id)
            except BaseException:
                self._folder.remove([written.stored.file])
                raise
            return written.stored

        return await self._database.run(work)

    async def load(self, stored: StoredClip) -> Clip:
        """On a thread of its own: a click on Play doesn't wait for the library."""
        return await asyncio.to_thread(self._folder.read, stored)

    async def delete_clip(self, clip_id: UUID) -> None:
        """One that is gone already is no error; a candidate's clip stays."""
        await _changed_rows(self._database, _DELETE_CLIP, (now(), str(clip_id)))

    async def restore_clip(self, clip_id: UUID) -> None:
        """Raises NO_SUCH_CLIP once it is purged."""
        if not await _changed_rows(self._database, _RESTORE_CLIP, (str(clip_id),)):
            raise StudioError(Reason.NO_SUCH_CLIP, detail=str(clip_id))


async def _changed_rows(database: Database, statement: str, values: Sequence[Value]) -> int:
    def work(connection: Connection) -> int:
        with transaction(connection):
            return connection.execute(statement, values).rowcount

    return await database.run(work)


def _add(connection: Connection, voice: Voice, written: WrittenClip | None, statement: str) -> tuple[Voice, bool]:
    """The row as it is now, and whether the clip is among the voice's."""
    record = voice_record(voice)
    connection.execute(ADD, record)
    shelved = voice_from(connection.execute(THE_VOICE, record).fetchone())
    owner = str(shelved.library_id)
    taken = bool(written) and not connection.execute(_SAME_CLIP, (owner, written.sha256)).rowcount
    if written and taken:
        insert_clip(connection, written, shelved.library_id)
    if statement:
        sample = written.sha256 if written else record_from(statement).get("sample_sha256", "")
        said = {"library_id": owner, "sample_sha256": sample, "statement": clean(statement), "created": now()}
        connection.execute(_STATE, said)
    return shelved, taken


def _voices(connection: Connection) -> tuple[Voice, ...]:
    return tuple(voice_from(row) for row in connection.execute(_ALL))


def _find(connection: Connection, handle: str) -> Voice:
    system, colon, voice_id = handle.partition(":")
    if colon:
        found = connection.execute(_BY_VOICE_ID, (system, voice_id)).fetchall()
    else:
        found = _by_digits(connection, handle.strip().replace("-", "").lower())
    if len(found) != 1:
        raise StudioError(Reason.NO_SUCH_VOICE, detail=f"{handle[:200]}: {len(found)} voices")
    return voice_from(found[0])


def _by_digits(connection: Connection, digits: str) -> list[Row]:
    if not SHORTEST_HANDLE <= len(digits) <= 32 or not set(digits) <= set("0123456789abcdef"):
        return []
    lowest, highest = (str(UUID(digits.ljust(32, fill))) for fill in "0f")
    return connection.execute(_BY_PREFIX, (lowest, highest + "0")).fetchall()


def _clips_of(connection: Connection, library_id: UUID) -> tuple[StoredClip, ...]:
    return tuple(clip_from(row) for row in connection.execute(_CLIPS_OF, (str(library_id),)))


def _must_be_there(connection: Connection, library_id: UUID) -> None:
    if not connection.execute("SELECT 1 FROM voices WHERE library_id = ?", (str(library_id),)).fetchone():
        raise StudioError(Reason.NO_SUCH_VOICE, detail=str(library_id))


def _forget(connection: Connection, before: int) -> list[str]:
    """Removes the rows whose time to undo is over and returns the names of their clip files."""
    with transaction(connection):
        over = connection.execute(_OVER, {"before": before}).fetchall()
        connection.execute("DELETE FROM candidates WHERE discarded <= ?", (before,))
        connection.executemany("DELETE FROM clips WHERE clip_id = ?", [(row["clip_id"],) for row in over])
        connection.execute("DELETE FROM voices WHERE deleted <= ?", (before,))
    return [row["file"] for row in over]
