"""The library on its way to another folder: copied, compared, and only then left.

What was copied while the library was in use is looked at again once it is not. Every method blocks, and raises
NOT_WRITABLE or DISK_FULL where it doesn't say otherwise.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.store.backups import checked
from studio.store.export import failing_outside
from studio.store.files import PART_SUFFIX, PRIVATE_FILE, make_private_folder, sync_folder, write_whole
from studio.store.paths import LOCATION, find_home, start_folder

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from studio.store.paths import Home

_BLOCK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)
_STAYS = frozenset({".locks", LOCATION})
_NOT_COPIED = _STAYS | {"drag"}

_Form = tuple[int, int]
"""Size and time of a file's last change: one that has both as before is as before."""


class Relocation:
    def __init__(self, home: Home, folder: Path, progress: Callable[[float], object], stop: threading.Event) -> None:
        self._home = home
        self._folder = folder.expanduser().absolute()
        self._progress = progress
        self._stop = stop
        self._copied: dict[str, _Form] = {}
        self._made = self._was_there = self._left = False

    def prepare(self) -> None:
        """Raises PLACE_TAKEN, too."""
        with failing_outside():
            old, new = self._home.root.resolve(), self._folder.resolve()
            if old == new or old in new.parents or new in old.parents or not _is_empty(self._folder):
                raise StudioError(Reason.PLACE_TAKEN, detail=str(self._folder))
            needed = sum(size for size, _ in self._files().values())
            self._was_there = self._folder.exists()
            make_private_folder(self._folder)
            self._made = True
            if shutil.disk_usage(self._folder).free < needed:
                raise StudioError(Reason.DISK_FULL, detail=f"{needed} bytes are needed", retryable=True)

    def copy(self) -> None:
        """Everything but the library file, which others are still at."""
        found = self._files()
        self._copy({name: form for name, form in found.items() if not name.startswith("library.db")})

    def finish(self) -> None:
        """With the library let go of: the rest, and what has changed; then the pointer, and the old folder's new name.

        Raises LIBRARY_BUSY if something still changes, as a take that is being recorded.
        """
        found = self._files()
        for name in self._copied.keys() - found.keys():
            (self._folder / name).unlink(missing_ok=True)
            del self._copied[name]
        self._copy({name: form for name, form in found.items() if self._copied.get(name) != form})
        if self._files() != self._copied:
            raise StudioError(Reason.LIBRARY_BUSY, detail="something is being written", retryable=True)
        checked(self._folder / self._home.database.name)
        with failing_outside():
            _to_disk()
            self._point()
        self._rename()

    def undo(self) -> None:
        """Nothing is left in the new folder, unless it is the library's."""
        if self._left or not self._made:
            return
        for entry in list(self._folder.iterdir()):
            if entry.name not in _STAYS:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink(missing_ok=True)
        if not self._was_there:
            with suppress(OSError):
                self._folder.rmdir()

    def _files(self) -> dict[str, _Form]:
        """By their names from the home folder on. Links in the home folder itself are followed: it may be on two disks.

        Raises OSError.
        """
        found: dict[str, _Form] = {}
        with os.scandir(self._home.root) as entries:
            for entry in entries:
                if entry.name not in _NOT_COPIED and not entry.name.endswith(PART_SUFFIX):
                    _list(entry, entry.name, found, follow=True)
        return found

    def _copy(self, files: dict[str, _Form]) -> None:
        whole = max(1, sum(size for size, _ in files.values()))
        done = 0
        with failing_outside():
            for name, form in files.items():
                try:
                    self._copy_file(name)
                except FileNotFoundError:  # purged meanwhile
                    continue
                self._copied[name] = form
                done += form[0]
                self._progress(done / whole)

    def _copy_file(self, name: str) -> None:
        """Read again and compared."""
        import hashlib

        source, copy = self._home.root / name, self._folder / name
        total = hashlib.sha256()
        with source.open("rb") as reading:
            make_private_folder(copy.parent)
            with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, PRIVATE_FILE), "wb") as sink:
                while block := self._block(reading.read(_BLOCK)):
                    total.update(block)
                    sink.write(block)
                _to_disk(sink.fileno())
        with copy.open("rb") as again:
            there = hashlib.sha256()
            while block := self._block(again.read(_BLOCK)):
                there.update(block)
        if there.digest() != total.digest():
            raise StudioError(Reason.NOT_WRITABLE, detail=f"{copy} isn't what was written")
        shutil.copystat(source, copy)

    def _block(self, block: bytes) -> bytes:
        if self._stop.is_set():
            raise InterruptedError("cancelled")
        return block

    def _point(self) -> None:
        """The library is there from the moment on when the start folder's pointer says so."""
        told = os.fsencode(self._folder) + b"\n"
        start = start_folder() if find_home() == self._home else self._home.root
        if self._folder == start:
            (start / LOCATION).unlink()
            sync_folder(start)
        else:
            (self._folder / LOCATION).unlink(missing_ok=True)
            write_whole(start / LOCATION, told)
        self._left = True
        if self._home.root != start:
            write_whole(self._home.location, told)

    def _rename(self) -> None:
        """All but the pointer, as far as it can be: what is left where it was harms nobody."""
        root = self._home.root
        aside = root.with_name(f"{root.name}-moved-{datetime.now(UTC):%Y-%m-%d}")
        number = 2
        while aside.exists():
            aside = root.with_name(f"{root.name}-moved-{datetime.now(UTC):%Y-%m-%d}-{number}")
            number += 1
        with suppress(OSError):
            make_private_folder(aside)
            for entry in list(root.iterdir()):
                if entry.name not in _STAYS:
                    os.rename(entry, aside / entry.name)
        with suppress(OSError):
            aside.rmdir()  # where nothing could be moved


def _list(entry: os.DirEntry[str], name: str, found: dict[str, _Form], *, follow: bool = False) -> None:
    if entry.is_dir(follow_symlinks=follow):
        with os.scandir(entry.path) as entries:
            for inner in entries:
                if not inner.name.endswith(PART_SUFFIX):
                    _list(inner, f"{name}/{inner.name}", found)
    elif entry.is_file():
        known = entry.stat()
        found[name] = (known.st_size, known.st_mtime_ns)


def _is_empty(folder: Path) -> bool:
    """But for what the library left when it was here."""
    try:
        return all(entry.name in _STAYS for entry in folder.iterdir())
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False


def _to_disk(descriptor: int | None = None) -> None:
    """Everything at once where that can be asked for, else file by file."""
    if sys.platform == "win32":
        if descriptor is not None:
            os.fsync(descriptor)
    elif descriptor is None:
        os.sync()
