"""What people said of the right to samples, kept with the voice; spoken consents; and both as one file for others."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from studio.domain.audio import AudioFormat, Clip, Envelope
from studio.domain.errors import Reason, StudioError
from studio.domain.samples import Right, Statement
from studio.domain.voices import ClipKind
from studio.store.export import write_outside
from studio.store.files import write_whole
from studio.store.rights_zip import Piece, Record, zipped
from studio.store.rows import as_written, moment_from, now, record_from
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from sqlite3 import Connection
    from uuid import UUID

    from studio.domain.voices import Voice
    from studio.store.database import Database
    from studio.store.paths import Home
    from studio.store.rows import Row

_OF = "SELECT * FROM rights WHERE library_id = ? ORDER BY created DESC, rights_id DESC"
_SAMPLES = """
SELECT sha256, min(file) AS file, format FROM clips
WHERE library_id = ? AND kind = ? AND deleted IS NULL GROUP BY sha256 ORDER BY sha256
"""
_CONSENT = "SELECT * FROM consents WHERE sha256 = ?"
_KEEP = """
INSERT INTO consents (sha256, file, format, rate_hz, seconds, channels, created, envelope)
VALUES (:sha256, :file, :format, :rate_hz, :seconds, :channels, :created, :envelope)
ON CONFLICT (sha256) DO NOTHING
"""

_UNSAID = dict.fromkeys(("said", "whose", "since", "consent_sha256", "sample_name", "sample_url"), "")


class LibraryRights:
    """Implements `ports.Rights`. What was said stays in the library when the voice is deleted, without its name."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    async def of(self, library_id: UUID) -> tuple[Statement, ...]:
        return await self._database.run(partial(_of, library_id=library_id))

    async def keep_consent(self, clip: Clip) -> str:
        """File first, then row. Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        return await self._database.run(partial(self._keep, clip=clip))

    async def consent(self, sha256: str) -> Clip:
        found = await self._database.run(partial(_consents, sums=[sha256]))
        data = await asyncio.to_thread(_read, self._home.rights, found[0]["file"]) if found else None
        if data is None:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=sha256)
        return _clip_from((found[0], data))

    async def export(self, voice: Voice, path: Path) -> None:
        """The same library and voice give the same bytes. A sample or consent that is gone is named without a file."""
        statements, samples, consents = await self._database.run(partial(_about, library_id=voice.library_id))
        await asyncio.to_thread(self._export, voice, statements, samples, consents, path)

    def _keep(self, connection: Connection, clip: Clip) -> str:
        import hashlib

        total = hashlib.sha256(clip.data).hexdigest()
        found = _consents(connection, [total])
        file = found[0]["file"] if found else f"{total}{clip.format.suffix}"
        if not (self._home.rights / file).exists():
            write_whole(self._home.rights / file, clip.data)
        record = {
            "sha256": total,
            "file": file,
            "format": clip.format.value,
            "rate_hz": clip.rate_hz,
            "seconds": clip.seconds,
            "channels": clip.channels,
            "created": now(),
            "envelope": clip.envelope.pairs,
        }
        with transaction(connection):
            connection.execute(_KEEP, record)
        return total

    def _export(
        self, voice: Voice, statements: tuple[Statement, ...], samples: list[Row], consents: list[Row], path: Path
    ) -> None:
        record = Record(
            voice=voice,
            statements=statements,
            samples=_pieces(self._home.clips, samples),
            consents=_pieces(self._home.rights, consents),
        )
        write_outside(zipped(record), path)


def _pieces(folder: Path, rows: Iterable[Row]) -> tuple[Piece, ...]:
    return tuple(
        Piece(row["sha256"], AudioFormat(row["format"]).suffix, data)
        for row in rows
        if (data := _read(folder, row["file"])) is not None
    )


def _about(connection: Connection, library_id: UUID) -> tuple[tuple[Statement, ...], list[Row], list[Row]]:
    """The statements of a voice, its samples, and the consents that are spoken of."""
    statements = _of(connection, library_id)
    samples = connection.execute(_SAMPLES, (str(library_id), ClipKind.SAMPLE.value)).fetchall()
    return statements, samples, _consents(connection, {one.right.consent_sha256 for one in statements})


def _of(connection: Connection, library_id: UUID) -> tuple[Statement, ...]:
    return tuple(map(_statement_from, connection.execute(_OF, (str(library_id),)).fetchall()))


def _consents(connection: Connection, sums: Iterable[str]) -> list[Row]:
    return [row for one in sorted(sums) for row in connection.execute(_CONSENT, (one,)).fetchall()]


@as_written
def _statement_from(row: Row) -> Statement:
    """Earlier versions knew neither whose voice it is nor of a consent."""
    said = _UNSAID | record_from(row["statement"])
    return Statement(
        said=said["said"],
        sample_sha256=row["sample_sha256"],
        sample_name=said["sample_name"],
        sample_url=said["sample_url"],
        right=Right(said["whose"], said["since"], said["consent_sha256"], own=said.get("own") is True),
        created=moment_from(row["created"]),
    )


@as_written
def _clip_from(row_and_data: tuple[Row, bytes]) -> Clip:
    row, data = row_and_data
    outline = Envelope(row["envelope"])
    return Clip(data, AudioFormat(row["format"]), row["rate_hz"], row["seconds"], row["channels"], outline)


def _read(folder: Path, name: str) -> bytes | None:
    """None for a file that is gone, and for a name that leads out of the folder."""
    path = folder / name
    try:
        return path.read_bytes() if path.parent == folder else None
    except OSError:
        return None
