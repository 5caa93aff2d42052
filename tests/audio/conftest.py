"""Players, ears and private sound servers for the tests of sound; run them inside packaging/testenv."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from studio.audio.player import PortAudioPlayer
from tests.audio.listening import Ears, PrivateServer, listening


@pytest_asyncio.fixture
async def player() -> AsyncIterator[PortAudioPlayer]:
    one = PortAudioPlayer()
    yield one
    await one.aclose()
    assert not [thread for thread in threading.enumerate() if thread.name == "sound-output"]


@pytest.fixture(scope="module")
def ears() -> Iterator[Ears]:
    assert "PULSE_SERVER" in os.environ, "run the tests of sound inside packaging/testenv"
    with listening() as one:
        yield one


@pytest.fixture
def private_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateServer]:
    """A server that this process plays to, and that the test may treat badly."""
    server = PrivateServer(tmp_path)
    server.start()
    monkeypatch.setenv("PULSE_SERVER", server.address)
    yield server
    server.kill()
