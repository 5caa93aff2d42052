"""Start, memory, idleness and end of the program, beside a bare window and a bare Python in the same run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.processes import cpu_s, memory_mb
from tests.bench.report import Row

RUNS = 5
SETTLE_S = 3.0
IDLE_S = 4.0


@dataclass(frozen=True)
class Start:
    """One life: seconds to the first paint, megabytes 3 s later, processor share when idle, seconds to the end."""

    painted_s: float
    memory_mb: float
    idle_percent: float
    ended_s: float


def measure() -> list[Row]:
    bare, studio = [], []
    with tempfile.TemporaryDirectory() as home:
        _live("studio", home)  # compiled files and caches
        for _ in range(RUNS):
            bare.append(_live("bare", home))
            studio.append(_live("studio", home))
    version, python = _versions()
    return [
        Row("start to painted window", "ms", _ms(studio, "painted_s"), _ms(bare, "painted_s"), "1.6 times"),
        Row("memory with children, 3 s after", "MB", _all(studio, "memory_mb"), _all(bare, "memory_mb"), "2.3 times"),
        Row("idle processor", "%", _all(studio, "idle_percent"), aim="0"),
        Row("asked to end, until gone", "ms", _ms(studio, "ended_s"), aim="300 while busy"),
        Row("voice-studio --version", "ms", version, python, "3 times bare Python"),
    ]


def _live(which: str, home: str) -> Start:
    asked = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.painted", which],
        stdout=subprocess.PIPE,
        env={**os.environ, "VOICE_STUDIO_HOME": home},
    )
    assert process.stdout
    painted = float(process.stdout.readline())
    time.sleep(SETTLE_S)
    memory = memory_mb(process.pid)
    time.sleep(1.0)
    before = cpu_s(process.pid)
    time.sleep(IDLE_S)
    idle = (cpu_s(process.pid) - before) / IDLE_S * 100
    end = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    process.stdout.close()
    return Start(painted - asked, memory, idle, time.monotonic() - end)


def _versions() -> tuple[list[float], list[float]]:
    version, python = [], []
    command = os.path.join(os.path.dirname(sys.executable), "voice-studio")
    for _ in range(15):
        python.append(_timed([sys.executable, "-c", "pass"]))
        version.append(_timed([command, "--version"]))
    return version, python


def _timed(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def _all(starts: Sequence[Start], field: str) -> list[float]:
    return [getattr(start, field) for start in starts]


def _ms(starts: Sequence[Start], field: str) -> list[float]:
    return [figure * 1000 for figure in _all(starts, field)]
