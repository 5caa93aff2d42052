"""What a take costs: memory, processor, blocks lost, the meter, the disk; fed faster than real time, and really."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.audio.capture import Capture
from studio.audio.recorder import PortAudioRecorder
from studio.audio.take_writer import TakeWriter
from studio.domain.raw_wav import HEADER_BYTES
from tests.bench.report import Row

RATE_HZ = 48_000
BLOCK = 1_200  # what comes from a sound server, 40 times a second
FASTER = 80
METERS = 2_000
METERS_PER_S = 60
REAL_S = 8.0


@dataclass(frozen=True)
class Fed:
    """Of one take: growth in MB at its most, processor time per second of sound in %, blocks lost, and how long a
    sample waited at most until the system had it, in s of wall time."""

    grown_mb: float
    cpu_percent: float
    lost: float
    behind_s: float


class NoFlags:
    input_overflow = False


def measure() -> list[Row]:
    _take(30)  # libraries and compiled files
    short = _take(600)
    with _busy():
        long = _take(3_600)
    meter = _meter_percent()
    listening, recording = asyncio.run(_real())
    return [
        Row("10-minute take: memory it adds", "MB", [short.grown_mb], aim="10"),
        Row("10-minute take: a core, per second of sound", "%", [short.cpu_percent], aim="1"),
        Row("10-minute take: blocks lost", "", [short.lost], aim="0"),
        Row("one-hour take, both processors loaded: memory", "MB", [long.grown_mb], aim="10"),
        Row("one-hour take, both loaded: blocks lost", "", [long.lost], aim="0"),
        Row("one-hour take, both loaded: longest wait", "s", [long.behind_s], aim="0.2"),
        Row(f"meter, {METERS_PER_S} times a second: a core", "%", [meter], aim="1"),
        Row("real time, listening: a core", "%", [listening]),
        Row("real time, recording with the meter: a core", "%", [recording], aim="5"),
    ]


def _take(seconds: int) -> Fed:
    """Through the callback and the writer, on a thread that keeps the pace and isn't waited for."""
    noise = np.random.default_rng(1).integers(-3_000, 3_000, BLOCK * 40).astype(np.int16)
    blocks = [memoryview(noise[at : at + BLOCK].tobytes()) for at in range(0, len(noise), BLOCK)]
    with tempfile.TemporaryDirectory() as folder:
        capture, path = Capture(RATE_HZ), Path(folder) / "take.wav"
        before, cpu = _own_mb(), time.process_time()
        capture.writer = writer = TakeWriter(path, RATE_HZ)
        peak, behind = before, 0
        begun, flags = time.perf_counter(), NoFlags()
        for second in range(seconds):
            for block in blocks:
                capture.hear(block, BLOCK, None, flags)
            behind = max(behind, writer.frames - writer.written)
            if second % 60 == 0:
                peak = max(peak, _own_mb())
            time.sleep(max(begun + (second + 1) / FASTER - time.perf_counter(), 0))
        peak = max(peak, _own_mb())
        writer.end(30)
        lost = seconds * 40 - (path.stat().st_size - HEADER_BYTES) / 2 / BLOCK
        cpu_percent = (time.process_time() - cpu) / seconds * 100
    return Fed(peak - before, cpu_percent, lost + writer.dropouts, behind / RATE_HZ / FASTER)


def _own_mb() -> float:
    """Without the processes that keep the processors busy."""
    line = next(line for line in Path("/proc/self/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


@contextmanager
def _busy() -> Iterator[None]:
    """Each processor has something else to do all the time."""
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_spin, daemon=True) for _ in range(os.cpu_count() or 2)]
    for one in others:
        one.start()
    try:
        yield
    finally:
        for one in others:
            one.kill()
            one.join()


def _spin() -> None:
    while True:
        pass


def _meter_percent() -> float:
    capture, flags = Capture(RATE_HZ), NoFlags()
    block = memoryview(np.ones(BLOCK, np.int16).tobytes())
    spent = 0.0
    for _ in range(METERS):
        capture.hear(block, BLOCK, None, flags)
        start = time.perf_counter()
        capture.meter()
        spent += time.perf_counter() - start
    return spent / METERS * METERS_PER_S * 100


async def _real() -> tuple[float, float]:
    """Of the sound environment's microphone, in percent of a core."""
    with tempfile.TemporaryDirectory() as folder:
        recorder = PortAudioRecorder()
        await recorder.listen("")
        listening = await _share(recorder)
        await recorder.record(Path(folder) / "take.wav")
        recording = await _share(recorder)
        await recorder.close()
    return listening, recording


async def _share(recorder: PortAudioRecorder) -> float:
    start, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < REAL_S:
        recorder.meter()
        await asyncio.sleep(1 / METERS_PER_S)
    return (time.process_time() - cpu) / (time.perf_counter() - start) * 100
