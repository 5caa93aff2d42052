"""Takes: kept, brought from files, trimmed, heard, and held against what the chosen system takes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from studio.domain.errors import Reason, StudioError
from studio.domain.judging import judged
from studio.domain.limits import SampleLimits
from studio.domain.report import Figures, Report
from studio.domain.samples import Sample
from studio.domain.takes import Edit, Outline, Take
from studio.flows.flow import Flow
from studio.flows.sampling import Sampling
from studio.ports import Takes
from studio.tasks import TaskOwner


@dataclass(frozen=True, slots=True)
class TakesState:
    """All that the takes of the Clone tab show. `edits` are the recipes of the chosen take, `at` the one in force.

    `report` is of the chosen take as it would be sent.
    """

    takes: tuple[Take, ...] = ()
    chosen: Take | None = None
    outline: Outline | None = None
    report: Report | None = None
    measuring: bool = False
    importing: str = ""
    progress: float | None = None
    edits: tuple[Edit, ...] = ()
    at: int = 0
    deleted: Take | None = None
    error: StudioError | None = None

    @property
    def can_undo(self) -> bool:
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        return self.at + 1 < len(self.edits)


class TakesFlow(Flow[TakesState]):
    def __init__(self, takes: Takes, sampling: Sampling, tasks: TaskOwner) -> None:
        super().__init__(TakesState(), tasks)
        self._takes = takes
        self._sampling = sampling
        self._limits: SampleLimits | None = None
        self._system = ""
        self._imports = 0

    # -- what the person can ask ------------------------------------------------------------------

    def restore(self) -> None:
        """Takes of earlier starts, those of a program that died among them."""
        self._start("takes.restore", self._restore)

    def look_again(self) -> None:
        """Takes were deleted or brought back from elsewhere in the program."""
        self._start("takes.look", self._look_again)

    def hold_against(self, system: str, limits: SampleLimits) -> None:
        """Another system was chosen: the report is judged anew."""
        if (system, limits) == (self._system, self._limits):
            return
        self._system, self._limits = system, limits
        if self.state.report:
            self._set(replace(self.state, report=self._judged(self.state.report.figures)))
        if self.state.chosen:
            self._start("takes.measure", self._measure)

    def judge(self, figures: Figures) -> Report:
        """Of a take that is still being recorded."""
        return judged(figures, self._limits, self._system)

    def add(self, take: Take) -> None:
        """One that was just recorded; it is the chosen one now."""
        self._set(replace(self.state, takes=(take, *self._without(take.take_id))))
        self.choose(take.take_id)

    def choose(self, take_id: UUID | None) -> None:
        """None: no take, the sample is an address."""
        take = next((one for one in self.state.takes if one.take_id == take_id), None)
        self._tasks.cancel("takes.measure")
        edits = (take.edit,) if take else ()
        self._set(
            replace(
                self.state,
                chosen=take,
                outline=None,
                report=None,
                measuring=take is not None,
                edits=edits,
                at=0,
                error=None,
            )
        )
        if take:
            self._start("takes.open", self._open, take)

    def import_file(self, path: Path) -> None:
        self._imports += 1
        self._set(replace(self.state, importing=path.name, progress=None, error=None))
        self._start("takes.import", self._import, path, self._imports)

    def cancel_import(self) -> None:
        self._tasks.cancel("takes.import")
        self._set(replace(self.state, importing="", progress=None))

    def edit(self, edit: Edit) -> None:
        """A new recipe for the chosen take; the old one is one undo away."""
        if self.state.chosen and edit != self.state.chosen.edit:
            edits = (*self.state.edits[: self.state.at + 1], edit)
            self._apply(edits, len(edits) - 1)

    def undo(self) -> None:
        if self.state.can_undo:
            self._apply(self.state.edits, self.state.at - 1)

    def redo(self) -> None:
        if self.state.can_redo:
            self._apply(self.state.edits, self.state.at + 1)

    def trim_to_speech(self) -> None:
        """To the in and out points that the speech suggests."""
        take, report = self.state.chosen, self.state.report
        suggested = report.figures.suggested() if report else None
        if take and suggested:
            start, end = suggested
            self.edit(replace(take.edit, start_s=start, end_s=min(end, take.seconds)))

    def rename(self, take_id: UUID, name: str) -> None:
        if name.strip():
            self._change(take_id, lambda take: replace(take, name=" ".join(name.split())))

    def note_transcript(self, transcript: str) -> None:
        """What is said in the chosen take."""
        if (take := self.state.chosen) and transcript != take.transcript:
            self._change(take.take_id, lambda take: replace(take, transcript=transcript))

    def delete(self, take_id: UUID) -> None:
        take = next((one for one in self.state.takes if one.take_id == take_id), None)
        if take:
            self._set(replace(self.state, takes=self._without(take_id), deleted=take))
            if self.state.chosen and self.state.chosen.take_id == take_id:
                self.choose(self.state.takes[0].take_id if self.state.takes else None)
            self._tasks.start("takes.delete", self._said(self._takes.delete, take_id))

    def undo_delete(self) -> None:
        if take := self.state.deleted:
            self._set(replace(self.state, deleted=None))
            self._start("takes.undelete", self._undelete, take)

    # -- for cloning --------------------------------------------------------------------------------

    async def sample(self, limits: SampleLimits, system: str) -> Sample | None:
        """What is sent of the chosen take, noted with it; None where none is chosen.

        Raises REPORT_FAILED for one that the system would refuse.
        """
        take = self.state.chosen
        if take is None:
            return None
        report = await self._sampling.report(take, take.edit, limits, system)
        if report.refused:
            raise StudioError(Reason.REPORT_FAILED, system=system)
        sample = await self._sampling.sample(take, take.edit, limits)
        sent = tuple(dict.fromkeys((*take.sent, sample.sha256)))
        self._change(take.take_id, lambda take: replace(take, sent=sent))
        if all(one.take_id != take.take_id for one in self.state.takes):  # deleted meanwhile, and perhaps brought back
            with suppress(StudioError):
                await self._takes.change(replace(take, sent=sent))
        return sample

    # -- how it is done -----------------------------------------------------------------------------

    async def _restore(self) -> None:
        takes = await self._takes.takes()
        self._set(replace(self.state, takes=takes))
        if takes and self.state.chosen is None:
            self.choose(takes[0].take_id)

    async def _look_again(self) -> None:
        takes = await self._takes.takes()
        chosen = self.state.chosen
        still = next((one for one in takes if chosen and one.take_id == chosen.take_id), None)
        self._set(replace(self.state, takes=takes, chosen=still or chosen))
        if chosen and not still:
            self.choose(takes[0].take_id if takes else None)

    async def _open(self, take: Take) -> None:
        outline = await self._sampling.outline(take)
        self._set(replace(self.state, outline=outline))
        await self._measure()

    async def _measure(self) -> None:
        """Of the chosen take as it would be sent."""
        take, system, limits = self.state.chosen, self._system, self._limits
        if take is None:
            return
        self._set(replace(self.state, measuring=True))
        report = await self._sampling.report(take, take.edit, limits, system)
        if self._is_chosen(take) and (system, limits) == (self._system, self._limits):
            self._set(replace(self.state, report=report, measuring=False))

    async def _import(self, path: Path, number: int) -> None:
        try:
            take = await self._sampling.bring_in(path, self._progress)
        finally:
            if number == self._imports:  # else another one is being read by now
                self._set(replace(self.state, importing="", progress=None))
        self.add(take)

    def _progress(self, part: float | None) -> None:
        self._set(replace(self.state, progress=part))

    def _apply(self, edits: tuple[Edit, ...], at: int) -> None:
        if take := self.state.chosen:
            self._set(replace(self.state, edits=edits, at=at))
            self._change(take.take_id, lambda take: replace(take, edit=edits[at]))
            self._start("takes.measure", self._measure)

    def _change(self, take_id: UUID, change: Callable[[Take], Take]) -> None:
        old = next((one for one in self.state.takes if one.take_id == take_id), None)
        if old is None or (new := change(old)) == old:
            return
        takes = tuple(new if one is old else one for one in self.state.takes)
        chosen = new if self.state.chosen is old else self.state.chosen
        self._set(replace(self.state, takes=takes, chosen=chosen))
        self._start(f"takes.change.{take_id}", self._takes.change, new)

    async def _undelete(self, take: Take) -> None:
        await self._takes.restore(take.take_id)
        takes = sorted((take, *self.state.takes), key=lambda one: one.created, reverse=True)
        self._set(replace(self.state, takes=tuple(takes)))
        self.choose(take.take_id)

    def _judged(self, figures: Figures) -> Report:
        return judged(figures, self._limits, self._system)

    def _without(self, take_id: UUID) -> tuple[Take, ...]:
        return tuple(one for one in self.state.takes if one.take_id != take_id)

    def _is_chosen(self, take: Take) -> bool:
        chosen = self.state.chosen
        return chosen is not None and (chosen.take_id, chosen.edit) == (take.take_id, take.edit)

    def _failed(self, error: StudioError) -> TakesState:
        return replace(self.state, error=error, measuring=False)
