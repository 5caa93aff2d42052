"""What every test lives with: a home of its own, and no warning that goes unnoticed."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# The windows of this process stay off the accessibility bus: there the program under test is alone (tests/app).
os.environ.pop("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", None)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty library, which this process and the ones it starts use."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VOICE_STUDIO_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A record at WARNING or above fails the test; one that expects it clears `caplog`.

    asyncio's word on slow steps (development mode) tells of the machine: the benchmark measures stalls.
    """
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not [one.getMessage() for one in loud if not one.getMessage().startswith("Executing <")]
