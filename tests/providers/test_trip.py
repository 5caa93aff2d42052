"""What a network does to one request."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.errors import Reason
from studio.providers import trip
from studio.providers.transport import AUDIO_MAX, Call
from tests.fakes.exchange import Fault, How, Reply, bomb, dripping, endless, held, held_half, status
from tests.fakes.proxy import Tunnel
from tests.providers.shop import FREE, PAID, Shop

QUICK_S = 0.05


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trip, "CONNECT_S", QUICK_S)


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("fault", [held(), held_half(), dripping()], ids=str)
async def test_every_wait_has_an_end(shop: Shop, fault: Fault) -> None:
    """A byte now and then keeps each wait for the next one short: the whole has a deadline too."""
    shop.server.fail(fault, times=9)
    async with asyncio.timeout(5):
        free = await shop.refused(replace(FREE, read_s=QUICK_S))
        paid = await shop.refused(replace(PAID, read_s=QUICK_S))
    assert (free.reason, free.retryable, free.maybe_done) == (Reason.TIMED_OUT, True, False)
    assert (paid.reason, paid.retryable, paid.maybe_done) == (Reason.ANSWER_LOST, False, True)
    assert "Timeout" in paid.detail
    assert len(shop.server.requests) == (2 if fault.how is How.DRIPPING else 4)


@pytest.mark.parametrize("fault", [endless(), bomb(20 << 20)], ids=str)
async def test_what_never_stops_is_not_read_to_its_end(shop: Shop, fault: Fault) -> None:
    shop.server.fail(fault, times=2)
    for call in (FREE, PAID):
        error = await shop.refused(call)
        assert (error.reason, error.retryable, error.maybe_done) == (Reason.TOO_BIG, False, call.paid)
    async with asyncio.timeout(5):
        await shop.server.left_alone()


async def test_a_big_refusal_is_none_of_a_create(shop: Shop) -> None:
    shop.server.fail(status(400, b"x" * 200))
    error = await shop.refused(replace(PAID, largest=100))
    assert (error.reason, error.maybe_done) == (Reason.TOO_BIG, False)


async def test_what_just_fits_is_read(shop: Shop) -> None:
    shop.server.fail(status(200, b"x" * 100), times=2)
    assert len((await shop.line.send("shop", replace(FREE, largest=100))).data) == 100
    assert (await shop.refused(replace(FREE, largest=99))).detail == "more than 99 bytes"


async def test_a_packed_answer_is_unpacked(shop: Shop) -> None:
    for packing, data in (("gzip", gzip.compress(b"{}")), ("deflate", zlib.compress(b"{}")), ("identity", b"{}")):
        shop.server.fail(status(200, data, content_encoding=packing))
        assert (await shop.line.send("shop", FREE)).record() == {}
    assert shop.server.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("packing", "data", "reason"),
    [
        ("br", b"\x0b\x01\x80{}\x03", Reason.UNREADABLE),
        ("gzip", b"{}", Reason.UNREADABLE),
        ("gzip, gzip", gzip.compress(gzip.compress(b"{}")), Reason.UNREADABLE),
        ("gzip", gzip.compress(b'{"a": 1}' * 99)[:-9], Reason.ANSWER_CUT),
    ],
)
async def test_what_can_not_be_unpacked(shop: Shop, packing: str, data: bytes, reason: Reason) -> None:
    shop.server.fail(status(200, data, content_encoding=packing), times=9)
    for call in (FREE, PAID):
        error = await shop.refused(call)
        assert (error.reason, error.maybe_done) == (reason, call.paid)
        assert error.detail


@pytest.mark.parametrize("text", ["\ud800", {"a": ["\udfff"]}])
async def test_words_that_no_text_holds(shop: Shop, text: object) -> None:
    error = await shop.refused(replace(PAID, json={"words": text}))
    assert (error.reason, error.maybe_done) == (Reason.BAD_INPUT, False)
    assert shop.server.requests == []


@pytest.mark.parametrize("header", ["ws\nx: y", "wörk"])
async def test_a_workspace_that_no_header_holds(shop: Shop, header: str) -> None:
    shop.gate.workspace = header
    error = await shop.refused(PAID)
    assert (error.reason, error.maybe_done) == (Reason.BAD_INPUT, False)
    assert shop.server.requests == []


@pytest.mark.parametrize("address", ["https://a..b", f"https://{'a' * 64}.example", "https://[::1", "https://h:99999"])
async def test_an_address_that_is_none(shop: Shop, address: str) -> None:
    shop.gate.base_url = address
    error = await shop.refused(replace(PAID, path=""))
    assert error.reason in {Reason.BAD_INPUT, Reason.UNREACHABLE, Reason.INSECURE_ADDRESS}
    assert not error.maybe_done


# -- a connection that never came about ---------------------------------------------------------------------------


@pytest.fixture
async def tunnel(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Tunnel]:
    async with Tunnel() as tunnel:
        monkeypatch.setenv("HTTPS_PROXY", tunnel.url)
        yield tunnel


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n", "407 Proxy Authentication"),
        (b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", "502 Bad Gateway"),
        (b"", "disconnected"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "SSH"),
    ],
)
async def test_a_proxy_that_lets_nothing_through(shop: Shop, tunnel: Tunnel, verdict: bytes, words: str) -> None:
    tunnel.verdict = verdict
    shop.gate.base_url = "https://voices.example"
    error = await shop.refused(PAID)
    assert (error.reason, error.maybe_done, error.retryable) == (Reason.UNREACHABLE, False, True)
    assert words in error.detail
    assert len(tunnel.asked) == 4


@pytest.mark.usefixtures("_quick")
async def test_a_proxy_that_says_nothing(shop: Shop, tunnel: Tunnel) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1")
    shop.gate.proxy_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    shop.gate.base_url = "https://voices.example"
    error = await shop.refused(replace(PAID, read_s=QUICK_S))
    server.close()
    assert (error.reason, error.maybe_done) == (Reason.UNREACHABLE, False)
    assert tunnel.asked == []


async def test_a_server_that_is_none(shop: Shop) -> None:
    async def other(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9\r\n")
        writer.close()

    server = await asyncio.start_server(other, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    shop.gate.base_url = f"http://127.0.0.1:{port}"
    free, paid = await shop.refused(FREE), await shop.refused(PAID)
    shop.gate.base_url = f"https://127.0.0.1:{port}"
    safe = await shop.refused(PAID)
    server.close()
    assert free.reason is Reason.UNREACHABLE
    assert (paid.reason, paid.maybe_done) == (Reason.ANSWER_LOST, True)
    assert (safe.reason, safe.maybe_done) == (Reason.UNREACHABLE, False)
    assert "SSL" in safe.detail


async def test_a_reset_in_the_middle(shop: Shop) -> None:
    async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{")
        await writer.drain()
        writer.transport.abort()

    server = await asyncio.start_server(resets, "127.0.0.1")
    shop.gate.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    free, paid = await shop.refused(FREE), await shop.refused(PAID)
    server.close()
    assert (free.reason, free.retryable) == (Reason.ANSWER_CUT, True)
    assert (paid.reason, paid.maybe_done) == (Reason.ANSWER_LOST, True)


async def test_a_form_with_a_file_is_sent_whole(shop: Shop) -> None:
    call = Call("POST", "/x", form={"name": "Jürgen"}, files={"file": ("ä.wav", b"\0\r\n--", "audio/wav")}, paid=True)
    await shop.line.send("shop", call)
    request = shop.server.requests[0]
    assert request.fields == {"name": "Jürgen"}
    assert request.files["file"].data == b"\0\r\n--"


async def test_a_sample_in_json_is_sent_whole(shop: Shop) -> None:
    sample = "data:audio/wav;base64," + "QUJD" * 2_000_000
    answer = await shop.line.send("shop", replace(PAID, largest=AUDIO_MAX, json={"audio": sample, "name": "Jürgen"}))
    assert shop.server.requests[0].json == {"audio": sample, "name": "Jürgen"}
    assert len(answer.data) > 8_000_000


def test_a_reply_may_be_empty() -> None:
    assert Reply().content == b""
