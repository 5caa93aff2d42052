"""The library on disk, and files beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from studio.domain.audio import Clip
from studio.domain.briefs import Brief, Order
from studio.domain.memory import Memory
from studio.domain.samples import Statement
from studio.domain.voices import Candidate, ClipKind, Designed, Origin, Status, StoredClip, Voice


class Shelf(Protocol):
    """The voices kept."""

    async def voices(self) -> tuple[Voice, ...]:
        """Newest first, without the deleted ones."""
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

    async def merge(self, system: str, account: str, listed: Sequence[Voice], gone: Sequence[Origin]) -> None:
        """What a system's list told: new voices come in, known ones follow it in status, model and words.

        Names and notes stay the person's own. Voices of the system and account with an origin in `gone` that the
        list lacks are marked as gone.
        """
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

    async def used(self, library_id: UUID) -> None:
        """Now is when the voice was used last. Raises NO_SUCH_VOICE."""
        ...

    async def delete(self, library_id: UUID) -> None:
        """Hides the voice; `restore` brings it back until `purge`. Raises NO_SUCH_VOICE."""
        ...

    async def restore(self, library_id: UUID) -> None: ...

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

    async def add_clip(self, library_id: UUID, clip: Clip, kind: ClipKind, text: str) -> StoredClip: ...

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


class Tray(Protocol):
    """Designed voices that wait for Keep or Discard."""

    async def put(self, brief: Brief, designed: Designed) -> Candidate:
        """Clip to disk, then the row; only then may the candidate be shown."""
        ...

    async def candidates(self) -> tuple[Candidate, ...]:
        """Newest first."""
        ...

    async def keep(self, candidate_id: UUID, name: str) -> Voice:
        """Moves a candidate with its clip to the shelf, in one transaction. Raises NO_SUCH_VOICE."""
        ...

    async def discard(self, candidate_id: UUID) -> None: ...

    async def take_back(self, candidate_id: UUID) -> Candidate:
        """Undoes a discard. Raises NO_SUCH_VOICE once it is purged."""
        ...


class Pending(Protocol):
    """Orders under way. An order is held by a lock that dies with its process."""

    async def begin(self, order: Order, sample: Clip | None = None) -> None:
        """With the sample of a clone, which is kept until the order is closed."""
        ...

    async def sample(self, order_id: UUID) -> Clip | None: ...

    async def drop_sample(self, order_id: UUID) -> None: ...

    async def note_task(self, order_id: UUID, task_id: str) -> None:
        """On disk when it returns."""
        ...

    async def done(self, order_id: UUID) -> None: ...

    async def abandoned(self) -> tuple[Order, ...]:
        """Orders whose process is gone; each is handed to one caller only, who now holds it."""
        ...

    async def open(self) -> tuple[Order, ...]:
        """Orders that this process holds, oldest first."""
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

    async def copy(self, file: Path, path: Path) -> None:
        """The same of a file as it is, however long. Raises FILE_GONE, too."""
        ...
