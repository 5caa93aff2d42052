"""The only way out: who may get the key, how long is waited, what is repeated, how much is read.

A create is repeated only on 429 or when no connection was ever made; what is free is repeated up to twice. Whatever
went wrong comes out as `StudioError`, without the key in it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from studio.domain.accounts import cleaned_key
from studio.domain.errors import Reason, StudioError
from studio.domain.hosts import is_safe
from studio.providers.calls import (
    AUDIO_MAX,
    FREE_READ_S,
    JSON_MAX,
    JSON_WITH_AUDIO_MAX,
    PAID_READ_S,
    PROBE_READ_S,
    Answer,
    Auth,
    Call,
    Judge,
)
from studio.providers.clients import Clients
from studio.providers.secrecy import Entry, redacted, without
from studio.providers.streams import Incoming, opened
from studio.providers.trip import trip

if TYPE_CHECKING:
    import ssl

    import httpx

    from studio.domain.accounts import Access, Role
    from studio.ports import Gate

__all__ = [
    "AUDIO_MAX",
    "FREE_READ_S",
    "JSON_MAX",
    "JSON_WITH_AUDIO_MAX",
    "PAID_READ_S",
    "PROBE_READ_S",
    "Answer",
    "Auth",
    "Call",
    "Judge",
    "Line",
    "Transport",
]

LINK_READ_S = 60.0

FREE_REPEATS = 2
FREE_PAUSE_MAX_S = 30.0
FREE_IN_ALL_S = 75.0
"""Once so much time has passed, the person has waited long enough."""
PAID_REPEATS = 3
PAID_PAUSE_MAX_S = 60.0
LINK_HOPS = 5

_REDIRECTS = (301, 302, 303, 307, 308)
_LINK_IS_DEAD = (401, 403, 404, 410)

_Result = TypeVar("_Result")


class Transport:
    """Every system's calls, over connections that they share. Close it with `aclose`."""

    def __init__(self, gate: Gate, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.sleep = sleep
        self._gate = gate
        self._clients = Clients()

    def line(self, system: str, auth: Auth, judge: Judge, workspace_header: str = "") -> Line:
        return Line(self, system, auth, judge, workspace_header)

    async def access(self, account: str) -> Access:
        return await self._gate.access(account)

    async def way(self, url: str) -> tuple[ssl.SSLContext, str]:
        """Which certificates are trusted, and the proxy that leads there, empty where none does."""
        return await self._clients.way(url, await self._gate.proxy())

    async def client(self, url: str, *, paid: bool) -> httpx.AsyncClient:
        return await self._clients.towards(url, await self._gate.proxy(), paid=paid)

    async def aclose(self) -> None:
        await self._clients.aclose()


class Line:
    """One system's way out: `send` to its own account with the key, `fetch` from anywhere without."""

    def __init__(self, transport: Transport, system: str, auth: Auth, judge: Judge, workspace_header: str = "") -> None:
        self.system = system
        self.sleep = transport.sleep
        self._transport = transport
        self._auth = auth
        self._judge = judge
        self._workspace_header = workspace_header

    async def send(self, account: str, call: Call) -> Answer:
        """The answer that the judge finds good. Raises StudioError."""
        entry = await self.entry(account, call.role)
        headers = {**(call.headers or {}), **entry.headers}
        url = entry.base_url + call.path

        async def attempt() -> Answer:
            return self.judged(without(entry.key, await self._once(call, url, headers)))

        with redacted(entry.key):
            return await self.repeating(attempt, paid=call.paid)

    @asynccontextmanager
    async def stream(self, account: str, call: Call) -> AsyncGenerator[Incoming, None]:
        """A good answer while it comes. Leaving hangs up. Raises StudioError, and errors raised inside lose the key.

        The judge has seen what came `whole`; what comes in pieces is for whoever reads it to judge, by `judged`.
        """
        entry = await self.entry(account, call.role)
        headers = {**(call.headers or {}), "Accept-Encoding": "identity", **entry.headers}

        async def attempt() -> Incoming:
            with self._named():
                client = await self._transport.client(entry.base_url, paid=call.paid)
            coming = await opened(client, self.system, call, entry.base_url + call.path, headers)
            if coming.whole:
                await coming.aclose()
                coming.whole = self.judged(without(entry.key, coming.whole))
            return coming

        with redacted(entry.key):
            coming = await self.repeating(attempt, paid=call.paid)
            try:
                yield coming
            finally:
                await coming.aclose()

    async def entry(self, account: str, role: Role | None = None) -> Entry:
        """What opens the account's door, or that of its server for a role. Raises as `send` does before it sends."""
        with self._named():
            access = await self._transport.access(account)
            base_url = access.url(role)
        key = self._presentable(access, base_url)
        headers: dict[str, str] = {}
        if self._auth.value is not None and key:
            headers["Authorization"] = self._auth.value + key
        if self._workspace_header and access.workspace:
            headers[self._workspace_header] = access.workspace
        return Entry(base_url, headers, key)

    async def way(self, url: str) -> tuple[ssl.SSLContext, str]:
        """As the transport's. Raises UNREACHABLE."""
        with self._named():
            return await self._transport.way(url)

    def judged(self, answer: Answer) -> Answer:
        """Itself, if it is good. Raises StudioError."""
        if refused := self._judge(_stayed(answer)):
            raise refused
        return answer

    async def fetch(self, url: str, largest: int = AUDIO_MAX, read_s: float = LINK_READ_S) -> bytes:
        """What a result link leads to, without the key. Raises LINK_EXPIRED where the link is no good any more."""
        call = Call("GET", "", largest=largest, read_s=read_s)
        parts = self._link(url)
        if not is_safe(url):
            with suppress(StudioError):
                return await self._followed(call, urlunsplit(parts._replace(scheme="https")))
        return await self.repeating(lambda: self._followed(call, url), paid=False)

    async def post_elsewhere(self, url: str, call: Call) -> None:
        """To another host than the account's, without the key: a store that the system named. Raises StudioError."""
        self._link(url)
        if not is_safe(url):
            raise StudioError(Reason.INSECURE_ADDRESS, system=self.system, detail=url[:200])

        async def attempt() -> None:
            answer = _stayed(await self._once(call, url, {}))
            if answer.status >= 400:
                raise answer.refusal()

        await self.repeating(attempt, paid=False)

    def _link(self, url: str) -> SplitResult:
        with suppress(ValueError):
            parts = urlsplit(url)
            if parts.scheme in ("http", "https") and parts.hostname:
                return parts
        raise StudioError(Reason.UNREADABLE, system=self.system, detail=f"not a link: {url[:200]}")

    async def _followed(self, call: Call, url: str) -> bytes:
        answer = await self._once(call, url, {})
        for _ in range(LINK_HOPS):
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                break
            url = urljoin(url, answer.headers["location"])
            self._link(url)
            answer = await self._once(call, url, {})
        if answer.status in _LINK_IS_DEAD:
            raise answer.error(Reason.LINK_EXPIRED, code=str(answer.status), detail=answer.text)
        if _stayed(answer).status >= 400:
            raise answer.refusal()
        return answer.data

    def _presentable(self, access: Access, base_url: str) -> str:
        """The key. Raises BAD_INPUT for one that no header holds, INSECURE_ADDRESS where it must not be sent."""
        if not access.key:
            return ""
        with self._named():
            key = cleaned_key(access.key)
        if not is_safe(base_url):
            raise StudioError(Reason.INSECURE_ADDRESS, system=self.system, detail=base_url)
        return key

    async def repeating(self, attempt: Callable[[], Awaitable[_Result]], *, paid: bool) -> _Result:
        """What came of an attempt, repeated after pauses where that is safe and may help."""
        slept, began = 0.0, monotonic()
        repeats = PAID_REPEATS if paid else FREE_REPEATS
        for number in range(repeats):
            try:
                return await attempt()
            except StudioError as error:
                pause = _pause(error, number, slept, paid=paid)
                if pause is None or (not paid and _long_enough(error, monotonic() - began + pause)):
                    raise
            await self.sleep(pause)
            slept += pause
        return await attempt()

    async def _once(self, call: Call, url: str, headers: Mapping[str, str]) -> Answer:
        with self._named():
            client = await self._transport.client(url, paid=call.paid)
        return await trip(client, self.system, call, url, headers)

    @contextmanager
    def _named(self) -> Generator[None, None, None]:
        """Errors leave with the system's id."""
        try:
            yield
        except StudioError as error:
            error.system = error.system or self.system
            raise


def _stayed(answer: Answer) -> Answer:
    if 300 <= answer.status < 400:
        raise answer.error(Reason.REDIRECTED, code=str(answer.status), detail=answer.headers.get("location", ""))
    return answer


def _pause(error: StudioError, number: int, slept: float, *, paid: bool) -> float | None:
    """How long to wait before the call is repeated, None if it must not be."""
    if not error.retryable or (paid and error.reason not in (Reason.RATE_LIMITED, Reason.UNREACHABLE)):
        return None
    pause = error.wait_s
    if pause is None:
        pause = min(0.5 * 2**number, 8.0) * random.uniform(0.75, 1.25)  # noqa: S311 - spreads, hides nothing
    longest = PAID_PAUSE_MAX_S - slept if paid else FREE_PAUSE_MAX_S
    return pause if pause <= longest else None


def _long_enough(error: StudioError, passed_s: float) -> bool:
    """A free call that used up the time of the whole is not begun again, nor one that failed slowly."""
    return isinstance(error.__cause__, TimeoutError) or passed_s >= FREE_IN_ALL_S
