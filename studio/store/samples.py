"""Samples in files of the person's own."""

from __future__ import annotations

import asyncio
import os
import stat
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 200_000_000
"""Bytes; more than any vendor takes, since a long recording may still be cut or encoded smaller."""


class SampleFile:
    """Implements `ports.SampleFiles`."""

    async def read(self, path: Path) -> bytes:
        """A folder, a pipe or a device is no sample either."""
        return await asyncio.to_thread(_read, path)


def _read(path: Path) -> bytes:
    try:
        size = _size(path)
        data = b"" if size > LARGEST else _content(path)
    except (OSError, ValueError):  # ValueError: a name with a zero character
        raise _refused(Fault.NOT_READABLE) from None
    size = max(size, len(data))
    if size > LARGEST:
        raise _refused(Fault.TOO_BIG, LARGEST, size)
    if not data:
        raise _refused(Fault.MISSING)
    return data


def _refused(fault: Fault, limit: int = 0, actual: int = 0) -> StudioError:
    return StudioError(Reason.BAD_INPUT, problems=(Problem(Field.SAMPLE, fault, limit, actual),))


def _size(path: Path) -> int:
    """Opening a pipe waits for whoever writes, and opening a device may move it: only files are opened."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError("not a file")
    return found.st_size


def _content(path: Path) -> bytes:
    """No more than one byte too many. What took the file's place meanwhile doesn't hold up anything."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a file")
        return file.read(LARGEST + 1)
