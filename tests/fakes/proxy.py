"""A pretend proxy for https: lets everything through to one loopback port, whatever name was asked for."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Tunnel:
    """`asked` are the heads of the CONNECT requests. With `verdict` it refuses; an empty one hangs up."""

    port_behind: int = 0
    verdict: bytes | None = None
    asked: list[str] = field(default_factory=list)
    url: str = ""
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Tunnel:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1")
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._running.add(task)
        try:
            self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
            if self.verdict is None:
                await self._let_through(reader, writer)
            else:
                writer.write(self.verdict)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # one side left, or the test is over
        finally:
            await _closed(writer)
            self._running.discard(task)

    async def _let_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, onward = await asyncio.open_connection("127.0.0.1", self.port_behind)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        pipes = [asyncio.ensure_future(_pipe(reader, onward)), asyncio.ensure_future(_pipe(there, writer))]
        try:
            await asyncio.wait(pipes, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pipe in pipes:
                pipe.cancel()
            await asyncio.gather(*pipes, return_exceptions=True)
            await _closed(onward)


async def _pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65_536):
        sink.write(data)
        await sink.drain()


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError, asyncio.CancelledError):
        await writer.wait_closed()
