"""Files that came into the library's folders and whose rows are not there yet, noted before they are written.

A note outlives its process: whoever takes in the next archive removes what a dead one left behind. Every function
blocks on the disk and raises LIBRARY_NOT_WRITABLE or DISK_FULL.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.store.files import PRIVATE_FILE, disk_failure, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from sqlite3 import Connection

    from studio.store.locks import Owners
    from studio.store.paths import Home

_BINARY = getattr(os, "O_BINARY", 0)
_ASKED = {
    "clips": "SELECT 1 FROM clips WHERE file = ?",
    "rights": "SELECT 1 FROM consents WHERE file = ?",
}


class Arrivals:
    """The note of one import: the owner's id, then a line for each file."""

    def __init__(self, home: Home, owner: str) -> None:
        self._home = home
        self._path = home.imports / uuid4().hex
        try:
            self._note(owner)
        except OSError as error:
            raise disk_failure(error) from error

    def write(self, folder: Path, name: str, blocks: Iterable[bytes]) -> None:
        """On the disk when it returns. A file that is there already stays as it is; then nothing is noted."""
        path = folder / name
        try:
            if path.exists():
                return
            self._note(f"{folder.name}/{name}")
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE_FILE)
            with os.fdopen(descriptor, "wb") as file:
                for block in blocks:
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise disk_failure(error) from error

    def sync(self) -> None:
        """The names, too, survive power loss."""
        try:
            sync_folder(self._home.clips)
            sync_folder(self._home.rights)
        except OSError as error:
            raise disk_failure(error) from error

    def settle(self, connection: Connection) -> None:
        """What has a row stays, the rest goes. Raises nothing."""
        _settle(connection, self._home, self._path)

    def _note(self, line: str) -> None:
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line + "\n")


def sweep(connection: Connection, home: Home, owners: Owners) -> None:
    """What dead processes left. Raises nothing: it costs room and nothing else."""
    with suppress(OSError):
        for path in home.imports.iterdir():
            owner = path.read_text("utf-8").partition("\n")[0]
            if owner.isalnum() and owners.gone(owner):
                _settle(connection, home, path)


def _settle(connection: Connection, home: Home, note: Path) -> None:
    with suppress(OSError):
        for line in note.read_text("utf-8").splitlines()[1:]:
            folder, _, name = line.partition("/")
            asked = _ASKED.get(folder)
            path = home.root / folder / name
            if asked and path.parent == home.root / folder and not connection.execute(asked, (name,)).fetchone():
                path.unlink(missing_ok=True)
        note.unlink(missing_ok=True)
