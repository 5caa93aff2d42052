"""The Library with a real library file behind it: start to the first row, memory, and a refresh of 10,000 voices.

`python -m tests.bench.catalogue fill COUNT` writes that many voices into the library of VOICE_STUDIO_HOME;
`… open` starts the program on it and says when the first row was painted and when all voices were there;
`… refresh` asks a server for its voices meanwhile a heartbeat listens for how long the window's loop stood still.
Figures go to stdout as JSON. The server is another process, so that it takes no turns from the window.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from tests.bench.processes import memory_mb
from tests.bench.report import Row

COUNTS = (1_000, 10_000, 100_000)
RUNS = 3
REMOTE = 10_000
BEAT_S = 0.001
KEY = "sk-of-the-benchmark"
PAGE = 500
"""Voices that are written at once."""


def measure() -> list[Row]:
    return [*_starts(), *_refreshes()]


def _starts() -> list[Row]:
    """The empty library is started in turn with each other one."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as empty:
        _run("fill", "0", home=empty)
        _run("open", home=empty)  # compiled files and caches
        for count in COUNTS:
            with tempfile.TemporaryDirectory() as home:
                _run("fill", str(count), home=home)
                opened = [(_run("open", home=home), _run("open", home=empty)) for _ in range(RUNS)]
            for words, what, aim in (
                ("start to first painted row", "row", ""),
                ("start to all voices there", "complete", ""),
                ("memory with children", "memory", ""),
            ):
                unit = "MB" if what == "memory" else "ms"
                full, bare = zip(*((one[what], other[what]) for one, other in opened), strict=True)
                rows.append(Row(f"{count:,}: {words}", unit, full, bare, aim))
    return rows


def _refreshes() -> list[Row]:
    figures: list[dict[str, float]] = []
    idle: list[dict[str, float]] = []
    with _server() as url:
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as home:
                _run("fill", "0", home=home)
                idle.append(_run("idle", home=home))
                figures.append(_run("refresh", home=home, url=url))
    return [
        Row(f"refresh of {REMOTE:,} voices", "s", [one["seconds"] for one in figures]),
        Row(
            "loop stood still meanwhile, 99th percentile", "ms", [one["p99"] for one in figures], _of(idle, "p99"), "16"
        ),
        Row(
            "loop stood still meanwhile, longest", "ms", [one["longest"] for one in figures], _of(idle, "longest"), "50"
        ),
    ]


def _of(found: list[dict[str, float]], what: str) -> list[float]:
    return [one[what] for one in found]


def _run(*words: str, home: str, url: str = "") -> dict[str, float]:
    environment = {**os.environ, "VOICE_STUDIO_HOME": home, "VOICE_STUDIO_MODEL_STUDIO_INTL_URL": url}
    environment |= {"DASHSCOPE_API_KEY": KEY if url else "", "VOICE_STUDIO_BEGAN": str(time.monotonic())}
    command = [sys.executable, "-m", "tests.bench.catalogue", *words]
    ended = subprocess.run(command, stdout=subprocess.PIPE, env=environment, text=True, check=True, timeout=300)
    return json.loads(ended.stdout.splitlines()[-1])


@contextmanager
def _server() -> Generator[str]:
    serving = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.catalogue", "serve"],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert serving.stdout
    assert serving.stdin
    try:
        yield serving.stdout.readline().strip()
    finally:
        serving.stdin.close()
        serving.wait(10)
        serving.stdout.close()


# -- in processes of their own ---------------------------------------------------------------------------------------


def fill(count: int) -> dict[str, float]:
    from dataclasses import replace

    from studio.domain.memory import Memory
    from studio.store import Store
    from studio.ui.window import LIBRARY
    from tests.bench.voices import voices

    async def write() -> None:
        store = Store()
        store.memory.save(replace(Memory(), tab=LIBRARY))
        made = voices(count)
        for at in range(0, count, PAGE):
            by_account: dict[tuple[str, str], list[Any]] = {}
            for voice in made[at : at + PAGE]:
                by_account.setdefault((voice.system, voice.account), []).append(voice)
            for (system, account), listed in by_account.items():
                await store.shelf.merge(system, account, listed, ())
        await store.aclose()

    asyncio.run(write())
    return {"voices": count}


def serve() -> None:
    """Until stdin is closed."""
    from tests.fakes.model_studio import ModelStudio
    from tests.fakes.server import ThreadedServer

    studio = ModelStudio(KEY)
    for number in range(REMOTE):
        voice_id = f"qwen-tts-vd-voice{number}-voice-20251210170454{number % 1000:03d}-{number:04x}"
        studio.designs[voice_id] = {
            "voice": voice_id,
            "target_model": "qwen3-tts-vd-2026-01-26",
            "language": "en",
            "voice_prompt": f"A calm voice number {number}, deep and warm, for long texts and short ones alike.",
            "preview_text": "Good evening, and welcome.",
            "gmt_create": "2026-01-02 03:04:05",
        }
    with ThreadedServer(studio) as running:
        studio.host = running.url
        print(running.url, flush=True)
        sys.stdin.read()


def in_window(what: str) -> None:
    from studio.main import Stage, in_loop, painted

    began = float(os.environ["VOICE_STUDIO_BEGAN"])
    app, window = painted()
    told: dict[str, float] = {}

    async def live() -> int:
        stage = Stage(window)
        assert window.library_tab
        first = _first_row(window.library_tab.table, lambda: told.setdefault("row", _since(began)))
        library = stage.parts.library
        async with stage:
            await _until(lambda: library.state.complete)
            told["complete"] = _since(began)
            if library.state.voices:
                await _until(lambda: "row" in told)
            told.setdefault("row", told["complete"])
            window.library_tab.table.viewport().removeEventFilter(first)
            await asyncio.sleep(3.0)
            told["memory"] = memory_mb(os.getpid())
            if what != "open":
                told.update(await _heartbeat(library, what))
        return 0

    in_loop(app, live())
    print(json.dumps(told), flush=True)


def _since(began: float) -> float:
    return (time.monotonic() - began) * 1000


async def _until(true: Callable[[], object]) -> None:
    while not true():  # noqa: ASYNC110 - the flow has one listener, the window
        await asyncio.sleep(0.005)


def _first_row(table: Any, painted: Callable[[], object]) -> Any:
    """Tells when the table is painted with a row in it."""
    from PySide6.QtCore import QEvent, QObject

    class Watching(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and table.voices.rowCount():
                painted()
            return False

    watching = Watching()
    table.viewport().installEventFilter(watching)
    return watching


async def _heartbeat(library: Any, what: str) -> dict[str, float]:
    """How much longer than asked for each turn of the loop took to come."""
    late: list[float] = []
    began = time.perf_counter()
    if what == "refresh":
        library.update()
    while library.state.refreshing if what == "refresh" else time.perf_counter() - began < 4.0:
        before = time.perf_counter()
        await asyncio.sleep(BEAT_S)
        late.append((time.perf_counter() - before - BEAT_S) * 1000)
    seconds = time.perf_counter() - began
    if what == "refresh":
        assert len(library.state.voices) == REMOTE, len(library.state.voices)
    return {"seconds": seconds, "p99": statistics.quantiles(late, n=100)[98], "longest": max(late)}


def main() -> None:
    what = sys.argv[1]
    if what == "fill":
        print(json.dumps(fill(int(sys.argv[2]))))
    elif what == "serve":
        serve()
    else:
        in_window(what)


if __name__ == "__main__":
    main()
