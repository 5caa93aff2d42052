"""Links to results and stores for samples, which are other hosts': never with the key."""

from __future__ import annotations

import pytest

from studio.domain.errors import Reason, StudioError
from studio.providers.transport import Call
from tests.fakes.exchange import Reply, dropped, redirect, status
from tests.fakes.server import PretendServer
from tests.providers.shop import Shop


async def test_a_link_is_followed_without_the_key(shop: Shop) -> None:
    async with PretendServer(lambda _: Reply(body=b"sound")) as elsewhere:
        elsewhere.fail(redirect("/there?x=1", 302))
        elsewhere.fail(redirect(f"{shop.server.url}/here", 307))
        shop.server.fail(redirect(f"{elsewhere.url}/last", 301))
        assert await shop.line.fetch(f"{elsewhere.url}/sound?sig=1") == b"sound"
        paths = [request.path for request in (*elsewhere.requests, *shop.server.requests)]
        assert paths == ["/sound", "/there", "/last", "/here"]
        for request in (*elsewhere.requests, *shop.server.requests):
            assert "authorization" not in request.headers


async def test_a_link_that_goes_round(shop: Shop) -> None:
    shop.server.fail(redirect(f"{shop.server.url}/again"), times=99)
    assert (await shop.no_link(f"{shop.server.url}/sound")).reason is Reason.REDIRECTED
    assert len(shop.server.requests) == 6


@pytest.mark.parametrize("code", [401, 403, 404, 410])
async def test_a_link_that_died(shop: Shop, code: int) -> None:
    shop.server.fail(status(code, "AccessDenied"))
    error = await shop.no_link(f"{shop.server.url}/sound")
    assert (error.reason, error.code, error.detail) == (Reason.LINK_EXPIRED, str(code), "AccessDenied")
    assert len(shop.server.requests) == 1


@pytest.mark.parametrize(
    "link", ["", "sound.wav", "ftp://voices.example/a", "file:///etc/hosts", "http://", "http://["]
)
async def test_what_is_no_link(shop: Shop, link: str) -> None:
    assert (await shop.no_link(link)).reason is Reason.UNREADABLE


async def test_a_link_that_leads_out_of_the_web(shop: Shop) -> None:
    shop.server.fail(redirect("file:///etc/hosts"))
    assert (await shop.no_link(f"{shop.server.url}/sound")).reason is Reason.UNREADABLE


async def test_a_link_is_tried_again(shop: Shop) -> None:
    shop.server.fail(dropped())
    shop.server.fail(status(503))
    await shop.line.fetch(f"{shop.server.url}/sound")
    assert len(shop.server.requests) == 3


async def test_a_sample_goes_to_a_store_without_the_key(shop: Shop) -> None:
    form = Call("POST", "", form={"key": "a/b"}, files={"file": ("a.wav", b"RIFF", "audio/wav")})
    shop.server.fail(status(500))
    await shop.line.post_elsewhere(f"{shop.server.url}/store", form)
    first, second = shop.server.requests
    assert first.parts == second.parts
    assert first.fields == {"key": "a/b"}
    assert "authorization" not in first.headers


async def test_a_store_must_be_safe(shop: Shop) -> None:
    form = Call("POST", "", form={"key": "a/b"})
    for address, reason in (
        ("http://store.example", Reason.INSECURE_ADDRESS),
        ("ftp://store.example", Reason.UNREADABLE),
        (f"{shop.server.url}/moved", Reason.REDIRECTED),
        (f"{shop.server.url}/denied", Reason.NOT_ALLOWED),
    ):
        shop.server.heal()
        shop.server.fail(status(403) if "denied" in address else redirect("https://store.example"))
        with pytest.raises(StudioError) as caught:
            await shop.line.post_elsewhere(address, form)
        assert (caught.value.reason, caught.value.system) == (reason, "shop")
