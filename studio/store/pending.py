"""Orders under way, in the library file: each is held by the process that carries it out, and found when that dies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.briefs import Order
from studio.store.briefs import CLONE, brief_from, brief_json, clone_brief_from, kind_of
from studio.store.files import disk_failure
from studio.store.rows import as_written, clean, moment, moment_from, record_json, words_from
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from sqlite3 import Connection

    from studio.domain.audio import Clip
    from studio.store.database import Database
    from studio.store.locks import Owners
    from studio.store.order_samples import OrderSamples
    from studio.store.rows import Row

_BEGIN = """
INSERT INTO orders (order_id, account, brief, created, kind, known, task_id, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_NOTE_TASK = "UPDATE orders SET task_id = ? WHERE order_id = ?"
_DONE = "DELETE FROM orders WHERE order_id = ?"
_OF = "SELECT * FROM orders WHERE owner = ? ORDER BY created, rowid"


class LibraryPending:
    """Implements `ports.Pending`."""

    def __init__(self, database: Database, owners: Owners, samples: OrderSamples) -> None:
        self._database = database
        self._owners = owners
        self._samples = samples

    async def begin(self, order: Order, sample: Clip | None = None) -> None:
        await self._database.run(partial(self._begin, order=order, sample=sample))

    async def sample(self, order_id: UUID) -> Clip | None:
        return await self._database.run(lambda _: self._samples.read(order_id))

    async def drop_sample(self, order_id: UUID) -> None:
        await self._database.run(lambda _: self._samples.remove(order_id))

    async def note_task(self, order_id: UUID, task_id: str) -> None:
        """An order that is done by now is no error."""
        await self._change(_NOTE_TASK, clean(task_id), str(order_id))

    async def done(self, order_id: UUID) -> None:
        """One that isn't there any more is no error."""
        await self._change(_DONE, str(order_id))
        await self.drop_sample(order_id)

    async def abandoned(self) -> tuple[Order, ...]:
        """Oldest first."""
        return await self._database.run(self._abandoned)

    async def open(self) -> tuple[Order, ...]:
        return await self._database.run(self._open)

    async def _change(self, statement: str, *values: str) -> None:
        def work(connection: Connection) -> None:
            with transaction(connection):
                connection.execute(statement, values)

        await self._database.run(work)

    # -- on the library's thread --------------------------------------------------------------------

    def _open(self, connection: Connection) -> tuple[Order, ...]:
        return tuple(map(_order_from, connection.execute(_OF, (self._owners.held(),)).fetchall()))

    def _begin(self, connection: Connection, order: Order, sample: Clip | None) -> None:
        values = (str(order.order_id), clean(order.account), brief_json(order.brief), moment(order.created))
        known = None if order.known is None else record_json(sorted(order.known))
        more = (kind_of(order.brief), known, clean(order.task_id) or None)
        try:
            owner = self._owners.mine()
        except OSError as error:
            raise disk_failure(error) from error
        if sample:
            self._samples.write(order.order_id, sample)
        with transaction(connection):
            connection.execute(_BEGIN, (*values, *more, owner))

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
                    taken += connection.execute(_OF, (owner,)).fetchall()
                    connection.execute("UPDATE orders SET owner = ? WHERE owner = ?", (mine, owner))
        self._owners.sweep()
        self._samples.sweep({order_id for (order_id,) in connection.execute("SELECT order_id FROM orders").fetchall()})
        return tuple(sorted(map(_order_from, taken), key=lambda order: order.created))


@as_written
def _order_from(row: Row) -> Order:
    """What the first version wrote is a design, without a list or a task."""
    return Order(
        order_id=UUID(row["order_id"]),
        account=row["account"],
        brief=clone_brief_from(row["brief"]) if row["kind"] == CLONE else brief_from(row["brief"]),
        created=moment_from(row["created"]),
        known=None if row["known"] is None else frozenset(words_from(row["known"])),
        task_id=row["task_id"] or "",
    )
