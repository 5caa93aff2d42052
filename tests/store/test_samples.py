"""Sample files are read whole, or refused without hanging."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.store.samples import LARGEST, SampleFile


async def refusal(path: Path) -> Problem:
    with pytest.raises(StudioError) as caught:
        await SampleFile().read(path)
    assert caught.value.reason is Reason.BAD_INPUT
    (problem,) = caught.value.problems
    assert problem.field is Field.SAMPLE
    return problem


async def test_a_file_whole_also_behind_a_link(tmp_path: Path) -> None:
    data = os.urandom(300_000)
    (tmp_path / "声音.wav").write_bytes(data)
    (tmp_path / "link").symlink_to("声音.wav")
    assert await SampleFile().read(tmp_path / "声音.wav") == data
    assert await SampleFile().read(tmp_path / "link") == data


async def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert (await refusal(tmp_path / "empty")).fault is Fault.MISSING


@pytest.mark.parametrize("more", [1, 5_000_000_000])
async def test_a_file_bigger_than_any_sample(tmp_path: Path, more: int) -> None:
    (tmp_path / "big").touch()
    os.truncate(tmp_path / "big", LARGEST + more)
    assert await refusal(tmp_path / "big") == Problem(Field.SAMPLE, Fault.TOO_BIG, LARGEST, LARGEST + more)


@pytest.mark.parametrize("name", ["missing", "folder", "pipe", "loop", "nowhere", "file/x", "a\0b", "n" * 300])
async def test_what_is_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere").symlink_to("missing")
    assert (await refusal(tmp_path / name)).fault is Fault.NOT_READABLE


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
async def test_devices_are_not_opened(device: str) -> None:
    assert (await refusal(Path(device))).fault is Fault.NOT_READABLE
