"""A description becomes candidates; a candidate becomes a kept voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from studio.domain.briefs import Brief, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import SystemInfo, problems
from studio.domain.voices import Candidate, Designed, Voice
from studio.flows.flow import Flow
from studio.ports import Designer, Pending, Progress, Tray
from studio.tasks import TaskOwner


@dataclass(frozen=True, slots=True)
class DesignState:
    """All that the Design tab shows. `progress` is 0..1, or None where it isn't known."""

    systems: tuple[SystemInfo, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    generating: bool = False
    progress: float | None = None
    error: StudioError | None = None
    kept: Voice | None = None
    discarded: Candidate | None = None


class DesignFlow(Flow[DesignState]):
    """One design at a time. `on_made` is told of every new candidate, `on_kept` of every voice that is kept."""

    def __init__(
        self,
        designers: Mapping[str, Designer],
        tray: Tray,
        pending: Pending,
        tasks: TaskOwner,
    ) -> None:
        super().__init__(DesignState(systems=tuple(designer.info for designer in designers.values())), tasks)
        self._designers = designers
        self._tray = tray
        self._pending = pending
        self._asked: Brief | None = None
        self.on_made: Callable[[Candidate], None] = lambda _: None
        self.on_kept: Callable[[Voice], None] = lambda _: None

    # -- what the person can ask ------------------------------------------------------------------

    def restore(self) -> None:
        """Brings back the candidates of the last time, and lets go of orders whose process died."""
        self._start("design.restore", self._restore)

    def generate(self, brief: Brief) -> None:
        self._asked = brief
        self._set(replace(self.state, generating=True, progress=None, error=None, kept=None, discarded=None))
        self._tasks.start("design.generate", self._generate(brief))

    def retry(self) -> None:
        """The last brief once more, unless a voice is being made."""
        if self._asked and not self.state.generating:
            self.generate(self._asked)

    def again(self, candidate_id: UUID) -> None:
        """The same words with a new seed, unless a voice is being made."""
        if self.state.generating:
            return
        self.generate(replace(self._candidate(candidate_id).brief, seed=None))

    def cancel(self) -> None:
        """A candidate that was on its way to disk by then is shown all the same."""
        self._tasks.cancel("design.generate")
        self._set(replace(self.state, generating=False, progress=None))
        self.restore()

    def keep(self, candidate_id: UUID, name: str) -> None:
        self._once(f"design.part.{candidate_id}", self._keep, candidate_id, name)

    def discard(self, candidate_id: UUID) -> None:
        self._once(f"design.part.{candidate_id}", self._discard, candidate_id)

    def take_back(self) -> None:
        """Undoes the last discard."""
        if gone := self.state.discarded:
            self._once("design.take_back", self._take_back, gone.candidate_id)

    # -- how it is done -----------------------------------------------------------------------------

    async def design(self, brief: Brief, progress: Progress = lambda _: None) -> Designed:
        """Checks, orders and designs, with the account filled in. Raises StudioError."""
        designer = self._designers.get(brief.system)
        if designer is None:
            raise StudioError(Reason.NO_SUCH_SYSTEM, detail=brief.system)
        if found := problems(brief, designer.info.limits):
            raise StudioError(Reason.BAD_INPUT, system=brief.system, problems=found)
        account = await self._tray.account_of(brief.system)
        order = Order(uuid4(), account, brief, datetime.now(UTC))
        try:
            await self._pending.begin(order)
            designed = await designer.design(brief, progress)
        finally:
            await self._pending.done(order.order_id)
        return replace(designed, voice=replace(designed.voice, account=account))

    async def keep_at_once(self, brief: Brief, designed: Designed) -> Voice:
        """To the shelf without waiting in the tray, as commands do."""
        candidate = await self._tray.put(brief, designed)
        return await self._tray.keep(candidate.candidate_id, designed.voice.name)

    async def _generate(self, brief: Brief) -> None:
        try:
            designed = await self.design(brief, self._progress)
            candidate = await self._tray.put(brief, designed)
        except StudioError as error:
            self._set(replace(self.state, error=error, generating=False))
        else:
            candidates = (candidate, *self._without(candidate.candidate_id))
            self._set(replace(self.state, candidates=candidates, generating=False, error=None))
            self.on_made(candidate)

    async def _restore(self) -> None:
        for order in await self._pending.abandoned():
            await self._pending.done(order.order_id)
        candidates = await self._tray.candidates()
        self._set(replace(self.state, candidates=candidates))

    async def _keep(self, candidate_id: UUID, name: str) -> None:
        voice = await self._tray.keep(candidate_id, " ".join(name.split()))
        self._set(replace(self.state, candidates=self._without(candidate_id), kept=voice, error=None, discarded=None))
        self.on_kept(voice)

    async def _discard(self, candidate_id: UUID) -> None:
        gone = self._candidate(candidate_id)
        await self._tray.discard(candidate_id)
        self._set(replace(self.state, candidates=self._without(candidate_id), discarded=gone, error=None, kept=None))

    async def _take_back(self, candidate_id: UUID) -> None:
        await self._tray.take_back(candidate_id)
        candidates = await self._tray.candidates()
        self._set(replace(self.state, candidates=candidates, discarded=None, error=None))

    def _failed(self, error: StudioError) -> DesignState:
        if error.reason is Reason.NO_SUCH_VOICE:  # kept or discarded in another window: its card goes
            self.restore()
        return replace(self.state, error=error)

    def _progress(self, part: float | None) -> None:
        self._set(replace(self.state, progress=part))

    def _candidate(self, candidate_id: UUID) -> Candidate:
        for candidate in self.state.candidates:
            if candidate.candidate_id == candidate_id:
                return candidate
        raise StudioError(Reason.NO_SUCH_VOICE, detail=str(candidate_id))

    def _without(self, candidate_id: UUID) -> tuple[Candidate, ...]:
        return tuple(one for one in self.state.candidates if one.candidate_id != candidate_id)
