"""The outline of a take at every scale, kept beside it: an hour is drawn at once, whatever part of it is shown.

The file holds the finest level alone, for the others follow from it within milliseconds: magic, version, rate, frames,
frames per column and columns, then low and high of each column as signed bytes.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

from studio.audio import wave_file
from studio.domain.takes import Outline, Take

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

SUFFIX = ".outline"
FRAMES_PER_COLUMN = 256
FINE_FRAMES_MAX = 1 << 18

_HEAD = struct.Struct("<4sIIQII")
_MAGIC, _VERSION = b"VSOL", 1
_COLUMNS_AT_ONCE = 1 << 13  # of 256 frames: 4 MB


def outline(take: Take) -> Outline:
    """From the file beside the take if it is of these frames, else made and put there. Blocking.

    A disk that is full or closed costs only the next start's time. Raises FILE_GONE or UNREADABLE_AUDIO.
    """
    frames = min(take.frames, wave_file.frames_in(take.path))
    beside = take.path.with_suffix(SUFFIX)
    columns = _load(beside, frames, take.rate_hz)
    if columns is None:
        columns = _made(take.path, frames)
        with suppress(OSError):
            _save(beside, columns, frames, take.rate_hz)
    return Outline(_levels(columns), FRAMES_PER_COLUMN, frames, take.rate_hz)


def peaks(path: Path, start_frame: int, end_frame: int, columns: int) -> NDArray[np.int8]:
    """Lowest and highest sample of each of `columns` equal parts of a span, shape (columns, 2), full scale at 127.

    The span is cut to what the file has and to 2**18 frames; an empty one has no columns. Where there are more columns
    than frames, a frame stands in several. Reads just those frames. Raises FILE_GONE or UNREADABLE_AUDIO.
    """
    start_frame = max(0, start_frame)
    samples = wave_file.read(path, start_frame, min(end_frame, start_frame + FINE_FRAMES_MAX))
    return columns_of(samples, columns)


def columns_of(samples: NDArray[np.int16], columns: int) -> NDArray[np.int8]:
    """Lowest and highest of each of so many equal parts; a frame stands in several where there are more columns."""
    import numpy as np

    if not len(samples) or columns < 1:
        return np.zeros((0, 2), np.int8)
    starts = np.arange(columns) * len(samples) // columns
    low, high = np.minimum.reduceat(samples, starts), np.maximum.reduceat(samples, starts)
    return _to_int8(np.stack((low, high), axis=1))


def _made(path: Path, frames: int) -> NDArray[np.int8]:
    import numpy as np

    columns = np.empty((-(-frames // FRAMES_PER_COLUMN), 2), np.int8)
    samples = np.empty(_COLUMNS_AT_ONCE * FRAMES_PER_COLUMN, "<i2")
    done = 0
    with wave_file.opened(path) as file:
        while done < frames:
            wanted = min(len(samples), frames - done)
            wanted = wave_file.fill(file, samples[:wanted])
            if not wanted:
                break
            padded = -(-wanted // FRAMES_PER_COLUMN) * FRAMES_PER_COLUMN
            samples[wanted:padded] = samples[wanted - 1]
            rows = samples[:padded].reshape(-1, FRAMES_PER_COLUMN)
            at = done // FRAMES_PER_COLUMN
            columns[at : at + len(rows)] = _to_int8(np.stack((rows.min(axis=1), rows.max(axis=1)), axis=1))
            done += wanted
    columns[-(-done // FRAMES_PER_COLUMN) :] = 0
    return columns


def _levels(columns: NDArray[np.int8]) -> tuple[NDArray[np.int8], ...]:
    """Each next one of half as many columns, down to one."""
    import numpy as np

    levels = [columns]
    while len(columns) > 1:
        even = len(columns) // 2 * 2
        halved = np.empty((-(-len(columns) // 2), 2), np.int8)
        np.minimum(columns[:even:2, 0], columns[1:even:2, 0], out=halved[: even // 2, 0])
        np.maximum(columns[:even:2, 1], columns[1:even:2, 1], out=halved[: even // 2, 1])
        halved[even // 2 :] = columns[even:]
        columns = halved
        levels.append(columns)
    return tuple(levels)


def _to_int8(samples: NDArray[np.int16]) -> NDArray[np.int8]:
    import numpy as np

    return np.rint(samples * (127 / 32_768)).astype(np.int8)


def _load(path: Path, frames: int, rate_hz: int) -> NDArray[np.int8] | None:
    import numpy as np

    try:
        data = path.read_bytes()
    except OSError:
        return None
    head = _head(frames, rate_hz)
    if not data.startswith(head) or len(data) != len(head) + 2 * -(-frames // FRAMES_PER_COLUMN):
        return None
    return np.frombuffer(data, np.int8, offset=len(head)).reshape(-1, 2)


def _save(path: Path, columns: NDArray[np.int8], frames: int, rate_hz: int) -> None:
    part = path.with_name(f".{os.urandom(8).hex()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(part, flags, 0o600), "wb") as file:
            file.write(_head(frames, rate_hz) + columns.tobytes())
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _head(frames: int, rate_hz: int) -> bytes:
    return _HEAD.pack(_MAGIC, _VERSION, rate_hz, frames, FRAMES_PER_COLUMN, -(-frames // FRAMES_PER_COLUMN))
