"""The library as files: checked, copied once a day, put back, and moved to another folder."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
import time
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.ports import Backup
from studio.store.backups import backup_name, checked, copy_to, verify
from studio.store.contents import check_contents
from studio.store.copies import COUNT_VOICES, fullest, named, refuse_if_lost, voices_in
from studio.store.database import BUSY_S, library_failure
from studio.store.files import disk_failure, make_private_file, make_private_folder, sync_folder
from studio.store.locks import holding
from studio.store.migrations import LATEST
from studio.store.relocation import Relocation
from studio.store.thread import OwnThread

if TYPE_CHECKING:
    from collections.abc import Generator
    from sqlite3 import Connection

    from studio.ports import Progress
    from studio.store.database import Database
    from studio.store.locks import Owners
    from studio.store.paths import Home

KEPT = 5
"""Backups of the last days; besides, the one with the most voices, and the last one of every earlier version."""

SETTLE_S = 0.5
"""How long others are waited for: locks of single takes are held for moments."""


class LibraryUpkeep:
    """Implements `ports.Upkeep`. After `move` this process's store has no library any more: the program starts anew."""

    def __init__(self, database: Database, home: Home, owners: Owners) -> None:
        self._database = database
        self._home = home
        self._owners = owners

    @property
    def folder(self) -> Path:
        return self._home.root

    async def check(self) -> None:
        """On a connection of its own, so that nobody waits for it. A library that isn't there yet is whole, unless
        there are copies of it.
        """
        await asyncio.to_thread(self._check)

    async def back_up(self) -> None:
        """An empty library is not copied: it would drive out those that had voices.

        Raises LIBRARY_DAMAGED, LIBRARY_NOT_WRITABLE, DISK_FULL.
        """
        await asyncio.to_thread(self._back_up)

    async def backups(self) -> tuple[Backup, ...]:
        return await asyncio.to_thread(self._backups)

    async def put_back(self, backup: Backup) -> None:
        """Whatever was read of the library before is to be read again.

        Raises LIBRARY_NOT_WRITABLE and DISK_FULL, too; then the library is as it was.
        """
        await self._database.aside(partial(self._put_back, backup))

    async def move(self, folder: Path, progress: Progress) -> None:
        """Cancelled or failed, it leaves nothing in the new folder. Raises LIBRARY_DAMAGED, too."""
        await self._database.run(_nothing)  # there is a library file from here on, and it opens
        loop, stop = asyncio.get_running_loop(), threading.Event()
        moving = Relocation(self._home, folder, lambda done: loop.call_soon_threadsafe(progress, done), stop)
        thread = OwnThread("move")
        try:
            await thread.run(moving.prepare)
            await thread.run(moving.copy)
            await self._database.aside(partial(self._leave, moving))
        finally:
            stop.set()
            await thread.aclose()
            await self._database.aside(moving.undo)

    # -- on other threads -------------------------------------------------------------------------------

    def _check(self) -> None:
        with self._reading() as connection:
            if connection:
                verify(connection)
                check_contents(connection)
            if connection is None or not _tables(connection):
                refuse_if_lost(self._home)

    def _back_up(self) -> None:
        today = datetime.now(UTC).date()
        if any(one.version == LATEST and one.made.date() == today for one in named(self._home.backups)):
            return
        with self._reading() as connection:
            if connection is None or not _tables(connection) or not connection.execute(COUNT_VOICES).fetchone()[0]:
                return
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            copy_to(connection, self._home.backups / backup_name(version))
        self._prune()

    def _prune(self) -> None:
        copies = named(self._home.backups)
        kept = {one.path for one in copies[:KEPT]} | {fullest(copies)}
        for version in {one.version for one in copies if one.version < LATEST}:
            kept.add(next(one.path for one in copies if one.version == version))
        for one in copies:
            if one.path not in kept:
                with suppress(OSError):
                    one.path.unlink()

    def _backups(self) -> tuple[Backup, ...]:
        found = [(one, voices_in(one.path)) for one in named(self._home.backups)]
        return tuple(Backup(one.path, one.made, voices) for one, voices in found if voices is not None)

    @contextmanager
    def _reading(self) -> Generator[Connection | None]:
        """None where there is no library file yet."""
        import sqlite3

        database = self._home.database
        if not database.exists():
            yield None
            return
        try:
            with closing(
                sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_S)
            ) as opened:
                yield opened
        except sqlite3.Error as error:
            failure = library_failure(error)
            if failure is None:
                raise
            raise failure from error

    # -- on the library's thread ------------------------------------------------------------------------

    def _put_back(self, backup: Backup) -> None:
        try:
            version = checked(backup.path)
        except StudioError as error:
            raise StudioError(Reason.NO_BACKUP, detail=error.detail) from error
        if version > LATEST:
            raise StudioError(Reason.NO_BACKUP, detail=f"version {version}, this program knows {LATEST}")
        try:
            make_private_folder(self._home.locks)  # a home of which the copies alone are left
        except OSError as error:
            raise disk_failure(error) from error
        with self._alone():
            try:
                self._swap(backup.path)
            except OSError as error:
                raise disk_failure(error) from error

    def _swap(self, backup: Path) -> None:
        """The old file has its second name before the first is given away: there is a library at every moment."""
        database = self._home.database
        part = database.with_name(f".{os.urandom(16).hex()}.part")
        try:
            make_private_file(part)
            shutil.copyfile(backup, part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            aside = _free(database.with_name(f"library-damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"))
            if database.exists():
                _second_name(database, aside)
            for ending in ("-wal", "-shm"):  # SQLite would play the old log into the new file
                with suppress(FileNotFoundError):
                    os.replace(f"{database}{ending}", f"{aside}{ending}")
            os.replace(part, database)
            sync_folder(database.parent)
        finally:
            part.unlink(missing_ok=True)

    def _leave(self, moving: Relocation) -> None:
        with self._alone():
            moving.finish()

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Nobody else has the library open, nor opens it. Raises LIBRARY_BUSY, LIBRARY_NOT_WRITABLE, DISK_FULL."""
        with holding(self._home.gate, SETTLE_S):
            deadline = time.monotonic() + SETTLE_S
            try:
                while self._owners.others():
                    if time.monotonic() > deadline:
                        raise StudioError(Reason.LIBRARY_BUSY, detail="another process has it open", retryable=True)
                    time.sleep(0.01)
            except OSError as error:
                raise disk_failure(error) from error
            yield


def _tables(connection: Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'voices'").fetchone())


def _second_name(path: Path, other: Path) -> None:
    """A copy on disks that know no second names."""
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return free


def _nothing(_: Connection) -> None:
    pass
