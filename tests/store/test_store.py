"""The whole store: several processes at once, deaths in the middle, and many voices."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

from studio.store import Home, Store
from studio.store.rows import voice_record
from studio.store.voice_rows import KEEP
from tests.fakes.voices import voice
from tests.store.deaths import Deaths

ROOT = Path(__file__).parents[2]
Child = Callable[..., subprocess.Popen[str]]


def loaded_by(words: str) -> set[str]:
    code = f"import sys\n{words}\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert not ran.stderr
    heavy = {"json", "sqlite3", "hashlib", "platformdirs", "keyring", "numpy", "asyncio", "concurrent", "logging"}
    return heavy & set(ran.stdout.split())


def test_settings_are_there_before_anything_heavy() -> None:
    assert (
        loaded_by("from studio.store import Home, find_home; from studio.store.settings import SettingsFile") == set()
    )


def test_the_store_itself_needs_only_asyncio() -> None:
    assert loaded_by("from studio.store import Store") == {"asyncio", "concurrent", "logging"}


async def test_closing_twice_and_unused_is_fine(open_store: Callable[..., Store], place: Home) -> None:
    store = open_store()
    await store.aclose()
    await store.aclose()
    assert not place.root.exists()


# -- two processes --------------------------------------------------------------------------------------------------


async def test_one_adds_while_another_lists(store: Store, child: Child) -> None:
    how_many = 25
    adders = [child("add", how_many) for _ in range(2)]
    await store.shelf.voices()
    for adder in adders:
        assert adder.stdin
        adder.stdin.write("go\n")
        adder.stdin.flush()
    seen: set[UUID] = set()
    while len(seen) < 2 * how_many:
        listed = [one.library_id for one in await store.shelf.voices()]
        assert len(listed) == len(set(listed))
        assert seen <= set(listed)
        seen = set(listed)
        assert all(adder.poll() in (None, 0) for adder in adders)
    said = [line for adder in adders for line in adder.communicate()[0].split()]
    assert sorted(said) == sorted(map(str, seen))
    assert await store.shelf.changed_elsewhere()


# -- kill -9 --------------------------------------------------------------------------------------------------------


async def test_kill_9_loses_nothing_and_doubles_nothing(place: Home, child: Child) -> None:
    deaths = Deaths(place, child, random.Random(20261121))  # noqa: S311
    for number in range(20):
        await asyncio.to_thread((deaths.keep, deaths.refresh, deaths.delete)[number % 3])
    await deaths.settle()
    await asyncio.to_thread(deaths.check)


# -- many -----------------------------------------------------------------------------------------------------------


async def test_ten_thousand_voices(store: Store, place: Home, record_property: Callable[[str, object], None]) -> None:
    await store.shelf.voices()
    await asyncio.to_thread(fill, place, 10_000)
    start = time.perf_counter()
    voices = await store.shelf.voices()
    seconds = time.perf_counter() - start
    record_property("seconds to list 10,000 voices", seconds)
    print(f"10,000 voices listed in {seconds * 1e3:.0f} ms")
    assert len({one.library_id for one in voices}) == 10_000
    some = voices[5_000]
    assert await store.shelf.find(str(some.library_id)) == some
    assert await store.shelf.find(f"{some.system}:{some.voice_id}") == some


def fill(place: Home, how_many: int) -> None:
    with closing(sqlite3.connect(place.database)) as library, library:
        library.executemany(KEEP, (voice_record(voice(description="A calm man " * 20)) for _ in range(how_many)))
