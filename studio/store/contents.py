"""What is in the rows of a library file whose pages are whole: SQLite checks pages, not what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.store.migrations import LATEST
from studio.store.reading import look_through

if TYPE_CHECKING:
    from sqlite3 import Connection

_ACCOUNTS = "SELECT account, system, region, label FROM accounts"


def check_counter(connection: Connection) -> None:
    """Raises LIBRARY_DAMAGED without the one row that counts revisions: no change could be told or made."""
    rows = connection.execute("SELECT last, forgotten FROM revisions").fetchall()
    if len(rows) != 1 or not all(isinstance(number, int) for number in rows[0]):
        raise StudioError(Reason.LIBRARY_DAMAGED, detail=f"{len(rows)} rows count the revisions")


def check_contents(connection: Connection) -> None:
    """Every voice can be read, hidden ones too. A library of an earlier version is looked at once it is of this one.

    Blocks, for as long as all voices take to be read. Raises LIBRARY_DAMAGED, or sqlite3's own errors.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == LATEST:
        check_counter(connection)
        connection.execute(_ACCOUNTS).fetchall()
        look_through(connection)
