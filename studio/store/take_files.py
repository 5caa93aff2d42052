"""The folder of takes, one folder each: the raw sound, and what is known of it as JSON.

What can't be read of the JSON never hides the sound. Every function blocks on the disk.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Take
from studio.store.clips import HALF_WRITTEN_AGE_S, tidy
from studio.store.files import (
    PART_SUFFIX,
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    disk_failure,
    make_private_folder,
    sync_folder,
    tighten,
    write_whole,
)
from studio.store.raw_wav import frames_in, mend, rate_in, settle
from studio.store.take_facts import RAW, Kept, facts_json, kept_from

if TYPE_CHECKING:
    from pathlib import Path

FACTS = "take.json"
ORIGINAL = "original"
ORIGINAL_MAX = 50_000_000
"""Bytes; no vendor takes a bigger file untouched."""

SUSPECT_RATE_HZ = 48_000
"""Of a sound whose rate nobody knows any more: what is recorded by default."""

_BLOCK = 1 << 20


class TakeFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, take_id: UUID) -> Path:
        return self._folder / str(take_id)

    def raw(self, take_id: UUID) -> Path:
        return self.of(take_id) / RAW

    def ids(self) -> list[UUID]:
        """Of every folder that is a take's. Raises OSError."""
        found: list[UUID] = []
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(ValueError):
                    found += [UUID(entry.name)] if entry.is_dir(follow_symlinks=False) else []
        return [take_id for take_id in found if self.of(take_id).name == str(take_id)]

    def make(self, kept: Kept) -> None:
        """Raises LIBRARY_NOT_WRITABLE or DISK_FULL; then nothing of it is left."""
        folder = self.of(kept.take.take_id)
        try:
            make_private_folder(folder)
            try:
                self.write(kept)
                sync_folder(self._folder)
            except BaseException:
                self.remove(kept.take.take_id)
                raise
        except OSError as error:
            raise disk_failure(error) from error

    def write(self, kept: Kept) -> None:
        """Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        write_whole(self.of(kept.take.take_id) / FACTS, facts_json(kept).encode())

    def read(self, take_id: UUID) -> Kept | None:
        """None where nothing is known of the take, or nothing that this program can have written. Raises OSError.

        What only can't be read now says nothing: the take may be in the making.
        """
        with suppress(FileNotFoundError, ValueError, StudioError):
            text = (self.of(take_id) / FACTS).read_text("utf-8")
            return kept_from(self.of(take_id), text)
        return None

    def settle(self, take_id: UUID) -> None:
        """The raw sound is on the disk, and nobody else's to read. Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        try:
            settle(self.raw(take_id))
            tighten(self.raw(take_id), PRIVATE_FILE)
        except OSError as error:
            raise disk_failure(error) from error

    def seen(self, take_id: UUID, kept: Kept | None) -> Kept | None:
        """What is to be recovered of a take; None if that is not one sample. Changes nothing. Raises OSError.

        Its sample rate is whoever wrote the sound's, who began with the header.
        """
        raw = self.raw(take_id)
        frames = frames_in(raw)
        if not frames:
            return None
        if kept is None:
            created = datetime.fromtimestamp(raw.stat().st_mtime, UTC)
            name = f"Take {created.astimezone():%Y-%m-%d %H:%M}"
            kept = Kept(Take(take_id, name, created, SUSPECT_RATE_HZ, frames, raw))
        rate_hz = rate_in(raw) or kept.take.rate_hz
        take = replace(kept.take, frames=frames, rate_hz=rate_hz, recovered=True)
        return replace(kept, take=take, owner="", finished=True)

    def mend(self, kept: Kept) -> None:
        """Header and facts of a take as `seen`; facts that can't be read are put aside.

        Raises OSError, LIBRARY_NOT_WRITABLE or DISK_FULL.
        """
        take = kept.take
        mend(take.path, take.rate_hz)
        facts = self.of(take.take_id) / FACTS
        if facts.exists() and self.read(take.take_id) is None:
            os.replace(facts, facts.with_suffix(".json.damaged"))
        self.write(kept)

    def keep_original(self, take: Take, path: Path) -> Path | None:
        """A whole copy beside the raw sound; None for a file that nobody takes.

        Raises FILE_GONE, LIBRARY_NOT_WRITABLE or DISK_FULL.
        """
        media = take.source.media
        if media is None or _size_of(path) > ORIGINAL_MAX:
            return None
        copy = self.of(take.take_id) / f"{ORIGINAL}{media.suffix}"
        part = copy.with_name(f".{copy.name}{PART_SUFFIX}")
        try:
            copied = _copy(path, part)
            if copied > ORIGINAL_MAX:  # it has grown meanwhile
                return None
            os.replace(part, copy)
            sync_folder(copy.parent)
        except OSError as error:
            raise disk_failure(error) from error
        finally:
            part.unlink(missing_ok=True)
        return copy

    def remove(self, take_id: UUID) -> None:
        """At once or not at all; what can't be removed now is swept later."""
        gone = self._folder / f".{uuid4().hex}{PART_SUFFIX}"
        with suppress(OSError):
            os.replace(self.of(take_id), gone)
            shutil.rmtree(gone, ignore_errors=True)

    def sweep(self) -> None:
        """The rest of takes that were removed, and folders that never got a sound. Raises OSError."""
        with os.scandir(self._folder) as entries:
            rest = [entry.name for entry in entries if entry.name.endswith(PART_SUFFIX)]
        for name in rest:
            shutil.rmtree(self._folder / name, ignore_errors=True)
        for take_id in self.ids():
            with suppress(FileNotFoundError):  # another process sweeps too
                tighten(self.of(take_id), PRIVATE_FOLDER)
                tidy(self.of(take_id))
                if self._is_empty(take_id):
                    self.remove(take_id)

    def _is_empty(self, take_id: UUID) -> bool:
        """No facts and no sound, and not because it is just being made."""
        folder = self.of(take_id)
        old = folder.stat().st_mtime < time.time() - HALF_WRITTEN_AGE_S
        return old and not (folder / FACTS).exists() and not frames_in(folder / RAW)


def _size_of(path: Path) -> int:
    """Raises FILE_GONE, for a pipe too: opening one waits for whoever writes."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise StudioError(Reason.FILE_GONE, detail=f"{path} is not a file")
    return found.st_size


def _copy(source: Path, part: Path) -> int:
    """How many bytes were copied; no more than one block too many. Raises OSError, or FILE_GONE for the source."""
    copied = 0
    try:
        reading = source.open("rb")
    except OSError as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    with reading, os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, PRIVATE_FILE), "wb") as copy:
        while copied <= ORIGINAL_MAX and (block := reading.read(_BLOCK)):
            copy.write(block)
            copied += len(block)
        copy.flush()
        os.fsync(copy.fileno())
    return copied


_BINARY = getattr(os, "O_BINARY", 0)
