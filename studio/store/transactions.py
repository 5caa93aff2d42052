"""One transaction as a `with` block: committed whole at the end, rolled back by whatever leaves it early."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from sqlite3 import Connection


@contextmanager
def transaction(connection: Connection, begin: str = "BEGIN IMMEDIATE") -> Generator[None]:
    """IMMEDIATE waits for other writers at the start, so that nothing in the middle can find the library busy."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
