"""An hour from a file to a take and its picture, and twenty seconds from a take to what is sent."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from studio.audio.cleaning import cleaned
from studio.audio.darkroom import sample
from studio.audio.importing import SoundImporter
from studio.audio.outlines import SUFFIX, outline, peaks
from studio.domain.limits import SampleLimits
from studio.domain.raw_wav import FRAME_BYTES, HEADER_BYTES
from studio.domain.takes import Edit, Take
from tests.audio.sounds import RATE, babble, take_of, white
from tests.bench.report import Row

MINUTES = 60
RUNS = 3
FEW_RUNS = 20


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [row for kind in ("mp3", "m4a") for row in _imports(kind, folder)]
        raw = folder / "raw.wav"
        frames = (raw.stat().st_size - HEADER_BYTES) // FRAME_BYTES
        take = replace(take_of(np.zeros(0, np.float32), folder / "none.wav"), path=raw, frames=frames)
        return [*rows, *_outlines(take), *_samples(take)]


def _imports(kind: str, folder: Path) -> list[Row]:
    path, into = folder / f"hour.{kind}", folder / "raw.wav"
    _make(path, "mp3" if kind == "mp3" else "ipod", "libmp3lame" if kind == "mp3" else "aac")
    imports, plain = [], []
    for _ in range(RUNS):
        imports.append(_s(lambda: asyncio.run(SoundImporter().read(path, into, lambda _: None))))
        plain.append(_s(lambda: (_plain_mp3 if kind == "mp3" else _plain_m4a)(path)))
    return [
        Row(f"import of an hour of {kind}, against a plain decode", "s", imports, plain, aim="2"),
        Row(f"memory that the import of {kind} takes at most", "MB", [_memory_mb(path, into)], aim="60"),
    ]


def _outlines(take: Take) -> list[Row]:
    beside = take.path.with_suffix(SUFFIX)
    built = []
    for _ in range(RUNS):
        beside.unlink(missing_ok=True)
        built.append(1_000 * _s(lambda: outline(take)))
    loaded = [1_000 * _s(lambda: outline(take)) for _ in range(FEW_RUNS)]
    zoomed = [1_000 * _s(lambda: peaks(take.path, 10**7, 10**7 + (1 << 18), 1_600)) for _ in range(FEW_RUNS)]
    return [
        Row("outline of an hour, made", "ms", built),
        Row("outline of an hour, from its file", "ms", loaded, aim="30"),
        Row("2**18 frames zoomed in", "ms", zoomed, aim="4"),
    ]


def _samples(take: Take) -> list[Row]:
    limits, cut = SampleLimits(), Edit(1_000.0, 1_020.0)
    clean = Edit(1_000.0, 1_020.0, clean=True, gain_db=3.0)
    noisy = babble(20.0) + white(20 * RATE, -45)
    return [
        Row("sample of 20 s, cut", "ms", [1_000 * _s(lambda: sample(take, cut, limits)) for _ in range(FEW_RUNS)]),
        Row(
            "sample of 20 s, cleaned and louder",
            "ms",
            [1_000 * _s(lambda: sample(take, clean, limits)) for _ in range(RUNS)],
        ),
        Row("cleaning alone, of 20 s", "ms", [1_000 * _s(lambda: cleaned(noisy, RATE)) for _ in range(RUNS)]),
    ]


def _make(path: Path, container: str, coding: str) -> None:
    """A minute, encoded once and laid down sixty times."""
    import av

    minute = babble(60.0) + white(60 * RATE, -50)
    with av.open(str(path), "w", format=container) as out:
        sound = out.add_stream(coding, rate=RATE, layout="mono")
        packets = []
        for start in range(0, len(minute), 1_024):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(minute[None, start : start + 1_024]), "fltp", "mono"
            )
            frame.sample_rate, frame.pts = RATE, start
            packets += sound.encode(frame)
        packets += sound.encode(None)
        step = packets[1].pts - packets[0].pts
        for number in range(MINUTES * len(packets)):
            packet = av.Packet(bytes(packets[number % len(packets)]))
            packet.stream, packet.time_base, packet.duration = sound, Fraction(1, RATE), step
            packet.pts = packet.dts = number * step
            out.mux(packet)


def _plain_mp3(path: Path) -> None:
    import soundfile

    with soundfile.SoundFile(path) as file:
        while len(file.read(1 << 16, dtype="float32")):
            pass


def _plain_m4a(path: Path) -> None:
    import av

    with av.open(str(path)) as container:
        for _ in container.decode(audio=0):
            pass


def _s(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _memory_mb(path: Path, into: Path) -> float:
    """In a process of its own, for this one has held the sound before: the most that it holds, less the libraries."""
    code = (
        "import asyncio, re, sys; from pathlib import Path; from studio.audio.importing import SoundImporter\n"
        "import av, numpy, soundfile, soxr\n"
        "peak = lambda: int(re.search('VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024\n"
        "before = peak(); path, into = map(Path, sys.argv[1:])\n"
        "asyncio.run(SoundImporter().read(path, into, lambda _: None)); print(peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, path, into], capture_output=True, text=True, check=True)
    return float(done.stdout)
