"""Server-Sent Events: an answer in pieces of any size as the events in it (WHATWG HTML, 9.2)."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterable
from dataclasses import dataclass, field

_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")
"""A carriage return that is the last of what came may be half of a line's end."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is "message" where none is named; `comment` what stands behind a colon, which some servers use."""

    kind: str
    data: bytes = field(repr=False)
    comment: str = ""


async def events(pieces: AsyncIterable[bytes]) -> AsyncGenerator[Event, None]:
    """Those with data, in their order; the last one also without the blank line that should end it."""
    lines, draft = _Lines(), _Draft()
    async for piece in pieces:
        for line in lines.of(piece):
            if event := draft.take(line):
                yield event
    draft.take(lines.rest())
    if event := draft.take(b""):
        yield event


class _Lines:
    """What is left of a line waits; what was looked through once is not looked through again."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._first = True

    def of(self, piece: bytes) -> list[bytes]:
        since = max(0, len(self._waiting) - 1)
        self._waiting += piece
        ends = [found.span() for found in _LINE_END.finditer(self._waiting, since)]
        starts = [0, *(end for _, end in ends)]
        lines = [bytes(self._waiting[start:end]) for start, (end, _) in zip(starts, ends, strict=False)]
        del self._waiting[: starts[-1]]
        if self._first and lines:
            self._first = False
            lines[0] = lines[0].removeprefix(_BOM)
        return lines

    def rest(self) -> bytes:
        return bytes(self._waiting).rstrip(b"\r")


class _Draft:
    """An event on its way, line by line."""

    def __init__(self) -> None:
        self._begin()

    def take(self, line: bytes) -> Event | None:
        """The event that a blank line ends, if it has data."""
        if not line:
            event = Event(self._kind or "message", b"\n".join(self._data), self._comment) if self._data else None
            self._begin()
            return event
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._kind = value.decode("utf-8", "replace")
        elif not name:
            self._comment = value.decode("utf-8", "replace")
        return None

    def _begin(self) -> None:
        self._kind = self._comment = ""
        self._data: list[bytes] = []
