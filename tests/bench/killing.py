"""Writers of a library are killed two hundred times, while they keep, refresh, delete and take voices in."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from studio.store import Home, Store
from tests.bench.report import Row
from tests.store import test_archive
from tests.store.archives import filled
from tests.store.deaths import Deaths

DEATHS = 200
ROOT = Path(__file__).parents[2]
_IMPORTED = 12


def measure() -> list[Row]:
    """Fails at the first voice or clip that is lost or there twice, or a file that isn't whole."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(Path(folder)))


async def _measured(folder: Path) -> list[Row]:
    deaths = Deaths(Home(folder / "home"), _starter(folder / "home"), random.Random())  # noqa: S311
    moved = Home(folder / "moved")
    take_in = _taking_in(moved, await _archive(folder), deaths.chance)
    kinds = {"keeping": deaths.keep, "refreshing": deaths.refresh, "deleting": deaths.delete, "taking in": take_in}
    survived: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(DEATHS):
        name = list(kinds)[number % len(kinds)]
        start = time.perf_counter()
        await asyncio.to_thread(kinds[name])
        survived[name].append(time.perf_counter() - start)
    await deaths.settle()
    await asyncio.to_thread(deaths.check)
    rows = [Row(f"killed while {name}, nothing lost, {len(took)} times", "s", took) for name, took in survived.items()]
    return [*rows, Row("voices that stayed, voices that went", "", [len(deaths.stays), len(deaths.went)])]


async def _archive(folder: Path) -> Path:
    store, path = Store(Home(folder / "elsewhere")), folder / "voices.zip"
    kept = await filled(store, _IMPORTED, account="theirs")
    await store.archive.write([one.library_id for one in kept], path, lambda _: None)
    await store.aclose()
    return path


def _taking_in(place: Home, path: Path, chance: random.Random) -> Callable[[], None]:
    start = _starter(place.root)

    def die() -> None:
        said = test_archive.killed_in_the_middle(start, path, chance.uniform(0, 0.2))
        if place.database.exists():
            test_archive.all_or_nothing(place, said, _IMPORTED)

    return die


def _starter(home: Path) -> Callable[..., subprocess.Popen[str]]:
    def start(*words: object, script: str = "child.py") -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "store" / script), *map(str, words)],
            env={**os.environ, "VOICE_STUDIO_HOME": str(home), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    return start
