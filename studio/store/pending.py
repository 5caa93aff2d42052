"""Orders under way, in the library file: each is held by the process that carries it out, and found when that dies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.briefs import Order
from studio.store.files import disk_failure
from studio.store.rows import brief_from, brief_json, clean, moment, moment_from
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from sqlite3 import Connection

    from studio.store.database import Database
    from studio.store.locks import Owners
    from studio.store.rows import Row

_BEGIN = "INSERT INTO orders (order_id, account, brief, created, owner) VALUES (?, ?, ?, ?, ?)"


class LibraryPending:
    """Implements `ports.Pending`."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._owners = owners

    async def begin(self, order: Order) -> None:
        await self._database.run(partial(self._begin, order=order))

    async def done(self, order_id: UUID) -> None:
        """One that isn't there any more is no error."""

        def work(connection: Connection) -> None:
            with transaction(connection):
                connection.execute("DELETE FROM orders WHERE order_id = ?", (str(order_id),))

        await self._database.run(work)

    async def abandoned(self) -> tuple[Order, ...]:
        """Oldest first."""
        return await self._database.run(self._abandoned)

    def _begin(self, connection: Connection, order: Order) -> None:
        values = (str(order.order_id), clean(order.account), brief_json(order.brief), moment(order.created))
        try:
            owner = self._owners.mine()
        except OSError as error:
            raise disk_failure(error) from error
        with transaction(connection):
            connection.execute(_BEGIN, (*values, owner))

    def _abandoned(self, connection: Connection) -> tuple[Order, ...]:
        try:
            return self._take_over(connection)
        except OSError as error:
            raise disk_failure(error) from error

    def _take_over(self, connection: Connection) -> tuple[Order, ...]:
        """Of two processes at once, the second waits here for the first and finds a living owner."""
        mine = self._owners.mine()
        taken: list[Row] = []
        with transaction(connection):
            for (owner,) in connection.execute("SELECT DISTINCT owner FROM orders").fetchall():
                if self._owners.gone(owner):
                    taken += connection.execute("SELECT * FROM orders WHERE owner = ?", (owner,)).fetchall()
                    connection.execute("UPDATE orders SET owner = ? WHERE owner = ?", (mine, owner))
        self._owners.sweep()
        return tuple(sorted(map(_order_from, taken), key=lambda order: order.created))


def _order_from(row: Row) -> Order:
    return Order(UUID(row["order_id"]), row["account"], brief_from(row["brief"]), moment_from(row["created"]))
