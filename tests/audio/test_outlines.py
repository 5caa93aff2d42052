"""The outline at every scale: no sample is left out, and what is kept beside the take is the take's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.audio.outlines import FINE_FRAMES_MAX, FRAMES_PER_COLUMN, SUFFIX, outline, peaks
from studio.domain.errors import Reason, StudioError
from tests.audio.sounds import take_of


def noise(frames: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(-32_768, 32_767, frames, np.int16)


def drawn(samples: np.ndarray, per_column: int) -> np.ndarray:
    """Column by column, the long way."""
    parts = [samples[at : at + per_column] for at in range(0, len(samples), per_column)]
    pairs = np.array([(part.min(), part.max()) for part in parts], np.float64).reshape(-1, 2)
    return np.rint(pairs * 127 / 32_768).astype(np.int8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.integers(1, 40_000))
def test_every_level_has_the_extremes_of_its_frames(frames: int, tmp_path: Path) -> None:
    samples = noise(frames, frames)
    found = outline(take_of(samples, tmp_path / "raw.wav"))
    assert (found.frames, found.frames_per_column, found.rate_hz) == (frames, FRAMES_PER_COLUMN, 48_000)
    assert len(found.levels[-1]) == 1
    for level, columns in enumerate(found.levels):
        assert columns.dtype == np.int8
        assert np.array_equal(columns, drawn(samples, FRAMES_PER_COLUMN << level))


def test_it_is_kept_beside_the_take_and_used_again(tmp_path: Path) -> None:
    take = take_of(noise(100_000), tmp_path / "raw.wav")
    first = outline(take)
    beside = tmp_path / f"raw{SUFFIX}"
    marked = bytearray(beside.read_bytes())
    marked[-1] ^= 1
    beside.write_bytes(marked)
    again = outline(take)
    assert again.levels[0][-1, 1] == first.levels[0][-1, 1] ^ 1
    assert np.array_equal(again.levels[0][:-1], first.levels[0][:-1])
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("raw.wav", beside.name)] == []


@pytest.mark.parametrize("damage", ["other frames", "cut", "nothing", "other version", "garbage", "folder"])
def test_one_that_is_not_of_this_take_is_made_anew(damage: str, tmp_path: Path) -> None:
    samples = noise(100_000)
    take = take_of(samples, tmp_path / "raw.wav")
    beside = tmp_path / f"raw{SUFFIX}"
    outline(take)
    kept = beside.read_bytes()
    if damage == "other frames":
        outline(replace(take, frames=99_000))
    elif damage == "folder":
        beside.unlink()
        beside.mkdir()
    else:
        beside.write_bytes(
            {"cut": kept[:-1], "nothing": b"", "other version": kept[:4] + b"\x09" + kept[5:], "garbage": kept[::-1]}[
                damage
            ]
        )
    assert np.array_equal(outline(take).levels[0], drawn(samples, FRAMES_PER_COLUMN))
    assert beside.is_dir() or beside.read_bytes() == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == [beside.name, "raw.wav"]


def test_of_a_take_that_lost_its_end_the_rest_is_drawn(tmp_path: Path) -> None:
    samples = noise(10_000)
    take = take_of(samples, tmp_path / "raw.wav")
    take.path.write_bytes(take.path.read_bytes()[: 44 + 2 * 6_001])
    assert outline(take).frames == 6_001
    assert np.array_equal(outline(take).levels[0], drawn(samples[:6_001], FRAMES_PER_COLUMN))


def test_nothing_has_one_empty_level(tmp_path: Path) -> None:
    assert [len(level) for level in outline(take_of(noise(0), tmp_path / "raw.wav")).levels] == [0]


@pytest.mark.parametrize(("start", "end", "columns"), [(0, 10_000, 100), (5_000, 5_100, 100), (77, 9_077, 30)])
def test_peaks_finer_than_the_outline(start: int, end: int, columns: int, tmp_path: Path) -> None:
    samples = noise(10_000)
    take = take_of(samples, tmp_path / "raw.wav")
    found = peaks(take.path, start, end, columns)
    assert np.array_equal(found, drawn(samples[start:end], (end - start) // columns))


def test_more_columns_than_frames_repeat_them(tmp_path: Path) -> None:
    take = take_of(np.array([0, 32_767, -32_768], np.int16), tmp_path / "raw.wav")
    assert peaks(take.path, 0, 3, 6)[:, 0].tolist() == [0, 0, 127, 127, -127, -127]
    assert peaks(take.path, 0, 3, 6)[:, 1].tolist() == [0, 0, 127, 127, -127, -127]


def test_peaks_stay_within_the_file_and_within_bounds(tmp_path: Path) -> None:
    take = take_of(noise(FINE_FRAMES_MAX + 50_000), tmp_path / "raw.wav")
    assert np.array_equal(peaks(take.path, -5, 1 << 40, 10), peaks(take.path, 0, FINE_FRAMES_MAX, 10))
    assert peaks(take.path, 1 << 40, 1 << 41, 10).shape == (0, 2)
    assert peaks(take.path, 10, 5, 10).shape == (0, 2)
    assert peaks(take.path, 0, 5, 0).shape == (0, 2)


def test_without_its_sound_there_is_no_outline(tmp_path: Path) -> None:
    take = take_of(noise(1_000), tmp_path / "raw.wav")
    outline(take)
    take.path.unlink()
    for asked in (lambda: outline(take), lambda: peaks(take.path, 0, 10, 10)):
        with pytest.raises(StudioError) as caught:
            asked()
        assert caught.value.reason is Reason.FILE_GONE
    take.path.write_bytes(b"no sound at all" * 10)
    with pytest.raises(StudioError) as caught:
        outline(take)
    assert caught.value.reason is Reason.UNREADABLE_AUDIO
