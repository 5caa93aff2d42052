"""A pretend Model Studio for programs in processes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio
from tests.fakes.server import PretendServer, ThreadedServer


@pytest.fixture
def studio() -> ModelStudio:
    return ModelStudio(PLANTED_KEY)


@pytest.fixture
def server(studio: ModelStudio, home: Path) -> Iterator[PretendServer]:
    """Nothing is asked of it against the documents, and the key doesn't get into the library."""
    with ThreadedServer(studio) as running:
        studio.host = running.url
        yield running
        assert running.complaints == []
    assert PLANTED_KEY.encode() not in (home / "library.db").read_bytes()
