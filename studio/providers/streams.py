"""An answer that is read while it comes, with an end to every wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING

from studio.providers import trip
from studio.providers.calls import Answer, Call
from studio.providers.unpacking import Unpacker

if TYPE_CHECKING:
    import httpx

PIECE_S = 60.0
"""How long each piece but the first is waited for; the first has the call's own time."""

_WORDS = ("json", "html")


class Incoming:
    """An answer whose head is here. `whole` is the answer that came instead of a stream; None while none has.

    Who has it closes it with `aclose`, which hangs up.
    """

    def __init__(self, response: httpx.Response, system: str, call: Call, course: trip.Course) -> None:
        self.whole: Answer | None = None
        self._response = response
        self._system = system
        self._call = call
        self._course = course
        self._raw: AsyncIterator[bytes] = response.aiter_raw()
        with trip.unreadable(system, call, response.status_code):
            self._unpacker = Unpacker(response.headers.get("content-encoding", ""), call.largest)
        self._first = b""
        self._ended = False
        self._left_s = trip.CONNECT_S + 2 * call.read_s

    def answer(self, data: bytes) -> Answer:
        """These bytes under the head that came."""
        return Answer(self._system, self._response.status_code, data, self._response.headers, self._call.paid)

    async def settle(self) -> None:
        """Waits for the first piece. What is no stream, by its status, its type or its start, is read to its end."""
        self._first = await self._next(self._call.read_s)
        media = self._response.headers.get("content-type", "").lower()
        told = any(word in media for word in _WORDS)
        looks = not media.startswith("audio/") and self._first.lstrip()[:1] in (b"{", b"<")
        if self._response.status_code >= 300 or told or looks:
            self.whole = self.answer(b"".join([piece async for piece in self]))

    def pieces(self) -> AsyncIterator[bytes]:
        """None of them empty; they end where the answer does. Raises ANSWER_LOST or ANSWER_CUT for one that breaks
        off, TIMED_OUT, TOO_BIG; of a paid call as for any other."""
        return self

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        piece, self._first = self._first, b""
        piece = piece or (b"" if self._ended else await self._next(PIECE_S))
        if not piece:
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        await self._response.aclose()

    async def _next(self, longest_s: float) -> bytes:
        """Empty at the end. Only waiting counts: whoever takes the pieces may be slow."""
        with (
            trip.reported(self._system, self._call, self._course),
            trip.unreadable(self._system, self._call, self._response.status_code),
        ):
            while chunk := await self._chunk(longest_s):
                self._unpacker.feed(chunk)
                if piece := self._unpacker.taken():
                    return piece
            self._ended = True
            return self._unpacker.whole()

    async def _chunk(self, longest_s: float) -> bytes:
        began = monotonic()
        try:
            async with asyncio.timeout(min(longest_s, self._left_s)):
                return await anext(self._raw, b"")
        finally:
            self._left_s -= monotonic() - began


async def opened(client: httpx.AsyncClient, system: str, call: Call, url: str, headers: Mapping[str, str]) -> Incoming:
    """Whatever the status, as far as its first piece. Raises StudioError."""
    course = trip.Course()
    with trip.reported(system, call, course):
        async with asyncio.timeout(trip.CONNECT_S + call.read_s):
            response = await trip.sent(client, call, url, headers, course)
    try:
        coming = Incoming(response, system, call, course)
        await coming.settle()
    except BaseException:
        await response.aclose()
        raise
    return coming
