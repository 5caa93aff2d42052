"""What the flows need from outside, as small protocols.

Every method raises `StudioError` for what can be said in words; anything else it raises is a bug. Coroutines may be
cancelled at any wait and leave nothing half done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, runtime_checkable
from uuid import UUID

from studio.domain.audio import AudioFormat, Clip, OutputDevice, Pcm
from studio.domain.briefs import Brief, Order
from studio.domain.limits import SystemInfo
from studio.domain.memory import Memory
from studio.domain.voices import Candidate, ClipKind, Designed, StoredClip, Voice

Progress = Callable[[float | None], None]
"""Called with the part that is done, 0..1, or None where it isn't known; always on the loop's thread."""


# -- voice systems: a provider offers the ones it can, the window shows what `isinstance` says ------------------


class System(Protocol):
    @property
    def info(self) -> SystemInfo: ...


@runtime_checkable
class Designer(System, Protocol):
    async def design(self, brief: Brief, progress: Progress) -> Designed:
        """A new voice from words. The voice's `account` is left empty for the flow to fill in."""
        ...


@runtime_checkable
class Speaker(System, Protocol):
    async def speak(
        self, voice: Voice, text: str, rate_hz: int, audio_format: AudioFormat, progress: Progress
    ) -> Clip: ...


# -- sound --------------------------------------------------------------------------------------------------------


class Codec(Protocol):
    async def decode(self, clip: Clip) -> Pcm:
        """Raises UNREADABLE_AUDIO or EMPTY_AUDIO."""
        ...

    async def encode(self, pcm: Pcm, rate_hz: int, audio_format: AudioFormat) -> Clip:
        """Resampled to `rate_hz`, encoded, with its envelope."""
        ...


class Player(Protocol):
    async def play(self, pcm: Pcm, device_id: str, start_s: float = 0.0) -> None:
        """Returns when the last sample has sounded; cancelling silences at once.

        Raises NO_SOUND_SYSTEM, NO_OUTPUT_DEVICE, DEVICE_LOST or DEVICE_BUSY; the next call starts afresh.
        """
        ...

    def position_s(self) -> float:
        """Where in the clip the loudspeaker is; 0 when nothing plays. Cheap and safe on any thread."""
        ...

    async def devices(self) -> tuple[OutputDevice, ...]:
        """Outputs by name, the system's default (empty id) first; empty where there is no sound system."""
        ...

    async def aclose(self) -> None: ...


# -- the library on disk -----------------------------------------------------------------------------------------


class Shelf(Protocol):
    """The voices kept."""

    async def voices(self) -> tuple[Voice, ...]:
        """Newest first, without the deleted ones."""
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


class Tray(Protocol):
    """Designed voices that wait for Keep or Discard."""

    async def account_of(self, system: str, region: str = "") -> str:
        """The random id that stands for the account of a system, made at the first call."""
        ...

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

    async def begin(self, order: Order) -> None: ...

    async def done(self, order_id: UUID) -> None: ...

    async def abandoned(self) -> tuple[Order, ...]:
        """Orders whose process is gone; each is handed to one caller only, who now holds it."""
        ...


class MemoryFile(Protocol):
    def load(self) -> Memory:
        """Never raises for a missing or damaged file: then what a first start has."""
        ...

    def save(self, memory: Memory) -> None: ...


class Exporter(Protocol):
    async def check(self, path: Path) -> None:
        """Raises NOT_WRITABLE where `write` would."""
        ...

    async def write(self, clip: Clip, path: Path) -> None:
        """Writes whole or not at all. Raises NOT_WRITABLE or DISK_FULL."""
        ...
