"""Locks that die with their process, however it dies: work left half done can be told from work under way."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.domain.errors import Reason, StudioError
from studio.store.files import PRIVATE_FILE, disk_failure

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """An exclusive lock on a file, held until `remove` or the end of the process. Never waits."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path, *, create: bool) -> FileLock | None:
        """None if somebody holds it, or removed it in between.

        Raises OSError; FileNotFoundError only without `create`.
        """
        descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), PRIVATE_FILE)
        if _try_lock(descriptor) and os.fstat(descriptor).st_nlink > 0:
            return cls(path, descriptor)
        os.close(descriptor)
        return None

    def remove(self) -> None:
        """Deletes the file and lets go; on Windows in the other order, since an open file can't be deleted there."""
        if sys.platform == "win32":
            os.close(self._descriptor)
            with suppress(OSError):
                self._path.unlink()
        else:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)


class Owners:
    """Who holds what: each process has one random owner id, and a locked file of that name for as long as it lives.

    An id is never used twice, so an owner whose file is gone or can be locked is gone for good. Whatever is in
    progress (an order, a take) carries the id of its owner. All methods touch the disk, and any thread may call them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._id = ""
        self._lock: FileLock | None = None
        self._turn = threading.Lock()

    def mine(self) -> str:
        """This process's id, held from the first call on. Raises OSError."""
        with self._turn:
            while self._lock is None:  # `gone` of another process may take the new file first
                self._id = uuid4().hex
                self._lock = FileLock.take(self._folder / self._id, create=True)
            return self._id

    def held(self) -> str:
        """This process's id if it holds one, else nothing. Touches no disk."""
        return self._id if self._lock else ""

    def gone(self, owner: str) -> bool:
        """Whether that owner's process has ended; its lock file is removed then. Raises OSError."""
        if owner == self._id:
            return False
        try:
            lock = FileLock.take(self._folder / owner, create=False)
        except FileNotFoundError:
            return True
        if lock is None:
            return False
        lock.remove()
        return True

    def others(self) -> bool:
        """Whether another process holds anything here. Raises OSError."""
        names = [path.name for path in self._folder.iterdir() if path.is_file()]
        return any(_is_id(name) and name != self._id and not self.gone(name) for name in names)

    def sweep(self) -> None:
        """Removes the lock files that dead processes left. Raises OSError."""
        for path in self._folder.iterdir():
            if path.is_file():
                self.gone(path.name)

    def release(self) -> None:
        """What this process still holds counts as abandoned from here on."""
        with self._turn:
            if self._lock:
                self._lock.remove()
            self._lock = None
            self._id = ""


def _is_id(name: str) -> bool:
    return len(name) == 32 and name.isalnum()


@contextmanager
def holding(path: Path, busy_s: float) -> Generator[None]:
    """The lock on a file, waited for so long; the file is removed at the end.

    Raises LIBRARY_BUSY, LIBRARY_NOT_WRITABLE, DISK_FULL.
    """
    deadline = time.monotonic() + busy_s
    try:
        while (lock := FileLock.take(path, create=True)) is None:
            if time.monotonic() > deadline:
                raise StudioError(Reason.LIBRARY_BUSY, detail=path.name, retryable=True)
            time.sleep(0.01)
    except OSError as error:
        raise disk_failure(error) from error
    try:
        yield
    finally:
        lock.remove()
