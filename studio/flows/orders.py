"""Orders whose outcome isn't known yet: looked for at the start and again later, until they are settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from studio.domain.audio import Clip
from studio.domain.briefs import ON_DEVICE, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.flows.flow import Flow
from studio.flows.ordering import Ordering
from studio.flows.outcome import Outcome
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
        self._asking = self._again = False
        self.on_arrived: Callable[[Voice], None] = lambda _: None

    def follow(self) -> None:
        """At the start of the program, and whenever an order was left: until nothing is open."""
        if self._asking:  # what is being found out now must be told
            self._again = True
        else:
            self._start("orders.follow", self._follow)

    def look_again(self) -> None:
        self.follow()

    def forget(self, order_id: UUID) -> None:
        """The person gives an order up; a voice that it became shows in the system's list."""
        self._once(f"orders.forget.{order_id}", self._forget, order_id)

    async def settle(self, region: str, tell: Callable[[Outcome], None]) -> None:
        """Once, as commands do, and without sending the environment's key to a region that was not named."""
        await self._ordering.settle_all(await self._ordering.left(region), tell)

    def rescued(self, voice_id: str) -> Clip | None:
        """The preview of a voice that the library would not take."""
        return self._ordering.rescued(voice_id)

    async def _follow(self) -> None:
        self._set(replace(self.state, looking=True, arrived=None, error=None))
        try:
            for pause_s in self._pauses_s:
                while await self._asked():
                    pass
                if not any(map(_askable, self.state.open)):
                    break
                await _sleep(pause_s)
        finally:
            self._set(replace(self.state, looking=False))

    async def _asked(self) -> bool:
        """Whether to ask once more at once."""
        self._asking, self._again = True, False
        try:
            left = await self._ordering.left()
            self._set(replace(self.state, open=tuple(filter(_shown, left)), trouble=None))
            await self._ordering.settle_all(left, self._tell)
        finally:
            self._asking = False
        return self._again

    def _tell(self, outcome: Outcome) -> None:
        if outcome.open:
            if outcome.error and outcome.error.reason not in _EXPECTED:
                self._set(replace(self.state, trouble=outcome.error))
            return
        left = tuple(one for one in self.state.open if one.order_id != outcome.order.order_id)
        if outcome.voice:
            self._set(replace(self.state, open=left, arrived=outcome.voice, error=None))
            self.on_arrived(outcome.voice)
        else:
            self._set(replace(self.state, open=left, error=outcome.error))

    async def _forget(self, order_id: UUID) -> None:
        for order in self.state.open:
            if order.order_id == order_id:
                await self._ordering.forget(order)
        self._set(replace(self.state, open=tuple(one for one in self.state.open if one.order_id != order_id)))

    def _failed(self, error: StudioError) -> OrdersState:
        return replace(self.state, error=error, looking=False)


def _shown(order: Order) -> bool:
    return order.brief.system != ON_DEVICE


def _askable(order: Order) -> bool:
    """Whether the system can ever tell: by its list, or by the task."""
    return order.known is not None or bool(order.task_id)


async def _sleep(pause_s: float) -> None:
    import asyncio  # late, as in tasks.py

    await asyncio.sleep(pause_s)
