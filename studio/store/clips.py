"""The folder of clip files. A file is there, whole and on the disk, before any row names it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.domain.audio import Clip
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, StoredClip
from studio.store.files import PART_SUFFIX, PRIVATE_FILE, tighten, write_whole
from studio.store.rows import clean, clip_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from sqlite3 import Connection
    from uuid import UUID

HALF_WRITTEN_AGE_S = 3600.0

_INSERT = """
INSERT INTO clips
    (clip_id, library_id, kind, text, file, format, rate_hz, seconds, channels, created, envelope, sha256,
     partial, price_usd, narration_id)
VALUES
    (:clip_id, :library_id, :kind, :text, :file, :format, :rate_hz, :seconds, :channels, :created, :envelope, :sha256,
     :partial, :price_usd, :narration_id)
"""


@dataclass(frozen=True, slots=True)
class WrittenClip:
    """A clip whose file is on the disk and whose row is not there yet."""

    stored: StoredClip
    sha256: str


class ClipFolder:
    """Every method blocks on the disk: call it in an executor."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(
        self,
        clip: Clip,
        kind: ClipKind,
        text: str,
        *,
        partial: bool = False,
        price_usd: float | None = None,
        narration_id: UUID | None = None,
    ) -> WrittenClip:
        """Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        import hashlib

        clip_id = uuid4()
        name = f"{clip_id}{clip.format.suffix}"
        write_whole(self._folder / name, clip.data)
        stored = StoredClip(
            clip_id=clip_id,
            kind=kind,
            text=clean(text),
            file=name,
            format=clip.format,
            rate_hz=clip.rate_hz,
            seconds=clip.seconds,
            channels=clip.channels,
            created=datetime.now(UTC),
            envelope=clip.envelope,
            partial=partial,
            price_usd=price_usd,
            narration_id=narration_id,
        )
        return WrittenClip(stored, hashlib.sha256(clip.data).hexdigest())

    def read(self, stored: StoredClip) -> Clip:
        """Raises NO_SUCH_CLIP, for a name that leads out of the folder too."""
        path = self.path(stored)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=str(error)) from error
        return Clip(data, stored.format, stored.rate_hz, stored.seconds, stored.channels, stored.envelope)

    def path(self, stored: StoredClip) -> Path:
        """Raises NO_SUCH_CLIP for a name that leads out of the folder; whether the file is there is not asked."""
        path = self._folder / stored.file
        if path.parent != self._folder or path.name == "..":
            raise StudioError(Reason.NO_SUCH_CLIP, detail=stored.file)
        return path

    def remove(self, names: Iterable[str]) -> None:
        """Files whose rows are gone; one that can't be removed now stays, which costs room and nothing else."""
        for name in names:
            _unlink(self._folder / name)

    def tidy(self) -> None:
        """A clip without a row stays: the row may be in a library file that somebody is about to put back."""
        tidy(self._folder)


def tidy(folder: Path, age_s: float = HALF_WRITTEN_AGE_S) -> None:
    """Removes what a crash left half written; the rest is made private."""
    oldest = time.time() - age_s
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_file(follow_symlinks=False):
                continue
            if entry.name.endswith(PART_SUFFIX) and _written(entry) < oldest:
                _unlink(folder / entry.name)
            else:
                tighten(folder / entry.name, PRIVATE_FILE)


def insert_clip(connection: Connection, written: WrittenClip, library_id: UUID | None) -> None:
    """Within the caller's transaction; without a voice for a candidate's clip."""
    owner = None if library_id is None else str(library_id)
    connection.execute(_INSERT, clip_record(written.stored) | {"library_id": owner, "sha256": written.sha256})


def _written(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:  # another process tidies too
        return 0.0


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
