"""Paid work, once: the order is on disk before it is sent, and a lost answer is looked for, never ordered again.

Both designs and clones go through here, and so do the orders that an earlier start of the program left open. An
order is closed by the same write that brings its voice into the library, so there is no moment between the two.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from studio.domain.accounts import KeySource, account_name
from studio.domain.audio import Clip
from studio.domain.briefs import ON_DEVICE, Brief, CloneBrief, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.orders import made_for
from studio.domain.spending import spending_of
from studio.domain.voices import ClipKind, Cloned, Designed, Origin, Voice, fingerprint
from studio.flows.outcome import Outcome
from studio.flows.rights import statement_of
from studio.ports import Accounts, Catalogue, Clips, Ledger, Pending, Progress, Receipt, Shelf, System, TaskDesigner

CERTAIN_AFTER = timedelta(minutes=30)
"""A voice that no list shows this long after its order was not made: the slowest call takes half of that."""

TOLD_FOR = timedelta(days=2)
"""An order of which nothing can be found out is told once more after this, and then let go: links die in a day."""

_CANNOT_ASK = {
    *(Reason.KEY_MISSING, Reason.KEY_REFUSED, Reason.KEYRING_LOCKED, Reason.KEYRING_SLOW, Reason.OTHER_ACCOUNT),
    *(Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.RATE_LIMITED),
}
_ENDED = {Reason.TASK_FAILED, Reason.TASK_CANCELLED, Reason.CONTENT_REFUSED}
_SOUND_MAY_COME = {Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.SERVER_FAILED, Reason.RATE_LIMITED, Reason.ANSWER_CUT}


class Ordering:
    """Shared by the flows that make voices elsewhere."""

    def __init__(
        self,
        systems: Mapping[str, System],
        accounts: Accounts,
        pending: Pending,
        shelf: Shelf,
        clips: Clips,
        ledger: Ledger,
    ) -> None:
        self._systems = systems
        self._accounts = accounts
        self._pending = pending
        self._shelf = shelf
        self._clips = clips
        self._ledger = ledger
        self._under_way: set[UUID] = set()
        self._task_ids: dict[UUID, str] = {}
        self._samples: dict[UUID, Clip] = {}  # of clones on this computer: those of orders are on disk
        self._unkept: dict[UUID, Designed | Cloned] = {}  # made, but the library would not take it

    async def begin(self, brief: Brief | CloneBrief, sample: Clip | None = None) -> Order:
        """The order on disk, with what a free list shows before it. Raises StudioError; then nothing was sent.

        What this computer makes costs nothing and is gone with the program: of it no order is kept.
        """
        account = await self._accounts.current(account_name(brief.system, brief.region))
        order = Order(uuid4(), account, brief, datetime.now(UTC), await self._known(brief))
        if brief.system == ON_DEVICE and sample:
            self._samples[order.order_id] = sample
        elif brief.system != ON_DEVICE:
            self._under_way.add(order.order_id)
            try:
                await self._pending.begin(order, sample)
            except BaseException:
                self._under_way.discard(order.order_id)
                raise
        return order

    def receipt(self, order: Order) -> Receipt:
        async def noted(task_id: str) -> None:
            self._task_ids[order.order_id] = task_id
            await self._pending.note_task(order.order_id, task_id)

        return noted

    async def carry_out(self, order: Order, make: Callable[[], Awaitable[Designed | Cloned]]) -> Outcome:
        """What `make` made, in the library. Raises StudioError.

        A lost answer is looked for at once. A voice whose preview is gone comes out as PREVIEW_LOST, which names it.
        Cancelled, the order stays open, and so it does when the library can't take the voice: `settle` goes on.
        """
        try:
            try:
                made = await make()
            except StudioError as error:
                return await self._failed(order, error)
            return await self._keep(order, made)
        finally:
            self._under_way.discard(order.order_id)
            self._samples.pop(order.order_id, None)

    def rescued(self, voice_id: str) -> Clip | None:
        """The preview of a voice that the library would not take."""
        for made in self._unkept.values():
            if made.voice.voice_id == voice_id and isinstance(made, Designed):
                return made.preview
        return None

    async def forget(self, order: Order) -> None:
        """Its outcome is known, or of no more interest."""
        if order.brief.system != ON_DEVICE:
            await self._pending.done(order.order_id)

    # -- looking for what became of an order -----------------------------------------------------------

    async def left(self, region: str | None = None) -> tuple[Order, ...]:
        """Orders that are open and not under way, those of earlier starts among them; now they are this program's.

        With a region, without those of another one to which the environment's key would go unasked.
        """
        abandoned = {order.order_id for order in await self._pending.abandoned()}
        found: list[Order] = []
        for order in await self._pending.open():
            free = order.order_id in abandoned or order.order_id not in self._under_way
            if free and await self._may_ask(order, region):
                found.append(order)
        return tuple(found)

    async def settle_all(self, orders: Iterable[Order], tell: Callable[[Outcome], None]) -> None:
        """All at once: a task that is waited for holds up no other. Each outcome is told as it comes."""
        import asyncio  # late, as in tasks.py

        async def settle(order: Order) -> None:
            try:
                outcome = await self.settle(order)
            except StudioError as error:
                outcome = Outcome(order, error=error, open=True)
            tell(outcome)

        await asyncio.gather(*map(settle, orders))

    async def _may_ask(self, order: Order, region: str | None) -> bool:
        if region is None or order.brief.region in ("", region):
            return True
        standing = await self._accounts.standing(account_name(order.brief.system, order.brief.region))
        return standing.source is not KeySource.ENVIRONMENT

    async def settle(self, order: Order, progress: Progress = lambda _: None) -> Outcome:
        """Asks the system, free of charge, whether the order's voice exists; adopts it if so, with its sample."""
        if order.brief.system == ON_DEVICE:  # one of an older version of the program
            await self._pending.done(order.order_id)
            return Outcome(order)
        try:
            outcome = await self._asked(order, progress)
        except StudioError as error:
            outcome = Outcome(order, error=error, open=error.reason not in _ENDED)
        if outcome.error and outcome.error.reason not in _CANNOT_ASK and _age(order) > TOLD_FOR:
            outcome = replace(outcome, open=False)
        if outcome.open or outcome.voice:
            return outcome
        await self.forget(order)
        error = outcome.error or StudioError(Reason.NOT_MADE, system=order.brief.system)
        return replace(outcome, error=error)

    async def _failed(self, order: Order, lost: StudioError) -> Outcome:
        if lost.reason is Reason.STILL_RUNNING:
            raise lost
        if not lost.maybe_done:
            await self.forget(order)
            raise lost
        found = await self.settle(order)
        if found.voice and (found.designed or isinstance(order.brief, CloneBrief)):
            return found
        if found.error and not found.open:
            raise found.error
        if found.voice is None and lost.reason is Reason.SERVER_FAILED:
            raise lost  # the server answered: whether with the truth, the next looks tell
        reason = Reason.PREVIEW_LOST
        if found.voice is None:
            reason = Reason.STILL_RUNNING if self._task_ids.get(order.order_id) else Reason.ANSWER_LOST
        raise StudioError(
            reason,
            system=order.brief.system,
            code=lost.code or lost.reason.value,
            detail=lost.detail,
            request_id=lost.request_id,
            maybe_done=found.voice is None,
            voice_id=found.voice.voice_id if found.voice else "",
        ) from lost

    async def _asked(self, order: Order, progress: Progress) -> Outcome:
        if unkept := self._unkept.get(order.order_id):
            return await self._keep(order, unkept)
        brief = order.brief
        if order.account != await self._accounts.current(account_name(brief.system, brief.region)):
            raise StudioError(Reason.OTHER_ACCOUNT, system=brief.system)
        system = self._systems.get(brief.system)
        task_id = order.task_id or self._task_ids.get(order.order_id, "")
        if isinstance(system, TaskDesigner) and task_id:
            order = replace(order, task_id=task_id)
            return await self._keep(order, await system.resume(order, progress))
        if isinstance(system, Catalogue) and order.known is not None:
            return await self._found(system, order)
        return Outcome(order, error=StudioError(Reason.ANSWER_LOST, system=brief.system), open=True)

    async def _found(self, system: Catalogue, order: Order) -> Outcome:
        """A voice that the library doesn't have; else one that a list brought in, which has no sound yet."""
        listed = await system.voices(order.brief.region, _origin(order.brief), "", lambda _: None)
        matching = [voice for voice in listed if made_for(order, voice)]
        here = {one.voice_id: one for one in await self._shelf.voices() if one.account == order.account}
        for voice in matching:
            if voice.voice_id not in here:
                return Outcome(order, await self._adopt(order, voice))
        for voice in matching:
            if not await self._clips.clips_of(here[voice.voice_id].library_id):
                return Outcome(order, await self._adopt(order, voice))
        return Outcome(order, open=bool(matching) or _age(order) < CERTAIN_AFTER)

    async def _adopt(self, order: Order, voice: Voice) -> Voice:
        """With the words and the time of the order, which the system may not tell."""
        brief = order.brief
        voice = replace(
            voice,
            created=order.created,
            name=brief.name or voice.name,
            target_model=voice.target_model or brief.model,
            language=voice.language or brief.language,
        )
        if isinstance(brief, Brief):
            voice = replace(voice, description=brief.description, preview_text=brief.preview_text)
        return await self._shelve(order, voice)

    # -- into the library -----------------------------------------------------------------------------

    async def _keep(self, order: Order, made: Designed | Cloned) -> Outcome:
        designed = made if isinstance(made, Designed) else None
        degraded = "" if isinstance(made, Designed) else made.degraded
        if designed and order.brief.system == ON_DEVICE:
            designed = replace(designed, voice=replace(designed.voice, account=order.account))
            return Outcome(order, designed=designed)
        task_id = order.task_id or self._task_ids.get(order.order_id)
        clip = designed.preview if designed else None
        may_come = bool(task_id and designed and designed.trouble and designed.trouble.reason in _SOUND_MAY_COME)
        try:
            voice = await self._shelve(order, made.voice, clip, close=not may_come)
        except StudioError as error:
            self._unkept[order.order_id] = made
            error.voice_id, error.maybe_done, error.retryable = made.voice.voice_id, True, False
            raise
        self._unkept.pop(order.order_id, None)
        return Outcome(order, voice, designed, degraded, made.request_id)

    async def _shelve(self, order: Order, voice: Voice, clip: Clip | None = None, *, close: bool = True) -> Voice:
        """The voice as it is in the library; with `close` the order is gone by the same write."""
        brief = order.brief
        voice = replace(voice, account=order.account, region=brief.region)
        is_design = isinstance(brief, Brief)
        kind = ClipKind.PREVIEW if is_design else ClipKind.SAMPLE
        text = brief.preview_text if is_design else brief.transcript
        if not is_design:
            clip = self._samples.get(order.order_id) or await self._pending.sample(order.order_id)
        order_id = order.order_id if close else None
        shelved = await self._shelf.add(voice, clip, kind, text, statement_of(brief), order_id)
        if not is_design:
            await self._pending.drop_sample(order.order_id)  # it is with the voice now
        if close:
            await self._note_price(brief, shelved)
        return shelved

    async def _note_price(self, brief: Brief | CloneBrief, voice: Voice) -> None:
        if spending := spending_of(brief, voice, self._systems[brief.system].info):
            with suppress(StudioError):  # a voice is not lost for want of its price
                await self._ledger.note(spending)

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
