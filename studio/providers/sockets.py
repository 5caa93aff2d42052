"""WebSockets: one connection with its key, its deadlines and its end, in the program's terms.

The only file that knows websockets. As with requests, proxies and certificates are those of `clients`, an account's key
goes in one header, redirects are not followed, and plain `ws` is for this computer alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from studio import __version__
from studio.domain.errors import Reason, StudioError
from studio.domain.hosts import is_safe
from studio.providers import trip
from studio.providers.calls import DETAIL_MAX, PASSING, Answer
from studio.providers.reading import Record
from studio.providers.secrecy import Entry, redacted, without
from studio.providers.transport import Line
from studio.providers.tunnel import tunnel

if TYPE_CHECKING:
    import socket

    from websockets.asyncio.client import ClientConnection
    from websockets.exceptions import ConnectionClosed, InvalidStatus

MESSAGE_MAX = 2 << 20
"""Bytes; half a minute of sound in base64."""
MESSAGES_AHEAD = 64
PING_S = 20.0

_PROTOCOL_ERROR, _TOO_BIG = 1002, 1009

_silent = logging.Logger("studio.sockets")
_silent.disabled = True
"""websockets writes handshakes to its log, with the key in them."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for the handshake, for the first message, without a sound after it, and for a goodbye."""

    open_s: float = 10.0
    first_s: float = 30.0
    sound_s: float = 60.0
    leave_s: float = 1.0


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Closed:
    """How the other side ended it; no code for a connection that just ended."""

    code: int | None
    words: str

    def __str__(self) -> str:
        code = "no code" if self.code is None else f"code {self.code}"
        return f"the connection was closed with {code}{f': {self.words}' if self.words else ''}"


class Socket:
    """An open connection. `request_id` names it to the vendor."""

    def __init__(self, line: Line, connection: ClientConnection, entry: Entry, patience: Patience) -> None:
        told = connection.response
        self.request_id = (told.headers.get("x-request-id") if told else None) or ""
        self._line = line
        self._connection = connection
        self._key = entry.key
        self._patience = patience
        self._waits_for_first = True
        self._until = asyncio.get_running_loop().time() + patience.first_s

    async def send(self, *messages: Record) -> None:
        """In their order. One that nobody takes any more is no error: `receive` tells how it ended."""
        from websockets.exceptions import ConnectionClosed

        try:
            async with asyncio.timeout(self._patience.sound_s):
                for message in messages:
                    await self._connection.send(json.dumps(message, ensure_ascii=False))
        except ConnectionClosed:
            return
        except TimeoutError as error:
            raise self.error(Reason.TIMED_OUT, "nothing more was taken") from error

    async def receive(self) -> Record | bytes | Closed:
        """The next message. Raises TIMED_OUT, ANSWER_CUT for a network that broke, and for what can't be a message
        UNREADABLE, NOT_JSON or TOO_BIG."""
        from websockets.exceptions import ConnectionClosed

        try:
            async with asyncio.timeout_at(self._until):
                message = await self._connection.recv()
        except TimeoutError as error:
            raise self.error(Reason.TIMED_OUT, "no sound came in time") from error
        except ConnectionClosed as end:
            return self._closed(end)
        if self._waits_for_first:
            self._waits_for_first = False
            self.heard()
        if isinstance(message, bytes):
            return message
        return without(self._key, self._answer(message.encode("utf-8", "replace"))).record()

    def heard(self) -> None:
        """A sound came; the wait for the next one begins now."""
        self._until = asyncio.get_running_loop().time() + self._patience.sound_s

    async def leave(self, goodbye: Record) -> None:
        """Says so and goes, without waiting for more than a moment."""
        with suppress(StudioError, TimeoutError):
            async with asyncio.timeout(self._patience.leave_s):
                await self.send(goodbye)

    def error(self, reason: Reason, detail: str = "") -> StudioError:
        return self._answer(b"").error(reason, detail=detail)

    def refusal(self, code: str, words: str) -> StudioError:
        """What the system means by an error that it told in a message."""
        said = json.dumps({"code": code, "message": words}).encode()
        try:
            self._line.judged(without(self._key, self._answer(said)))
        except StudioError as error:
            return error
        return self.error(Reason.REFUSED, words or code)

    def _answer(self, data: bytes) -> Answer:
        return Answer(self._line.system, 200, data, {"x-request-id": self.request_id})

    def _closed(self, end: ConnectionClosed) -> Closed:
        ours = end.sent.code if end.sent and not (end.rcvd and end.rcvd_then_sent) else None
        if ours == _TOO_BIG:
            raise self.error(Reason.TOO_BIG, f"a message of more than {MESSAGE_MAX} bytes") from end
        if ours == _PROTOCOL_ERROR or isinstance(end.__cause__, UnicodeDecodeError):
            raise self.error(Reason.UNREADABLE, trip.told(end)) from end
        if end.rcvd is None and isinstance(end.__cause__, OSError):
            raise self.error(Reason.ANSWER_CUT, trip.told(end)) from end
        return Closed(end.rcvd.code, end.rcvd.reason[:DETAIL_MAX]) if end.rcvd else Closed(None, "")


@asynccontextmanager
async def opened(
    line: Line, account: str, address: Callable[[str], str], patience: Patience
) -> AsyncGenerator[Socket, None]:
    """A connection of the account's to `address` of its base URL, closed at the end, whatever came of it.

    Only the handshake is ever repeated. Raises KEY_REFUSED, NOT_ALLOWED, UNREACHABLE, TIMED_OUT, INSECURE_ADDRESS…
    """
    entry = await line.entry(account)
    if not is_safe(entry.base_url):
        raise StudioError(Reason.INSECURE_ADDRESS, system=line.system, detail=entry.base_url)
    with redacted(entry.key):
        connection = await line.repeating(lambda: _connected(line, entry, address(entry.base_url), patience), paid=True)
        try:
            yield Socket(line, connection, entry, patience)
        finally:
            try:
                await connection.close()
            finally:
                connection.transport.abort()


async def _connected(line: Line, entry: Entry, address: str, patience: Patience) -> ClientConnection:
    from websockets.exceptions import InvalidStatus, WebSocketException

    context, proxy = await line.way(f"http{address.removeprefix('ws')}")
    more: dict[str, Any] = {"ssl": context} if address.startswith("wss:") else {}
    if proxy:
        more["sock"] = await _through(line, proxy, address, patience)
    try:
        return await _connect()(
            address,
            additional_headers=dict(entry.headers),
            user_agent_header=f"VoiceStudio/{__version__}",
            compression=None,
            proxy=None,
            open_timeout=patience.open_s,
            close_timeout=patience.leave_s,
            ping_interval=PING_S,
            ping_timeout=None,
            max_size=MESSAGE_MAX,
            max_queue=MESSAGES_AHEAD,
            logger=_silent,
            **more,
        )
    except InvalidStatus as refused:
        raise _refused(line, entry, refused) from refused
    except (WebSocketException, OSError, ValueError) as error:
        raise _failure(line, error) from error


async def _through(line: Line, proxy: str, address: str, patience: Patience) -> socket.socket:
    """Without the proxy's own user and password in what may go wrong."""
    server = urlsplit(address)
    try:
        async with asyncio.timeout(patience.open_s):
            return await tunnel(proxy, server.hostname or "", server.port or 443)
    except (OSError, ValueError) as error:
        words = trip.told(error).replace(proxy, "it")
        detail = f"the proxy {proxy.rpartition('@')[2]} can't be used: {words}"
        passing = isinstance(error, OSError)
        raise StudioError(Reason.UNREACHABLE, system=line.system, detail=detail, retryable=passing) from None


@cache
def _connect() -> Any:
    """Made late: websockets isn't needed at the start."""
    from websockets.asyncio.client import connect

    class Connect(connect):
        def process_redirect(self, exc: Exception) -> Exception | str:
            """Nowhere else: the key is for this address."""
            return exc

    return Connect


def _refused(line: Line, entry: Entry, refused: InvalidStatus) -> StudioError:
    response = refused.response
    headers = {name.lower(): value for name, value in response.headers.raw_items()}
    answer = without(entry.key, Answer(line.system, response.status_code, bytes(response.body or b""), headers))
    try:
        line.judged(answer)
    except StudioError as error:
        return error
    reason = Reason.NOT_JSON if answer.data.lstrip().startswith(b"<") else Reason.UNREADABLE
    return answer.error(reason, detail=f"HTTP {answer.status} instead of a WebSocket: {answer.text}")


def _failure(line: Line, error: Exception) -> StudioError:
    """Nothing was asked for yet, so nothing is lost."""
    from websockets.exceptions import InvalidHandshake, InvalidMessage

    match error:
        case UnicodeError():
            reason = Reason.BAD_INPUT
        case TimeoutError():
            reason = Reason.TIMED_OUT
        case InvalidMessage():
            reason = Reason.ANSWER_CUT
        case InvalidHandshake():
            reason = Reason.UNREADABLE
        case _:
            reason = Reason.UNREACHABLE
    detail = trip.told(error)
    retryable = reason in PASSING and "CERTIFICATE_VERIFY" not in detail
    return StudioError(reason, system=line.system, detail=detail, retryable=retryable)
