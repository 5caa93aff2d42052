from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.booth import Booth
from tests.engine.speakers import Speakers


@pytest.fixture(scope="session")
def booth() -> Iterator[Booth]:
    """One engine for everything that is only measured."""
    booth = Booth()
    yield booth
    booth.close()


@pytest.fixture(scope="session")
def speakers(booth: Booth) -> Speakers:
    """Samples of made speakers, and their enrolments."""
    return Speakers(booth)
