"""Whole copies of the library file, and whether a library file is whole."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.store.files import PART_SUFFIX, disk_failure, make_private_file, make_private_folder, sync_folder

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

THOROUGH = "integrity_check"
QUICK = "quick_check"
"""All but whether every index agrees with its table."""


def backup_name(version: int, when: datetime | None = None) -> str:
    """`when` is now by default."""
    return f"library-v{version}-{(when or datetime.now(UTC)).astimezone(UTC):%Y%m%dT%H%M%SZ}.db"


def verify(connection: Connection, question: str = THOROUGH) -> None:
    """Reads every page. Raises LIBRARY_DAMAGED with SQLite's first words on it, or sqlite3's own errors."""
    found = [words for (words,) in connection.execute(f"PRAGMA {question}(3)")]
    if found != ["ok"]:
        raise StudioError(Reason.LIBRARY_DAMAGED, detail="; ".join(map(str, found)))


def copy_to(connection: Connection, path: Path) -> None:
    """One file without a log, checked, for its owner only; whole or not at all, in a folder that is made.

    Others may write meanwhile; `connection` itself must have no transaction under way. Blocks. Raises LIBRARY_DAMAGED,
    LIBRARY_NOT_WRITABLE, DISK_FULL, or sqlite3's own errors.
    """
    import sqlite3

    part = path.with_name(f".{os.urandom(16).hex()}{PART_SUFFIX}")
    try:
        make_private_folder(path.parent)
        make_private_file(part)
        try:
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            checked(part)
            os.replace(part, path)
        except BaseException:
            for left in part.parent.glob(f"{part.name}*"):
                with suppress(OSError):
                    left.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise disk_failure(error) from error


def checked(path: Path) -> int:
    """The version of a copy that is whole. Nothing is written, no file beside it made. Raises LIBRARY_DAMAGED."""
    import sqlite3

    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as copy:
            verify(copy)
            (version,) = copy.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        raise StudioError(Reason.LIBRARY_DAMAGED, detail=str(error)) from error
    if version <= 0:
        raise StudioError(Reason.LIBRARY_DAMAGED, detail="not a library of Voice Studio")
    return int(version)
