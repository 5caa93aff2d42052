"""The library as a whole: voices out of it and into it, copies of it, and another folder for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from studio.ports.systems import Progress


@dataclass(frozen=True, slots=True)
class Taken:
    """What an archive brought: voices that came in, ones that were here already, and clips that came to either."""

    voices: tuple[UUID, ...]
    known: int
    clips: int


class Archive(Protocol):
    """Voices as one documented zip: metadata, clips, rights records; no keys."""

    async def write(self, library_ids: Sequence[UUID], path: Path, progress: Progress) -> None:
        """Whole or not at all. Raises NOT_WRITABLE or DISK_FULL."""
        ...

    async def read(self, path: Path, accounts: Mapping[tuple[str, str], str], progress: Progress) -> Taken:
        """All of it or nothing. `accounts` has the account in use by system and region: a voice of an account that
        isn't known here becomes one of that. Raises FILE_GONE, NOT_AN_ARCHIVE, ARCHIVE_DAMAGED, ARCHIVE_TOO_NEW or
        DISK_FULL.
        """
        ...


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the library file, whole and checked when it was made."""

    path: Path
    made: datetime
    voices: int


class Upkeep(Protocol):
    """The library as files: checked, copied, put back, moved."""

    @property
    def folder(self) -> Path: ...

    async def check(self) -> None:
        """Raises LIBRARY_DAMAGED."""
        ...

    async def back_up(self) -> None:
        """A copy a day, if it is whole; the newest five are kept, and those before migrations."""
        ...

    async def backups(self) -> tuple[Backup, ...]:
        """Newest first. Never raises."""
        ...

    async def put_back(self, backup: Backup) -> None:
        """In place of the library file, which is put aside, not deleted. Raises NO_BACKUP, LIBRARY_BUSY."""
        ...

    async def move(self, folder: Path, progress: Progress) -> None:
        """Everything to another folder, checked there before this one is left; from then on the program looks there.

        The old folder stays, renamed where it can be. Raises PLACE_TAKEN, NOT_WRITABLE, DISK_FULL, LIBRARY_BUSY.
        """
        ...
