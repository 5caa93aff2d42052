"""How a WebSocket is opened, and what may come of it before a word is said."""

from __future__ import annotations

import asyncio
import base64
import logging
import ssl
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.errors import Reason
from studio.providers.transport import Transport
from tests.fakes.certificates import Authority
from tests.fakes.exchange import Reply, dropped, echoing, held, page, redirect, status
from tests.fakes.gate import PLANTED_KEY, FixedGate, Pauses
from tests.fakes.proxy import Tunnel
from tests.fakes.server import PretendServer
from tests.providers.live import IMPATIENT, Live, opened, samples


@pytest.fixture
async def live(caplog: pytest.LogCaptureFixture) -> AsyncIterator[Live]:
    caplog.set_level(logging.DEBUG)
    async with opened("cosyvoice") as live:
        yield live
    for record in caplog.get_records("call"):
        assert PLANTED_KEY not in f"{record.getMessage()} {record.args} {record.exc_text}"


async def test_the_handshake_has_the_key_and_our_name_and_nothing_more(live: Live) -> None:
    await live.heard()
    (request,) = live.server.requests
    assert request.headers["authorization"] == f"Bearer {PLANTED_KEY}"
    assert request.headers["user-agent"].startswith("VoiceStudio/")
    assert "sec-websocket-extensions" not in request.headers
    assert not {name for name in request.headers if name.startswith("x-dashscope") or name == "cookie"}
    assert PLANTED_KEY not in request.path


@pytest.mark.parametrize(
    ("code", "reason", "retryable"),
    [
        (400, Reason.REFUSED, False),
        (401, Reason.KEY_REFUSED, False),
        (402, Reason.NO_CREDIT, False),
        (403, Reason.NOT_ALLOWED, False),
        (404, Reason.REFUSED, False),
        (408, Reason.TIMED_OUT, True),
        (500, Reason.SERVER_FAILED, True),
        (503, Reason.SERVER_FAILED, True),
        (204, Reason.UNREADABLE, False),
    ],
)
async def test_a_refused_handshake_is_known_by_its_status(
    live: Live, code: int, reason: Reason, retryable: bool
) -> None:
    live.server.fail(status(code))
    error = await live.refused()
    assert (error.reason, error.retryable) == (reason, retryable)
    assert len(live.server.requests) == 1
    assert str(code) in f"{error.code} {error.detail}"


async def test_a_refusal_in_words_is_known_by_them(live: Live) -> None:
    said = {"code": "AccessDenied.Unpurchased", "message": "Access to model denied.", "request_id": "r-7"}
    live.server.fail(status(400, json=said))
    error = await live.refused()
    assert (error.reason, error.code, error.request_id) == (Reason.NOT_ALLOWED, "AccessDenied.Unpurchased", "r-7")
    live.server.fail(status(500, x_request_id="r-8"))
    assert (await live.refused()).request_id == "r-8"


async def test_a_web_page_is_no_websocket(live: Live) -> None:
    live.server.fail(page(200))
    assert (await live.refused()).reason is Reason.NOT_JSON


@pytest.mark.parametrize("code", [200, 400, 401, 403, 500])
async def test_a_key_that_is_said_back_is_not_repeated(live: Live, code: int) -> None:
    live.server.fail(echoing(PLANTED_KEY, code))
    assert (await live.refused()).reason


async def test_too_many_requests_are_asked_again_when_the_server_says_so(live: Live) -> None:
    live.server.fail(status(429, retry_after="7"), times=2)
    assert samples(await live.heard()) == live.sessions[0].sound
    assert live.pauses.taken == [7.0, 7.0]
    live.server.fail(status(429, retry_after="61"))
    error = await live.refused()
    assert (error.reason, error.retryable, error.wait_s) == (Reason.RATE_LIMITED, True, 61.0)


async def test_nobody_is_there(live: Live) -> None:
    live.gate.base_url = await _nobodys()
    error = await live.refused()
    assert (error.reason, error.retryable, len(live.pauses.taken)) == (Reason.UNREACHABLE, True, 3)


async def test_a_connection_that_ends_before_its_answer(live: Live) -> None:
    live.server.fail(dropped())
    error = await live.refused()
    assert (error.reason, error.retryable, len(live.server.requests)) == (Reason.ANSWER_CUT, True, 1)


async def test_a_redirect_is_not_followed(live: Live) -> None:
    async with PretendServer(lambda _: Reply()) as elsewhere:
        for code in (301, 302, 303, 307, 308):
            live.server.fail(redirect(f"{elsewhere.url}/there", code))
            assert (await live.refused()).reason is Reason.REDIRECTED
        assert elsewhere.requests == []


async def test_a_handshake_that_is_never_answered() -> None:
    async with opened("cosyvoice", replace(IMPATIENT, open_s=0.3)) as live:
        live.server.fail(held())
        error = await live.refused()
        assert (error.reason, error.retryable) == (Reason.TIMED_OUT, True)
        await live.server.left_alone()


async def test_cancelling_a_handshake_ends_it(live: Live) -> None:
    live.server.fail(held())
    first = asyncio.ensure_future(anext(live.system.stream(live.voice, "Hello.")))
    await live.server.arrived()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await live.server.left_alone()


@pytest.mark.parametrize("key", [PLANTED_KEY, ""])
async def test_nothing_goes_in_the_clear_to_another_computer(live: Live, key: str) -> None:
    live.gate.base_url, live.gate.key = "http://127.0.0.1.example/api/v1", key
    assert (await live.refused()).reason is Reason.INSECURE_ADDRESS


async def test_no_key_no_handshake(live: Live) -> None:
    live.gate.trouble = Reason.KEY_MISSING
    assert (await live.refused()).reason is Reason.KEY_MISSING
    live.gate.trouble, live.gate.key = None, "sk-two\nlines"
    assert (await live.refused()).reason is Reason.BAD_INPUT
    assert live.server.requests == []


@pytest.mark.parametrize(
    "base_url", ["https://", "https://a b/api/v1", "https://[::1/api/v1", "https://x:99999/api/v1"]
)
async def test_an_address_that_is_none(live: Live, base_url: str) -> None:
    live.gate.base_url = base_url
    assert (await live.refused()).reason in (Reason.UNREACHABLE, Reason.INSECURE_ADDRESS, Reason.BAD_INPUT)


# -- proxies and certificates -----------------------------------------------------------------------------------------


@pytest.fixture
async def far(live: Live, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Live]:
    """The same server by a name that only a proxy knows, with a certificate of our own authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    context: ssl.SSLContext = authority.server_context("DNS:voices.example")
    async with PretendServer(live.studio, tls=context) as server:
        transport = Transport(FixedGate("https://voices.example/api/v1"), Pauses())
        gate = transport._gate
        assert isinstance(gate, FixedGate)
        system = type(live.system)(transport, live.system._codec)  # type: ignore[call-arg]
        yield replace(live, system=system, server=server, gate=gate, pauses=transport.sleep, transport=transport)
        await transport.aclose()


async def test_it_goes_through_the_proxy_and_the_key_goes_only_to_the_server(far: Live) -> None:
    async with Tunnel(far.server.port) as tunnel:
        far.gate.proxy_url = tunnel.url.replace("//", "//user:p%40ss@")
        pieces = await far.heard()
        assert samples(pieces) == far.sessions[0].sound
        (head,) = tunnel.asked
        assert head.startswith("CONNECT voices.example:443 ")
        assert f"Basic {base64.b64encode(b'user:p@ss').decode()}" in head
        assert PLANTED_KEY not in head
        assert far.server.requests[0].headers["authorization"] == f"Bearer {PLANTED_KEY}"
        assert "proxy-authorization" not in far.server.requests[0].headers


async def test_a_certificate_of_nobody_is_not_trusted(
    far: Live, few_certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(few_certificates))
    async with Tunnel(far.server.port) as tunnel:
        far.gate.proxy_url = tunnel.url
        error = await far.refused()
        assert (error.reason, error.retryable) == (Reason.UNREACHABLE, False)
        assert "CERTIFICATE_VERIFY" in error.detail


@pytest.mark.parametrize(
    "verdict",
    [b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", b"", b"HTTP", b"nonsense\r\n\r\n", b"x" * 20_000],
)
async def test_a_proxy_that_refuses(far: Live, verdict: bytes) -> None:
    async with Tunnel(verdict=verdict) as tunnel:
        far.gate.proxy_url = tunnel.url.replace("//", "//user:hidden-word@")
        error = await far.refused()
        assert error.reason is Reason.UNREACHABLE
        assert "hidden-word" not in f"{error.detail} {error!r}"


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://user:hidden-word@127.0.0.1:1",
        "http://user:hidden-word@127.0.0.1:1",
        "http://user:hidden-word@127.0.0.1:x",
        "http://",
    ],
)
async def test_a_proxy_that_can_not_be_used(far: Live, proxy: str) -> None:
    far.gate.proxy_url = proxy
    error = await far.refused()
    assert error.reason is Reason.UNREACHABLE
    assert "hidden-word" not in f"{error.detail} {error!r}"


async def _nobodys() -> str:
    async with PretendServer(lambda _: Reply()) as server:
        return f"{server.url}/api/v1"


async def test_websockets_is_not_loaded_at_the_start() -> None:
    code = "import sys, studio.providers.model_studio_qwen; print('websockets' in sys.modules)"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    assert (await child.communicate())[0].strip() == b"False"
