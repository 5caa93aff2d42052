"""Where a system is tried."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.providers.contract", "tests.providers.stage", "tests.providers.shop")

from tests.fakes.certificates import Authority, made_authority  # noqa: E402 - registered first
from tests.providers.shop import Shop, opened  # noqa: E402

_NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch, few_certificates: Path | None) -> None:
    for name in _NETWORK:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    if few_certificates:
        monkeypatch.setenv("SSL_CERT_FILE", str(few_certificates))


@pytest.fixture(scope="session")
def few_certificates(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """One authority that certifies nothing: reading those of the world takes longer than most tests."""
    return made_authority(tmp_path_factory.mktemp("few")).certificate if shutil.which("openssl") else None


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened() as shop:
        yield shop


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made_authority(tmp_path_factory.mktemp("authority"))
