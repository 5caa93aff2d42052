"""Who gets the key, what is repeated and what never is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from email.utils import formatdate

import pytest

from studio.domain.errors import Reason
from studio.domain.limits import Fault as Wrong
from studio.domain.limits import Field
from studio.providers.calls import PASSING
from studio.providers.transport import Call
from tests.fakes.exchange import Fault, dropped, echoing, half, held, held_half, page, redirect, status
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.server import PretendServer
from tests.providers.deeds import check_no_key
from tests.providers.shop import FREE, PAID, Shop, echo, opened

FAULTS = (status(408), status(429), status(500), page(503), dropped(), dropped(handled=True), half())


# -- what is repeated ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_what_is_free_is_repeated_twice(shop: Shop, fault: Fault) -> None:
    shop.server.fail(fault, times=2)
    assert (await shop.line.send("shop", FREE)).record()["path"] == "/voices"
    first, second = shop.pauses.taken
    assert 0.375 <= first <= 0.625
    assert 0.75 <= second <= 1.25
    shop.server.fail(fault, times=3)
    error = await shop.refused(FREE)
    assert len(shop.server.requests) == 6
    assert error.retryable
    assert error.reason in PASSING
    assert not error.maybe_done


@pytest.mark.parametrize("code", [400, 401, 402, 403, 404, 409, 410, 422])
async def test_a_refusal_is_final(shop: Shop, code: int) -> None:
    shop.server.fail(status(code))
    assert not (await shop.refused(FREE)).retryable
    assert shop.pauses.taken == []


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.name != "429"], ids=str)
async def test_a_create_that_was_sent_is_never_repeated(shop: Shop, fault: Fault) -> None:
    shop.server.fail(fault)
    error = await shop.refused(PAID)
    assert (error.maybe_done, error.retryable) == (True, False)
    assert len(shop.server.requests) == 1
    assert shop.pauses.taken == []


async def test_a_create_waits_for_its_turn(shop: Shop) -> None:
    shop.server.fail(status(429), times=3)
    await shop.line.send("shop", PAID)
    for pause, middle in zip(shop.pauses.taken, (0.5, 1.0, 2.0), strict=True):
        assert 0.75 * middle <= pause <= 1.25 * middle
    assert len(shop.server.requests) == 4


async def test_the_server_says_how_long(shop: Shop) -> None:
    shop.server.fail(status(429, retry_after="20"), times=3)
    await shop.line.send("shop", PAID)
    assert shop.pauses.taken == [20.0, 20.0, 20.0]


async def test_a_create_waits_a_minute_in_all(shop: Shop) -> None:
    shop.server.fail(status(429, retry_after="21"), times=9)
    error = await shop.refused(PAID)
    assert (error.reason, error.wait_s, error.maybe_done) == (Reason.RATE_LIMITED, 21.0, False)
    assert shop.pauses.taken == [21.0, 21.0]
    assert len(shop.server.requests) == 3


async def test_the_server_says_until_when(shop: Shop) -> None:
    shop.server.fail(status(429, retry_after=formatdate(time.time() + 9, usegmt=True)))
    await shop.line.send("shop", FREE)
    assert 7 <= shop.pauses.taken[0] <= 9


async def test_a_list_does_not_wait_for_an_hour(shop: Shop) -> None:
    shop.server.fail(status(429, retry_after="3600"))
    assert (await shop.refused(FREE)).wait_s == 3600
    assert shop.pauses.taken == []


async def test_a_quota_that_is_full_stays_full(shop: Shop) -> None:
    shop.server.fail(status(429, json={"code": "quota"}), times=9)
    for call in (FREE, PAID):
        assert (await shop.refused(call)).reason is Reason.QUOTA_FULL
    assert len(shop.server.requests) == 2


async def test_where_nobody_was_reached_a_create_is_repeated(shop: Shop) -> None:
    """The server comes up while the program waits."""
    async with PretendServer(echo) as gone:
        shop.gate.base_url, port = gone.url, gone.port
    late = PretendServer(echo, port=port)

    async def wait(seconds: float) -> None:
        shop.pauses.taken.append(seconds)
        if len(shop.pauses.taken) == 2:
            await late.__aenter__()

    shop.line.sleep = wait
    await shop.line.send("shop", PAID)
    await late.__aexit__()
    assert len(shop.pauses.taken) == 2
    assert len(late.requests) == 1


async def test_nobody_there(shop: Shop) -> None:
    async with PretendServer(echo) as gone:
        shop.gate.base_url = gone.url
    error = await shop.refused(PAID)
    assert (error.reason, error.maybe_done, error.retryable) == (Reason.UNREACHABLE, False, True)
    assert "refused" in error.detail.lower() or "connect" in error.detail.lower()
    assert len(shop.pauses.taken) == 3


# -- who gets the key ---------------------------------------------------------------------------------------------


async def test_key_and_workspace_go_along(shop: Shop) -> None:
    shop.gate.workspace = "ws-1"
    await shop.line.send("shop", FREE)
    headers = shop.server.requests[0].headers
    assert headers["authorization"] == f"Bearer {PLANTED_KEY}"
    assert headers["x-workspace"] == "ws-1"
    assert headers["user-agent"].startswith("VoiceStudio/")


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("call", [FREE, PAID], ids=["free", "paid"])
async def test_redirects_are_not_followed(shop: Shop, code: int, call: Call) -> None:
    async with PretendServer(echo) as elsewhere:
        shop.server.fail(redirect(f"{elsewhere.url}/voices", code))
        error = await shop.refused(call)
        assert (error.reason, error.code) == (Reason.REDIRECTED, str(code))
        assert error.detail == f"{elsewhere.url}/voices"
        assert error.maybe_done == (call.paid and code == 303)  # "see the result there": it was handled
        assert elsewhere.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://voices.example",
        "http://127.0.0.1.voices.example",
        "http://127.voices.example",
        "http://localhost.voices.example",
        "http://192.0.2.1",
        "http://[2001:db8::1]",
        "ftp://127.0.0.2.example",
        "http://",
    ],
)
async def test_no_key_over_plain_http(shop: Shop, address: str) -> None:
    shop.gate.base_url = address
    error = await shop.refused(PAID)
    assert (error.reason, error.maybe_done) == (Reason.INSECURE_ADDRESS, False)
    assert error.detail == address


@pytest.mark.parametrize("key", ["sk-ключ", "sk-a\nb", "sk a", "sk-\x00"])
async def test_a_key_that_no_header_holds(shop: Shop, key: str) -> None:
    shop.gate.key = key
    error = await shop.refused(FREE)
    assert [(one.field, one.fault) for one in error.problems] == [(Field.API_KEY, Wrong.NOT_PLAIN)]
    assert shop.server.requests == []


async def test_trouble_with_the_key_has_the_systems_name(shop: Shop) -> None:
    shop.gate.trouble = Reason.KEYRING_LOCKED
    assert (await shop.refused(PAID)).reason is Reason.KEYRING_LOCKED


async def test_a_key_said_back_is_in_no_answer(shop: Shop) -> None:
    shop.server.fail(echoing(PLANTED_KEY, 200))
    answer = await shop.line.send("shop", FREE)
    assert PLANTED_KEY not in f"{answer.data!r} {dict(answer.headers)} {answer.text} {answer.request_id}"
    assert answer.record()["code"] == "•••"


async def test_a_key_said_back_inside_a_broken_answer() -> None:
    """A server that gives the request back, which is no HTTP at all: the parser quotes what it can't read."""

    async def parrot(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n" + (await reader.readuntil(b"\r\n\r\n")).replace(b": ", b"\x01 "))
        writer.close()

    server = await asyncio.start_server(parrot, "127.0.0.1")
    async with opened() as shop:
        shop.gate.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        error = await shop.refused(PAID)
    server.close()
    assert (error.reason, error.maybe_done) == (Reason.ANSWER_LOST, True)
    check_no_key(error)
    assert error.detail


async def test_no_cookie_of_one_account_goes_to_another(shop: Shop) -> None:
    shop.server.fail(status(200, set_cookie="session=one; Path=/"))
    await shop.line.send("shop", FREE)
    await shop.line.send("shop", FREE)
    assert "cookie" not in shop.server.requests[1].headers


# -- many at once, and the end ------------------------------------------------------------------------------------


async def test_many_calls_share_a_transport(shop: Shop) -> None:
    calls = [replace(FREE, path=f"/voices/{number}", paid=number % 3 == 0) for number in range(24)]
    answers = await asyncio.gather(*(shop.line.send("shop", call) for call in calls))
    assert [answer.record()["path"] for answer in answers] == [call.path for call in calls]


async def test_a_create_has_a_connection_of_its_own(shop: Shop) -> None:
    for _ in range(3):
        await shop.line.send("shop", FREE)
    assert shop.server.connections == 1
    for _ in range(3):
        await shop.line.send("shop", PAID)
    assert shop.server.connections == 4


@pytest.mark.parametrize("fault", [held(), held_half()], ids=str)
async def test_the_end_does_not_wait_for_a_silent_server(shop: Shop, fault: Fault) -> None:
    shop.server.fail(fault)
    task = asyncio.create_task(shop.refused(PAID))
    await shop.server.arrived()
    async with asyncio.timeout(1):
        await shop.transport.aclose()
        error = await task
    assert (error.reason, error.maybe_done) == (Reason.ANSWER_LOST, True)


@pytest.mark.parametrize("fault", [held(), held_half()], ids=str)
async def test_cancelling_hangs_up(shop: Shop, fault: Fault) -> None:
    shop.server.fail(fault)
    task = asyncio.create_task(shop.line.send("shop", FREE))
    await shop.server.arrived()
    task.cancel()
    async with asyncio.timeout(1):
        with pytest.raises(asyncio.CancelledError):
            await task
        await shop.server.left_alone()


async def test_what_is_free_is_not_repeated_for_minutes(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    passed = iter((0.0, 40.0, 80.0))
    monkeypatch.setattr("studio.providers.transport.monotonic", lambda: next(passed))
    shop.server.fail(status(500), times=9)
    error = await shop.refused(FREE)
    assert (error.reason, error.retryable) == (Reason.SERVER_FAILED, True)
    assert len(shop.server.requests) == 2
