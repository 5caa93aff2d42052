"""From a click to sound, stalls of the loop meanwhile, and the end of a busy program."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from tests.bench.report import Row

ENDINGS = 7


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        figures = _clicks(home)
        ends = {what: [_ended_ms(what, home) for _ in range(ENDINGS)] for what in ("generating", "playing")}
    stalls = sorted(figures["stalls"])
    return [
        Row("first Generate of a sentence to its card", "ms", figures["generate"][:1]),
        Row("Generate of a sentence to its card", "ms", figures["generate"][1:]),
        Row("first Play to the clip's first block", "ms", figures["play"][:1]),
        Row("Play to the clip's first block", "ms", figures["play"][1:], aim="50"),
        Row("Speak of a sentence to the clip's first block", "ms", figures["speak"], aim="100"),
        Row("real-time factor of a minute, card included", "", figures["rtf"], aim="0.02"),
        Row("loop stalls, 99th percentile", "ms", [statistics.quantiles(stalls, n=100)[98]], aim="16"),
        Row("loop stalls, longest", "ms", [stalls[-1]], aim="50"),
        *(Row(f"asked to end while {what}, until gone", "ms", ended, aim="300") for what, ended in ends.items()),
    ]


def _scene(what: str, home: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.scene", what],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "VOICE_STUDIO_HOME": home},
    )


def _clicks(home: str) -> dict[str, list[float]]:
    return json.loads(_scene("clicks", home).communicate(timeout=300)[0])


def _ended_ms(what: str, home: str) -> float:
    process = _scene(what, home)
    assert process.stdout
    assert process.stdout.readline() == "busy\n"
    time.sleep(0.2)
    start = time.perf_counter()
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    process.stdout.close()
    return (time.perf_counter() - start) * 1000
