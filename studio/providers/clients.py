"""Connections: which proxy they take, whose certificates they trust, and what is never written to a log.

A proxy set by hand goes before those of the environment (`HTTPS_PROXY`, `NO_PROXY` and the like); this computer itself
is never reached through one. Certificates are those of `SSL_CERT_FILE` or `SSL_CERT_DIR`, else httpx's own.
"""

from __future__ import annotations

import asyncio
import logging
import os
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from studio import __version__
from studio.domain.errors import Reason, StudioError
from studio.domain.hosts import is_loopback

if TYPE_CHECKING:
    import ssl

    import httpx

KEPT_OPEN = 8

# They write request addresses, which may be signed, and the headers of answers, which may say a key back; those of the
# window's loop write what is handed to threads and what comes of it, which may be a key.
_LOGGERS = (
    *("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks"))),
    *(f"qasync.{part}" for part in ("_QEventLoop", "QThreadExecutor", "_QThreadWorker")),
)


class Clients:
    """One httpx client per proxy and kind of call, made when it is first needed. Close them with `aclose`."""

    def __init__(self) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).disabled = True
        self._turn = asyncio.Lock()
        self._context: ssl.SSLContext | None = None
        self._proxies: dict[str, str] = {}
        self._made: dict[tuple[str, bool], httpx.AsyncClient] = {}

    async def towards(self, url: str, proxy: str, *, paid: bool) -> httpx.AsyncClient:
        """Paid calls get a connection of their own: an old one that the server just closed loses the answer.

        Raises UNREACHABLE for a proxy or certificates that can't be used.
        """
        context, through = await self.way(url, proxy)
        way = (through, paid)
        if way not in self._made:
            made = await asyncio.to_thread(_client, context, through, 0 if paid else KEPT_OPEN)
            self._made.setdefault(way, made)  # one that lost the race has opened nothing
        return self._made[way]

    async def way(self, url: str, proxy: str) -> tuple[ssl.SSLContext, str]:
        """Whose certificates are trusted, and the proxy that leads there. Raises UNREACHABLE for ones that can't be
        read."""
        if self._context is None:
            async with self._turn:
                if self._context is None:
                    self._proxies = _environment()
                    self._context = await asyncio.to_thread(_trusted)
        return self._context, self._way(url, proxy)

    def _way(self, url: str, proxy: str) -> str:
        """The proxy that leads there; empty where none does."""
        if not proxy and not self._proxies:
            return ""
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""  # no address at all, as will be told soon
        if is_loopback(parts.hostname or ""):
            return ""
        if proxy:
            return proxy
        found = self._proxies.get(parts.scheme) or self._proxies.get("all", "")
        if not found or proxy_bypass(parts.netloc.rpartition("@")[2]):
            return ""
        return found if "://" in found else f"http://{found}"

    async def aclose(self) -> None:
        made, self._made = self._made, {}
        for client in made.values():
            await client.aclose()


def _environment() -> dict[str, str]:
    proxies = getproxies()
    return {scheme: proxies[scheme] for scheme in ("http", "https", "all") if proxies.get(scheme)}


def _trusted() -> ssl.SSLContext:
    """On a thread: importing httpx, with what it loads at its first request, and reading the certificates takes a fifth
    of a second."""
    import anyio._backends._asyncio  # noqa: F401  # pyright: ignore[reportUnusedImport]
    import httpx

    try:
        return httpx.create_ssl_context(trust_env=True)
    except OSError as error:
        named = " ".join(os.environ.get(name, "") for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")).strip()
        detail = f"certificates can't be read from {named}: {error}"
        raise StudioError(Reason.UNREACHABLE, detail=detail) from error


def _client(context: ssl.SSLContext, way: str, keep: int) -> httpx.AsyncClient:
    """On a thread: the first one takes 50 ms.

    No cookies: what one account was told would go along with the key of another.
    """
    import httpx

    try:
        encrypted = way.startswith("https:")
        proxy = httpx.Proxy(way, ssl_context=context if encrypted else None) if way else None
        return httpx.AsyncClient(
            verify=context,
            proxy=proxy,
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": f"VoiceStudio/{__version__}", "Accept-Encoding": "gzip"},
            limits=httpx.Limits(max_keepalive_connections=keep),
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        detail = f"the proxy {way.rpartition('@')[2]} can't be used: {error}"
        raise StudioError(Reason.UNREACHABLE, detail=detail.replace(way, "it")) from None
