"""The library's voices in memory: kept up with the file by what changed, so that a look costs little at 100,000."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter
from uuid import UUID

from studio.domain.voices import Voice
from studio.ports import Changes

_CREATED = attrgetter("created")


class ShownVoices:
    """`voices` newest first; the same tuple as long as nothing changed, and the same values for voices that didn't."""

    def __init__(self) -> None:
        self.voices: tuple[Voice, ...] = ()
        self.revision = 0
        self._known: dict[UUID, Voice] = {}
        self._typed: set[UUID] = set()

    def begin_reading(self) -> int:
        """The revision to read from. What the person changes from now on is newer than what is read."""
        self._typed.clear()
        return self.revision

    def forget(self) -> None:
        """The next reading is of all there is."""
        self.revision = 0

    def type_in(self, voice: Voice) -> None:
        """Changed by the person."""
        self._typed.add(voice.library_id)
        self.put([voice])

    def get(self, library_id: UUID | None) -> Voice | None:
        return self._known.get(library_id) if library_id else None

    def several(self, library_ids: Iterable[UUID]) -> tuple[Voice, ...]:
        """Those of them that are here, in the same order."""
        return tuple(filter(None, map(self._known.get, library_ids)))

    def take(self, changes: Changes, changing: Callable[[Voice], bool]) -> None:
        """A voice that is `changing` keeps the name and the notes that it is shown with."""
        self.revision = changes.revision
        if changes.whole:
            read = {voice.library_id for voice in changes.voices}
            self._drop([library_id for library_id in self._known if library_id not in read])
        self._drop(changes.hidden)
        self.put(self._newest(voice, changing) for voice in changes.voices)

    def put(self, voices: Iterable[Voice]) -> None:
        """New ones, and others in place of those with the same id."""
        came: list[Voice] = []
        fresh: list[Voice] = []
        for voice in voices:
            known = self._known.get(voice.library_id)
            if known != voice:
                came.append(voice)
                if known is None or known.created != voice.created:
                    fresh.append(voice)
        if not came:
            return
        self._known.update((voice.library_id, voice) for voice in came)
        if len(fresh) == len(self._known):
            self.voices = tuple(sorted(fresh, key=_CREATED, reverse=True))
            return
        if fresh:
            moved = {voice.library_id for voice in fresh}
            stay = [voice for voice in self.voices if voice.library_id not in moved]
            self.voices = tuple(sorted((*stay, *fresh), key=_CREATED, reverse=True))
        if len(came) > len(fresh):
            self.voices = tuple([self._known[voice.library_id] for voice in self.voices])

    def _drop(self, library_ids: Iterable[UUID]) -> None:
        gone = {one for one in library_ids if self._known.pop(one, None)}
        if gone:
            self.voices = tuple([voice for voice in self.voices if voice.library_id not in gone])

    def _newest(self, voice: Voice, changing: Callable[[Voice], bool]) -> Voice:
        if not (self._typed and voice.library_id in self._typed) and not changing(voice):
            return voice
        shown = self._known.get(voice.library_id)
        return replace(voice, name=shown.name, notes=shown.notes) if shown else voice
