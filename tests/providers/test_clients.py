"""Proxies, certificates and logs."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import Reason
from studio.providers import trip
from tests.fakes.certificates import Authority
from tests.fakes.exchange import echoing, held
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.proxy import Tunnel
from tests.fakes.server import PretendServer
from tests.providers.shop import FREE, PAID, Shop, echo

NAME = "https://voices.example"


@pytest.fixture(scope="module")
def server_context(authority: Authority) -> ssl.SSLContext:
    return authority.server_context("DNS:voices.example", "IP:127.0.0.1")


@pytest.fixture
async def vendor(server_context: ssl.SSLContext) -> AsyncIterator[PretendServer]:
    """Certified by an authority that nobody knows by nature."""
    async with PretendServer(echo, server_context) as vendor:
        yield vendor


@pytest.fixture
async def tunnel(vendor: PretendServer) -> AsyncIterator[Tunnel]:
    async with Tunnel(vendor.port) as tunnel:
        yield tunnel


@pytest.fixture
def _trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))


# -- certificates -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_trusted")
async def test_certificates_of_the_environment(shop: Shop, vendor: PretendServer) -> None:
    shop.gate.base_url = vendor.url
    for call in (FREE, PAID):
        assert (await shop.line.send("shop", call)).record()["path"] == "/voices"


async def test_a_folder_of_certificates(
    shop: Shop, vendor: PretendServer, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{authority.subject_hash()}.0").write_bytes(authority.certificate.read_bytes())
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    shop.gate.base_url = vendor.url
    await shop.line.send("shop", FREE)


@pytest.mark.parametrize("call", [FREE, PAID], ids=["free", "paid"])
async def test_an_authority_that_nobody_knows(shop: Shop, vendor: PretendServer, call: object) -> None:
    shop.gate.base_url = vendor.url
    error = await shop.refused(call)
    assert (error.reason, error.maybe_done) == (Reason.UNREACHABLE, False)
    assert "CERTIFICATE_VERIFY_FAILED" in error.detail
    assert shop.pauses.taken == []  # it would be the same the next time
    assert vendor.requests == []


@pytest.mark.usefixtures("_trusted")
async def test_a_certificate_of_another_name(shop: Shop, authority: Authority) -> None:
    async with PretendServer(echo, authority.server_context("DNS:other.example")) as other:
        shop.gate.base_url = other.url
        error = await shop.refused(PAID)
    assert error.reason is Reason.UNREACHABLE
    assert "mismatch" in error.detail
    assert other.requests == []


async def test_certificates_that_are_not_there(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("missing.pem", "empty.pem"):
        (tmp_path / "empty.pem").touch()
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / name))
        error = await shop.refused(PAID)
        assert (error.reason, error.maybe_done) == (Reason.UNREACHABLE, False)
        assert name in error.detail
    monkeypatch.delenv("SSL_CERT_FILE")
    await shop.line.send("shop", PAID)


# -- proxies ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_proxies_of_the_environment(
    shop: Shop, vendor: PretendServer, tunnel: Tunnel, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, tunnel.url.replace("http://", "http://me:secret@"))
    shop.gate.base_url = NAME
    for call in (FREE, PAID):
        await shop.line.send("shop", call)
    assert len(vendor.requests) == 2
    for head in tunnel.asked:
        assert head.startswith("CONNECT voices.example:443 ")
        assert b64encode(b"me:secret").decode() in head
        assert PLANTED_KEY not in head


@pytest.mark.usefixtures("_trusted")
async def test_a_proxy_set_by_hand(
    shop: Shop, vendor: PretendServer, tunnel: Tunnel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "voices.example")
    shop.gate.base_url, shop.gate.proxy_url = NAME, tunnel.url
    await shop.line.send("shop", PAID)
    assert len(tunnel.asked) == len(vendor.requests) == 1


@pytest.mark.usefixtures("_trusted")
async def test_a_proxy_set_meanwhile_breaks_off_nothing(shop: Shop, vendor: PretendServer, tunnel: Tunnel) -> None:
    vendor.fail(held())
    shop.gate.base_url = vendor.url
    before = asyncio.create_task(shop.line.send("shop", PAID))
    await vendor.arrived()
    shop.gate.base_url, shop.gate.proxy_url = NAME, tunnel.url
    await shop.line.send("shop", PAID)
    vendor.release()
    await before
    assert len(tunnel.asked) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.5.5.5"])
async def test_this_computer_is_never_reached_through_a_proxy(
    shop: Shop, tunnel: Tunnel, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, tunnel.url)
    shop.gate.proxy_url = tunnel.url
    async with PretendServer(echo, host="0.0.0.0") as server:  # noqa: S104 - any name of this computer
        shop.gate.base_url = f"http://{host}:{server.port}"
        await shop.line.send("shop", FREE)
    assert tunnel.asked == []


@pytest.mark.parametrize("spared", ["192.0.2.1", "*", "other.example, 192.0.2.1"])
async def test_addresses_that_the_environment_spares(
    shop: Shop, tunnel: Tunnel, monkeypatch: pytest.MonkeyPatch, spared: str
) -> None:
    monkeypatch.setattr(trip, "CONNECT_S", 0.05)
    monkeypatch.setenv("HTTPS_PROXY", tunnel.url)
    monkeypatch.setenv("NO_PROXY", spared)
    shop.gate.base_url = "https://192.0.2.1"
    assert (await shop.refused(PAID)).reason is Reason.UNREACHABLE
    assert tunnel.asked == []


@pytest.mark.parametrize("proxy", ["socks5://me:secret@127.0.0.1:1080", "socks://127.0.0.1:1", "gopher://x"])
async def test_a_proxy_that_can_not_be_used(shop: Shop, proxy: str) -> None:
    shop.gate.base_url, shop.gate.proxy_url = NAME, proxy
    error = await shop.refused(PAID)
    assert (error.reason, error.maybe_done) == (Reason.UNREACHABLE, False)
    assert "proxy" in error.detail
    assert "secret" not in f"{error.detail} {error!r}"


async def test_socks_for_the_rest_harms_nobody(
    shop: Shop, vendor: PretendServer, tunnel: Tunnel, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As desktops set it: one proxy for https, SOCKS for everything else."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    monkeypatch.setenv("HTTPS_PROXY", tunnel.url)
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:1/")
    shop.gate.base_url = NAME
    await shop.line.send("shop", FREE)
    assert len(vendor.requests) == 1


@pytest.mark.usefixtures("_trusted")
async def test_a_plain_link_is_tried_safely_first(
    shop: Shop, vendor: PretendServer, tunnel: Tunnel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", tunnel.url)
    assert b'"/sound"' in await shop.line.fetch("http://voices.example/sound")
    assert vendor.requests[0].query == {}


# -- what is told to nobody ---------------------------------------------------------------------------------------


async def test_the_libraries_log_nothing(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, name)
    shop.server.fail(echoing(PLANTED_KEY, 500), times=9)
    await shop.refused(FREE)
    await shop.no_link(f"{shop.server.url}/sound?Signature=hidden")
    told = " ".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert PLANTED_KEY not in told
    assert "Signature" not in told


class _Listening(ThreadPoolExecutor):
    """A pool of threads that keeps how its work looks in a log, as the window's loop writes it."""

    def __init__(self) -> None:
        super().__init__(2)
        self.seen: list[str] = []

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.seen.append(repr((work, args, kwargs)))
        done = super().submit(work, *args, **kwargs)
        done.add_done_callback(lambda one: self.seen.append(repr(one.exception() or one.result())))
        return done


async def test_what_goes_to_threads_shows_no_key(shop: Shop) -> None:
    threads = _Listening()
    asyncio.get_running_loop().set_default_executor(threads)
    await shop.line.send("shop", PAID)
    assert any("build" in one for one in threads.seen)
    assert PLANTED_KEY not in " ".join(threads.seen)


_UNDER_QASYNC = """
import asyncio, logging, sys
import qasync
from PySide6.QtCore import QCoreApplication
from tests.fakes.gate import PLANTED_KEY
from tests.providers.shop import PAID, opened

logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)

async def main():
    async with opened() as shop:
        await asyncio.to_thread(lambda: PLANTED_KEY)  # as a keyring gives it
        answer = await shop.line.send("shop", PAID)
        assert shop.server.requests[0].headers["authorization"].endswith(PLANTED_KEY)
        print(answer.status)

app = QCoreApplication(sys.argv)
with qasync.QEventLoop(app) as loop:
    loop.set_debug(True)
    loop.run_until_complete(main())
"""


def test_the_loop_of_the_window_logs_no_key() -> None:
    environment = os.environ | {"QT_API": "pyside6", "QT_LOGGING_RULES": "*=false"}
    ran = subprocess.run(
        [sys.executable, "-c", _UNDER_QASYNC], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.stdout.strip(), ran.returncode) == ("200", 0), ran.stderr[-2_000:]
    assert "asyncio" in ran.stderr or "DEBUG" in ran.stderr
    assert PLANTED_KEY not in ran.stderr
