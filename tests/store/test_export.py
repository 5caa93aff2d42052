"""A clip in the person's own file: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from studio.domain.errors import Reason, StudioError
from studio.store.export import FileExporter
from tests.fakes.voices import clip


async def test_the_bytes_are_the_clips(tmp_path: Path) -> None:
    await FileExporter().write(clip(b"sound"), tmp_path / "声音 1.wav")
    assert (tmp_path / "声音 1.wav").read_bytes() == b"sound"
    assert os.listdir(tmp_path) == ["声音 1.wav"]
    assert stat.S_IMODE((tmp_path / "声音 1.wav").stat().st_mode) == 0o644


async def test_an_existing_file_is_replaced_also_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "old.wav").write_bytes(b"old and longer")
    (tmp_path / "link.wav").symlink_to("old.wav")
    await FileExporter().check(tmp_path / "link.wav")
    assert (tmp_path / "old.wav").read_bytes() == b"old and longer"
    await FileExporter().write(clip(b"new"), tmp_path / "link.wav")
    assert (tmp_path / "old.wav").read_bytes() == b"new"
    assert (tmp_path / "link.wav").is_symlink()


async def test_checking_leaves_nothing(tmp_path: Path) -> None:
    await FileExporter().check(tmp_path / "new.wav")
    assert not os.listdir(tmp_path)


async def test_the_longest_name_is_fine(tmp_path: Path) -> None:
    await FileExporter().write(clip(b"sound"), tmp_path / ("n" * 251 + ".wav"))
    assert len(os.listdir(tmp_path)) == 1


@pytest.mark.parametrize(
    "name",
    ["missing/clip.wav", "folder", "file/clip.wav", "loop", "pipe", "n" * 300 + ".wav", "missing-link/x", "/", "."],
)
async def test_what_cannot_be_written_is_said_and_left(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "missing-link").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(StudioError) as written:
        await FileExporter().write(clip(), tmp_path / name)
    assert written.value.reason is Reason.NOT_WRITABLE
    assert written.value.detail
    assert sorted(os.listdir(tmp_path)) == before
    assert (tmp_path / "file").read_bytes() == b"mine"
    if len(name) < 255:  # too long a name shows only when it is given
        with pytest.raises(StudioError):
            await FileExporter().check(tmp_path / name)


async def test_a_file_is_copied_as_it_is_or_not_at_all(tmp_path: Path) -> None:
    source, target = tmp_path / "raw.wav", tmp_path / "mine.wav"
    source.write_bytes(bytes(range(256)) * 10_000)
    target.write_bytes(b"old")
    await FileExporter().copy(source, target)
    assert target.read_bytes() == source.read_bytes()
    with pytest.raises(StudioError) as caught:
        await FileExporter().copy(tmp_path / "nothing.wav", target)
    assert caught.value.reason is Reason.FILE_GONE
    assert target.read_bytes() == source.read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["mine.wav", "raw.wav"]


async def test_the_names_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "声音.wav").touch()
    (tmp_path / "folder").mkdir()
    assert sorted(await FileExporter().names(tmp_path)) == ["folder", "声音.wav"]
    assert len(os.listdir(tmp_path)) == 2
    for wrong in ("missing", "声音.wav"):
        with pytest.raises(StudioError) as caught:
            await FileExporter().names(tmp_path / wrong)
        assert caught.value.reason is Reason.NOT_WRITABLE
