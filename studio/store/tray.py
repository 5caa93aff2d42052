"""Designed voices that wait for Keep or Discard, in the library file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Candidate, ClipKind
from studio.store.briefs import brief_from, brief_json
from studio.store.clips import insert_clip
from studio.store.reading import by_id
from studio.store.rows import (
    clean,
    clip_from,
    moment_from,
    now,
    record_from,
    record_json,
    voice_from,
    voice_record,
    words_from,
)
from studio.store.transactions import transaction
from studio.store.voice_rows import KEEP, THE_VOICE

if TYPE_CHECKING:
    from sqlite3 import Connection

    from studio.domain.briefs import Brief
    from studio.domain.voices import Designed, Voice
    from studio.store.clips import ClipFolder, WrittenClip
    from studio.store.database import Database
    from studio.store.rows import Row

_WAITING = """
SELECT clips.*, candidate_id, brief, voice, seed, understood, unused_words, candidates.created AS put_in
FROM candidates JOIN clips USING (clip_id) WHERE discarded IS NULL
"""
_ALL = _WAITING + "ORDER BY candidates.created DESC, candidates.rowid DESC"
_ONE = _WAITING + "AND candidate_id = ?"
_PUT = """
INSERT INTO candidates (candidate_id, brief, voice, clip_id, seed, understood, unused_words, created)
VALUES (:candidate_id, :brief, :voice, :clip_id, :seed, :understood, :unused_words, :created)
"""
_DISCARD = "UPDATE candidates SET discarded = ? WHERE candidate_id = ? AND discarded IS NULL"


class LibraryTray:
    """Implements `ports.Tray`."""

    def __init__(self, database: Database, folder: ClipFolder) -> None:
        self._database = database
        self._folder = folder

    async def put(self, brief: Brief, designed: Designed) -> Candidate:
        """The candidate as it is on disk. Cancelled, it is in the tray all the same or not at all.

        Only a design with a preview waits here: without one, the voice was made elsewhere and belongs on the shelf.
        """
        preview = designed.preview
        if preview is None:
            raise ValueError("a design without a preview can't wait for Keep or Discard; add its voice to the shelf")

        def work(connection: Connection) -> Candidate:
            written = self._folder.write(preview, ClipKind.PREVIEW, brief.preview_text)
            try:
                return _put(connection, brief, designed, written)
            except BaseException:
                self._folder.remove([written.stored.file])
                raise

        return await self._database.run(work)

    async def candidates(self) -> tuple[Candidate, ...]:
        return await self._database.run(_candidates)

    async def keep(self, candidate_id: UUID, name: str) -> Voice:
        """An empty name leaves the voice its own. A second keep of one candidate raises NO_SUCH_VOICE."""
        return await self._database.run(partial(_keep, candidate_id=candidate_id, name=clean(name)))

    async def discard(self, candidate_id: UUID) -> None:
        """Raises NO_SUCH_VOICE."""
        await self._database.run(partial(_discard, candidate_id=candidate_id))

    async def take_back(self, candidate_id: UUID) -> Candidate:
        return await self._database.run(partial(_take_back, candidate_id=candidate_id))


def _put(connection: Connection, brief: Brief, designed: Designed, written: WrittenClip) -> Candidate:
    candidate_id = uuid4()
    with transaction(connection):
        insert_clip(connection, written, None)
        connection.execute(
            _PUT,
            {
                "candidate_id": str(candidate_id),
                "brief": brief_json(brief),
                "voice": record_json(voice_record(designed.voice)),
                "clip_id": str(written.stored.clip_id),
                "seed": designed.seed,
                "understood": record_json(designed.understood),
                "unused_words": record_json(designed.unused_words),
                "created": now(),
            },
        )
        return _candidate_from(_row(connection, candidate_id))


def _candidates(connection: Connection) -> tuple[Candidate, ...]:
    return tuple(_candidate_from(row) for row in connection.execute(_ALL))


def _keep(connection: Connection, candidate_id: UUID, name: str) -> Voice:
    with transaction(connection):
        row = _row(connection, candidate_id)
        voice = record_from(row["voice"])
        voice["name"] = name or voice["name"]
        connection.execute(KEEP, voice)
        (library_id,) = connection.execute(THE_VOICE, voice).fetchone()
        connection.execute("DELETE FROM candidates WHERE candidate_id = ?", (str(candidate_id),))
        connection.execute("UPDATE clips SET library_id = ? WHERE clip_id = ?", (library_id, row["clip_id"]))
        return by_id(connection, library_id)


def _discard(connection: Connection, candidate_id: UUID) -> None:
    with transaction(connection):
        if not connection.execute(_DISCARD, (now(), str(candidate_id))).rowcount:
            raise _no_such(candidate_id)


def _take_back(connection: Connection, candidate_id: UUID) -> Candidate:
    with transaction(connection):
        connection.execute("UPDATE candidates SET discarded = NULL WHERE candidate_id = ?", (str(candidate_id),))
        return _candidate_from(_row(connection, candidate_id))


def _row(connection: Connection, candidate_id: UUID) -> Row:
    row = connection.execute(_ONE, (str(candidate_id),)).fetchone()
    if row is None:
        raise _no_such(candidate_id)
    return row


def _candidate_from(row: Row) -> Candidate:
    return Candidate(
        candidate_id=UUID(row["candidate_id"]),
        brief=brief_from(row["brief"]),
        voice=voice_from(record_from(row["voice"])),
        preview=clip_from(row),
        created=moment_from(row["put_in"]),
        seed=row["seed"],
        understood=words_from(row["understood"]),
        unused_words=words_from(row["unused_words"]),
    )


def _no_such(candidate_id: UUID) -> StudioError:
    return StudioError(Reason.NO_SUCH_VOICE, detail=str(candidate_id))
