"""A way through an HTTP proxy, for connections that aren't requests.

websockets has one of its own, which leaves a traceback in the log where a proxy hangs up or where the certificate
behind it is refused (17.4: `connection_lost` of a connection that was never made).
"""

from __future__ import annotations

import asyncio
import base64
import socket
from contextlib import suppress
from urllib.parse import SplitResult, unquote, urlsplit

HEAD_MAX = 16_384


async def tunnel(proxy: str, host: str, port: int) -> socket.socket:
    """Connected to `host`, as far as the proxy says; who gets it closes it. Raises OSError, or ValueError for a
    proxy that is no HTTP one."""
    parts = urlsplit(proxy)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError("WebSockets go through http proxies only")
    way = await _connected(parts.hostname, parts.port or 80)
    try:
        await _asked(way, parts, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    except BaseException:
        way.close()
        raise
    return way


async def _connected(host: str, port: int) -> socket.socket:
    loop = asyncio.get_running_loop()
    failed = OSError(f"no address of {host}")
    for family, kind, protocol, _, address in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        way = socket.socket(family, kind, protocol)
        try:
            way.setblocking(False)
            await loop.sock_connect(way, address)
        except OSError as error:
            way.close()
            failed = error
        except BaseException:
            way.close()
            raise
        else:
            return way
    raise failed


async def _asked(way: socket.socket, proxy: SplitResult, target: str) -> None:
    """Raises OSError unless it says yes."""
    loop = asyncio.get_running_loop()
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.username is not None:
        who = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(who.encode()).decode()}")
    await loop.sock_sendall(way, "\r\n".join((*lines, "", "")).encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        more = await loop.sock_recv(way, 1)  # no further than its head: what follows is the server's
        if not more or len(head) > HEAD_MAX:
            raise ConnectionError("it hung up" if not more else "it said too much")
        head += more
    status = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    with suppress(IndexError, ValueError):
        if status[0].startswith("HTTP/") and 200 <= int(status[1]) < 300:
            return
    raise ConnectionError(" ".join(status)[:200])
