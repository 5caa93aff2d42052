"""The copies of the library file in `backups/`: which there are, from when, and how many voices each has."""

from __future__ import annotations

import re
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import Reason, StudioError

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.paths import Home

COUNT_VOICES = "SELECT count(*) FROM voices WHERE deleted IS NULL"

_NAME = re.compile(r"library-v([0-9]{1,6})-([0-9]{8}T[0-9]{6})Z\.db")


class Copy(NamedTuple):
    """One by its name: of which version of the library, from when."""

    version: int
    made: datetime
    path: Path


def named(folder: Path) -> list[Copy]:
    """Newest first; what has another name is nobody's."""
    with suppress(OSError):
        told = [(match, path) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
        found = [Copy(int(match[1]), made, path) for match, path in told if (made := _moment(match[2]))]
        return sorted(found, key=lambda one: (one.made, one.version), reverse=True)
    return []


def voices_in(path: Path) -> int | None:
    """None for a file that can't be read."""
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            return int(copy.execute(COUNT_VOICES).fetchone()[0])
    except sqlite3.Error:
        return None


def fullest(copies: list[Copy]) -> Path | None:
    """The one with the most voices, of several the first; None where none has any."""
    counts = [(voices_in(one.path) or 0, one.path) for one in copies]
    most, path = max(counts, key=lambda one: one[0], default=(0, None))
    return path if most else None


def refuse_if_lost(home: Home) -> None:
    """Where the library file has nothing in it: raises LIBRARY_DAMAGED if a copy has voices, for then it is lost, not
    new, and a new one in its place would drive out its copies day by day.

    A folder that the library left is no such place.
    """
    if not home.location.exists() and (path := fullest(named(home.backups))):
        raise StudioError(
            Reason.LIBRARY_DAMAGED, detail=f"{home.database.name} has nothing in it, {path.name} has voices"
        )


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
