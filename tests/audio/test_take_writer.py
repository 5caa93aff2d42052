"""Blocks on their way to the disk: all of them, in order, whatever the disk does meanwhile."""

from __future__ import annotations

import errno
import threading
import wave
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from studio.audio import take_writer
from studio.audio.take_writer import RING_S, TakeWriter
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import HEADER_BYTES, STREAMING, header

RATE_HZ = 48_000


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "take.wav"
    assert not [one for one in threading.enumerate() if one.name.startswith("take-")]


def sound(frames: int, seed: int = 1) -> NDArray[np.int16]:
    return np.random.default_rng(seed).integers(-32_768, 32_768, frames).astype(np.int16)


def put(writer: TakeWriter, samples: NDArray[np.int16], block: int = 1_200) -> None:
    for at in range(0, len(samples), block):
        writer.put(samples[at : at + block])


def test_the_file_is_what_was_put(path: Path) -> None:
    """In blocks of a size that never meets the end of the ring, which is gone round more than twice."""
    writer = TakeWriter(path, 800)
    samples = sound(800 * RING_S * 2 + 77)
    for at in range(0, len(samples), 997):
        writer.put(samples[at : at + 997])
        arrived = threading.Event()
        while writer.written < writer.frames:
            arrived.wait(0.001)
    assert writer.end(5)
    data, rate_hz = soundfile.read(path, dtype="int16")
    assert (rate_hz, writer.dropouts, writer.written) == (800, 0, len(samples))
    assert np.array_equal(data, samples)


def test_the_header_is_the_plainest_there_is(path: Path) -> None:
    writer = TakeWriter(path, 24_000)
    assert path.read_bytes() == header(24_000, STREAMING)
    put(writer, sound(2_400))
    assert writer.end(5)
    whole = path.read_bytes()
    assert whole[:HEADER_BYTES] == header(24_000, 4_800)
    with wave.open(str(path)) as read:
        assert read.getparams()[:4] == (1, 2, 24_000, 2_400)


def test_an_empty_take(path: Path) -> None:
    writer = TakeWriter(path, RATE_HZ)
    assert writer.end(5)
    assert soundfile.info(path).frames == 0


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, RATE_HZ])
def test_a_hundred_columns_a_second_at_any_rate(path: Path, rate_hz: int) -> None:
    writer = TakeWriter(path, rate_hz)
    samples = sound(3 * rate_hz + 7)
    put(writer, samples, 331)
    assert writer.end(5)
    pairs = np.frombuffer(writer.outline, np.int8).reshape(-1, 2)
    edges = np.arange(len(pairs) + 1) * rate_hz // 100
    assert len(pairs) == 300
    for pair, start, end in zip(pairs, edges[:-1], edges[1:], strict=True):
        assert pair[0] == round(int(samples[start:end].min()) * 127 / 32_768)
        assert pair[1] == round(int(samples[start:end].max()) * 127 / 32_768)


def test_after_the_end_nothing_is_taken(path: Path) -> None:
    writer = TakeWriter(path, RATE_HZ)
    put(writer, sound(1_200))
    assert writer.end(5)
    put(writer, sound(1_200))
    assert (writer.frames, writer.written, writer.dropouts) == (1_200, 1_200, 0)


def test_lost_blocks_are_counted(path: Path) -> None:
    writer = TakeWriter(path, RATE_HZ)
    writer.put(sound(100), lost=True)
    writer.paused = True
    writer.put(sound(100), lost=True)
    writer.paused = False
    writer.put(sound(100))
    assert writer.end(5)
    assert (writer.dropouts, writer.written) == (1, 200)


class Slow(FileIO):
    """Takes nothing but the header until it is told to."""

    go_on = threading.Event()

    def write(self, data: Any) -> int | None:
        if self.tell() >= HEADER_BYTES:
            self.go_on.wait(30)
        return super().write(data)


def test_a_full_ring_loses_whole_blocks_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_writer, "opened", lambda one: Slow(one, "w"))
    Slow.go_on.clear()
    writer = TakeWriter(path, 1_000)
    samples = sound(RING_S * 1_000)
    put(writer, samples, 1_000)
    put(writer, sound(2_000, seed=2), 1_000)
    assert writer.dropouts == 2
    Slow.go_on.set()
    assert writer.end(5)
    assert np.array_equal(soundfile.read(path, dtype="int16")[0], samples)


class Broken(FileIO):
    """Refuses everything after the header, a byte later."""

    number = errno.EIO
    refused = False

    def write(self, data: Any) -> int | None:
        if self.tell() < HEADER_BYTES:
            return super().write(data)
        if not self.refused:
            self.refused = True
            return super().write(bytes(data)[:101])
        raise OSError(self.number, "no")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, Reason.DISK_FULL),
        (errno.EDQUOT, Reason.DISK_FULL),
        (errno.EIO, Reason.NOT_WRITABLE),
    ],
)
def test_what_fitted_is_whole(path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: Reason) -> None:
    """Down to the last sample of which both bytes are there."""
    monkeypatch.setattr(take_writer, "opened", lambda one: Broken(one, "w"))
    monkeypatch.setattr(Broken, "number", number)
    writer = TakeWriter(path, RATE_HZ)
    samples = sound(4_800)
    put(writer, samples)
    assert writer.done.wait(5)
    assert writer.trouble
    assert writer.trouble.reason is reason
    assert writer.end(5)
    assert writer.written == 50
    assert np.array_equal(soundfile.read(path, dtype="int16")[0], samples[:50])


def test_a_disk_that_cannot_keep_it_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(take_writer, "synced", refuses)
    writer = TakeWriter(path, RATE_HZ)
    put(writer, sound(4_800))
    assert writer.done.wait(5)
    assert writer.trouble
    assert writer.trouble.reason is Reason.DISK_FULL


def test_a_disk_with_no_room_at_all() -> None:
    with pytest.raises(StudioError) as caught:
        TakeWriter(Path("/dev/full"), RATE_HZ)
    assert caught.value.reason is Reason.DISK_FULL
    with pytest.raises(StudioError) as caught:
        TakeWriter(Path("/dev/null/take.wav"), RATE_HZ)
    assert caught.value.reason is Reason.NOT_WRITABLE
