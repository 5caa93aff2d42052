"""The library file: one SQLite connection on one thread of its own, opened at the first use.

WAL lets several processes read while one writes. synchronous=FULL: a commit is on the disk before it is acknowledged,
since what it stands for may have cost money or an afternoon, and there are few of them.
"""

from __future__ import annotations

import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studio.domain.errors import Reason, StudioError
from studio.store.backups import QUICK, THOROUGH, backup_name, copy_to, verify
from studio.store.contents import check_counter
from studio.store.copies import refuse_if_lost
from studio.store.files import PRIVATE_FILE, disk_failure, make_private_file, tighten
from studio.store.locks import holding
from studio.store.migrations import LATEST, check, migrate
from studio.store.thread import OwnThread

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from studio.store.locks import Owners
    from studio.store.paths import Home

BUSY_S = 5.0
QUICKLY_CHECKED = 1_000
"""Pages of a library that is read through at every start, in some milliseconds; a bigger one is checked later."""

_T = TypeVar("_T")

# SQLite's primary result codes, https://sqlite.org/rescode.html
_REASONS = {
    3: Reason.LIBRARY_NOT_WRITABLE,  # PERM
    5: Reason.LIBRARY_BUSY,  # BUSY
    6: Reason.LIBRARY_BUSY,  # LOCKED
    8: Reason.LIBRARY_NOT_WRITABLE,  # READONLY
    10: Reason.LIBRARY_NOT_WRITABLE,  # IOERR
    11: Reason.LIBRARY_DAMAGED,  # CORRUPT
    13: Reason.DISK_FULL,  # FULL
    14: Reason.LIBRARY_NOT_WRITABLE,  # CANTOPEN
    26: Reason.LIBRARY_DAMAGED,  # NOTADB
}
_NOT_TEXT = "Could not decode to UTF-8"  # sqlite3's own words, without a code
_RETRYABLE = frozenset({Reason.LIBRARY_BUSY, Reason.DISK_FULL})


class Database:
    """Runs functions of the connection, one after another. Making one touches no disk and starts no thread."""

    def __init__(self, home: Home, busy_s: float = BUSY_S, owners: Owners | None = None) -> None:
        """With `owners` the others know that this process has the library open, and it waits while one moves it."""
        self._home = home
        self._busy_s = busy_s
        self._owners = owners
        self._thread = OwnThread("library")
        self._connection: sqlite3.Connection | None = None
        self._data_version = 0

    async def run(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """`work` on the library's thread; cancelling lets it finish there, so nothing is left half done.

        Raises what `work` raises, DISK_FULL, and LIBRARY_DAMAGED, _TOO_NEW, _BUSY or _NOT_WRITABLE.
        """
        return await self._thread.run(partial(self._run, work))

    async def changed_elsewhere(self) -> bool:
        """Whether another connection has written since the last call; at first, since the library was opened."""
        return await self.run(self._changed_elsewhere)

    async def aside(self, work: Callable[[], _T]) -> _T:
        """`work` on the library's thread with no connection open; the next `run` opens one again."""
        return await self._thread.run(partial(self._aside, work))

    async def aclose(self) -> None:
        """Waits for what is under way; used once more, it opens again."""
        await self._thread.aclose(self._close)

    # -- on the library's thread --------------------------------------------------------------------

    def _run(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        import sqlite3

        try:
            if self._connection is None:
                self._connection = self._open()
            return work(self._connection)
        except sqlite3.Error as error:
            failure = library_failure(error)
            if failure is None:
                raise
            raise failure from error

    def _aside(self, work: Callable[[], _T]) -> _T:
        self._close()
        return work()

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        self._look_for_it()
        self._home.make()
        self._come_in()
        self._make_file()
        connection = sqlite3.connect(self._home.database, timeout=self._busy_s, isolation_level=None)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        connection.row_factory = sqlite3.Row
        return connection

    def _look_for_it(self) -> None:
        """Before anything is made in its place."""
        try:
            lost = _size(self._home.database) == 0
        except OSError as error:
            raise disk_failure(error) from error
        if lost:
            refuse_if_lost(self._home)

    def _come_in(self) -> None:
        """First this process is seen to be here, then it looks whether somebody puts back or moves the library: of
        two at once, one sees the other.
        """
        if self._owners is None:
            return
        try:
            self._owners.mine()
        except OSError as error:
            raise disk_failure(error) from error
        with holding(self._home.gate, self._busy_s):
            pass

    def _make_file(self) -> None:
        """SQLite gives its -wal and -shm files the rights of the database, which therefore is made here."""
        log = _beside(self._home.database, "-wal")
        try:
            if _size(self._home.database) == 0 and _size(log) > 0:  # SQLite would delete the log, the only data left
                raise StudioError(Reason.LIBRARY_DAMAGED, detail="library.db is empty, but its log is not")
            make_private_file(self._home.database)
            tighten(log, PRIVATE_FILE)
            tighten(_beside(self._home.database, "-shm"), PRIVATE_FILE)
        except OSError as error:
            raise disk_failure(error) from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = check(connection)
        if version == 0:  # the process that made it died before it had a table
            refuse_if_lost(self._home)
        self._check_pages(connection, version)
        self._switch_to_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if version < LATEST:
            migrate(connection, self._keep_a_copy)
        check_counter(connection)
        self._data_version = _data_version(connection)

    def _check_pages(self, connection: sqlite3.Connection, version: int) -> None:
        """Raises LIBRARY_DAMAGED before anything is changed."""
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if 0 < version < LATEST:
            verify(connection, THOROUGH)
        elif pages <= QUICKLY_CHECKED:
            verify(connection, QUICK)

    def _keep_a_copy(self, version: int) -> None:
        """Through a connection of its own: one that is about to write can't be copied from."""
        import sqlite3

        with closing(sqlite3.connect(self._home.database, timeout=self._busy_s)) as reader:
            copy_to(reader, self._home.backups / backup_name(version))

    def _switch_to_wal(self, connection: sqlite3.Connection) -> None:
        """Two processes that make the library at once collide here without SQLite's own waiting."""
        import sqlite3

        deadline = time.monotonic() + self._busy_s
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return

    def _changed_elsewhere(self, connection: sqlite3.Connection) -> bool:
        before, self._data_version = self._data_version, _data_version(connection)
        return before != self._data_version

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None


def library_failure(error: sqlite3.Error) -> StudioError | None:
    """What SQLite says of the file, in words; None for what is a bug."""
    if str(error).startswith(_NOT_TEXT):
        return StudioError(Reason.LIBRARY_DAMAGED, detail=repr(str(error)[:300]))
    reason = _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return reason and StudioError(reason, detail=str(error), retryable=reason in _RETRYABLE)


def _data_version(connection: sqlite3.Connection) -> int:
    row = connection.execute("PRAGMA data_version").fetchone()
    return int(row[0])


def _beside(database: Path, ending: str) -> Path:
    return database.with_name(database.name + ending)


def _size(path: Path) -> int:
    """0 for a file that isn't there."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
