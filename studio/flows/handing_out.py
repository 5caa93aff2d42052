"""Clips on their way out of the library: one to a file, or those of many voices to a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.domain.audio import AudioFormat, Finish
from studio.domain.errors import Reason, StudioError
from studio.domain.file_names import UnusedNames
from studio.domain.voices import ClipKind, StoredClip, Voice
from studio.flows.saying import Saying
from studio.ports import Clips

NEAR_LU = 0.5
"""What EBU R 128 allows a programme to be off."""

LONGEST_TITLE = 80
"""Characters of a spoken text in the line that players show."""

LONGEST_IN_A_NAME = 40

_ONES_OWN = (Reason.NO_SUCH_CLIP, Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO)
"""What is wrong with one clip and no other."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """`place` is a file, or with `to_folder` the folder of many. `done` of `total` are dealt with: `lost` of them
    without a file, since the clip isn't here or can't be read.

    Asked to be as loud as `lufs`, some stay `below`: what they reach, or None for a clip that has no loudness, since
    it is silent or shorter than 400 ms, and keeps its level.
    """

    place: Path
    to_folder: bool = False
    total: int = 1
    done: int = 0
    lost: int = 0
    lufs: float | None = None
    below: tuple[float | None, ...] = ()
    ended: bool = False

    @property
    def written(self) -> int:
        return self.done - self.lost


class HandingOut:
    """`tell` hears how far it has come; None where it came to nothing."""

    def __init__(self, clips: Clips, saying: Saying, tell: Callable[[HandedOut | None], None]) -> None:
        self._clips = clips
        self._saying = saying
        self._tell = tell

    async def one(self, stored: StoredClip, path: Path, finish: Finish | None) -> None:
        """In the format that the suffix asks for. Raises StudioError."""
        told = HandedOut(path, lufs=finish.lufs if finish else None)
        self._tell(replace(await self._written(told, stored, path, None, finish), ended=True))

    async def many(self, voices: Sequence[Voice], folder: Path, audio_format: AudioFormat, lufs: float | None) -> None:
        """The first clip of each, under names that no file there has; a clip that is gone or broken keeps no other
        back. Raises StudioError where nothing more can be written: what is written stays."""
        told = HandedOut(folder, to_folder=True, total=len(voices), lufs=lufs)
        self._tell(told)
        try:
            names = UnusedNames(await self._saying.names_in(folder))
            first = await self._clips.first_of([voice.library_id for voice in voices])
            for voice in voices:
                told = await self._next(told, voice, first.get(voice.library_id), names, audio_format)
                self._tell(told)
        except StudioError:
            self._tell(None)
            raise
        self._tell(replace(told, ended=True))

    async def _next(
        self, told: HandedOut, voice: Voice, stored: StoredClip | None, names: UnusedNames, audio_format: AudioFormat
    ) -> HandedOut:
        lost = replace(told, done=told.done + 1, lost=told.lost + 1)
        if not stored:
            return lost
        path = told.place / names.give(voice.name, audio_format.suffix)
        finish = replace(words_about(voice, stored), lufs=told.lufs)
        try:
            return await self._written(told, stored, path, audio_format, finish)
        except StudioError as error:
            if error.reason not in _ONES_OWN:
                raise
            return lost

    async def _written(
        self, told: HandedOut, stored: StoredClip, path: Path, audio_format: AudioFormat | None, finish: Finish | None
    ) -> HandedOut:
        clip = await self._saying.write(await self._clips.load(stored), path, audio_format, finish)
        below = told.below
        if told.lufs is not None:
            reached = await self._saying.lufs(clip)
            if reached is None or reached < told.lufs - NEAR_LU:
                below = (*below, reached)
        return replace(told, done=told.done + 1, below=below)


def name_of(voice: Voice, stored: StoredClip) -> str:
    """For a file of the clip, before it is made safe: a take has the beginning of its text behind the voice's name."""
    text = " ".join(stored.text.split())[:LONGEST_IN_A_NAME].rstrip()
    return f"{voice.name} - {text}" if stored.kind is ClipKind.SPOKEN and text else voice.name


def words_about(voice: Voice, stored: StoredClip) -> Finish:
    """What players and catalogues show of a clip: who speaks, and the text."""
    text = " ".join(stored.text.split())
    short = text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip() + "…"
    title = short if stored.kind is ClipKind.SPOKEN and short else voice.name
    return Finish(title=title, artist=voice.name, comment=stored.text)
