"""Sound in which every sample tells which one it is."""

from __future__ import annotations

from array import array
from pathlib import Path

from studio.domain.raw_wav import header


def counted(start: int, frames: int) -> bytes:
    """Mono 16-bit samples that count, modulo 30,011."""
    return array("h", (number % 30_011 for number in range(start, start + frames))).tobytes()


def write_take(path: Path, frames: int, rate_hz: int = 48_000, *, more: bytes = b"") -> None:
    """A raw take as a recorder leaves it in the middle: its header still says that there is nothing."""
    path.write_bytes(header(rate_hz, 0) + counted(0, frames) + more)
