"""The header of raw takes, mono 16-bit WAV: read, and mended after whoever wrote the sound has died.

The file's size is the truth, the header only says it: a recording that was cut off has a header from its beginning.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studio.domain.raw_wav import FRAME_BYTES, HEADER_BYTES, header

if TYPE_CHECKING:
    from pathlib import Path

_RATES_HZ = range(4_000, 384_001)


def frames_in(path: Path) -> int:
    """Whole samples on the disk; 0 where there is no such file. Raises OSError."""
    try:
        return max(0, path.stat().st_size - HEADER_BYTES) // FRAME_BYTES
    except FileNotFoundError:
        return 0


def rate_in(path: Path) -> int | None:
    """What the header says; None where it says nothing that can be. Raises OSError."""
    with path.open("rb") as file:
        said = file.read(HEADER_BYTES)
    rate_hz = int.from_bytes(said[24:28], "little")
    return rate_hz if said[:4] == b"RIFF" and rate_hz in _RATES_HZ else None


def mend(path: Path, rate_hz: int) -> int:
    """Cuts half a sample off the end and writes a header that fits; how many samples there are. Raises OSError."""
    frames = frames_in(path)
    with path.open("r+b") as file:
        file.truncate(HEADER_BYTES + FRAME_BYTES * frames)
        file.write(header(rate_hz, FRAME_BYTES * frames))
        file.flush()
        os.fsync(file.fileno())
    return frames


def settle(path: Path) -> None:
    """What was written is on the disk, not only on its way there. Raises OSError; a missing file is left alone."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
