"""The boxes of an MP4 file, as far as they tell whether its sound is encrypted: FFmpeg would decode noise from it.

An encrypted track keeps its coding in a box within a sample entry named `enca` (ISO/IEC 14496-12, protected streams);
older purchases have `drms`, audio books `aavd`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

_WAY = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
_ENCRYPTED = frozenset({b"enca", b"drms", b"aavd"})
_FULL_BOX = 8  # of `stsd`: version, flags and the number of entries


def is_encrypted(file: BinaryIO) -> bool:
    """Whether any of its tracks holds encrypted sound; False for what is no MP4. The file is left anywhere."""
    file.seek(4)
    if file.read(4) != b"ftyp":
        return False
    return any(name in _ENCRYPTED for name in _entries(file, 0, file.seek(0, 2), _WAY))


def _entries(file: BinaryIO, start: int, end: int, way: tuple[bytes, ...]) -> Iterator[bytes]:
    """Names of the sample entries at the end of the way."""
    if not way:
        yield from (name for name, _, _ in _boxes(file, start + _FULL_BOX, end))
        return
    for name, body, after in _boxes(file, start, end):
        if name == way[0]:
            yield from _entries(file, body, after, way[1:])


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of what each box between two places holds."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        size, body = int.from_bytes(head[:4], "big"), start + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), start + 16
        elif size == 0:
            size = end - start
        if len(head) < 8 or start + size < body:
            return
        yield head[4:8], body, min(start + size, end)
        start += size
