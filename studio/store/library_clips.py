"""The clips of kept voices, in the library file and the folder beside it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.errors import Reason, StudioError
from studio.store.clips import insert_clip
from studio.store.rows import clip_from, now
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from studio.domain.audio import Clip
    from studio.domain.voices import ClipKind, StoredClip
    from studio.store.clips import ClipFolder
    from studio.store.database import Database
    from studio.store.dragging import DragFolder
    from studio.store.rows import Value

AT_ONCE = 500
"""Voices in one question; SQLite before 3.32 takes 999 values."""

_CLIPS_OF = """
SELECT * FROM clips WHERE library_id = ? AND deleted IS NULL ORDER BY kind <> 'preview', created DESC, rowid DESC
"""
_FIRST_OF = """
SELECT * FROM clips WHERE rowid IN (
    SELECT clip FROM (
        SELECT rowid AS clip, row_number() OVER (
            PARTITION BY library_id ORDER BY kind <> 'preview', kind <> 'sample', created DESC, rowid DESC
        ) AS place
        FROM clips WHERE deleted IS NULL AND library_id IN ({places})
    ) WHERE place = 1
)
"""
_TAKEN_OF = "SELECT * FROM clips WHERE narration_id = ? ORDER BY created DESC, rowid DESC"
_DELETE_CLIP = "UPDATE clips SET deleted = ? WHERE clip_id = ? AND library_id IS NOT NULL AND deleted IS NULL"
_RESTORE_CLIP = "UPDATE clips SET deleted = NULL WHERE clip_id = ?"


class LibraryClips:
    """Implements `ports.Clips`."""

    def __init__(self, database: Database, folder: ClipFolder, drag: DragFolder) -> None:
        self._database = database
        self._folder = folder
        self._drag = drag

    async def clips_of(self, library_id: UUID) -> tuple[StoredClip, ...]:
        return await self._database.run(partial(_clips_of, library_id=library_id))

    async def first_of(self, library_ids: Sequence[UUID]) -> dict[UUID, StoredClip]:
        return await self._database.run(partial(_first_of, library_ids=library_ids))

    async def add_clip(
        self,
        library_id: UUID,
        clip: Clip,
        kind: ClipKind,
        text: str,
        *,
        partial: bool = False,
        price_usd: float | None = None,
        narration_id: UUID | None = None,
    ) -> StoredClip:
        """Raises NO_SUCH_VOICE if the voice is purged."""

        def work(connection: Connection) -> StoredClip:
            written = self._folder.write(
                clip, kind, text, partial=partial, price_usd=price_usd, narration_id=narration_id
            )
            try:
                with transaction(connection):
                    _must_be_there(connection, library_id)
                    insert_clip(connection, written, library_id)
            except BaseException:
                self._folder.remove([written.stored.file])
                raise
            return written.stored

        return await self._database.run(work)

    async def taken_of(self, narration_id: UUID) -> tuple[StoredClip, ...]:
        return await self._database.run(partial(_taken_of, narration_id=narration_id))

    async def as_file(self, stored: StoredClip, name: str) -> Path:
        """Raises NO_SUCH_CLIP, LIBRARY_NOT_WRITABLE or DISK_FULL."""
        return await asyncio.to_thread(self._drag.put, stored, name)

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


def _clips_of(connection: Connection, library_id: UUID) -> tuple[StoredClip, ...]:
    return tuple(clip_from(row) for row in connection.execute(_CLIPS_OF, (str(library_id),)))


def _taken_of(connection: Connection, narration_id: UUID) -> tuple[StoredClip, ...]:
    return tuple(clip_from(row) for row in connection.execute(_TAKEN_OF, (str(narration_id),)))


def _first_of(connection: Connection, library_ids: Sequence[UUID]) -> dict[UUID, StoredClip]:
    found: dict[UUID, StoredClip] = {}
    for start in range(0, len(library_ids), AT_ONCE):
        some = [str(library_id) for library_id in library_ids[start : start + AT_ONCE]]
        for row in connection.execute(_FIRST_OF.format(places=", ".join("?" * len(some))), some):
            found[UUID(row["library_id"])] = clip_from(row)
    return found


def _must_be_there(connection: Connection, library_id: UUID) -> None:
    if not connection.execute("SELECT 1 FROM voices WHERE library_id = ?", (str(library_id),)).fetchone():
        raise StudioError(Reason.NO_SUCH_VOICE, detail=str(library_id))
