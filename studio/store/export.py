"""Clips to files that the person named."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.store.files import PART_SUFFIX, disk_failure, sync_folder, try_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.audio import Clip

_BLOCK = 1 << 20
_AS_THE_PERSON_HAS_IT = 0o666  # less the umask: it is their file, not the library's


class FileExporter:
    """Implements `ports.Exporter`. An existing file is replaced, one behind a link at its own place."""

    async def check(self, path: Path) -> None:
        await asyncio.to_thread(_check, path)

    async def write(self, clip: Clip, path: Path) -> None:
        await asyncio.to_thread(write_outside, clip.data, path)

    async def names(self, folder: Path) -> tuple[str, ...]:
        return await asyncio.to_thread(_names, folder)

    async def copy(self, file: Path, path: Path) -> None:
        await asyncio.to_thread(_copy, file, path)


def _check(path: Path) -> None:
    with _outside_the_library():
        try_folder(_target(path).parent)


def _names(folder: Path) -> tuple[str, ...]:
    with failing_outside():
        try_folder(folder)
        return tuple(os.listdir(folder))


def write_outside(data: bytes, path: Path) -> None:
    """To a file of the person's own, whole or not at all. Blocks. Raises NOT_WRITABLE or DISK_FULL."""
    target = _target(path)
    mode = target.stat().st_mode & 0o777 if target.exists() else _AS_THE_PERSON_HAS_IT
    with _outside_the_library():
        write_whole(target, data, mode)


class FileOutside:
    """A file of the person's own that grows beside its place, and is put there once it is whole. Blocks.

    Making one raises NOT_WRITABLE or DISK_FULL; what is done to it, within `failing_outside`, does too.
    """

    def __init__(self, path: Path) -> None:
        self._target = _target(path)
        mode = self._target.stat().st_mode & 0o777 if self._target.exists() else _AS_THE_PERSON_HAS_IT
        self._part = self._target.with_name(f".{os.urandom(16).hex()}{PART_SUFFIX}")
        with failing_outside():
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self.file = os.fdopen(os.open(self._part, flags, mode), "w+b")

    def finish(self) -> None:
        with failing_outside():
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            os.replace(self._part, self._target)
            sync_folder(self._target.parent)

    def discard(self) -> None:
        """Nothing is left of it; after `finish` it does nothing."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


@contextmanager
def failing_outside() -> Generator[None]:
    """What the disk says there, as NOT_WRITABLE or DISK_FULL."""
    with _outside_the_library():
        try:
            yield
        except OSError as error:
            raise disk_failure(error) from error


def _copy(file: Path, path: Path) -> None:
    """Block by block beside the target, then renamed."""
    target = _target(path)
    part = target.with_name(f".{target.name}{PART_SUFFIX}")
    try:
        with file.open("rb") as source, part.open("wb") as sink:
            while block := source.read(_BLOCK):
                sink.write(block)
            sink.flush()
            os.fsync(sink.fileno())
        os.replace(part, target)
    except FileNotFoundError as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        with _outside_the_library():
            raise disk_failure(error) from error


@contextmanager
def _outside_the_library() -> Generator[None]:
    """It is the person's own place that can't be written to."""
    try:
        yield
    except StudioError as error:
        if error.reason is Reason.LIBRARY_NOT_WRITABLE:
            raise StudioError(Reason.NOT_WRITABLE, detail=error.detail) from error
        raise


def _target(path: Path) -> Path:
    """The file meant, links followed. Raises NOT_WRITABLE for a folder, and for a device: renaming destroys it."""
    try:
        target = path.resolve()
        replaceable = target.name and (target.is_file() or not target.exists())
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, Python < 3.13
        raise StudioError(Reason.NOT_WRITABLE, detail=str(error)) from error
    if not replaceable:
        raise StudioError(Reason.NOT_WRITABLE, detail=f"{path} is not a file")
    return target
