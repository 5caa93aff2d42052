from __future__ import annotations

import pytest

from studio.domain.hosts import is_loopback, is_safe


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.255.0.9", "::1"])
def test_this_computer(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "127.example.com", "127.0.0.1.example.com", "0.0.0.0", "10.0.0.1", "localhost.x"])  # noqa: S104
def test_another_computer(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("url", ["https://a.example", "http://localhost:8000/v1", "http://[::1]:9", "ws://127.0.0.1"])
def test_where_a_key_may_go(url: str) -> None:
    assert is_safe(url)


@pytest.mark.parametrize(
    "url", ["http://a.example", "http://gpu.lan:8091", "https://", "http://[::1", "", "ws://10.0.0.1"]
)
def test_where_it_may_not(url: str) -> None:
    assert not is_safe(url)
