"""The library on disk, and files beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from studio.domain.audio import Clip
from studio.domain.memory import Memory
from studio.domain.samples import Statement
from studio.domain.voices import ClipKind, Origin, Status, StoredClip, Voice


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different since a `revision` before: voices that came or changed, and ids that are hidden or gone now.

    `whole`: `voices` are all there are, and whatever else was known is not here any more.
    """

    revision: int
    voices: tuple[Voice, ...] = ()
    hidden: tuple[UUID, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person says of voices; None and empty leave what is there."""

    favourite: bool | None = None
    rating: int | None = None
    collection: str | None = None
    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()


class Shelf(Protocol):
    """The voices kept."""

    async def voices(self) -> tuple[Voice, ...]:
        """Newest first, without the deleted ones."""
        ...

    async def newest(self, count: int) -> tuple[Voice, ...]:
        """So many of `voices`, for the first look, before all of them are read."""
        ...

    async def changes(self, revision: int) -> Changes:
        """Since that revision, also those of other processes; since 0, all. Costs what changed, not what is there."""
        ...

    async def add(
        self,
        voice: Voice,
        clip: Clip | None,
        kind: ClipKind,
        text: str,
        statement: str = "",
        order_id: UUID | None = None,
    ) -> Voice:
        """A voice with its first clip, in one transaction, which also closes the order that it came of.

        One that is there already gets the clip. A `statement` is kept with the sum of the clip: what the person said
        of the right to the sample.
        """
        ...

    async def merge(
        self,
        system: str,
        account: str,
        listed: Sequence[Voice],
        gone: Sequence[Origin],
        since: datetime | None = None,
    ) -> None:
        """What a system's list told: new voices come in, known ones follow it in status, model and words.

        Names and notes stay the person's own. Voices of the system and account with an origin in `gone` that the
        list lacks are marked as gone. Of a list that comes in pages each is merged by itself, the last with `gone`
        and with `since`, when the first was asked for: what was listed after that is not gone.
        """
        ...

    async def seen(self, library_id: UUID) -> None:
        """The person has looked at it: it isn't `changed` any more. Raises NO_SUCH_VOICE."""
        ...

    async def mark(self, library_id: UUID, status: Status) -> None:
        """Raises NO_SUCH_VOICE."""
        ...

    async def find(self, handle: str) -> Voice:
        """By library id or `system:voice_id`. Raises NO_SUCH_VOICE."""
        ...

    async def rename(self, library_id: UUID, name: str) -> None:
        """Touches nothing but the name: another window may be at the notes. Raises NO_SUCH_VOICE."""
        ...

    async def annotate(self, library_id: UUID, notes: str) -> None:
        """Touches nothing but the notes. Raises NO_SUCH_VOICE."""
        ...

    async def label(self, library_ids: Sequence[UUID], labels: Labels) -> None:
        """All of them in one transaction; ids that are not here are no error."""
        ...

    async def set_pitch(self, library_id: UUID, pitch_hz: float) -> None:
        """0 for a voice whose pitch can't be told. Raises NO_SUCH_VOICE."""
        ...

    async def used(self, library_id: UUID) -> None:
        """Now is when the voice was used last. Raises NO_SUCH_VOICE."""
        ...

    async def delete(self, *library_ids: UUID, unsent: bool = False) -> None:
        """Hides voices; `restore` brings them back until `purge`. Raises NO_SUCH_VOICE if one isn't here.

        `unsent`: their systems are to be told as well. Until `sent` no `purge` removes them; if the program dies
        before, the first `purge` after the time to undo brings them back, since nothing was sent.
        """
        ...

    async def sent(self, *library_ids: UUID) -> None:
        """Their systems have deleted them."""
        ...

    async def restore(self, *library_ids: UUID) -> None:
        """Raises NO_SUCH_VOICE once one is purged."""
        ...

    async def purge(self) -> None:
        """Removes what was deleted or discarded for good, clips included, if it is older than the time to undo."""
        ...

    async def changed_elsewhere(self) -> bool:
        """Whether another process has written to the library since the last call."""
        ...


class Clips(Protocol):
    """The clips of kept voices. A clip's file is on disk before its row."""

    async def clips_of(self, library_id: UUID) -> tuple[StoredClip, ...]:
        """The preview first, then newest first."""
        ...

    async def first_of(self, library_ids: Sequence[UUID]) -> dict[UUID, StoredClip]:
        """The clip that a click on Play means, of each voice that has one: preview, else sample, else the newest."""
        ...

    async def add_clip(
        self,
        library_id: UUID,
        clip: Clip,
        kind: ClipKind,
        text: str,
        *,
        partial: bool = False,
        price_usd: float | None = None,
        narration_id: UUID | None = None,
    ) -> StoredClip: ...

    async def taken_of(self, narration_id: UUID) -> tuple[StoredClip, ...]:
        """The takes that came of a narration, newest first; those that were deleted and not purged yet, too."""
        ...

    async def as_file(self, stored: StoredClip, name: str) -> Path:
        """The clip under a name that is fine on every file system, for dragging it out; gone at the next start."""
        ...

    async def load(self, stored: StoredClip) -> Clip:
        """Raises NO_SUCH_CLIP when the file is gone."""
        ...

    async def delete_clip(self, clip_id: UUID) -> None:
        """Hides the clip; `restore_clip` brings it back until the shelf's `purge`."""
        ...

    async def restore_clip(self, clip_id: UUID) -> None: ...


class Rights(Protocol):
    """What was said of the right to a voice's samples, and spoken consents."""

    async def of(self, library_id: UUID) -> tuple[Statement, ...]:
        """Newest first."""
        ...

    async def keep_consent(self, clip: Clip) -> str:
        """The SHA-256 sum that it is known by from now on. One of the same bytes is there once."""
        ...

    async def consent(self, sha256: str) -> Clip:
        """Raises NO_SUCH_CLIP."""
        ...

    async def export(self, voice: Voice, path: Path) -> None:
        """One zip: the statements as JSON, the samples they are about as far as they are here, spoken consents.

        Whole or not at all. Raises NOT_WRITABLE or DISK_FULL.
        """
        ...


class Profiles(Protocol):
    """What a timbre match on this computer needs to speak; as long in the library as its voice is."""

    async def save(self, voice_id: str, data: bytes) -> None: ...

    async def load(self, voice_id: str) -> bytes:
        """Raises CANNOT_SPEAK when it is gone."""
        ...


class MemoryFile(Protocol):
    def load(self) -> Memory:
        """Never raises for a missing or damaged file: then what a first start has."""
        ...

    def save(self, memory: Memory) -> None: ...


class SampleFiles(Protocol):
    async def read(self, path: Path) -> bytes:
        """Raises BAD_INPUT on the sample for a file that is missing, empty, unreadable or bigger than any sample."""
        ...


class Exporter(Protocol):
    async def check(self, path: Path) -> None:
        """Raises NOT_WRITABLE where `write` would."""
        ...

    async def write(self, clip: Clip, path: Path) -> None:
        """Writes whole or not at all. Raises NOT_WRITABLE or DISK_FULL."""
        ...

    async def names(self, folder: Path) -> tuple[str, ...]:
        """Of what is in a folder that can be written to. Raises NOT_WRITABLE."""
        ...

    async def copy(self, file: Path, path: Path) -> None:
        """The same of a file as it is, however long. Raises FILE_GONE, too."""
        ...
