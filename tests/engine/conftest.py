from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.booth import Booth


@pytest.fixture(scope="session")
def booth() -> Iterator[Booth]:
    """One engine for everything that is only measured."""
    booth = Booth()
    yield booth
    booth.close()
