"""Deleting voices and clips: asked once, undone for ten seconds, and only then told to the voices' systems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.errors import StudioError
from studio.domain.takes import Take
from studio.domain.voices import Origin, StoredClip, Voice
from studio.flows.flow import Flow
from studio.flows.library import LibraryFlow
from studio.flows.remote import RemoteVoices
from studio.flows.sample_takes import SampleTakes
from studio.ports import Clips, Rights, Shelf, Takes
from studio.tasks import TaskOwner

if TYPE_CHECKING:
    import asyncio

UNDO_S = 10.0


@dataclass(frozen=True, slots=True)
class DeletionState:
    """All that is said of deletions. Each of these follows the one before.

    `asked` wait for the person's word. `waiting` were deleted last and can be undone: they are hidden, and told to
    their systems when the time to undo is over, of which `left_s` was left when that began to be shown; ones of this
    computer alone are hidden and can be undone, too. `deleting` are being told. `deleted` are gone. `kept_there` came
    back, each with why its system would not delete it.

    `samples` are the takes that the voice which is or was deleted last was made of, as far as they are here;
    `samples_deleted` went with it, and `made_alike` are the other voices that were made of those takes. `clip` is a
    clip of a voice that was deleted last and can be undone. What was deleted before it, within its own time, can be
    undone next.
    """

    asked: tuple[Voice, ...] = ()
    waiting: tuple[Voice, ...] = ()
    left_s: float = UNDO_S
    deleting: tuple[Voice, ...] = ()
    deleted: tuple[Voice, ...] = ()
    kept_there: tuple[tuple[Voice, StudioError], ...] = ()
    clip: StoredClip | None = None
    samples: tuple[Take, ...] = ()
    samples_deleted: tuple[Take, ...] = ()
    made_alike: tuple[Voice, ...] = ()
    error: StudioError | None = None


@dataclass(slots=True)
class _Deleted:
    """What went by one word of the person, and can come back by one: until `until`, of the monotonic clock."""

    number: int
    until: float
    voices: tuple[Voice, ...] = ()
    clip: StoredClip | None = None
    samples: tuple[Take, ...] = ()
    samples_deleted: tuple[Take, ...] = ()
    made_alike: tuple[Voice, ...] = ()
    sample_too: bool = False
    hurry: asyncio.Event | None = None
    settled: set[UUID] = field(default_factory=set[UUID])

    @property
    def task(self) -> str:
        return f"deletion.delete.{self.number}"


class DeletionFlow(Flow[DeletionState]):
    """`on_samples` is told when takes that voices were made of are deleted or brought back, `on_deleted` when voices
    are hidden, and `on_gone` when they are gone for good, or back."""

    def __init__(
        self,
        library: LibraryFlow,
        shelf: Shelf,
        clips: Clips,
        remote: RemoteVoices,
        rights: Rights,
        takes: Takes,
        tasks: TaskOwner,
        undo_s: float = UNDO_S,
    ) -> None:
        super().__init__(DeletionState(), tasks)
        self._library = library
        self._shelf = shelf
        self._clips = clips
        self._remote = remote
        self._samples = SampleTakes(rights, takes)
        self._undo_s = undo_s
        self._number = 0
        self._last: list[_Deleted] = []
        self.on_samples: Callable[[], None] = lambda: None
        self.on_deleted: Callable[[tuple[Voice, ...]], None] = lambda _: None
        self.on_gone: Callable[[], None] = lambda: None

    # -- what the person can ask ------------------------------------------------------------------

    def ask(self, library_ids: Sequence[UUID]) -> None:
        """One voice of this computer goes at once, since it can be brought back; otherwise the person is asked."""
        found = self._library.voices_of(library_ids)
        voices = tuple([voice for voice in found if voice.origin is not Origin.BUILT_IN])
        if not voices:
            return
        asks = len(voices) > 1 or any(map(self._remote.deletes, voices))
        self._set(replace(self._now(), asked=voices if asks else ()))
        self._start("deletion.ask", self._ask, voices, asks)

    def confirm(self, sample_too: bool = False) -> None:
        if voices := self.state.asked:
            offered, alike = (self.state.samples, self.state.made_alike) if len(voices) == 1 else ((), ())
            self._begin(_Deleted(0, 0, voices, samples=offered, made_alike=alike, sample_too=sample_too))

    def decline(self) -> None:
        self._set(replace(self._now(), asked=()))

    def undo(self) -> None:
        """What was deleted last comes back; its systems were told nothing yet."""
        if self._last:
            last = self._last.pop()
            self._tasks.cancel(last.task)
            self._set(self._now())
            self._start(f"deletion.undo.{last.number}", self._undo, last)

    def delete_sample(self) -> None:
        """Of the voice that was deleted just now."""
        last = self._last[-1] if self._last else None
        if samples := self.state.samples:
            self._once("deletion.sample", self._delete_samples, samples, last)

    def delete_clip(self, stored: StoredClip) -> None:
        self._begin(_Deleted(0, 0, clip=stored))

    async def aclose(self, grace_s: float = 3.0) -> None:
        """The window is closed: what was deleted can't be undone any more and is told at once. Whatever can't be told
        in time comes back."""
        import asyncio  # late, as in tasks.py

        for one in self._last:
            if one.hurry:
                one.hurry.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(grace_s):
                for one in tuple(self._last):
                    await self._tasks.wait(one.task)

    # -- how it is done -----------------------------------------------------------------------------

    async def _ask(self, voices: tuple[Voice, ...], asks: bool) -> None:
        samples, alike = (), ()
        if len(voices) == 1:
            samples, alike = await self._samples.of(voices[0], self._library.state.voices)
        if not asks:
            self._begin(_Deleted(0, 0, voices, samples=samples, made_alike=alike))
        elif self.state.asked == voices:
            self._set(replace(self.state, samples=samples, made_alike=alike))

    def _begin(self, one: _Deleted) -> None:
        self._number += 1
        one.number, one.until = self._number, monotonic() + self._undo_s
        if one.sample_too:
            one.samples_deleted, one.samples = one.samples, ()
        self._last.append(one)
        self._set(replace(self._now(), asked=(), deleted=(), kept_there=()))
        self._start(one.task, self._delete, one)

    async def _delete(self, one: _Deleted) -> None:
        import asyncio  # late, as in tasks.py

        one.hurry = asyncio.Event()
        there = tuple(voice for voice in one.voices if self._remote.deletes(voice))
        told = {voice.library_id for voice in there}
        here = tuple(voice for voice in one.voices if voice.library_id not in told)
        try:
            await self._hide(one, here, there)
        except StudioError as error:
            self._over(one)
            self._set(replace(self.state, error=error))
            return
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._undo_s):
                    await one.hurry.wait()
            self._over(one)
            deleting, deleted = (*self.state.deleting, *there), (*self.state.deleted, *here)
            self._set(replace(self.state, deleting=deleting, deleted=deleted))
            await self._tell(one, there)
        except asyncio.CancelledError:
            left = [voice.library_id for voice in there if voice.library_id not in one.settled]
            await self._shelf.restore(*left)  # nothing was sent of these
            raise

    async def _hide(self, one: _Deleted, here: tuple[Voice, ...], there: tuple[Voice, ...]) -> None:
        if one.clip:
            await self._clips.delete_clip(one.clip.clip_id)
            self._library.look_at_clips()
            return
        self.on_deleted(one.voices)
        await self._shelf.delete(*_ids(here))
        await self._shelf.delete(*_ids(there), unsent=True)
        await self._library.refreshed()

    async def _tell(self, one: _Deleted, there: tuple[Voice, ...]) -> None:
        """Their systems, one after the other; a voice that its system keeps comes back."""
        kept = 0
        for voice in there:
            try:
                await self._remote.delete_there(voice)
            except StudioError as error:
                kept += 1
                await self._shelf.restore(voice.library_id)
                self._set(replace(self.state, kept_there=(*self.state.kept_there, (voice, error))))
            else:
                await self._shelf.sent(voice.library_id)
                self._set(replace(self.state, deleted=(*self.state.deleted, voice)))
            one.settled.add(voice.library_id)
            left = tuple([other for other in self.state.deleting if other.library_id != voice.library_id])
            self._set(replace(self.state, deleting=left))
        await self._library.refreshed()
        self.on_gone()
        if kept and not one.sample_too:
            await self._restore_samples(one)
        elif not kept and one.sample_too:
            await self._delete_samples(one.samples_deleted, one)

    async def _undo(self, one: _Deleted) -> None:
        if one.clip:
            await self._clips.restore_clip(one.clip.clip_id)
            self._library.look_at_clips()
            return
        await self._shelf.restore(*_ids(one.voices))
        await self._library.refreshed()
        self._library.choose(one.voices[0].library_id)
        if not one.sample_too:
            await self._restore_samples(one)

    async def _restore_samples(self, one: _Deleted) -> None:
        if one.samples_deleted:
            await self._samples.restore(one.samples_deleted)
            one.samples_deleted = ()
            self._set(replace(self.state, samples_deleted=()))
            self.on_samples()

    async def _delete_samples(self, samples: tuple[Take, ...], one: _Deleted | None) -> None:
        if samples:
            await self._samples.delete(samples)
            if one:
                one.samples, one.samples_deleted = (), samples
            self._set(replace(self.state, samples=(), samples_deleted=samples))
            self.on_samples()

    def _over(self, one: _Deleted) -> None:
        """It can't be undone any more; what was deleted before it may still be."""
        if one in self._last:
            self._last.remove(one)
        told = (one.samples, one.samples_deleted, one.made_alike)
        self._set(self._now())
        if one.voices and not self._last:
            samples, gone, alike = told
            self._set(replace(self.state, samples=samples, samples_deleted=gone, made_alike=alike))

    def _now(self) -> DeletionState:
        """What goes on, and what can be undone next."""
        state = replace(self.state, waiting=(), clip=None, samples=(), samples_deleted=(), made_alike=(), error=None)
        if not self._last:
            return state
        last = self._last[-1]
        return replace(
            state,
            waiting=last.voices,
            left_s=max(0.0, last.until - monotonic()),
            clip=last.clip,
            samples=last.samples,
            samples_deleted=last.samples_deleted if not last.sample_too else (),
            made_alike=last.made_alike,
        )

    def _failed(self, error: StudioError) -> DeletionState:
        return replace(self.state, error=error)


def _ids(voices: tuple[Voice, ...]) -> tuple[UUID, ...]:
    return tuple(voice.library_id for voice in voices)
