"""Deleting voices and clips: asked once, undone for ten seconds, and only then told to the voices' systems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
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

    `asked` wait for the person's word. `waiting` are hidden, can be undone, and are told to their systems when the
    time to undo is over; ones of this computer alone are hidden and can be undone, too. `deleting` are being told.
    `deleted` are gone. `kept_there` came back, each with why its system would not delete it.

    `samples` are the takes that the voice which is or was deleted last was made of, as far as they are here;
    `samples_deleted` went with it, and `made_alike` are the other voices that were made of those takes.
    `clip` is a clip of a voice that was deleted and can be undone.
    """

    asked: tuple[Voice, ...] = ()
    waiting: tuple[Voice, ...] = ()
    deleting: tuple[Voice, ...] = ()
    deleted: tuple[Voice, ...] = ()
    kept_there: tuple[tuple[Voice, StudioError], ...] = ()
    clip: StoredClip | None = None
    samples: tuple[Take, ...] = ()
    samples_deleted: tuple[Take, ...] = ()
    made_alike: tuple[Voice, ...] = ()
    error: StudioError | None = None


class DeletionFlow(Flow[DeletionState]):
    """`on_samples` is told when takes that voices were made of are deleted or brought back."""

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
        self._hurry: asyncio.Event | None = None
        self.on_samples: Callable[[], None] = lambda: None

    # -- what the person can ask ------------------------------------------------------------------

    def ask(self, library_ids: Sequence[UUID]) -> None:
        """One voice of this computer goes at once, since it can be brought back; otherwise the person is asked."""
        found = self._library.voices_of(library_ids)
        voices = tuple([voice for voice in found if voice.origin is not Origin.BUILT_IN])
        if not voices:
            return
        asks = len(voices) > 1 or any(map(self._remote.deletes, voices))
        before = self.state  # what can be undone still can, until the next deletion begins
        undoable = replace(
            self._fresh(), waiting=before.waiting, clip=before.clip, samples_deleted=before.samples_deleted
        )
        self._set(replace(undoable, asked=voices if asks else ()))
        self._start("deletion.ask", self._ask, voices, asks)

    def confirm(self, sample_too: bool = False) -> None:
        if voices := self.state.asked:
            self._begin(voices, self.state.samples if sample_too else ())

    def decline(self) -> None:
        self._set(replace(self.state, asked=(), samples=(), made_alike=()))

    def undo(self) -> None:
        """The voices or the clip that were deleted last come back; their systems were told nothing yet."""
        if voices := self.state.waiting:
            self._tasks.cancel(self._name())
            self._once("deletion.undo", self._undo, voices, self.state.samples_deleted)
        elif clip := self.state.clip:
            self._once("deletion.undo", self._undo_clip, clip)

    def delete_sample(self) -> None:
        """Of the voice that was deleted just now."""
        if self.state.samples and (self.state.waiting or self.state.deleted):
            self._once("deletion.sample", self._delete_samples, self.state.samples)

    def delete_clip(self, stored: StoredClip) -> None:
        self._once(f"deletion.clip.{stored.clip_id}", self._delete_clip, stored)

    # -- how it is done -----------------------------------------------------------------------------

    async def _ask(self, voices: tuple[Voice, ...], asks: bool) -> None:
        samples, alike = (), ()
        if len(voices) == 1:
            samples, alike = await self._samples.of(voices[0], self._library.state.voices)
        if self.state.asked == voices or not asks:
            self._set(replace(self.state, samples=samples, made_alike=alike))
        if not asks:
            self._begin(voices, ())

    def _begin(self, voices: tuple[Voice, ...], samples: tuple[Take, ...]) -> None:
        """Ones that waited before can't be undone any more: their systems are told now."""
        if self._hurry:
            self._hurry.set()
        self._number += 1
        offered = () if samples else self.state.samples
        self._set(replace(self._fresh(), waiting=voices, samples=offered, made_alike=self.state.made_alike))
        self._start(self._name(), self._delete, voices, samples)

    async def _delete(self, voices: tuple[Voice, ...], samples: tuple[Take, ...]) -> None:
        import asyncio  # late, as in tasks.py

        self._hurry = hurry = asyncio.Event()
        there = tuple(voice for voice in voices if self._remote.deletes(voice))
        here = tuple(voice for voice in voices if voice not in there)
        try:
            await self._shelf.delete(*_ids(here))
            await self._shelf.delete(*_ids(there), unsent=True)
        except StudioError as error:
            self._set(replace(self.state, waiting=(), error=error))
            return
        await self._library.refreshed()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._undo_s):
                await hurry.wait()
        waiting = () if self.state.waiting == voices else self.state.waiting
        self._set(
            replace(
                self.state,
                waiting=waiting,
                deleting=(*self.state.deleting, *there),
                deleted=(*self.state.deleted, *here),
            )
        )
        if await self._tell(there):
            await self._delete_samples(samples)
        elif self.state.samples_deleted:
            await self._restore_samples(self.state.samples_deleted)

    async def _tell(self, there: tuple[Voice, ...]) -> bool:
        """Their systems, one after the other; a voice that its system keeps comes back. Whether none did."""
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
            left = tuple(one for one in self.state.deleting if one.library_id != voice.library_id)
            self._set(replace(self.state, deleting=left))
        await self._library.refreshed()
        return not kept

    async def _undo(self, voices: tuple[Voice, ...], samples: tuple[Take, ...]) -> None:
        self._hurry = None
        self._set(self._fresh())
        await self._shelf.restore(*_ids(voices))
        await self._library.refreshed()
        self._library.choose(voices[0].library_id)
        await self._restore_samples(samples)

    async def _restore_samples(self, samples: tuple[Take, ...]) -> None:
        if samples:
            await self._samples.restore(samples)
            self._set(replace(self.state, samples_deleted=()))
            self.on_samples()

    async def _delete_samples(self, samples: tuple[Take, ...]) -> None:
        if samples:
            await self._samples.delete(samples)
            self._set(replace(self.state, samples=(), samples_deleted=samples))
            self.on_samples()

    async def _delete_clip(self, stored: StoredClip) -> None:
        await self._clips.delete_clip(stored.clip_id)
        self._set(replace(self._fresh(), clip=stored))
        self._library.look_at_clips()

    async def _undo_clip(self, stored: StoredClip) -> None:
        self._set(replace(self.state, clip=None, error=None))
        await self._clips.restore_clip(stored.clip_id)
        self._library.look_at_clips()

    def _failed(self, error: StudioError) -> DeletionState:
        return replace(self.state, error=error)

    def _fresh(self) -> DeletionState:
        """What is being told goes on; what was done before is said no more."""
        return DeletionState(deleting=self.state.deleting)

    def _name(self) -> str:
        return f"deletion.delete.{self._number}"


def _ids(voices: tuple[Voice, ...]) -> tuple[UUID, ...]:
    return tuple(voice.library_id for voice in voices)
