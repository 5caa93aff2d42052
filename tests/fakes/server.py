"""A pretend server: HTTP/1.1 over a real loopback socket, with memory, and failures that a test scripts.

    async with PretendServer(app) as server:
        server.fail(dropped(handled=True))          # the next request
        server.fail(status(429), times=3)           # the next three
        server.fail(page(), when=lambda request: request.method == "POST", times=1)

`app` takes a `Request` and gives a `Reply`, or raises `Complaint` for what no document allows. One that gives a reply
of status 101 speaks WebSocket from there on, in its coroutine `talk(request, wire)`.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

import h11

from tests.fakes.exchange import Complaint, Fault, How, Reply, Request
from tests.fakes.wire import Left, Wire

__all__ = ["App", "Complaint", "PretendServer", "Reply", "Request", "ThreadedServer"]

DRIP_S = 0.02


class App(Protocol):
    def __call__(self, request: Request, /) -> Reply | Awaitable[Reply]: ...


@dataclass
class _Script:
    fault: Fault
    times: int
    when: Callable[[Request], bool]


@dataclass
class PretendServer:
    """`requests` are all that came, handled or not; `complaints` the server's and, where it keeps some, the app's.

    A `port` of 0 is any that is free.
    """

    app: App
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    requests: list[Request] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    connections: int = 0
    url: str = ""
    port: int = 0
    _scripts: list[_Script] = field(default_factory=list)
    _open: set[asyncio.Task[None]] = field(default_factory=set)
    _answering: int = 0

    @property
    def complaints(self) -> list[str]:
        return [*self.noted, *getattr(self.app, "complaints", ())]

    def fail(self, fault: Fault, times: int = 1, when: Callable[[Request], bool] = lambda _: True) -> None:
        """The next `times` requests for which `when` holds fail so; scripts are used up in their order."""
        self._scripts.append(_Script(fault, times, when))

    def heal(self) -> None:
        self._scripts.clear()

    async def arrived(self, count: int = 1) -> None:
        """Waits until `count` requests have come in all."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.requests) >= count)

    async def left_alone(self) -> None:
        """Waits until nobody waits for a reply; connections kept for later may be open."""
        async with self._news:
            await self._news.wait_for(lambda: not self._answering)

    def release(self) -> None:
        """Replies that are held go on."""
        self._released.set()

    async def __aenter__(self) -> PretendServer:
        self._news, self._released = asyncio.Condition(), asyncio.Event()
        self._server = await asyncio.start_server(self._connected, self.host, self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await self._server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        self.connections += 1
        try:
            await _Connection(self, reader, writer).serve()
        except (ConnectionError, h11.RemoteProtocolError):
            pass  # the other side left
        except asyncio.CancelledError:
            writer.transport.abort()  # the test is over; TLS would wait for a goodbye
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await writer.wait_closed()
            self._open.discard(task)
            with suppress(asyncio.CancelledError):
                await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    @asynccontextmanager
    async def _one_more(self) -> AsyncGenerator[None, None]:
        self._answering += 1
        try:
            yield
        finally:
            self._answering -= 1
            await self._tell()

    async def _received(self, request: Request) -> tuple[Reply, Fault | None]:
        self.requests.append(request)
        await self._tell()
        fault = self._next_fault(request)
        reply = await self._answer(request) if fault is None or fault.handled else Reply()
        return (fault.alter(reply) if fault else reply), fault

    def _next_fault(self, request: Request) -> Fault | None:
        for script in self._scripts:
            if script.times > 0 and script.when(request):
                script.times -= 1
                return script.fault
        return None

    async def _told_by(self, request: Request, wire: Wire) -> None:
        try:
            await self.app.talk(request, wire)  # type: ignore[attr-defined]
        except Left:
            pass
        except Exception as error:  # noqa: BLE001 - a broken fake must fail its test, wherever it broke
            self.noted.append(f"{request.path}: the pretend server broke: {error!r}")
            await wire.close(1011)

    async def _answer(self, request: Request) -> Reply:
        try:
            reply = self.app(request)
            return reply if isinstance(reply, Reply) else await reply
        except Complaint as complaint:
            self.noted.append(f"{request.method} {request.path}: {complaint}")
            return complaint.reply
        except Exception as error:  # noqa: BLE001 - a broken fake must fail its test, wherever it broke
            self.noted.append(f"{request.method} {request.path}: the pretend server broke: {error!r}")
            return Reply(500, json={"code": "Broken", "message": repr(error)})


class _Connection:
    """One of HTTP, until it becomes one of WebSocket."""

    def __init__(self, server: PretendServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER)

    async def serve(self) -> None:
        while (request := await self._request()) is not None:
            async with self._server._one_more():
                reply, fault = await self._server._received(request)
                if reply.status == 101 and (fault is None or fault.how is How.WHOLE):
                    await self._talk(request)
                    return
                good = await self._told(reply, fault.how if fault else How.WHOLE)
            if not good:
                return
            if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
                return
            self._http.start_next_cycle()

    async def _talk(self, request: Request) -> None:
        wire = Wire(request, self._reader, self._writer)
        await wire.open(self._http.trailing_data[0])
        try:
            await self._server._told_by(request, wire)
            await wire.aclose()
        finally:
            wire.abandon()

    async def _request(self) -> Request | None:
        head, body = None, bytearray()
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                self._http.receive_data(await self._reader.read(65_536))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return _request_of(head, bytes(body))
            else:
                return None

    async def _told(self, reply: Reply, how: How) -> bool:
        """Whether the connection is still good."""
        if how is How.HELD:
            await self._held()
        if how is How.DROPPED:
            return False
        length = {} if how is How.ENDLESS or reply.pieces else {"content-length": str(len(reply.content))}
        headers = {"content-type": reply.media, **length, **reply.headers}
        status = 200 if reply.status == 101 else reply.status  # what broke is no WebSocket any more
        await self._send(h11.Response(status_code=status, headers=list(headers.items())))
        async for piece in self._pieces(reply, how):
            await self._send(h11.Data(data=piece))
        if how is How.HALF:
            return False
        await self._send(h11.EndOfMessage())
        return True

    async def _pieces(self, reply: Reply, how: How) -> AsyncGenerator[bytes, None]:
        content = reply.content
        middle = len(content) // 2
        pieces = reply.pieces or (
            (content[:middle], content[middle:]) if how in (How.HALF, How.HELD_HALF) else (content,)
        )
        if how is How.DRIPPING:
            for piece in reply.pieces or [content[at : at + 1] for at in range(len(content))]:
                yield piece
                await asyncio.sleep(DRIP_S)
            return
        for at, piece in enumerate(pieces):
            if at == len(pieces) // 2 and how is How.HALF:
                return
            if at == len(pieces) // 2 and how is How.HELD_HALF:
                await self._held()
            yield piece
        while how is How.ENDLESS:
            yield content[-65_536:]

    async def _held(self) -> None:
        """Until released, or until the other side has had enough."""
        released = asyncio.ensure_future(self._server._released.wait())
        left = asyncio.ensure_future(self._reader.read(1))
        try:
            await asyncio.wait((released, left), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone = left.done() and not released.done()
            released.cancel()
            left.cancel()
            await asyncio.gather(released, left, return_exceptions=True)  # one reader at a time
        if gone:
            raise ConnectionResetError

    async def _send(self, event: Any) -> None:
        if data := self._http.send(event):
            self._writer.write(data)
            await self._writer.drain()


def _request_of(head: h11.Request, body: bytes) -> Request:
    target = head.target.decode()
    parts = urlsplit(target)
    headers = {name.decode(): value.decode("latin-1") for name, value in head.headers}
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    path = f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else parts.path
    return Request(head.method.decode(), path, query, headers, body)


class ThreadedServer:
    """The same on a thread with a loop of its own, for programs under test in other processes."""

    def __init__(self, app: App) -> None:
        self.server = PretendServer(app)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="pretend-server", daemon=True)

    def __enter__(self) -> PretendServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.server.__aenter__(), self._loop).result(10)
        return self.server

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self.server.__aexit__(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
