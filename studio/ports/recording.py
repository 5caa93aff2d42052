"""Microphones, takes, and what becomes of them before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from uuid import UUID

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import StudioError
from studio.domain.limits import SampleLimits
from studio.domain.report import Figures
from studio.domain.takes import Edit, Imported, InputDevice, Meter, Outline, Recorded, Source, Take
from studio.ports.systems import Progress


class Recorder(Protocol):
    """One microphone at a time. Nothing is applied to what comes from it."""

    async def devices(self) -> tuple[InputDevice, ...]:
        """Microphones by name, the system's default (empty id) first; empty where there is none. Never raises.

        A device that came or went since is noticed by the next call, also while another one is open.
        """
        ...

    async def listen(self, device_id: str) -> int:
        """Opens a microphone, for the meter alone; its sample rate in Hz once the first block has come.

        48 kHz mono 16 bit, 24 kHz where the device has no 48, else what it has. Another one that was open is closed.
        Raises NO_SOUND_SYSTEM, NO_INPUT_DEVICE, INPUT_BUSY or INPUT_DENIED.
        """
        ...

    async def record(self, path: Path) -> None:
        """From the next block on, what comes goes to this file, a mono 16-bit WAV; it is on disk within 0.1 s.

        Raises DISK_FULL, NOT_WRITABLE, or INPUT_LOST where no microphone is open.
        """
        ...

    def pause(self) -> None:
        """What comes meanwhile is not part of the take."""
        ...

    def resume(self) -> None: ...

    async def stop(self) -> Recorded:
        """Ends the take; its file is whole, header and all. The microphone stays open. Safe to call after `lost`."""
        ...

    async def lost(self) -> StudioError:
        """Waits for trouble with the open microphone or the file: INPUT_LOST or DISK_FULL. What came until then is
        on disk; `stop` gives it."""
        ...

    def meter(self) -> Meter:
        """Cheap, on any thread, and changes nothing: levels are those of the last 0.1 s."""
        ...

    def reset_clip(self) -> None: ...

    def outline(self, start: int) -> bytes:
        """Of the take so far: from column `start` on, low and high in turn as signed bytes, 100 columns a second."""
        ...

    async def close(self) -> None:
        """The microphone is let go; a take that was being recorded is ended as by `stop`."""
        ...


class Takes(Protocol):
    """Takes in the library's folder. Each is held by the process that makes it, with a lock that dies with it."""

    async def begin(self, name: str, rate_hz: int, transcript: str, source: Source | None = None) -> Take:
        """A new take, empty: whoever records or imports writes its `path`. Raises DISK_FULL, LIBRARY_NOT_WRITABLE.

        With the source of an import, which is thrown away if its process dies: a recording alone is recovered.
        """
        ...

    async def finish(self, take: Take) -> Take:
        """With its frames, rate, drop-outs and source as they are now; given back as kept."""
        ...

    async def keep_original(self, take: Take, path: Path) -> Take:
        """A copy of the file that the take was made of, so that it can be sent untouched."""
        ...

    async def takes(self) -> tuple[Take, ...]:
        """Newest first. Those whose process died in the middle are mended first and come as `recovered`."""
        ...

    async def change(self, take: Take) -> None:
        """Name, transcript and edit. The raw sound is never changed. Raises NO_SUCH_TAKE."""
        ...

    async def find(self, handle: str) -> Take:
        """By id or its first eight or more digits. Raises NO_SUCH_TAKE."""
        ...

    async def delete(self, take_id: UUID) -> None:
        """Hides it; `restore` brings it back until the next `purge`."""
        ...

    async def restore(self, take_id: UUID) -> None: ...

    async def purge(self) -> None:
        """Removes what was deleted longer ago than the time to undo."""
        ...


class Importer(Protocol):
    async def look(self, path: Path) -> Source:
        """What a file is, by its content. Raises FILE_GONE, FILE_TOO_BIG (over 2 GB), EMPTY_AUDIO, ENCRYPTED_FILE,
        NO_SOUND_IN_FILE or UNREADABLE_AUDIO."""
        ...

    async def read(self, path: Path, into: Path, progress: Progress) -> Imported:
        """The sound of a file as mono 16-bit WAV, at the file's own rate (at most 48 kHz).

        Memory stays flat. Raises as `look`, and DISK_FULL. Cancelled, nothing is left.
        """
        ...


class Measuring(Protocol):
    """A sound that is still growing, measured as it grows."""

    async def figures(self) -> Figures:
        """Of all that is in the file by now; costs only what is new."""
        ...


class Gauge(Protocol):
    async def measure(self, take: Take, edit: Edit, progress: Progress) -> Figures:
        """Of the selected part, cleaned and levelled as the recipe says. Raises EMPTY_AUDIO."""
        ...

    def follow(self, path: Path, rate_hz: int) -> Measuring: ...


class Darkroom(Protocol):
    """Makes of a take and its recipe what is heard and sent; the take itself is only read."""

    async def pcm(self, take: Take, edit: Edit) -> Pcm:
        """As it will sound. Raises EMPTY_AUDIO, FILE_GONE."""
        ...

    async def compared(self, take: Take, edit: Edit) -> tuple[Pcm, Pcm]:
        """The selected part raw and cleaned, at equal loudness (LUFS), whatever `edit.clean` says."""
        ...

    async def sample(self, take: Take, edit: Edit, limits: SampleLimits) -> Clip:
        """The bytes that are sent: the untouched file where nothing was changed and it fits, else a 16-bit mono WAV."""
        ...

    async def weigh(self, take: Take, edit: Edit, limits: SampleLimits) -> tuple[int, AudioFormat]:
        """How many bytes `sample` will give, and of what format, without making them."""
        ...

    async def outline(self, take: Take) -> Outline:
        """From the file beside the take where there is one; made and put there otherwise."""
        ...
