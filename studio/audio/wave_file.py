"""The raw sound of a take on disk, as `take_writer` lays it out: 44 bytes of header, mono 16-bit samples to the end.

Blocking; frames are counted by the file's length, since the header of a take that is being made lags behind.
"""

from __future__ import annotations

import struct
from io import FileIO
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import FRAME_BYTES, HEADER_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

FRAMES_MAX = (0xFFFF_FFFF - HEADER_BYTES) // FRAME_BYTES

_LAYOUT = struct.Struct("<4sI4s4sIHHIIHH4sI")


def to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Full scale at 32,768, so that 16-bit samples come back as they were; clipped beyond it. No NaN may be in it."""
    import numpy as np

    scaled = samples * np.float32(32_768)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -32_768, 32_767, out=scaled)
    return scaled.astype("<i2")


def frames_in(path: Path) -> int:
    """Raises FILE_GONE or UNREADABLE_AUDIO."""
    with opened(path) as file:
        return _frames(file)


def read(path: Path, start: int, end: int) -> NDArray[np.int16]:
    """The frames from `start` to before `end`, as far as there are any. Raises FILE_GONE or UNREADABLE_AUDIO."""
    import numpy as np

    with opened(path) as file:
        end = min(end, _frames(file))
        start = min(max(start, 0), end)
        samples = np.empty(end - start, "<i2")
        file.seek(HEADER_BYTES + FRAME_BYTES * start)
        return samples[: fill(file, samples)]


def fill(file: FileIO, samples: NDArray[np.int16]) -> int:
    """The next frames into an array, from where the file is; how many there were. Raises FILE_GONE."""
    view, got = samples.view("u1").data, 0
    try:
        while got < len(view) and (more := file.readinto(view[got:])):
            got += more
    except OSError as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    return got // FRAME_BYTES


def opened(path: Path) -> FileIO:
    """Unbuffered, at its first frame, its header looked at. Raises FILE_GONE or UNREADABLE_AUDIO; the caller closes."""
    try:
        file = FileIO(path)
        start = file.read(HEADER_BYTES)
    except OSError as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    if len(start) == HEADER_BYTES:
        riff, _, wave, _, _, coding, channels, _, _, _, bits, data, _ = _LAYOUT.unpack(start)
        if (riff, wave, data, coding, channels, bits) == (b"RIFF", b"WAVE", b"data", 1, 1, 16):
            return file
    file.close()
    raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"no raw take: begins with {start[:16]!r}")


def _frames(file: FileIO) -> int:
    return max(0, file.seek(0, 2) - HEADER_BYTES) // FRAME_BYTES
