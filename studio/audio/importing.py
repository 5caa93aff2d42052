"""Files that a person brings become takes: their sound as a mono 16-bit WAV, block by block, on a thread of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from studio.audio import wave_file
from studio.audio.containers import reading
from studio.audio.mixing import Mix, Rate
from studio.audio.take_writer import FULL, opened, write_all
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import FRAME_BYTES, HEADER_BYTES, header
from studio.domain.takes import Imported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from studio.audio.containers import Reading
    from studio.domain.audio import Pcm
    from studio.domain.takes import Source
    from studio.ports import Progress

USEFUL_S = 0.1
"""So much must be readable of a broken file."""

TOLD_EVERY_S = 0.05


class SoundImporter:
    """Port `Importer`."""

    async def look(self, path: Path) -> Source:
        """Opens it and decodes the first frame, where only that tells; whether all can be read is seen by `read`."""
        return await asyncio.to_thread(look, path)

    async def read(self, path: Path, into: Path, progress: Progress) -> Imported:
        """A file in which the first seconds mislead about the silent channel is read a second time."""
        loop = asyncio.get_running_loop()

        def told(part: float | None) -> None:
            loop.call_soon_threadsafe(lambda: None if job.stopped.is_set() else progress(part))

        job = _Job(path, into, told)
        work = loop.run_in_executor(None, job.run)
        try:
            imported = await asyncio.shield(work)
        except asyncio.CancelledError:
            job.stopped.set()
            work.add_done_callback(lambda done: done.exception())
            await asyncio.wait([work])
            await asyncio.to_thread(into.unlink, missing_ok=True)  # it may have been ready in that very moment
            raise
        progress(1.0)
        return imported


def look(path: Path) -> Source:
    """The same, on the caller's thread."""
    with reading(path) as (_, source, _):
        return source


class _StoppedError(Exception):
    pass


@dataclass
class _Job:
    """One import. `told` is called on the thread that runs it; `stopped` ends it within a block."""

    path: Path
    into: Path
    told: Progress
    stopped: threading.Event = field(default_factory=threading.Event)
    _next_word: float = 0.0

    def run(self) -> Imported:
        """The file is there whole, or not at all."""
        try:
            mix = Mix()
            imported = self._carry(mix)
            return imported if mix.right else self._carry(Mix(mix.channels_with_sound()))
        except BaseException:
            self.into.unlink(missing_ok=True)
            raise

    def _carry(self, mix: Mix) -> Imported:
        with reading(self.path) as (sound, source, file):
            rate = Rate()
            blocks = self._watched(sound, file, source.size)
            frames = self._write(rate, rate(mix(blocks)))
            seconds = frames / rate.rate_hz if rate.rate_hz else 0.0
            if sound.broken and seconds <= USEFUL_S:
                raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"only {seconds:.3f} s can be read")
            if not frames:
                raise StudioError(Reason.EMPTY_AUDIO, detail=f"{source.size} bytes without a sample")
            return Imported(replace(source, broken=sound.broken), rate.rate_hz, frames)

    def _watched(self, sound: Reading, file: BinaryIO, size: int) -> Iterator[Pcm]:
        part = 0.0
        for block in sound.blocks():
            if self.stopped.is_set():
                raise _StoppedError
            part = max(part, min(1.0, file.tell() / size))
            if (now := time.monotonic()) >= self._next_word:
                self._next_word = now + TOLD_EVERY_S
                self.told(part)
            yield block

    def _write(self, rate: Rate, blocks: Iterator[NDArray[np.float32]]) -> int:
        frames = 0
        try:
            with opened(self.into) as file:
                write_all(file, bytes(HEADER_BYTES))
                for block in blocks:
                    frames += len(block)
                    if frames > wave_file.FRAMES_MAX:
                        raise StudioError(Reason.FILE_TOO_BIG, detail="over 4 GB when decoded")
                    write_all(file, wave_file.to_int16(block).tobytes())
                file.seek(0)
                write_all(file, header(rate.rate_hz, frames * FRAME_BYTES))
        except OSError as error:
            reason = Reason.DISK_FULL if error.errno in FULL else Reason.NOT_WRITABLE
            raise StudioError(reason, detail=str(error)) from error
        return frames
