"""The voices kept: found, chosen, named, labelled, refreshed from their systems' lists, and their clips handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from studio.domain.audio import AudioFormat, Finish
from studio.domain.errors import StudioError
from studio.domain.search import found, haystack, words_of
from studio.domain.voices import ClipKind, Origin, StoredClip, Voice
from studio.flows.audition import Audible
from studio.flows.flow import Flow
from studio.flows.handing_out import HandedOut, HandingOut, name_of
from studio.flows.library_state import LibraryState
from studio.flows.refreshing import Refreshed, Refreshing, SoFar
from studio.flows.saying import Saying
from studio.flows.shown_voices import ShownVoices
from studio.ports import Clips, CodeKind, Labels, Rights, Shelf
from studio.tasks import TaskOwner

FIRST_LOOK = 200
"""Voices that are shown before all are read."""


class LibraryFlow(Flow[LibraryState]):
    """`on_near` is given the clips that the next keys may ask for, `on_queue` those that shall be heard in turn;
    `on_complete` is told when all voices are read."""

    def __init__(
        self, shelf: Shelf, clips: Clips, refreshing: Refreshing, saying: Saying, rights: Rights, tasks: TaskOwner
    ) -> None:
        super().__init__(LibraryState(), tasks)
        self._shelf = shelf
        self._clips = clips
        self._refreshing = refreshing
        self._saying = saying
        self._handing_out = HandingOut(clips, saying, self._hand_out)
        self._rights = rights
        self._shown = ShownVoices()
        self._so_far = SoFar(self._show_so_far)
        self._typed: set[UUID] = set()
        self._labelled = 0
        self.on_near: Callable[[tuple[Audible, ...]], None] = lambda _: None
        self.on_queue: Callable[[tuple[Audible, ...]], None] = lambda _: None
        self.on_complete: Callable[[], None] = lambda: None

    # -- what the person can ask ------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads what is new in the library file."""
        self._start("library.refresh", self.refreshed)

    def read_anew(self) -> None:
        """The library file is another one now."""
        self._shown.forget()
        self._set(replace(self.state, error=None))
        self.refresh()

    def refresh_if_changed(self) -> None:
        """Asks again only if another process wrote to the library."""
        self._once("library.refresh", self._refresh_if_changed)

    def choose(self, library_id: UUID | None, near: Sequence[UUID] = ()) -> None:
        """`near` are the voices that the arrow keys lead to. What had changed of the one before has been looked at."""
        before, chosen = self.state.chosen, self.voice(library_id)
        if before and before.changed and before.library_id != library_id:
            self._start(f"library.seen.{before.library_id}", self._seen, before)
        selected = self.state.selected if chosen and chosen.library_id in self.state.selected else ()
        self._set(
            replace(
                self.state,
                chosen=chosen,
                selected=selected or ((chosen.library_id,) if chosen else ()),
                clips=(),
                statements=(),
                exported=None,
                handed_out=self.state.handed_out if self._tasks.running("library.export_many") else None,
                code="",
                draggable=None,
                error=None,
            )
        )
        if chosen:
            self._start("library.choose", self._choose, chosen, tuple(near))

    def select(self, library_ids: Sequence[UUID]) -> None:
        """All rows that are chosen, for what is done to many at once."""
        self._set(replace(self.state, selected=tuple(library_ids)))

    def rename(self, library_id: UUID, name: str) -> None:
        name = " ".join(name.split())
        if name and (voice := self.voice(library_id)):
            self._show_typed(replace(voice, name=name))
            self._start(f"library.rename.{library_id}", self._shelf.rename, library_id, name)

    def annotate(self, library_id: UUID, notes: str) -> None:
        if voice := self.voice(library_id):
            self._show_typed(replace(voice, notes=notes))
            self._start(f"library.annotate.{library_id}", self._shelf.annotate, library_id, notes)

    def label(self, library_ids: Sequence[UUID], labels: Labels) -> None:
        self._labelled += 1
        self._start(f"library.label.{self._labelled}", self._label, tuple(library_ids), labels)

    def update(self, origin: Origin | None = None) -> None:
        """Asks every account that has a key which voices it has; `origin` built-in for the systems' own."""
        self._set(
            replace(self.state, refreshing=True, refresh_stopped=False, refreshed=(), nobody_to_ask=False, error=None)
        )
        self._start("library.update", self._update, origin)

    def cancel_update(self) -> None:
        """What came until now stays."""
        self._tasks.cancel("library.update")
        self._set(replace(self.state, refreshing=False, refreshed=self._so_far.told, refresh_stopped=True))
        self.refresh()

    def export(self, stored: StoredClip, path: Path, finish: Finish | None = None) -> None:
        """In the format of the path's suffix; with a finish, also levelled and with its words in the file."""
        self._start(f"library.export.{path}", self._handing_out.one, stored, path, finish)

    def export_many(self, ids: Sequence[UUID], folder: Path, audio_format: AudioFormat, lufs: float | None) -> None:
        """The first clip of each voice, with words about it in the file."""
        work = (self.voices_of(ids), folder, audio_format, lufs)
        self._once("library.export_many", self._handing_out.many, *work)

    def cancel_export(self) -> None:
        """What is written until now stays."""
        self._tasks.cancel("library.export_many")
        if told := self.state.handed_out:
            self._hand_out(replace(told, ended=True))

    def export_rights(self, path: Path) -> None:
        """The rights record of the chosen voice, as one zip."""
        if voice := self.state.chosen:
            self._start("library.export_rights", self._export_rights, voice, path)

    def make_code(self, kind: CodeKind, text: str) -> None:
        """How the chosen voice is spoken with from elsewhere, into `state.code`."""
        if voice := self.state.chosen:
            self._set(replace(self.state, code="", error=None))
            self._start("library.code", self._make_code, voice, kind, text)

    def make_draggable(self, stored: StoredClip) -> None:
        """A file of the clip with a name that a person knows, into `state.draggable`."""
        if voice := self.state.chosen:
            self._set(replace(self.state, draggable=None))  # whoever got the file last may have moved it away
            self._start("library.drag", self._make_draggable, voice, stored)

    def play_all(self, library_ids: Sequence[UUID]) -> None:
        """What can be heard of these voices, one after the other, through `on_queue`."""
        self._start("library.play_all", self._play_all, tuple(library_ids))

    # -- what other flows ask ---------------------------------------------------------------------

    def voice(self, library_id: UUID | None) -> Voice | None:
        return self._shown.get(library_id)

    def voices_of(self, library_ids: Iterable[UUID]) -> tuple[Voice, ...]:
        return self._shown.several(library_ids)

    def look_at_clips(self) -> None:
        """Those of the chosen voice have changed."""
        if chosen := self.state.chosen:
            self._start("library.choose", self._choose, chosen, ())
        self.refresh()

    async def sample_of(self, voice: Voice) -> StoredClip | None:
        """What a cloned voice was made of, if that is here."""
        clips = await self._clips.clips_of(voice.library_id)
        return next((clip for clip in clips if clip.kind is ClipKind.SAMPLE), None)

    async def audibles(self, library_ids: Sequence[UUID]) -> tuple[Audible, ...]:
        """What a click on Play means for each of these voices that has a clip, in this order."""
        clips = await self._clips.first_of(library_ids)
        voices = self.voices_of(one for one in library_ids if one in clips)
        return tuple(Audible(clips[voice.library_id], voice.name) for voice in voices)

    async def search(self, query: str) -> tuple[Voice, ...]:
        """Newest first; the empty query finds all."""
        words = words_of(query)
        return tuple(voice for voice in await self._shelf.voices() if found(voice, haystack(voice), words))

    # -- how it is done -----------------------------------------------------------------------------

    async def refreshed(self) -> None:
        """As `refresh`, waited for."""
        if not self.state.loaded and (first := await self._shelf.newest(FIRST_LOOK)):
            self._shown.put(first)
            self._set(replace(self.state, voices=self._shown.voices, loaded=True))
        before = self._shown.voices
        changes = await self._shelf.changes(self._shown.begin_reading())
        self._shown.take(changes, changing=self._is_changing)
        if self._shown.voices is before and self.state.complete:
            return
        chosen = self.voice(self.state.chosen.library_id) if self.state.chosen else None
        clips, statements = (self.state.clips, self.state.statements) if chosen else ((), ())
        selected = self.state.selected
        if changes.whole or changes.hidden:
            selected = tuple(voice.library_id for voice in self.voices_of(selected))
        first_time = not self.state.complete
        self._set(
            replace(
                self.state,
                voices=self._shown.voices,
                loaded=True,
                complete=True,
                chosen=chosen,
                selected=selected,
                clips=clips,
                statements=statements,
            )
        )
        if first_time:
            self.on_complete()

    async def _refresh_if_changed(self) -> None:
        if not self.state.complete or await self._shelf.changed_elsewhere():
            await self.refreshed()

    def _is_changing(self, voice: Voice) -> bool:
        """What the person has typed is newer than what was read, until it is saved."""
        if voice.library_id not in self._typed:
            return False
        saves = (f"library.{what}.{voice.library_id}" for what in ("rename", "annotate"))
        return any(map(self._tasks.running, saves))

    async def _choose(self, voice: Voice, near: tuple[UUID, ...]) -> None:
        clips = await self._clips.clips_of(voice.library_id)
        if self._is_chosen(voice):
            self._set(replace(self.state, clips=clips))
        if voice.origin is Origin.CLONED:
            statements = await self._rights.of(voice.library_id)
            if self._is_chosen(voice):
                self._set(replace(self.state, statements=statements))
        self.on_near(await self.audibles((voice.library_id, *near)))

    async def _seen(self, voice: Voice) -> None:
        await self._shelf.seen(voice.library_id)
        await self.refreshed()

    async def _play_all(self, library_ids: tuple[UUID, ...]) -> None:
        self.on_queue(await self.audibles(library_ids))

    async def _label(self, library_ids: tuple[UUID, ...], labels: Labels) -> None:
        await self._shelf.label(library_ids, labels)
        await self.refreshed()

    async def _update(self, origin: Origin | None) -> None:
        self._so_far = SoFar(self._show_so_far)
        self._start("library.follow", self._so_far.follow)
        try:
            came = await self._refreshing.refresh_all(origin, self._so_far.tell)
            self._tasks.cancel("library.follow")
            await self.refreshed()
            self._set(replace(self.state, refreshed=came, nobody_to_ask=not came))
        finally:
            self._tasks.cancel("library.follow")
            self._set(replace(self.state, refreshing=False))

    async def _show_so_far(self, told: tuple[Refreshed, ...]) -> None:
        self._set(replace(self.state, refreshed=told))
        await self.refreshed()

    def _hand_out(self, told: HandedOut | None) -> None:
        state = replace(self.state, handed_out=told, exported=None)
        self._set(replace(state, exported=told.place, error=None) if told and told.ended else state)

    async def _export_rights(self, voice: Voice, path: Path) -> None:
        await self._rights.export(voice, path)
        self._set(replace(self.state, exported=path, handed_out=None, error=None))

    async def _make_code(self, voice: Voice, kind: CodeKind, text: str) -> None:
        code = await self._saying.example(voice, text, kind)
        if self._is_chosen(voice):
            self._set(replace(self.state, code=code))

    async def _make_draggable(self, voice: Voice, stored: StoredClip) -> None:
        path = await self._clips.as_file(stored, name_of(voice, stored))
        self._set(replace(self.state, draggable=(stored.clip_id, path)))

    def _failed(self, error: StudioError) -> LibraryState:
        return replace(self.state, error=error)

    def _show_typed(self, changed: Voice) -> None:
        """At once; it is saved behind."""
        self._typed.add(changed.library_id)
        self._shown.type_in(changed)
        chosen = self.voice(self.state.chosen.library_id) if self.state.chosen else None
        self._set(replace(self.state, voices=self._shown.voices, chosen=chosen))

    def _is_chosen(self, voice: Voice) -> bool:
        return self.state.chosen is not None and self.state.chosen.library_id == voice.library_id
