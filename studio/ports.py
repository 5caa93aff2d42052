"""What the flows need from outside, as small protocols.

Every method raises `StudioError` for what can be said in words; anything else it raises is a bug. Coroutines may be
cancelled at any wait and leave nothing half done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable
from uuid import UUID

from studio.domain.accounts import Access, Place, Probed, Standing
from studio.domain.audio import AudioFormat, Clip, OutputDevice, Pcm
from studio.domain.briefs import Brief, CloneBrief, Order
from studio.domain.limits import SystemInfo
from studio.domain.memory import Memory
from studio.domain.voices import Candidate, ClipKind, Cloned, Designed, Origin, Status, StoredClip, Voice

Progress = Callable[[float | None], None]
"""Called with the part that is done, 0..1, or None where it isn't known; always on the loop's thread."""

Receipt = Callable[[str], Awaitable[None]]
"""Awaited with the id of the task that a system made of an order, before the task is waited for."""


# -- voice systems: a provider offers the ones it can, the window shows what `isinstance` says ------------------


class System(Protocol):
    @property
    def info(self) -> SystemInfo: ...


@runtime_checkable
class Designer(System, Protocol):
    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        """A new voice from words; `brief.handle` and `brief.model` are filled in. Sent at most once.

        The voice's `account` is left empty for the flow to fill in. An error with `maybe_done` may have made a voice.
        """
        ...


@runtime_checkable
class TaskDesigner(Designer, Protocol):
    """A designer that works by tasks, which go on without the program."""

    async def resume(self, order: Order, progress: Progress) -> Designed:
        """What came of the order's task. Raises STILL_RUNNING, TASK_FAILED or TASK_CANCELLED."""
        ...


@runtime_checkable
class Cloner(System, Protocol):
    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        """A new voice from a sample; the same promises as `Designer.design`."""
        ...


@runtime_checkable
class Catalogue(System, Protocol):
    """A system that knows which voices an account has. Every call is free; voices come without their account."""

    async def voices(self, region: str, origin: Origin | None, keyword: str, progress: Progress) -> tuple[Voice, ...]:
        """Designed, cloned or built-in voices; None for all that are the person's own. Each id comes once.

        A keyword narrows the list only where the system can.
        """
        ...

    async def look_up(self, voice_id: str, region: str) -> Voice:
        """How the voice stands now. Raises NO_SUCH_VOICE."""
        ...

    async def delete(self, voice: Voice) -> None:
        """One that is gone already is no error. Raises NOT_DELETABLE for a built-in one."""
        ...


@runtime_checkable
class Speaker(System, Protocol):
    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        """A text of any length; without a rate, as it comes. Raises NO_ROUTE_YET for a model that it can't reach."""
        ...


@runtime_checkable
class Probe(System, Protocol):
    async def probe(self, region: str) -> Probed:
        """A free call that tells whether the key and the address of the account are good."""
        ...


# -- accounts ------------------------------------------------------------------------------------------------------


class Gate(Protocol):
    """What a transport asks before it sends anything."""

    async def access(self, account: str) -> Access:
        """By the account's name. Raises KEY_MISSING, KEYRING_LOCKED or KEYRING_SLOW where a key is needed."""
        ...

    async def proxy(self) -> str:
        """The proxy set by hand; empty leaves it to the environment."""
        ...


class Accounts(Gate, Protocol):
    """Keys, addresses, and the random ids that stand for vendor accounts. `name` is that of an `AccountInfo`."""

    async def current(self, name: str) -> str:
        """The random id of the vendor account that the key in use belongs to, made at the first call."""
        ...

    async def start_anew(self, name: str) -> str:
        """A new id: the key in use belongs to another vendor account than the one before."""
        ...

    async def standing(self, name: str) -> Standing: ...

    async def save_key(self, name: str, key: str, *, session_only: bool = False) -> None:
        """A key that `cleaned_key` gave. Raises KEYRING_MISSING, KEYRING_LOCKED or KEYRING_SLOW."""
        ...

    async def forget_key(self, name: str) -> None:
        """One that isn't there is no error; a key of the environment stays."""
        ...

    async def set_place(self, name: str, place: Place) -> None:
        """Raises BAD_INPUT for what is no base URL or no workspace id."""
        ...

    async def set_proxy(self, proxy: str) -> None:
        """Raises BAD_INPUT for what is no URL of a proxy; empty unsets it."""
        ...


# -- sound --------------------------------------------------------------------------------------------------------


class Codec(Protocol):
    async def decode(self, clip: Clip) -> Pcm:
        """Raises UNREADABLE_AUDIO or EMPTY_AUDIO."""
        ...

    async def measured(self, data: bytes, audio_format: AudioFormat, rate_hz: int) -> Clip:
        """Received bytes as a clip with its true format, rate, length and envelope; the content decides.

        `audio_format` and `rate_hz` are what was asked for: raw PCM can't tell. M4A is taken unread.
        Raises UNREADABLE_AUDIO or EMPTY_AUDIO.
        """
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

    async def begin(self, order: Order) -> None: ...

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
