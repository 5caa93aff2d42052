"""Files that are there whole or not at all, readable by their owner only, and disk errors put as reasons."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
PART_SUFFIX = ".part"

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def disk_failure(error: OSError) -> StudioError:
    """DISK_FULL or LIBRARY_NOT_WRITABLE, with the system's own words as detail."""
    if error.errno in _FULL:
        return StudioError(Reason.DISK_FULL, detail=str(error), retryable=True)
    return StudioError(Reason.LIBRARY_NOT_WRITABLE, detail=str(error))


def write_whole(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Writes beside `path`, then renames: after a crash or power loss there is the old file or the new one.

    `mode` is given at creation, so no moment is wider than it. Blocks. Raises LIBRARY_NOT_WRITABLE or DISK_FULL.
    """
    part = _part_in(path.parent)
    try:
        _write_synced(part, data, mode)
        try:
            os.replace(part, path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise disk_failure(error) from error


def try_folder(folder: Path) -> None:
    """Makes a file there and removes it: the only question about rights that every disk answers truly.

    Blocks. Raises LIBRARY_NOT_WRITABLE or DISK_FULL.
    """
    part = _part_in(folder)
    try:
        _write_synced(part, b"", PRIVATE_FILE)
        part.unlink()
    except OSError as error:
        raise disk_failure(error) from error


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder survive power loss; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private_folder(folder: Path) -> None:
    """Makes the folder, or takes group and others their rights to one that was there. Raises OSError."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    tighten(folder, PRIVATE_FOLDER)


def make_private_file(path: Path) -> None:
    """An empty file if there is none; one that was there is only made private. Raises OSError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    tighten(path, PRIVATE_FILE)


def tighten(path: Path, mode: int) -> None:
    """Takes away every right beyond `mode`, adds none; a missing file, or a disk without rights, is left alone."""
    with suppress(FileNotFoundError, PermissionError):
        now = path.stat().st_mode & 0o777
        if now & ~mode:
            path.chmod(now & mode)


def _part_in(folder: Path) -> Path:
    return folder / f".{os.urandom(16).hex()}{PART_SUFFIX}"


def _write_synced(part: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(part, flags, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
