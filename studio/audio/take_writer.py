"""A take on its way to the disk. Whatever kills the program or the computer costs at most the last 0.2 s.

The file is a mono 16-bit WAV with the plainest header there is. Its sizes say "streaming" until the end; until then
what is in the file is counted by its length.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from studio.audio.pace import Pace
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import FRAME_BYTES, HEADER_BYTES, STREAMING, header

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RING_S = 30
DRAIN_S = 0.02
SYNC_S = 0.1
COLUMNS_PER_S = 100
FULL = {errno.ENOSPC, errno.EDQUOT}

synced = getattr(os, "fdatasync", os.fsync)


class TakeWriter:
    """`put` is called on PortAudio's thread and only copies. A thread of its own hands what came to the system every
    20 ms, and another makes the disk keep it, for that may take long and hold up neither.
    """

    def __init__(self, path: Path, rate_hz: int) -> None:
        """Raises DISK_FULL or NOT_WRITABLE."""
        import numpy as np

        self.rate_hz = rate_hz
        self.frames = 0
        self.written = 0
        self.dropouts = 0
        self.paused = False
        self.trouble: StudioError | None = None
        self.done = Event()
        self.outline = bytearray()
        self._ring = np.full(RING_S * rate_hz, 0, np.int16)
        self._pace = Pace(rate_hz)
        self._ended = Event()
        self._still = Event()
        self._column = np.empty(0, np.int16)
        self._columns = 0
        self._file = _begun(path, rate_hz)
        self._writer = Thread(target=self._write, name="take-writer", daemon=True)
        self._syncer = Thread(target=self._sync, name="take-keeper", daemon=True)
        self._writer.start()
        self._syncer.start()

    # -- on PortAudio's thread ------------------------------------------------------------------------

    def put(self, block: NDArray[np.int16], *, lost: bool = False) -> None:
        """`lost`: samples before this block are missing, as are those that don't come in time (see `Pace`), and a
        block for which the ring has no room.
        """
        if self._ended.is_set() or self.trouble:
            return
        if self.paused:
            self.dropouts += self._pace.hole_at_end()
            self._pace.restart()
            return
        ring, count = self._ring, len(block)
        if lost:
            self._pace.restart()
        hole = self._pace.hole(count, monotonic())
        no_room = count > len(ring) - (self.frames - self.written)
        self.dropouts += lost or no_room or hole
        if no_room:
            return
        at = self.frames % len(ring)
        first = min(count, len(ring) - at)
        ring[at : at + first] = block[:first]
        ring[: count - first] = block[first:]
        self.frames += count

    # -- on any other thread ------------------------------------------------------------------------

    def end(self, deadline_s: float) -> bool:
        """Nothing more is taken; whether the file was whole before the deadline."""
        self._ended.set()
        return self.done.wait(deadline_s)

    # -- on the writer's threads ----------------------------------------------------------------------

    def _write(self) -> None:
        try:
            ended = False
            while not ended and not self.trouble:
                ended = self._ended.wait(DRAIN_S)
                self._drain()
        except OSError as error:
            self.trouble = _told(error)
        try:
            self._finish()
        except OSError as error:
            self.trouble = self.trouble or _told(error)
        finally:
            self.done.set()

    def _drain(self) -> None:
        while self.written < (end := self.frames):
            at = self.written % len(self._ring)
            piece = self._ring[at : at + min(end - self.written, len(self._ring) - at)]
            write_all(self._file, piece.tobytes())
            self._draw(piece)
            self.written += len(piece)

    def _finish(self) -> None:
        """The header with the sizes of what arrived, down to the last whole sample."""
        self.dropouts += self._pace.hole_at_end()
        self._still.set()
        self._syncer.join()
        self._ring = self._ring[:0].copy()
        with self._file:
            self.written = max(self._file.seek(0, os.SEEK_END) - HEADER_BYTES, 0) // FRAME_BYTES
            data_bytes = self.written * FRAME_BYTES
            self._file.truncate(HEADER_BYTES + data_bytes)
            self._file.seek(0)
            write_all(self._file, header(self.rate_hz, data_bytes))
            synced(self._file.fileno())

    def _sync(self) -> None:
        try:
            while not self._still.wait(SYNC_S):
                synced(self._file.fileno())
        except OSError as error:
            self.trouble = _told(error)

    def _draw(self, piece: NDArray[np.int16]) -> None:
        """Adds the columns that are complete. Column k begins at frame k · rate / 100, rounded down."""
        import numpy as np

        start = self._columns * self.rate_hz // COLUMNS_PER_S
        left = np.concatenate((self._column, piece))
        columns = (start + len(left)) * COLUMNS_PER_S // self.rate_hz
        edges = np.arange(self._columns, columns + 1) * self.rate_hz // COLUMNS_PER_S - start
        if len(edges) > 1:
            whole = left[: edges[-1]]
            low, high = np.minimum.reduceat(whole, edges[:-1]), np.maximum.reduceat(whole, edges[:-1])
            pairs = np.stack((low, high), axis=1) * (127 / 32_768)
            self.outline += np.rint(pairs).astype(np.int8).tobytes()
            self._columns += len(edges) - 1
            left = left[edges[-1] :]
        self._column = left.copy()


def _begun(path: Path, rate_hz: int) -> FileIO:
    try:
        file = opened(path)
        try:
            write_all(file, header(rate_hz, STREAMING))
        except OSError:
            file.close()
            raise
    except OSError as error:
        raise _told(error) from error
    with suppress(OSError):  # some file systems can't
        _keep_entry(path.parent)
    return file


def opened(path: Path) -> FileIO:
    """Unbuffered and empty."""
    return FileIO(path, "w")


def write_all(file: FileIO, data: bytes) -> None:
    """A disk that fills up takes a part first and refuses the rest."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _keep_entry(folder: Path) -> None:
    """A power loss doesn't take the file's name away either. Windows keeps it by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _told(error: OSError) -> StudioError:
    reason = Reason.DISK_FULL if error.errno in FULL else Reason.NOT_WRITABLE
    return StudioError(reason, detail=str(error))
