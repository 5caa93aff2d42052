"""The only HTTP client: who may get the key, how long is waited, what is repeated, how much is read.

A create is repeated only on 429 or when no connection was ever made; what is free is repeated up to twice. Whatever
went wrong comes out as `StudioError`, without the key in it.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum
from time import time
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit, urlunsplit

from studio import __version__
from studio.domain.errors import Reason, StudioError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

    from studio.domain.accounts import Access
    from studio.ports import Gate

JSON_MAX = 8 << 20
JSON_WITH_AUDIO_MAX = 96 << 20
AUDIO_MAX = 64 << 20

CONNECT_S = 10.0
FREE_READ_S = 30.0
PAID_READ_S = 300.0  # the longest that Model Studio itself works on a request

FREE_REPEATS = 2
PAID_REPEATS = 3
PAID_PAUSE_MAX_S = 60.0
FREE_PAUSE_MAX_S = 30.0
LINK_HOPS = 5
_DETAIL_MAX = 2_000

_PASSING = {
    Reason.UNREACHABLE,
    Reason.TIMED_OUT,
    Reason.RATE_LIMITED,
    Reason.SERVER_FAILED,
    Reason.ANSWER_CUT,
}


class Auth(Enum):
    """How a system wants the key in `Authorization`."""

    BEARER = "Bearer "
    RAW = ""
    NONE = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request, told from what stands behind the account's base URL. `paid` is anything that may cost money."""

    method: str
    path: str
    json: object = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    files: Mapping[str, tuple[str, bytes, str]] | None = field(default=None, repr=False)
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    paid: bool = False
    largest: int = JSON_MAX
    read_s: float = FREE_READ_S


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. `paid` as in its call: an answer that can't be read may then hide a voice."""

    system: str
    status: int
    data: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    paid: bool = False

    @property
    def request_id(self) -> str:
        named = (self.headers.get(name, "") for name in ("x-request-id", "x-oneapi-request-id"))
        return next((name for name in named if name), "")

    @property
    def text(self) -> str:
        return self.data[: _DETAIL_MAX * 4].decode("utf-8", "replace")[:_DETAIL_MAX]

    def record(self) -> dict[str, Any]:
        """The JSON object in it. Raises NOT_JSON, ANSWER_CUT or UNREADABLE."""
        try:
            found = json.loads(self.data)
        except (ValueError, RecursionError):
            raise self.error(self._why_no_json(), detail=self.text) from None
        if not isinstance(found, dict):
            raise self.error(Reason.UNREADABLE, detail=self.text)
        return cast("dict[str, Any]", found)

    def error(self, reason: Reason, *, code: str = "", detail: str = "", request_id: str = "") -> StudioError:
        """An answer that makes no sense: of a paid call, the voice may be there all the same."""
        maybe_done = self.paid and self.status < 400
        return StudioError(
            reason,
            system=self.system,
            code=code,
            detail=detail[:_DETAIL_MAX],
            request_id=request_id or self.request_id,
            retryable=reason in _PASSING and not maybe_done,
            maybe_done=maybe_done,
        )

    def refusal(
        self, reason: Reason | None = None, *, code: str = "", detail: str = "", request_id: str = ""
    ) -> StudioError:
        """The system's verdict, by its status where no better reason is known.

        A fault of the server without a word of the system's own may come from a gateway that lost the answer.
        """
        reason = reason or _by_status(self.status)
        lost = self.paid and not code and (self.status >= 500 or self.status == 408)
        return StudioError(
            reason,
            system=self.system,
            code=code or str(self.status),
            detail=(detail or self.text)[:_DETAIL_MAX],
            request_id=request_id or self.request_id,
            retryable=reason in _PASSING and not lost,
            maybe_done=lost,
            wait_s=_retry_after(self.headers),
        )

    def _why_no_json(self) -> Reason:
        start = self.data.lstrip()[:1]
        if start == b"<":
            return Reason.NOT_JSON
        return Reason.ANSWER_CUT if start in (b"{", b"[", b"") else Reason.UNREADABLE


Judge = Callable[[Answer], "StudioError | None"]
"""A system's reading of an answer: None if it is good. RATE_LIMITED only where waiting helps."""


class Transport:
    """Makes the client at the first call, and anew when the proxy changes. Close it with `aclose`."""

    def __init__(self, gate: Gate, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.sleep = sleep
        self._gate = gate
        self._turn = asyncio.Lock()
        self._proxy = ""
        self._clients: dict[bool, httpx.AsyncClient] = {}

    def line(self, system: str, auth: Auth, judge: Judge, workspace_header: str = "") -> Line:
        return Line(self, system, auth, judge, workspace_header)

    async def access(self, account: str) -> Access:
        return await self._gate.access(account)

    async def client(self, *, paid: bool) -> httpx.AsyncClient:
        """Paid calls get a connection of their own: an old one that the server just closed loses the answer."""
        proxy = await self._gate.proxy()
        async with self._turn:
            if not self._clients or proxy != self._proxy:
                await self._close()
                self._clients, self._proxy = await asyncio.to_thread(_make_clients, proxy), proxy
            return self._clients[paid]

    async def aclose(self) -> None:
        async with self._turn:
            await self._close()

    async def _close(self) -> None:
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()


class Line:
    """One system's way out: `send` to its own account with the key, `fetch` from anywhere without."""

    def __init__(self, transport: Transport, system: str, auth: Auth, judge: Judge, workspace_header: str = "") -> None:
        self.system = system
        self._workspace_header = workspace_header
        self.sleep = transport.sleep
        self._transport = transport
        self._auth = auth
        self._judge = judge

    async def send(self, account: str, call: Call) -> Answer:
        """The answer that the judge finds good. Raises StudioError."""
        access = await self._access(account)
        headers = dict(call.headers or {})
        if self._auth.value is not None and access.key:
            headers["Authorization"] = self._auth.value + access.key
        if self._workspace_header and access.workspace:
            headers[self._workspace_header] = access.workspace
        url = access.base_url + call.path

        async def attempt() -> Answer:
            answer = await self._once(call, url, headers)
            if refused := self._judge(answer):
                raise refused
            return answer

        try:
            return await self._repeating(attempt, paid=call.paid)
        except StudioError as error:
            _redact(error, access.key)
            raise

    async def fetch(self, url: str, largest: int = AUDIO_MAX, read_s: float = 60.0) -> bytes:
        """What a result link leads to, without the key. Raises LINK_EXPIRED where the link is no good any more."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StudioError(Reason.UNREADABLE, system=self.system, detail=f"not a link: {url[:200]}")
        call = Call("GET", "", largest=largest, read_s=read_s)
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            with suppress(StudioError):
                return await self._fetch_once(call, urlunsplit(parts._replace(scheme="https")))
        return await self._repeating(lambda: self._fetch_once(call, url), paid=False)

    async def post_elsewhere(self, url: str, call: Call) -> None:
        """To another host than the account's, without the key: a store that the system named. Raises StudioError."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise StudioError(Reason.INSECURE_ADDRESS, system=self.system, detail=url[:200])

        async def attempt() -> None:
            answer = await self._once(call, url, {})
            if answer.status >= 400:
                raise answer.refusal()

        await self._repeating(attempt, paid=False)

    async def _fetch_once(self, call: Call, url: str) -> bytes:
        answer = await self._once(call, url, {}, follow=True)
        if answer.status in (403, 404, 410):
            raise answer.error(Reason.LINK_EXPIRED, code=str(answer.status), detail=answer.text)
        if answer.status >= 400:
            raise answer.refusal()
        return answer.data

    async def _access(self, account: str) -> Access:
        try:
            access = await self._transport.access(account)
        except StudioError as error:
            error.system = error.system or self.system
            raise
        parts = urlsplit(access.base_url)
        if access.key and parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise StudioError(Reason.INSECURE_ADDRESS, system=self.system, detail=access.base_url)
        return access

    async def _repeating(self, attempt: Callable[[], Awaitable[Any]], *, paid: bool) -> Any:
        slept = 0.0
        repeats = PAID_REPEATS if paid else FREE_REPEATS
        for number in range(repeats + 1):
            try:
                return await attempt()
            except StudioError as error:
                pause = _pause(error, number, paid=paid)
                if number == repeats or pause is None or (paid and slept + pause > PAID_PAUSE_MAX_S):
                    raise
            await self.sleep(pause)
            slept += pause
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, call: Call, url: str, headers: Mapping[str, str], *, follow: bool = False) -> Answer:
        client = await self._transport.client(paid=call.paid)
        async with self._told(call), asyncio.timeout(CONNECT_S + 2 * call.read_s):
            import httpx

            request = client.build_request(
                call.method,
                url,
                params=call.query,
                json=call.json,
                data=dict(call.form) if call.form is not None else None,
                files=call.files,
                headers=headers,
                timeout=httpx.Timeout(call.read_s, connect=CONNECT_S),
            )
            response = await client.send(request, stream=True, follow_redirects=follow)
            try:
                data = await self._read(response, call)
            finally:
                await response.aclose()
        answer = Answer(self.system, response.status_code, data, response.headers, call.paid)
        if 300 <= answer.status < 400:
            raise answer.error(Reason.REDIRECTED, code=str(answer.status), detail=answer.headers.get("location", ""))
        return answer

    async def _read(self, response: httpx.Response, call: Call) -> bytes:
        """Counted after decompression: a small body can unpack to gigabytes."""
        data = bytearray()
        async for chunk in response.aiter_bytes():
            data += chunk
            if len(data) > call.largest:
                raise StudioError(
                    Reason.TOO_BIG,
                    system=self.system,
                    detail=f"more than {call.largest} bytes",
                    maybe_done=call.paid and response.status_code < 400,
                )
        return bytes(data)

    @asynccontextmanager
    async def _told(self, call: Call) -> AsyncGenerator[None, None]:
        """What a network can do, in the program's terms."""
        import httpx

        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise self._failure(Reason.UNREACHABLE, error) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects, httpx.LocalProtocolError) as error:
            raise self._failure(Reason.REFUSED, error) from error
        except (httpx.TimeoutException, TimeoutError) as error:
            raise self._failure(Reason.TIMED_OUT, error, sent=call.paid) from error
        except httpx.DecodingError as error:
            raise self._failure(Reason.UNREADABLE, error, sent=call.paid) from error
        except (httpx.TransportError, httpx.StreamError) as error:
            cut = "incomplete" in str(error) or "without sending complete" in str(error)
            raise self._failure(Reason.ANSWER_CUT if cut else Reason.UNREACHABLE, error, sent=call.paid) from error

    def _failure(self, reason: Reason, error: Exception, *, sent: bool = False) -> StudioError:
        detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        if sent:
            reason = Reason.ANSWER_LOST
        retryable = reason in _PASSING and not sent
        return StudioError(reason, system=self.system, detail=detail, retryable=retryable, maybe_done=sent)


def is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _make_clients(proxy: str) -> dict[bool, httpx.AsyncClient]:
    """On a thread: importing httpx and reading the certificates takes a tenth of a second. Proxies and certificates
    of the environment count; this computer itself is never reached through a proxy."""
    import httpx

    context = httpx.create_ssl_context(trust_env=True)
    direct = {f"all://{host}": None for host in ("localhost", "127.0.0.1", "[::1]")}

    def client(keep: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=context,
            proxy=proxy or None,
            mounts=direct,
            headers={"User-Agent": f"VoiceStudio/{__version__}"},
            limits=httpx.Limits(max_keepalive_connections=keep),
        )

    return {False: client(8), True: client(0)}


def _pause(error: StudioError, number: int, *, paid: bool) -> float | None:
    """How long to wait before the call is repeated, None if it must not be."""
    if paid:
        repeatable = not error.maybe_done and error.reason in (Reason.RATE_LIMITED, Reason.UNREACHABLE)
    else:
        repeatable = error.reason in _PASSING
    if not repeatable:
        return None
    if error.wait_s is not None:
        return error.wait_s if paid else min(error.wait_s, FREE_PAUSE_MAX_S)
    return min(0.5 * 2**number, 8.0) * random.uniform(0.75, 1.25)  # noqa: S311 - spreads, hides nothing


def _by_status(status: int) -> Reason:
    named = {
        401: Reason.KEY_REFUSED,
        402: Reason.NO_CREDIT,
        403: Reason.NOT_ALLOWED,
        408: Reason.TIMED_OUT,
        429: Reason.RATE_LIMITED,
    }
    return named.get(status) or (Reason.SERVER_FAILED if status >= 500 else Reason.REFUSED)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3)."""
    said = headers.get("retry-after", "")
    with suppress(ValueError):
        return max(0.0, float(said))
    with suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(said).timestamp() - time())
    return None


def _redact(error: StudioError, key: str) -> None:
    """A server may say the key back."""
    if not key:
        return
    error.detail = error.detail.replace(key, "•••")
    error.code = error.code.replace(key, "•••")
    error.request_id = error.request_id.replace(key, "•••")
    error.args = tuple(str(arg).replace(key, "•••") for arg in error.args)
    if error.__cause__ and key in str(error.__cause__):
        error.__cause__ = None
