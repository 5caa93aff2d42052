"""A description becomes candidates; a candidate becomes a kept voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from studio.domain.briefs import Brief
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import SystemInfo, problems
from studio.domain.voices import Candidate, Designed, Voice
from studio.flows.flow import Flow
from studio.flows.naming import handle_from
from studio.flows.ordering import Ordering
from studio.flows.outcome import Outcome
from studio.ports import Clips, Designer, Progress, System, Tray
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
    """One design at a time. `on_made` is told of every new candidate, `on_kept` of every voice that is kept.

    `on_left` is told when an order was left whose outcome isn't known: given up, or its answer lost.
    """

    def __init__(
        self,
        systems: Mapping[str, System],
        tray: Tray,
        clips: Clips,
        ordering: Ordering,
        tasks: TaskOwner,
    ) -> None:
        designers = {name: system for name, system in systems.items() if isinstance(system, Designer)}
        super().__init__(DesignState(systems=tuple(designer.info for designer in designers.values())), tasks)
        self._systems = systems
        self._designers = designers
        self._tray = tray
        self._clips = clips
        self._ordering = ordering
        self._asked: Brief | None = None
        self.on_made: Callable[[Candidate], None] = lambda _: None
        self.on_kept: Callable[[Voice], None] = lambda _: None
        self.on_left: Callable[[], None] = lambda: None

    # -- what the person can ask ------------------------------------------------------------------

    def restore(self) -> None:
        """Brings back the candidates of the last time."""
        self._start("design.restore", self._restore)

    def generate(self, brief: Brief) -> None:
        """Unless a voice is being made: a second click is not a second voice."""
        if self.state.generating:
            return
        self._asked = brief
        self._set(replace(self.state, generating=True, progress=None, error=None, kept=None, discarded=None))
        self._tasks.start("design.generate", self._generate(brief))

    def retry(self) -> None:
        """The last brief once more."""
        if self._asked:
            self.generate(self._asked)

    def again(self, candidate_id: UUID) -> None:
        """The same words with a new seed."""
        self.generate(replace(self._candidate(candidate_id).brief, seed=None))

    def cancel(self) -> None:
        """A candidate that was on its way to disk by then is shown all the same."""
        self._tasks.cancel("design.generate")
        self._set(replace(self.state, generating=False, progress=None))
        self.restore()
        self.on_left()

    def keep(self, candidate_id: UUID, name: str) -> None:
        self._once(f"design.part.{candidate_id}", self._keep, candidate_id, name)

    def discard(self, candidate_id: UUID) -> None:
        self._once(f"design.part.{candidate_id}", self._discard, candidate_id)

    def take_back(self) -> None:
        """Undoes the last discard."""
        if gone := self.state.discarded:
            self._once("design.take_back", self._take_back, gone.candidate_id)

    # -- how it is done -----------------------------------------------------------------------------

    async def design(self, brief: Brief, progress: Progress = lambda _: None) -> Outcome:
        """Checks, orders and designs. What was made elsewhere is in the library; here it waits for Keep.

        Raises StudioError: PREVIEW_LOST names the voice that was made all the same.
        """
        designer = self._designers.get(brief.system)
        if designer is None:
            reason = Reason.NOT_OFFERED if brief.system in self._systems else Reason.NO_SUCH_SYSTEM
            raise StudioError(reason, system=brief.system, detail=brief.system)
        brief = completed(brief, designer.info)
        if found := problems(brief, designer.info.design_model(brief.model).limits):
            raise StudioError(Reason.BAD_INPUT, system=brief.system, problems=found)
        order = await self._ordering.begin(brief)
        receipt = self._ordering.receipt(order)
        return await self._ordering.carry_out(order, lambda: designer.design(brief, progress, receipt))

    async def keep_at_once(self, brief: Brief, designed: Designed) -> Voice:
        """To the shelf without waiting in the tray, as commands do on this computer."""
        candidate = await self._tray.put(brief, designed)
        return await self._tray.keep(candidate.candidate_id, designed.voice.name)

    async def _generate(self, brief: Brief) -> None:
        try:
            outcome = await self.design(brief, self._progress)
            candidate = await self._shown(brief, outcome)
        except StudioError as error:
            self._set(replace(self.state, error=error, generating=False))
            if error.maybe_done or error.reason is Reason.STILL_RUNNING:
                self.on_left()
            return
        candidates = (candidate, *self._without(candidate.candidate_id))
        self._set(replace(self.state, candidates=candidates, generating=False, error=None))
        self.on_made(candidate)
        if outcome.voice:
            self.on_kept(outcome.voice)

    async def _shown(self, brief: Brief, outcome: Outcome) -> Candidate:
        """As a candidate with its preview on disk. Raises PREVIEW_LOST if there is none."""
        designed = outcome.designed
        if outcome.voice is None and designed:
            return await self._tray.put(brief, designed)
        if outcome.voice is None or designed is None or designed.preview is None:
            raise preview_lost(outcome)
        clips = await self._clips.clips_of(outcome.voice.library_id)
        return Candidate(uuid4(), brief, outcome.voice, clips[0], datetime.now(UTC), kept=True)

    async def _restore(self) -> None:
        candidates = await self._candidates()
        self._set(replace(self.state, candidates=candidates))

    async def _candidates(self) -> tuple[Candidate, ...]:
        """Those that wait, and the voices made elsewhere since the start; newest first."""
        waiting = await self._tray.candidates()
        kept = tuple(candidate for candidate in self.state.candidates if candidate.kept)
        return tuple(sorted((*kept, *waiting), key=lambda candidate: candidate.created, reverse=True))

    async def _keep(self, candidate_id: UUID, name: str) -> None:
        voice = await self._tray.keep(candidate_id, " ".join(name.split()))
        self._set(replace(self.state, candidates=self._without(candidate_id), kept=voice, error=None, discarded=None))
        self.on_kept(voice)

    async def _discard(self, candidate_id: UUID) -> None:
        gone = self._candidate(candidate_id)
        if gone.kept:  # only its card goes: the voice is in the library
            self._set(replace(self.state, candidates=self._without(candidate_id)))
            return
        await self._tray.discard(candidate_id)
        self._set(replace(self.state, candidates=self._without(candidate_id), discarded=gone, error=None, kept=None))

    async def _take_back(self, candidate_id: UUID) -> None:
        await self._tray.take_back(candidate_id)
        candidates = await self._candidates()
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


def completed(brief: Brief, info: SystemInfo) -> Brief:
    """With the region, the target model, and the vendor's prefix made of the name, where the person chose none."""
    model = info.design_model(brief.model)
    handle = model.limits.handle
    if handle and not brief.handle:
        brief = replace(brief, handle=handle_from(brief.name, handle))
    return replace(brief, model=brief.model or model.model, region=info.region(brief.region))


def preview_lost(outcome: Outcome) -> StudioError:
    """The voice is there and paid for; why its preview isn't."""
    trouble = outcome.designed.trouble if outcome.designed else None
    return StudioError(
        _WITHOUT_PREVIEW.get(trouble.reason, Reason.PREVIEW_LOST) if trouble else Reason.PREVIEW_LOST,
        system=outcome.order.brief.system,
        code=trouble.reason.value if trouble else "",
        detail=trouble.detail if trouble else "",
        request_id=outcome.request_id,
        voice_id=outcome.voice.voice_id if outcome.voice else "",
    )


_WITHOUT_PREVIEW = {
    Reason.UNREADABLE: Reason.PREVIEW_BAD,
    Reason.UNREADABLE_AUDIO: Reason.PREVIEW_BAD,
    Reason.EMPTY_AUDIO: Reason.PREVIEW_EMPTY,
}
