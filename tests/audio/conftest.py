"""Players, recorders, ears and private sound servers for the tests of sound; run them inside packaging/testenv."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from studio.audio import portaudio
from studio.audio.player import PortAudioPlayer
from studio.audio.recorder import PortAudioRecorder
from tests.audio.listening import Ears, PrivateServer, Samples, listening
from tests.audio.talking import speech


@pytest_asyncio.fixture
async def player() -> AsyncIterator[PortAudioPlayer]:
    one = PortAudioPlayer()
    yield one
    await one.aclose()
    assert not [thread for thread in threading.enumerate() if thread.name == "sound-output"]


@pytest_asyncio.fixture
async def recorder() -> AsyncIterator[PortAudioRecorder]:
    one = PortAudioRecorder()
    yield one
    await one.close()
    assert not portaudio._open_streams
    assert not [one for one in threading.enumerate() if one.name.startswith(("sound-input", "take-"))]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return speech(tmp_path_factory.mktemp("speech"))


@pytest.fixture(scope="module")
def ears() -> Iterator[Ears]:
    assert "PULSE_SERVER" in os.environ, "run the tests of sound inside packaging/testenv"
    with listening() as one:
        yield one


@pytest.fixture(scope="module")
def second_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateServer]:
    server = PrivateServer(tmp_path_factory.mktemp("pulse"))
    yield server
    server.kill()


@pytest.fixture
def private_server(second_server: PrivateServer, monkeypatch: pytest.MonkeyPatch) -> PrivateServer:
    """A server that this process plays to, and that the test may treat badly."""
    second_server.restore()
    monkeypatch.setenv("PULSE_SERVER", second_server.address)
    return second_server
