from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from studio.providers.event_stream import Event, events

STREAM = (
    'id:1\nevent:result\n:HTTP_STATUS/200\ndata:{"a": 1}\n\n'
    "\n\n: nobody listens\n\n"
    "event: error\rdata: one\rdata:  two\r\rretry: 7\r\n"
    "data\r\nunknown: x\r\ndata: Grüße\r\n\r\n"
    "event: done\ndata: the last"
).encode()

TOLD = [
    Event("result", b'{"a": 1}', "HTTP_STATUS/200"),
    Event("error", b"one\n two"),
    Event("message", b"\nGr\xc3\xbc\xc3\x9fe"),
    Event("done", b"the last"),
]


async def in_pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def read(data: bytes, size: int) -> list[Event]:
    return [event async for event in events(in_pieces(data, size))]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 10_000])
async def test_pieces_of_any_size_make_the_same_events(size: int) -> None:
    assert await read(STREAM, size) == TOLD
    assert await read(b"\xef\xbb\xbf" + STREAM, size) == TOLD


async def test_an_event_of_megabytes_is_put_together_once() -> None:
    data = b"data:" + b"x" * (8 << 20) + b"\n\n"
    [event] = await read(data, 4_096)
    assert len(event.data) == 8 << 20


@pytest.mark.parametrize("data", [b"", b"\n", b"event: x\n\n", b": c\n\n"])
async def test_without_data_there_is_no_event(data: bytes) -> None:
    assert await read(data, 1) == []
