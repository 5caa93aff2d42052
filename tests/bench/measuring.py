"""The capture report's figures: of a short and of an hour-long take, and while a recording grows."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np

from studio.audio.measuring.gauge import SoundGauge
from studio.domain.takes import Edit, Take
from tests.audio.measuring.signals import RATE_HZ, as_int16, kept, speech, white
from tests.bench.report import Row

RUNS = 5
LIVE_S = 60


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> list[Row]:
    gauge, minute = _gauge(), _minute()
    short, hour = _take(folder / "short.wav", minute[: 20 * RATE_HZ], 1), _take(folder / "hour.wav", minute, 60)
    first = await _per_second_ms(gauge, short)
    shorts = [(await _per_second_ms(gauge, short), _read_ms(short)) for _ in range(RUNS)]
    before = _peak_mb()
    hours = [(await _per_second_ms(gauge, hour), _read_ms(hour)) for _ in range(2)]
    grown = _peak_mb() - before
    live = [one async for one in _live_ms(gauge, folder / "live.wav", minute)]
    return [
        Row("first figures of 20 s, per second of sound", "ms", [first]),
        Row("figures of 20 s, per second of sound", "ms", *zip(*shorts, strict=True), aim="25"),
        Row("figures of an hour, per second of sound", "ms", *zip(*hours, strict=True), aim="25"),
        Row("memory that an hour adds", "MB", [grown], aim="30"),
        Row("live figures, per second of recording", "ms", live, aim="40"),
    ]


def _gauge() -> SoundGauge:
    """Raw takes need no darkroom."""
    return SoundGauge(None)  # type: ignore[arg-type]


def _minute() -> np.ndarray:
    voice = np.tile(speech(), 60 * RATE_HZ // len(speech()) + 1)[: 60 * RATE_HZ]
    return as_int16(voice + 0.0005 * white(len(voice)))


def _take(path: Path, sound: np.ndarray, times: int) -> Take:
    """The header says one turn only, which nothing here reads."""
    take = kept(path, sound)
    with path.open("ab") as file:
        for _ in range(times - 1):
            file.write(sound.astype("<i2").tobytes())
    return Take(take.take_id, take.name, take.created, take.rate_hz, len(sound) * times, path)


async def _per_second_ms(gauge: SoundGauge, take: Take) -> float:
    start = time.perf_counter()
    await gauge.measure(take, Edit(), lambda _: None)
    return (time.perf_counter() - start) * 1_000 / take.seconds


def _read_ms(take: Take) -> float:
    """The floor: the same blocks read and nothing done with them."""
    start = time.perf_counter()
    with take.path.open("rb") as file:
        while file.read(1 << 19):
            pass
    return (time.perf_counter() - start) * 1_000 / take.seconds


async def _live_ms(gauge: SoundGauge, path: Path, minute: np.ndarray) -> AsyncIterator[float]:
    """Processor time of this process for the two looks that a second of recording gets."""
    take = kept(path, minute[:0])
    following = gauge.follow(take.path, RATE_HZ)
    half = RATE_HZ // 2
    for second in range(LIVE_S):
        start = time.process_time()
        for part in (0, 1):
            with path.open("ab") as file:
                at = second * RATE_HZ + part * half
                file.write(minute[at : at + half].astype("<i2").tobytes())
            await following.figures()
        yield (time.process_time() - start) * 1_000


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
