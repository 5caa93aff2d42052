"""Real libraries in a temporary folder; a blocking call of the store on the event loop fails the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from blockbuster import blockbuster_ctx

from studio.domain.accounts import ACCOUNTS
from studio.store import Home, Store
from studio.store.accounts import LibraryAccounts
from studio.store.database import Database
from studio.store.keys import Keyring
from studio.store.settings import SettingsFile
from tests.store.drawer import Drawer

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_blocks_the_loop() -> Iterator[None]:
    with blockbuster_ctx("studio.store"):
        yield


@pytest.fixture
def place(home: Path) -> Home:
    return Home(home)


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[Store]:
    """Another computer's library."""
    store = Store(Home(tmp_path / "elsewhere"))
    yield store
    await store.aclose()


@pytest.fixture
async def open_store(place: Home) -> AsyncIterator[Callable[..., Store]]:
    """Opens as many as a test wants, on one home; all are closed at its end."""
    stores: list[Store] = []

    def opened(**settings: float) -> Store:
        stores.append(Store(place, **settings))
        return stores[-1]

    yield opened
    for one in stores:
        await one.aclose()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture(autouse=True)
def _no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for info in ACCOUNTS:
        for name in (info.key_variable, info.url_variable):
            if name:
                monkeypatch.delenv(name, raising=False)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def settings(place: Home) -> SettingsFile:
    return SettingsFile(place)


@pytest.fixture
async def accounts(place: Home, drawer: Drawer, settings: SettingsFile) -> AsyncIterator[LibraryAccounts]:
    database = Database(place)
    yield LibraryAccounts(database, Keyring(lambda: drawer), settings)
    await database.aclose()


@pytest.fixture
def child(home: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `child.py`, or another script, on the same home; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: object, script: str = "child.py") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name(script)), *map(str, words)],
            env={**os.environ, "VOICE_STUDIO_HOME": str(home), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
