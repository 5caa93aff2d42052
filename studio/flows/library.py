"""The voices kept: found, renamed, noted, spoken with, exported, deleted and brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from studio.domain.errors import StudioError
from studio.domain.search import haystack, matches, words_of
from studio.domain.takes import Take
from studio.domain.voices import ClipKind, Origin, StoredClip, Voice
from studio.flows.audition import Audible
from studio.flows.flow import Flow
from studio.flows.library_state import LibraryState
from studio.flows.remote import RemoteVoices
from studio.flows.sample_takes import SampleTakes
from studio.flows.saying import Saying
from studio.ports import Clips, Rights, Shelf, Takes
from studio.tasks import TaskOwner


class LibraryFlow(Flow[LibraryState]):
    """`on_spoken` is told of every new take, which the person asked to hear; `on_samples` when takes that voices were
    made of are deleted or brought back."""

    def __init__(
        self,
        shelf: Shelf,
        clips: Clips,
        remote: RemoteVoices,
        saying: Saying,
        rights: Rights,
        takes: Takes,
        tasks: TaskOwner,
    ) -> None:
        super().__init__(LibraryState(), tasks)
        self._shelf = shelf
        self._clips = clips
        self._remote = remote
        self._saying = saying
        self._rights = rights
        self._samples = SampleTakes(rights, takes)
        self.on_samples: Callable[[], None] = lambda: None
        self.on_spoken: Callable[[Audible], None] = lambda _: None

    # -- what the person can ask ------------------------------------------------------------------

    def refresh(self) -> None:
        self._start("library.refresh", self._refresh)

    def refresh_if_changed(self) -> None:
        """Asks again only if another process wrote to the library."""
        self._once("library.refresh", self._refresh_if_changed)

    def choose(self, library_id: UUID | None) -> None:
        chosen = self._voice(library_id)
        self._set(replace(self.state, chosen=chosen, clips=(), statements=(), exported=None, error=None))
        if chosen:
            self._start("library.choose", self._choose, chosen)

    def rename(self, library_id: UUID, name: str) -> None:
        name = " ".join(name.split())
        if name and (voice := self._voice(library_id)):
            self._show_changed(replace(voice, name=name))
            self._start(f"library.rename.{library_id}", self._shelf.rename, library_id, name)

    def annotate(self, library_id: UUID, notes: str) -> None:
        if voice := self._voice(library_id):
            self._show_changed(replace(voice, notes=notes))
            self._start(f"library.annotate.{library_id}", self._shelf.annotate, library_id, notes)

    def update(self, origin: Origin | None = None) -> None:
        """Asks every account that has a key which voices it has; `origin` built-in for the systems' own."""
        self._set(
            replace(self.state, refreshing=True, refresh_stopped=False, refreshed=(), nobody_to_ask=False, error=None)
        )
        self._start("library.update", self._update, origin)

    def cancel_update(self) -> None:
        self._tasks.cancel("library.update")
        self._set(replace(self.state, refreshing=False, refresh_stopped=True))

    def delete(self, library_id: UUID) -> None:
        """A voice of this computer can be brought back; one of another system is asked about first."""
        voice = self._voice(library_id)
        if voice and self._remote.deletes(voice):
            self._set(replace(self.state, to_delete=voice, samples=(), samples_deleted=(), made_alike=(), error=None))
            self._start("library.samples", self._find_samples, voice)
        else:
            self._once(f"library.delete.{library_id}", self._delete, library_id)

    def confirm_delete(self, sample_too: bool = False) -> None:
        if voice := self.state.to_delete:
            self._set(replace(self.state, to_delete=None, deleting=True))
            self._once("library.delete_there", self._delete_there, voice, self.state.samples if sample_too else ())

    def delete_sample(self) -> None:
        """Of the voice that was deleted just now."""
        if self.state.deleted and self.state.samples:
            self._once("library.delete_sample", self._delete_samples, self.state.samples)

    def cancel_delete(self) -> None:
        """The voice stays here; whether it is gone there, the next list tells."""
        self._tasks.cancel("library.delete_there")
        self._set(replace(self.state, deleting=False))

    def decline_delete(self) -> None:
        self._set(replace(self.state, to_delete=None))

    def undo_delete(self) -> None:
        """The last voice or take that was deleted comes back."""
        if voice := self.state.deleted:
            self._once("library.undo", self._undo, voice)
        elif clip := self.state.deleted_clip:
            self._once("library.undo", self._undo_clip, clip)

    def speak(self, library_id: UUID, text: str) -> None:
        if voice := self._voice(library_id):
            self._set(replace(self.state, speaking=True, progress=None, error=None, spoken=None))
            self._start("library.speak", self._speak, voice, text)

    def cancel_speaking(self) -> None:
        self._tasks.cancel("library.speak")
        self._set(replace(self.state, speaking=False, progress=None))
        if chosen := self.state.chosen:
            self._start("library.choose", self._choose, chosen)

    def export(self, stored: StoredClip, path: Path) -> None:
        """Copies the clip to `path`, in the format that the path's suffix asks for."""
        self._start(f"library.export.{path}", self._export, stored, path)

    def export_rights(self, path: Path) -> None:
        """The rights record of the chosen voice, as one zip."""
        if voice := self.state.chosen:
            self._start("library.export_rights", self._export_rights, voice, path)

    def delete_clip(self, stored: StoredClip) -> None:
        self._once(f"library.delete_clip.{stored.clip_id}", self._delete_clip, stored)

    # -- how it is done -----------------------------------------------------------------------------

    async def sample_of(self, voice: Voice) -> StoredClip | None:
        """What a cloned voice was made of, if that is here."""
        clips = await self._clips.clips_of(voice.library_id)
        return next((clip for clip in clips if clip.kind is ClipKind.SAMPLE), None)

    async def search(self, query: str) -> tuple[Voice, ...]:
        """Newest first; the empty query finds all."""
        words = words_of(query)
        return tuple(voice for voice in await self._shelf.voices() if matches(haystack(voice), words))

    async def _refresh(self) -> None:
        before = {voice.library_id: voice for voice in self.state.voices}
        read = await self._shelf.voices()
        now = {voice.library_id: voice for voice in self.state.voices}

        def newest(voice: Voice) -> Voice:
            """What the person has changed since the reading began is newer than what was read."""
            shown = now.get(voice.library_id, voice)
            saves = (f"library.{what}.{voice.library_id}" for what in ("rename", "annotate"))
            changing = any(map(self._tasks.running, saves))
            return shown if changing or shown is not before.get(voice.library_id, shown) else voice

        voices = tuple(map(newest, read))
        chosen = self.state.chosen
        chosen = next((voice for voice in voices if chosen and voice.library_id == chosen.library_id), None)
        clips, statements = (self.state.clips, self.state.statements) if chosen else ((), ())
        self._set(replace(self.state, voices=voices, loaded=True, chosen=chosen, clips=clips, statements=statements))

    async def _refresh_if_changed(self) -> None:
        if not self.state.loaded or await self._shelf.changed_elsewhere():
            await self._refresh()

    async def _choose(self, voice: Voice) -> None:
        clips = await self._clips.clips_of(voice.library_id)
        if self._is_chosen(voice):
            self._set(replace(self.state, clips=clips))
        if voice.origin is Origin.CLONED:
            statements = await self._rights.of(voice.library_id)
            if self._is_chosen(voice):
                self._set(replace(self.state, statements=statements))

    async def _find_samples(self, voice: Voice) -> None:
        samples, alike = await self._samples.of(voice, self.state.voices)
        if self.state.to_delete == voice:
            self._set(replace(self.state, samples=samples, made_alike=alike))

    async def _delete(self, library_id: UUID) -> None:
        voice = self._voice(library_id)
        samples, alike = await self._samples.of(voice, self.state.voices) if voice else ((), ())
        await self._shelf.delete(library_id)
        self._set(replace(self._nothing_deleted(), deleted=voice, samples=samples, made_alike=alike))
        await self._refresh()

    async def _delete_there(self, voice: Voice, samples: tuple[Take, ...]) -> None:
        try:
            await self._remote.remove(voice)
        except StudioError as error:
            self._set(replace(self.state, deleting=False, error=error))
            return
        alike = self.state.made_alike if samples else ()
        self._set(replace(self._nothing_deleted(), deleting=False, deleted_there=voice, made_alike=alike))
        await self._refresh()
        await self._delete_samples(samples)

    async def _delete_samples(self, samples: tuple[Take, ...]) -> None:
        if samples:
            await self._samples.delete(samples)
            self._set(replace(self.state, samples=(), samples_deleted=samples))
            self.on_samples()

    async def _update(self, origin: Origin | None) -> None:
        try:
            async for refreshed in self._remote.refresh_all(origin):
                self._set(replace(self.state, refreshed=(*self.state.refreshed, refreshed)))
                await self._refresh()
            self._set(replace(self.state, nobody_to_ask=not self.state.refreshed))
        finally:
            self._set(replace(self.state, refreshing=False))

    async def _undo(self, voice: Voice) -> None:
        samples = self.state.samples_deleted
        self._set(self._nothing_deleted())
        await self._shelf.restore(voice.library_id)
        await self._refresh()
        self.choose(voice.library_id)
        if samples:
            await self._samples.restore(samples)
            self.on_samples()

    async def _speak(self, voice: Voice, text: str) -> None:
        try:
            clip = await self._saying.say(voice, text, progress=self._progress)
            stored = await self._clips.add_clip(voice.library_id, clip, ClipKind.SPOKEN, text)
        except StudioError as error:
            self._set(replace(self.state, error=error, speaking=False))
            return
        self._set(replace(self.state, spoken=stored, speaking=False))
        self.on_spoken(Audible(stored, voice.name))
        await self._choose(voice)

    async def _export(self, stored: StoredClip, path: Path) -> None:
        await self._saying.write(await self._clips.load(stored), path)
        self._set(replace(self.state, exported=path, error=None))

    async def _export_rights(self, voice: Voice, path: Path) -> None:
        await self._rights.export(voice, path)
        self._set(replace(self.state, exported=path, error=None))

    async def _delete_clip(self, stored: StoredClip) -> None:
        await self._clips.delete_clip(stored.clip_id)
        self._set(replace(self._nothing_deleted(), deleted_clip=stored))
        if self.state.chosen:
            await self._choose(self.state.chosen)

    async def _undo_clip(self, stored: StoredClip) -> None:
        self._set(replace(self.state, deleted_clip=None, error=None))
        await self._clips.restore_clip(stored.clip_id)
        if self.state.chosen:
            await self._choose(self.state.chosen)

    def _failed(self, error: StudioError) -> LibraryState:
        return replace(self.state, error=error)

    def _show_changed(self, voice: Voice) -> None:
        """At once; it is saved behind."""
        voices = tuple(voice if one.library_id == voice.library_id else one for one in self.state.voices)
        chosen = self.state.chosen
        if chosen and chosen.library_id == voice.library_id:
            chosen = voice
        self._set(replace(self.state, voices=voices, chosen=chosen))

    def _nothing_deleted(self) -> LibraryState:
        """What was deleted before can't be brought back from here any more."""
        return replace(
            self.state,
            deleted=None,
            deleted_there=None,
            deleted_clip=None,
            samples=(),
            samples_deleted=(),
            made_alike=(),
            error=None,
        )

    def _is_chosen(self, voice: Voice) -> bool:
        return self.state.chosen is not None and self.state.chosen.library_id == voice.library_id

    def _voice(self, library_id: UUID | None) -> Voice | None:
        return next((voice for voice in self.state.voices if voice.library_id == library_id), None)

    def _progress(self, part: float | None) -> None:
        self._set(replace(self.state, progress=part))
