"""What was paid for through this program, in the library file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.spending import Spending, Spent
from studio.store.rows import as_written, clean, moment, moment_from
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from sqlite3 import Connection

    from studio.store.database import Database
    from studio.store.rows import Row

_NOTE = """
INSERT INTO spendings (system, account, region, spent, usd, spent_at, library_id) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


class LibraryLedger:
    """Implements `ports.Ledger`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, spending: Spending) -> None:
        await self._database.run(partial(_note, spending=spending))

    async def spendings(self) -> tuple[Spending, ...]:
        return await self._database.run(_spendings)


def _note(connection: Connection, spending: Spending) -> None:
    values = (
        clean(spending.system),
        clean(spending.account),
        clean(spending.region),
        spending.spent.value,
        spending.usd,
        moment(spending.when),
        None if spending.library_id is None else str(spending.library_id),
    )
    with transaction(connection):
        connection.execute(_NOTE, values)


def _spendings(connection: Connection) -> tuple[Spending, ...]:
    rows = connection.execute("SELECT * FROM spendings ORDER BY spent_at, spending_id")
    return tuple(map(_spending_from, rows))


@as_written
def _spending_from(row: Row) -> Spending:
    return Spending(
        system=row["system"],
        account=row["account"],
        spent=Spent(row["spent"]),
        usd=row["usd"],
        when=moment_from(row["spent_at"]),
        library_id=None if row["library_id"] is None else UUID(row["library_id"]),
        region=row["region"],
    )
