"""Orders whose outcome isn't known yet: looked for at the start and again later, until they are settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from studio.domain.briefs import ON_DEVICE, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.flows.flow import Flow
from studio.flows.ordering import Ordering, Outcome
from studio.tasks import TaskOwner

PAUSES_S = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 240.0, 300.0)

_EXPECTED = {Reason.ANSWER_LOST, Reason.STILL_RUNNING}


@dataclass(frozen=True, slots=True)
class OrdersState:
    """`open` orders wait for an answer; `arrived` is the last voice that one of them became.

    `trouble` is why a system could not be asked about them.
    """

    open: tuple[Order, ...] = ()
    looking: bool = False
    arrived: Voice | None = None
    error: StudioError | None = None
    trouble: StudioError | None = None


class OrdersFlow(Flow[OrdersState]):
    """`on_arrived` is told of every voice that was found."""

    def __init__(self, ordering: Ordering, tasks: TaskOwner, pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        super().__init__(OrdersState(), tasks)
        self._ordering = ordering
        self._pauses_s = pauses_s
        self.on_arrived: Callable[[Voice], None] = lambda _: None

    def follow(self) -> None:
        """At the start of the program, and whenever an order was left: until nothing is open."""
        self._start("orders.follow", self._follow)

    def look_again(self) -> None:
        self.follow()

    def forget(self, order_id: UUID) -> None:
        """The person gives an order up; a voice that it became shows in the system's list."""
        self._once(f"orders.forget.{order_id}", self._forget, order_id)

    async def settle(self) -> tuple[Outcome, ...]:
        """Once, as commands do: what earlier starts left open."""
        return await self._ordering.settle_abandoned()

    async def _follow(self) -> None:
        self._set(replace(self.state, looking=True, arrived=None, error=None))
        self._show(await self._ordering.settle_abandoned(), ())
        for pause_s in self._pauses_s:
            outcomes = await self._ordering.settle_open()
            self._show(outcomes, outcomes)
            if not any(outcome.open and _askable(outcome.order) for outcome in outcomes):
                break
            await _sleep(pause_s)
        self._set(replace(self.state, looking=False))

    def _show(self, outcomes: tuple[Outcome, ...], waiting: tuple[Outcome, ...]) -> None:
        for outcome in outcomes:
            if outcome.voice:
                self._set(replace(self.state, arrived=outcome.voice, error=None))
                self.on_arrived(outcome.voice)
            elif not outcome.open and outcome.order.brief.system != ON_DEVICE:
                error = outcome.error or StudioError(Reason.NOT_MADE, system=outcome.order.brief.system)
                self._set(replace(self.state, error=error))
        left = [outcome for outcome in waiting if outcome.open]
        troubles = (one.error for one in left if one.error and one.error.reason not in _EXPECTED)
        self._set(replace(self.state, open=tuple(one.order for one in left), trouble=next(troubles, None)))

    async def _forget(self, order_id: UUID) -> None:
        for order in self.state.open:
            if order.order_id == order_id:
                await self._ordering.forget(order)
        self._set(replace(self.state, open=tuple(one for one in self.state.open if one.order_id != order_id)))

    def _failed(self, error: StudioError) -> OrdersState:
        return replace(self.state, error=error, looking=False)


def _askable(order: Order) -> bool:
    """Whether the system can ever tell: by its list, or by the task."""
    return order.known is not None or bool(order.task_id)


async def _sleep(pause_s: float) -> None:
    import asyncio  # late, as in tasks.py

    await asyncio.sleep(pause_s)
