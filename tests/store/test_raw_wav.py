"""Headers of raw takes."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from studio.domain.raw_wav import HEADER_BYTES, header
from studio.store.raw_wav import frames_in, mend, rate_in, settle
from tests.store.sounds import counted, write_take


@pytest.mark.parametrize("frames", [0, 1, 4_800])
def test_the_header_is_a_plain_wav(tmp_path: Path, frames: int) -> None:
    (tmp_path / "raw.wav").write_bytes(header(24_000, 2 * frames) + counted(0, frames))
    with wave.open(str(tmp_path / "raw.wav")) as file:
        assert file.getparams()[:4] == (1, 2, 24_000, frames)
        assert file.readframes(frames) == counted(0, frames)


def test_a_sound_of_many_hours_has_the_largest_size_there_is() -> None:
    assert len(header(48_000, 48_000 * 3_600 * 24)) == HEADER_BYTES


@pytest.mark.parametrize("more", [b"", b"\x7f"])
def test_mending_cuts_half_a_sample_and_no_whole_one(tmp_path: Path, more: bytes) -> None:
    raw = tmp_path / "raw.wav"
    write_take(raw, 1_000, more=more)
    assert mend(raw, 48_000) == frames_in(raw) == 1_000
    assert raw.read_bytes() == header(48_000, 2_000) + counted(0, 1_000)


@pytest.mark.parametrize(("size", "frames"), [(0, 0), (43, 0), (44, 0), (45, 0), (46, 1), (49, 2)])
def test_the_size_says_how_many_samples(tmp_path: Path, size: int, frames: int) -> None:
    (tmp_path / "raw.wav").write_bytes(bytes(size))
    assert frames_in(tmp_path / "raw.wav") == frames
    assert frames_in(tmp_path / "missing.wav") == 0


@pytest.mark.parametrize("said", [b"", b"RIFF", bytes(44), header(1, 0), header(16_000, 0)[:26], b"x" * 50])
def test_a_rate_that_cannot_be_is_none(tmp_path: Path, said: bytes) -> None:
    (tmp_path / "raw.wav").write_bytes(said)
    assert rate_in(tmp_path / "raw.wav") in (None, 16_000 % 65_536 if len(said) == 26 else None)
    (tmp_path / "raw.wav").write_bytes(header(16_000, 0))
    assert rate_in(tmp_path / "raw.wav") == 16_000


def test_settling_a_missing_file_is_fine(tmp_path: Path) -> None:
    settle(tmp_path / "raw.wav")
    assert not (tmp_path / "raw.wav").exists()
