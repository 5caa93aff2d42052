"""An answer that is read while it comes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.errors import Reason, StudioError
from studio.providers import streams
from studio.providers.transport import Call
from tests.fakes.exchange import Fault, Reply, dropped, echoing, endless, half, held, held_half, page, redirect, status
from tests.fakes.gate import PLANTED_KEY
from tests.providers.deeds import check_no_key
from tests.providers.shop import FREE, PAID, Shop, opened

PIECES = (b"first ", b"second ", b"third ", b"fourth")
MEDIA = {"content-type": "audio/wav"}


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened(lambda _: Reply(pieces=PIECES, headers=MEDIA)) as shop:
        yield shop


async def came(shop: Shop, call: Call = PAID) -> bytes:
    async with shop.line.stream("shop", call) as coming:
        assert coming.whole is None
        return b"".join([piece async for piece in coming.pieces()])


async def refused(shop: Shop, call: Call = PAID) -> StudioError:
    with pytest.raises(StudioError) as caught:
        await came(shop, call)
    assert caught.value.system == "shop"
    check_no_key(caught.value)
    return caught.value


async def test_the_first_piece_is_there_before_the_last(shop: Shop) -> None:
    shop.server.fail(held_half())
    async with shop.line.stream("shop", PAID) as coming:
        pieces = coming.pieces()
        heard = await anext(pieces)
        assert heard.startswith(b"first")
        shop.server.release()
        heard += b"".join([piece async for piece in pieces])
    assert heard == b"".join(PIECES)
    assert shop.server.requests[0].headers["authorization"] == f"Bearer {PLANTED_KEY}"
    assert shop.server.requests[0].headers["accept-encoding"] == "identity"


async def test_leaving_hangs_up(shop: Shop) -> None:
    shop.server.fail(held_half())
    async with shop.line.stream("shop", PAID) as coming:
        await anext(coming.pieces())
    async with asyncio.timeout(5):
        await shop.server.left_alone()


@pytest.mark.parametrize("fault", [held(), held_half()], ids=str)
async def test_cancelling_hangs_up(shop: Shop, fault: Fault) -> None:
    shop.server.fail(fault)
    coming = asyncio.ensure_future(came(shop))
    await shop.server.arrived()
    coming.cancel()
    await asyncio.wait((coming,))
    assert coming.cancelled()
    async with asyncio.timeout(5):
        await shop.server.left_alone()


@pytest.mark.parametrize(
    ("fault", "reason", "maybe_done"),
    [
        (status(401), Reason.KEY_REFUSED, False),
        (status(500), Reason.SERVER_FAILED, True),
        (page(502), Reason.SERVER_FAILED, True),
        (redirect("https://elsewhere.example"), Reason.REDIRECTED, False),
        (echoing(PLANTED_KEY), Reason.REFUSED, False),
        (dropped(), Reason.ANSWER_LOST, True),
        (half(), Reason.ANSWER_LOST, True),
        (endless(b"", b"RIFF" * 9_999), Reason.TOO_BIG, True),
        (status(200, b"x", content_encoding="br"), Reason.UNREADABLE, True),
        (status(200, gzip.compress(b"x" * 99)[:-3], content_encoding="gzip"), Reason.ANSWER_CUT, True),
    ],
    ids=str,
)
async def test_what_goes_wrong_is_told_as_of_any_call(
    shop: Shop, fault: Fault, reason: Reason, maybe_done: bool
) -> None:
    shop.server.fail(fault)
    error = await refused(shop)
    assert (error.reason, error.maybe_done) == (reason, maybe_done)
    assert len(shop.server.requests) == 1


async def test_what_waiting_helps_is_asked_for_again(shop: Shop) -> None:
    shop.server.fail(status(429, retry_after="3"))
    assert await came(shop) == b"".join(PIECES)
    assert shop.pauses.taken == [3.0]


@pytest.mark.parametrize("body", [b'{"code": 7}', b" <p>Good evening</p>"])
async def test_an_answer_that_is_no_stream_comes_whole(shop: Shop, body: bytes) -> None:
    shop.server.fail(status(200, body))
    async with shop.line.stream("shop", FREE) as coming:
        assert coming.whole
        assert coming.whole.data == body
    shop.server.fail(status(200, body, content_type="audio/pcm"))
    assert await came(shop) == body


@pytest.mark.parametrize("fault", [held(), held_half()], ids=str)
async def test_every_wait_has_an_end(shop: Shop, monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    monkeypatch.setattr(streams, "PIECE_S", 0.05)
    monkeypatch.setattr("studio.providers.trip.CONNECT_S", 0.05)
    shop.server.fail(fault)
    error = await refused(shop, replace(PAID, read_s=0.05) if fault.name == "held" else PAID)
    assert (error.reason, error.maybe_done) == (Reason.ANSWER_LOST, True)
    assert "Timeout" in error.detail


async def test_errors_raised_inside_lose_the_key(shop: Shop) -> None:
    with pytest.raises(StudioError) as caught:
        async with shop.line.stream("shop", PAID):
            raise StudioError(Reason.REFUSED, detail=f"said back: {PLANTED_KEY}")
    check_no_key(caught.value)


async def test_what_is_packed_is_unpacked(shop: Shop) -> None:
    packed = gzip.compress(b"sound" * 9_999)
    shop.server.fail(status(200, packed, content_encoding="gzip", content_type="audio/wav"))
    assert await came(shop) == b"sound" * 9_999
