"""Voices out of the library and into it, the library to another folder, and back from a backup."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.domain.errors import Reason
from studio.flows.moving import MovingFlow
from studio.store import Store
from tests.flows.kept import Kept


class Moving(Kept):
    def __init__(self) -> None:
        super().__init__()
        self.moving = MovingFlow(self.store.archive, self.store.upkeep, self.store.accounts, self.tasks)
        self.moving.on_taken = self.flow.read_anew


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Moving]:
    stage = Moving()
    yield stage
    await stage.end()


async def test_voices_leave_and_come_back_without_doubles(stage: Moving, tmp_path: Path) -> None:
    kept = await stage.chosen(name="Night reader")
    path = tmp_path / "voices.zip"
    stage.moving.export([kept.library_id], path)
    assert stage.moving.state.work == "export"
    await stage.until(lambda _: stage.moving.state.written == path)
    assert stage.moving.state.exported == 1
    stage.moving.read(path)
    await stage.until(lambda _: stage.moving.state.taken)
    assert stage.moving.state.taken
    assert (stage.moving.state.taken.voices, stage.moving.state.taken.known) == ((), 1)
    assert len(stage.state.voices) == 1


async def test_voices_of_a_file_are_shown_at_once(stage: Moving, tmp_path: Path) -> None:
    kept = await stage.chosen(name="Night reader")
    path = tmp_path / "voices.zip"
    await stage.moving.write_archive([kept.library_id], path)
    await stage.store.shelf.delete(kept.library_id)
    late = Store(undo_s=0.0)
    await late.shelf.purge()
    await late.aclose()
    stage.flow.refresh()
    await stage.until(lambda state: not state.voices)
    stage.moving.read(path)
    await stage.until(lambda state: state.voices)
    assert stage.state.voices[0].name == "Night reader"


async def test_a_file_that_is_none_of_ours_is_said(stage: Moving, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"not a zip")
    stage.moving.read(tmp_path / "other.zip")
    await stage.until(lambda _: stage.moving.state.error)
    assert stage.moving.state.error
    assert stage.moving.state.error.reason is Reason.NOT_AN_ARCHIVE
    assert stage.moving.state.work == ""


async def test_a_damaged_library_is_put_back_from_its_backup(home: Path) -> None:
    first = Moving()
    await first.keep(name="Saved")
    first.moving.look()
    await first.tasks.wait("moving.look")
    await first.end()
    content = bytearray((home / "library.db").read_bytes())
    content[4_096:] = bytes(len(content) - 4_096)
    (home / "library.db").write_bytes(content)
    again = Moving()
    again.moving.look()
    await again.until(lambda _: again.moving.state.damaged)
    (backup,) = again.moving.state.backups
    assert backup.voices == 1
    again.moving.put_back(backup)
    await again.until(lambda state: state.voices)
    assert again.moving.state.restored == backup
    assert not again.moving.state.damaged
    assert again.state.voices[0].name == "Saved"
    assert any(name.startswith("library-damaged-") for name in os.listdir(home))
    await again.end()


async def test_the_library_moves_and_the_next_start_finds_it(home: Path, tmp_path: Path) -> None:
    first = Moving()
    await first.keep(name="Moved")
    told: list[bool] = []
    first.moving.on_moved = lambda: told.append(True)
    first.moving.move(tmp_path / "elsewhere")
    await first.until(lambda _: told)
    assert first.moving.state.moved == tmp_path / "elsewhere"
    await first.end()
    again = Moving()
    assert again.moving.state.folder == tmp_path / "elsewhere"
    assert [voice.name for voice in await again.store.shelf.voices()] == ["Moved"]
    await again.end()


async def test_a_folder_with_other_files_is_left_alone(stage: Moving, tmp_path: Path) -> None:
    await stage.keep()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    stage.moving.move(tmp_path / "taken")
    await stage.until(lambda _: stage.moving.state.error)
    assert stage.moving.state.error
    assert stage.moving.state.error.reason is Reason.PLACE_TAKEN
    assert stage.moving.state.folder != tmp_path / "taken"
