"""What the program and its worker say to each other over two pipes.

A message is the length of its header (4 bytes, big-endian), the header as JSON, and as many raw bytes as the
header's "size" says. To the worker: `speak` and `cancel`. From the worker: `ready` or `missing` once, then for each
`speak` any number of `sound` (signed 16-bit samples, mono), and one of `done`, `stopped` and `failed`.
"""

from __future__ import annotations

import json
import struct
from enum import StrEnum
from typing import IO, NamedTuple, cast

_LENGTH = struct.Struct(">I")
_HEADER_MAX = 1 << 20
"""Far above a text of 20,000 characters; more is a broken pipe's noise."""

Value = str | int | float
Header = dict[str, Value]


class Kind(StrEnum):
    SPEAK = "speak"
    CANCEL = "cancel"
    READY = "ready"
    MISSING = "missing"
    SOUND = "sound"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Message(NamedTuple):
    """`number` is the request it belongs to; `header` holds whatever else was said."""

    kind: Kind
    number: int
    header: Header
    payload: bytes = b""

    def text(self, key: str) -> str:
        return str(self.header.get(key, ""))

    def amount(self, key: str) -> float:
        return float(self.header.get(key, 0))


def write(pipe: IO[bytes], kind: Kind, number: int = 0, payload: bytes = b"", **more: Value) -> None:
    """Raises OSError or ValueError when nobody is at the other end."""
    header = json.dumps({"kind": kind.value, "number": number, "size": len(payload), **more}).encode()
    pipe.write(_LENGTH.pack(len(header)) + header)
    pipe.write(payload)
    pipe.flush()


def read(pipe: IO[bytes]) -> Message | None:
    """The next message; None at the end of the pipe, also in the middle of a message or when it makes no sense."""
    start = pipe.read(_LENGTH.size)
    if len(start) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(start)
    if length > _HEADER_MAX:
        return None
    try:
        header = cast("Header", json.loads(pipe.read(length)))
        kind, number, size = Kind(str(header["kind"])), int(header["number"]), int(header["size"])
    except (ValueError, KeyError, TypeError):
        return None
    payload = pipe.read(size) if size else b""
    return Message(kind, number, header, payload) if len(payload) == size else None
