"""A pretend server's end of a WebSocket: the library's own protocol, over the connection that asked for it."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import struct
from collections import deque
from typing import Any
from urllib.parse import urlencode

from websockets.frames import Opcode
from websockets.http11 import Request as Handshake
from websockets.server import ServerProtocol

from tests.fakes.exchange import Request

Message = str | bytes


_silent = logging.Logger("tests.wire")
_silent.disabled = True
"""It would write the key of the handshake, which only the program under test must not do."""


class Left(Exception):
    """The other side is gone, or said goodbye."""


class Wire:
    """Messages in and out. `receive` raises `Left` at the end; `closed_with` is what the other side closed with."""

    def __init__(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.closed_with: int | None = None
        self._reader, self._writer = reader, writer
        self._protocol = ServerProtocol(max_size=None, logger=_silent)
        self._inbox: deque[Message | None] = deque()
        self._news = asyncio.Event()
        self._parts: list[bytes] = []
        self._text = False
        self._request = request

    async def open(self, trailing: bytes = b"") -> None:
        """Says 101 and begins to listen."""
        target = self._request.path + (f"?{self._query}" if self._request.query else "")
        head = f"GET {target} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in self._request.headers.items())
        self._protocol.receive_data(f"{head}\r\n".encode("latin-1"))
        (handshake,) = self._protocol.events_received()
        assert isinstance(handshake, Handshake)
        self._protocol.send_response(self._protocol.accept(handshake))
        await self._flush()
        self._listening = asyncio.ensure_future(self._listen(trailing))

    async def receive(self) -> Message:
        await self.anything()
        message = self._inbox.popleft()
        if message is None:
            self._put(None)
            raise Left
        return message

    async def anything(self) -> None:
        """Waits until `receive` would give something, or raise, at once."""
        while not self._inbox:
            self._news.clear()
            await self._news.wait()

    def waiting(self) -> tuple[Message | None, ...]:
        """What `receive` will give, None for the end."""
        return tuple(self._inbox)

    async def send(self, message: Message | dict[str, Any]) -> None:
        if self._protocol.state.name != "OPEN":
            raise Left
        if isinstance(message, bytes):
            self._protocol.send_binary(message)
        else:
            self._protocol.send_text((message if isinstance(message, str) else json.dumps(message)).encode())
        await self._flush()

    async def send_broken_text(self, data: bytes) -> None:
        """A text message that isn't UTF-8."""
        self._protocol.send_text(data)
        await self._flush()

    async def close(self, code: int = 1000, words: str = "") -> None:
        if self._protocol.state.name == "OPEN":
            self._protocol.send_close(code, words)
            await self._flush()

    def drop(self) -> None:
        """A broken network: the other side is told of a reset, of no goodbye."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def end(self) -> None:
        """The connection ends without a goodbye."""
        self._writer.write_eof()

    async def aclose(self) -> None:
        """Waits for the other side's goodbye."""
        await asyncio.gather(self._listening, return_exceptions=True)

    def abandon(self) -> None:
        self._listening.cancel()

    def _put(self, message: Message | None) -> None:
        self._inbox.append(message)
        self._news.set()

    @property
    def _query(self) -> str:
        return urlencode(self._request.query)

    async def _listen(self, trailing: bytes) -> None:
        try:
            data = trailing
            while True:
                if data:
                    self._protocol.receive_data(data)
                    self._take()
                    await self._flush()
                data = await self._reader.read(65_536)
                if not data:
                    return
        except ConnectionError:
            return
        finally:
            self._put(None)

    def _take(self) -> None:
        for frame in self._protocol.events_received():
            assert not isinstance(frame, Handshake)
            match frame.opcode:
                case Opcode.TEXT | Opcode.BINARY:
                    self._text = frame.opcode is Opcode.TEXT
                    self._parts = [bytes(frame.data)]
                case Opcode.CONT:
                    self._parts.append(bytes(frame.data))
                case Opcode.CLOSE:
                    self.closed_with = self._protocol.close_rcvd.code if self._protocol.close_rcvd else None
                    self._put(None)
                    continue
                case _:
                    continue
            if frame.fin:
                whole = b"".join(self._parts)
                self._put(whole.decode() if self._text else whole)

    async def _flush(self) -> None:
        try:
            for data in self._protocol.data_to_send():
                self._writer.write(data) if data else self._writer.write_eof()
            await self._writer.drain()
        except ConnectionError as error:
            raise Left from error
