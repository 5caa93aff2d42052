"""Paid work, once: the order is on disk before it is sent, and a lost answer is looked for, never ordered again.

Both designs and clones go through here, and so do the orders that an earlier start of the program left open.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from studio.domain.accounts import account_name
from studio.domain.briefs import ON_DEVICE, Brief, CloneBrief, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.orders import made_for
from studio.domain.voices import ClipKind, Designed, Origin, Voice, fingerprint
from studio.ports import Accounts, Catalogue, Pending, Progress, Receipt, Shelf, System, TaskDesigner

CERTAIN_AFTER = timedelta(minutes=10)
"""A voice that no list shows this long after its order was not made: the slowest system gives up after 5 minutes."""

TOLD_FOR = timedelta(days=2)
"""An order of which nothing can be found out is told once more after this, and then let go: links die in a day."""

_CANNOT_ASK = {
    *(Reason.KEY_MISSING, Reason.KEY_REFUSED, Reason.KEYRING_LOCKED, Reason.KEYRING_SLOW, Reason.OTHER_ACCOUNT),
    *(Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.RATE_LIMITED),
}
_ENDED = {Reason.TASK_FAILED, Reason.TASK_CANCELLED, Reason.CONTENT_REFUSED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order: `voice` is in the library, or `error` says why there is none.

    `open` orders are asked for again; of the others nothing is left. `designed` brings the preview, `degraded` is
    the vendor's word on a clone of lesser quality.
    """

    order: Order
    voice: Voice | None = None
    designed: Designed | None = None
    degraded: str = ""
    request_id: str = ""
    error: StudioError | None = None
    open: bool = False


class Ordering:
    """Shared by the flows that make voices elsewhere."""

    def __init__(self, systems: Mapping[str, System], accounts: Accounts, pending: Pending, shelf: Shelf) -> None:
        self._systems = systems
        self._accounts = accounts
        self._pending = pending
        self._shelf = shelf
        self._under_way: set[UUID] = set()

    async def begin(self, brief: Brief | CloneBrief) -> Order:
        """The order on disk, with what a free list shows before it. Raises StudioError; then nothing was sent.

        What this computer makes costs nothing and is gone with the program: it needs no disk.
        """
        name = account_name(brief.system, brief.region)
        account = await self._accounts.current(name)
        known = await self._known(brief)
        order = Order(uuid4(), account, brief, datetime.now(UTC), known)
        if brief.system != ON_DEVICE:
            self._under_way.add(order.order_id)
            await self._pending.begin(order)
        return order

    def receipt(self, order: Order) -> Receipt:
        async def noted(task_id: str) -> None:
            await self._pending.note_task(order.order_id, task_id)

        return noted

    async def carry_out(self, order: Order, work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """What `work` made and put on the shelf; the order is closed behind it.

        A lost answer is looked for at once. A voice whose preview is gone comes out as PREVIEW_LOST, which names it.
        Cancelled, the order stays open: `settle_open` asks what became of it. Raises StudioError.
        """
        try:
            outcome = await work()
        except StudioError as error:
            if error.reason is Reason.STILL_RUNNING:
                raise
            if not error.maybe_done:
                await self.forget(order)
                raise
            return await self._looked_for(order, error)
        finally:
            self._under_way.discard(order.order_id)
        await self.forget(order)
        return outcome

    async def _looked_for(self, order: Order, lost: StudioError) -> Outcome:
        found = await self.settle(order)
        if found.voice and (found.designed or isinstance(order.brief, CloneBrief)):
            return found
        if found.voice:
            raise StudioError(
                Reason.PREVIEW_LOST,
                system=order.brief.system,
                code=lost.code,
                detail=lost.detail,
                request_id=lost.request_id,
                voice_id=found.voice.voice_id,
            ) from lost
        raise lost

    async def settle_abandoned(self) -> tuple[Outcome, ...]:
        """What earlier starts of the program left open."""
        return tuple([await self.settle(order) for order in await self._pending.abandoned()])

    async def settle_open(self) -> tuple[Outcome, ...]:
        """What this one left open: answers lost, waits given up."""
        left = [order for order in await self._pending.open() if order.order_id not in self._under_way]
        return tuple([await self.settle(order) for order in left])

    async def settle(self, order: Order, progress: Progress = lambda _: None) -> Outcome:
        """Asks the system, free of charge, whether the order's voice exists; adopts it if so."""
        if order.brief.system == ON_DEVICE:
            await self.forget(order)
            return Outcome(order)
        try:
            settled = await self._asked(order, progress)
        except StudioError as error:
            settled = Outcome(order, error=error, open=error.reason not in _ENDED)
        if settled.error and settled.error.reason not in _CANNOT_ASK and _age(order) > TOLD_FOR:
            settled = replace(settled, open=False)
        if not settled.open:
            await self.forget(order)
        return settled

    async def forget(self, order: Order) -> None:
        """Its outcome is known, or of no more interest."""
        await self._pending.done(order.order_id)

    async def put(self, order: Order, designed: Designed) -> Voice:
        """A designed voice into the library, with its preview if that arrived."""
        voice = replace(designed.voice, account=order.account, region=order.brief.region)
        text = order.brief.preview_text if isinstance(order.brief, Brief) else ""
        return await self._shelf.add(voice, designed.preview, ClipKind.PREVIEW, text)

    # -- how it is done -----------------------------------------------------------------------------

    async def _asked(self, order: Order, progress: Progress) -> Outcome:
        brief = order.brief
        name = account_name(brief.system, brief.region)
        if order.account != await self._accounts.current(name):
            raise StudioError(Reason.OTHER_ACCOUNT, system=brief.system)
        system = self._systems.get(brief.system)
        if isinstance(system, TaskDesigner):
            return await self._resumed(system, order, progress)
        if not isinstance(system, Catalogue) or order.known is None:
            return Outcome(order, error=StudioError(Reason.ANSWER_LOST, system=brief.system), open=True)
        return await self._found(system, order)

    async def _resumed(self, system: TaskDesigner, order: Order, progress: Progress) -> Outcome:
        if not order.task_id:
            return Outcome(order, error=StudioError(Reason.ANSWER_LOST, system=order.brief.system), open=True)
        try:
            designed = await system.resume(order, progress)
        except StudioError as error:
            if error.reason not in _ENDED:
                raise
            return Outcome(order, error=error)
        return Outcome(order, await self.put(order, designed), designed)

    async def _found(self, system: Catalogue, order: Order) -> Outcome:
        listed = await system.voices(order.brief.region, _origin(order.brief), "", lambda _: None)
        owned = {voice.voice_id for voice in await self._shelf.voices() if voice.account == order.account}
        for voice in listed:
            if voice.voice_id not in owned and made_for(order, voice):
                return Outcome(order, await self._adopt(order, voice))
        return Outcome(order, open=_age(order) < CERTAIN_AFTER)

    async def _adopt(self, order: Order, voice: Voice) -> Voice:
        """With the words and the time of the order, which the system may not tell."""
        brief = order.brief
        voice = replace(
            voice,
            account=order.account,
            created=order.created,
            region=brief.region,
            name=brief.name or voice.name,
            target_model=voice.target_model or brief.model,
            language=voice.language or brief.language,
        )
        if isinstance(brief, Brief):
            voice = replace(voice, description=brief.description, preview_text=brief.preview_text)
        return await self._shelf.add(voice, None, ClipKind.SAMPLE, "", statement_of(brief))

    async def _known(self, brief: Brief | CloneBrief) -> frozenset[str] | None:
        """What is there before the order. None where the system has no list, or has a fault with it now."""
        system = self._systems.get(brief.system)
        if not isinstance(system, Catalogue):
            return None
        try:
            listed = await system.voices(brief.region, _origin(brief), "", lambda _: None)
        except StudioError as error:
            if error.reason in _CANNOT_ASK:
                raise  # the order would fare no better
            return None
        return frozenset(fingerprint(voice.voice_id) for voice in listed)


def _age(order: Order) -> timedelta:
    return datetime.now(UTC) - order.created


def _origin(brief: Brief | CloneBrief) -> Origin:
    return Origin.DESIGNED if isinstance(brief, Brief) else Origin.CLONED


def statement_of(brief: Brief | CloneBrief) -> str:
    """What is kept of the person's word on the right to a sample, as JSON; nothing for a design."""
    import json

    if isinstance(brief, Brief) or not brief.has_right:
        return ""
    said = {
        "said": "I have the right to clone this voice",
        "sample_sha256": brief.sample.sha256 if brief.sample else "",
        "sample_name": brief.sample.name if brief.sample else "",
        "sample_url": brief.sample_url,
    }
    return json.dumps(said, ensure_ascii=False)
