"""The library as files: damage is found, yesterday's copy is put back, and the whole moves house."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import Reason, StudioError
from studio.ports import Backup
from studio.store import Home, Store, find_home
from studio.store.locks import FileLock
from studio.store.migrations import LATEST
from studio.store.relocation import Relocation
from tests.store.archives import filled, sound

Child = Callable[..., subprocess.Popen[str]]
Opened = Callable[..., Store]


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


def nothing(_: float | None) -> None:
    pass


def spoil(path: Path) -> None:
    """Writes over the middle of a file."""
    with path.open("r+b") as file:
        file.seek(4_096)
        file.write(b"\xa5" * (path.stat().st_size - 4_096))


def tree(root: Path) -> dict[str, bytes]:
    """What is in a home, but for locks and SQLite's own files."""
    files = [path for path in root.rglob("*") if path.is_file() and ".locks" not in path.parts]
    return {str(path.relative_to(root)): path.read_bytes() for path in files if "library.db" not in path.name}


def backup_of(place: Home, name: str) -> Path:
    """An old one of the same library."""
    place.backups.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(place.database)) as library, closing(sqlite3.connect(place.backups / name)) as copy:
        library.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    return place.backups / name


# -- checking and copying -------------------------------------------------------------------------------------------


async def test_a_whole_library_and_none_at_all_are_fine(store: Store, place: Home) -> None:
    await store.upkeep.check()
    assert store.upkeep.folder == place.root
    assert not place.root.exists()
    await filled(store, 3)
    await store.upkeep.check()


async def test_damage_is_found(open_store: Opened, place: Home) -> None:
    first = open_store()
    await filled(first, 50)
    await first.aclose()
    await asyncio.to_thread(spoil, place.database)
    before = await asyncio.to_thread(place.database.read_bytes)
    store = open_store()
    with refused(Reason.LIBRARY_DAMAGED):
        await store.upkeep.check()
    with refused(Reason.LIBRARY_DAMAGED):
        await store.upkeep.back_up()
    with refused(Reason.LIBRARY_DAMAGED):
        await store.shelf.voices()
    assert await store.upkeep.backups() == ()
    assert await asyncio.to_thread(place.database.read_bytes) == before


async def test_a_copy_a_day(store: Store, place: Home) -> None:
    await filled(store, 2)
    await store.upkeep.back_up()
    await filled(store, 1)
    await store.upkeep.back_up()
    (backup,) = await store.upkeep.backups()
    assert backup.voices == 2
    assert abs((datetime.now(UTC) - backup.made).total_seconds()) < 3_600
    assert backup.path.parent == place.backups
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert sorted(path.name for path in place.backups.iterdir()) == [backup.path.name]


async def test_an_empty_library_drives_out_no_copy(store: Store) -> None:
    await store.upkeep.back_up()
    await store.shelf.voices()
    await store.upkeep.back_up()
    assert await store.upkeep.backups() == ()


async def test_five_are_kept_and_the_last_of_every_earlier_version(store: Store, place: Home) -> None:
    await filled(store, 1)
    names = [f"library-v{LATEST}-2026010{day}T120000Z.db" for day in range(1, 8)]
    older = [f"library-v1-2025010{day}T120000Z.db" for day in (1, 2)]
    for name in (*names, *older):
        await asyncio.to_thread(backup_of, place, name)
    strange = ["notes.txt", "library-v1-20259999T999999Z.db", "library-v9.db"]
    for name in strange:
        (place.backups / name).touch()
    await store.upkeep.back_up()
    newest, *rest = [backup.path.name for backup in await store.upkeep.backups()]
    assert newest not in names
    assert rest == [*reversed(names[-4:]), older[1]]
    assert {*strange} < {path.name for path in place.backups.iterdir()}


async def test_copies_that_cannot_be_read_are_not_offered(store: Store, place: Home) -> None:
    await filled(store, 1)
    await store.upkeep.back_up()
    (place.backups / "library-v1-20250101T120000Z.db").write_bytes(b"nothing" * 900)
    (place.backups / "library-v1-20250102T120000Z.db").mkdir()
    assert len(await store.upkeep.backups()) == 1


# -- putting back ---------------------------------------------------------------------------------------------------


async def test_yesterdays_copy_is_put_back_and_nothing_deleted(open_store: Opened, place: Home) -> None:
    first = open_store()
    kept = await filled(first, 40)
    await first.upkeep.back_up()
    await filled(first, 5)
    await first.aclose()
    await asyncio.to_thread(spoil, place.database)
    damaged = await asyncio.to_thread(place.database.read_bytes)

    store = open_store()
    with refused(Reason.LIBRARY_DAMAGED):
        await store.shelf.voices()
    (backup,) = await store.upkeep.backups()
    (place.root / "library.db-wal").write_bytes(b"a log")
    await store.upkeep.put_back(backup)
    voices = await store.shelf.voices()
    assert {one.library_id for one in voices} == {one.library_id for one in kept}
    assert (await store.clips.load((await store.clips.clips_of(kept[0].library_id))[0])).data in (
        sound(0).data,
        sound(0, 1).data,
    )
    (aside,) = place.root.glob("library-damaged-*.db")
    assert await asyncio.to_thread(aside.read_bytes) == damaged
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"a log"
    assert len(list(place.clips.iterdir())) == 90
    await store.upkeep.put_back(backup)
    assert len(list(place.root.glob("library-damaged-*.db"))) == 2
    await store.upkeep.check()


async def test_a_running_library_goes_back_in_time(store: Store) -> None:
    await filled(store, 2)
    await store.upkeep.back_up()
    await filled(store, 1)
    (backup,) = await store.upkeep.backups()
    listing = [asyncio.create_task(store.shelf.voices()) for _ in range(3)]
    putting = asyncio.create_task(store.upkeep.put_back(backup))
    more = [asyncio.create_task(store.shelf.voices()) for _ in range(3)]
    await putting
    assert [len(voices) for voices in await asyncio.gather(*listing, *more)] == [3, 3, 3, 2, 2, 2]


async def test_what_is_no_backup_is_not_put_back(store: Store, place: Home, tmp_path: Path) -> None:
    await filled(store, 1)
    (tmp_path / "odd.db").write_bytes(b"nothing" * 900)
    for name in ("odd.db", "missing.db", "."):
        with refused(Reason.NO_BACKUP):
            await store.upkeep.put_back(Backup(tmp_path / name, datetime.now(UTC), 1))
    newer = await asyncio.to_thread(backup_of, place, f"library-v{LATEST + 1}-20260101T120000Z.db")
    with closing(sqlite3.connect(newer)) as copy:
        copy.execute(f"PRAGMA user_version = {LATEST + 1}")
    with refused(Reason.NO_BACKUP):
        await store.upkeep.put_back(Backup(newer, datetime.now(UTC), 1))
    assert len(await store.shelf.voices()) == 1
    assert not list(place.root.glob("library-damaged-*"))


async def test_not_while_another_process_has_it_open(
    store: Store, open_store: Opened, child: Child, place: Home, tmp_path: Path
) -> None:
    await filled(store, 1)
    await store.upkeep.back_up()
    (backup,) = await store.upkeep.backups()
    other = child("claim")
    assert other.stdin
    assert other.stdout
    assert (await asyncio.to_thread(other.stdout.readline)).strip() == "here"
    with refused(Reason.LIBRARY_BUSY):
        await store.upkeep.put_back(backup)
    with refused(Reason.LIBRARY_BUSY):
        await store.upkeep.move(tmp_path / "new", nothing)
    assert not (tmp_path / "new").exists()
    other.kill()
    await asyncio.to_thread(other.wait)
    await store.upkeep.put_back(backup)
    assert len(await store.shelf.voices()) == 1


async def test_nobody_opens_it_while_it_is_put_back(open_store: Opened, place: Home) -> None:
    first, late = open_store(), open_store(busy_s=0.05)
    await first.shelf.voices()
    gate = await asyncio.to_thread(partial(FileLock.take, place.gate, create=True))
    assert gate
    with refused(Reason.LIBRARY_BUSY):
        await late.shelf.voices()
    await asyncio.to_thread(gate.remove)
    assert await late.shelf.voices() == ()


# -- moving ---------------------------------------------------------------------------------------------------------


async def test_the_library_moves_with_all_it_has(open_store: Opened, place: Home, tmp_path: Path) -> None:
    store = open_store()
    kept = await filled(store, 3)
    await store.profiles.save("vs-1", b"numbers")
    begun = await store.narrations.begin(kept[0].library_id, "One.", ("One.",))
    await store.narrations.hear(begun.narration_id, b"\1\0" * 9, 24_000)
    await store.upkeep.back_up()
    before = await asyncio.to_thread(tree, place.root)
    new = tmp_path / "Ünï disk" / "voices"
    seen: list[float | None] = []
    await store.upkeep.move(new, seen.append)
    await asyncio.sleep(0)
    assert seen
    assert seen[0]
    assert all(done is not None and 0 < done <= 1 for done in seen)

    assert (await asyncio.to_thread(find_home)).root == new
    assert await asyncio.to_thread(tree, new) == before
    assert sorted(path.name for path in place.root.iterdir()) == [".locks", "location.txt"]
    (aside,) = place.root.parent.glob("home-moved-*")
    assert await asyncio.to_thread(tree, aside) == before
    with refused(Reason.LIBRARY_NOT_WRITABLE):
        await store.shelf.voices()
    await store.aclose()

    again = Store(await asyncio.to_thread(find_home))
    assert {one.library_id for one in await again.shelf.voices()} == {one.library_id for one in kept}
    assert len(await again.narrations.of(kept[0].library_id)) == 1
    await again.upkeep.check()
    await again.aclose()
    wrong = {str(path) for path in new.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077}
    assert not wrong


async def test_it_moves_on_and_back_again(place: Home, tmp_path: Path) -> None:
    where = [place.root, tmp_path / "b", tmp_path / "c", tmp_path / "b", place.root]
    kept: set[Any] = set()
    for here, there in pairwise(where):
        home = await asyncio.to_thread(find_home)
        assert home.root == here
        store = Store(home)
        kept |= {one.library_id for one in await filled(store, 1)}
        assert {one.library_id for one in await store.shelf.voices()} == kept
        await store.upkeep.move(there, nothing)
        await store.aclose()
    store = Store(await asyncio.to_thread(find_home))
    assert (store.home, store.home.moved) == (place, False)
    assert {one.library_id for one in await store.shelf.voices()} == kept
    await store.aclose()


async def test_places_that_are_taken(store: Store, place: Home, tmp_path: Path) -> None:
    await filled(store, 1)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "photo.jpg").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(place.root)
    for taken in (
        tmp_path / "full",
        tmp_path / "full" / "photo.jpg",
        place.root,
        place.root / "inner",
        tmp_path,
        tmp_path / "link",
        tmp_path / "link" / "inner",
    ):
        with refused(Reason.PLACE_TAKEN):
            await store.upkeep.move(taken, nothing)
    assert (tmp_path / "full" / "photo.jpg").read_bytes() == b"mine"
    assert len(await store.shelf.voices()) == 1
    assert await asyncio.to_thread(find_home) == place


async def test_a_cancelled_move_leaves_nothing(store: Store, place: Home, tmp_path: Path) -> None:
    await filled(store, 20)
    before = await asyncio.to_thread(tree, place.root)
    (tmp_path / "new").mkdir()
    moving: asyncio.Task[None]
    moving = asyncio.create_task(
        store.upkeep.move(tmp_path / "new", lambda _: None if moving.cancelling() else (moving.cancel(), None)[1])
    )
    with pytest.raises(asyncio.CancelledError):
        await moving
    assert os.listdir(tmp_path / "new") == []
    assert await asyncio.to_thread(tree, place.root) == before
    assert len(await store.shelf.voices()) == 20
    assert await asyncio.to_thread(find_home) == place


async def test_what_cannot_be_written_is_said(store: Store, place: Home, tmp_path: Path) -> None:
    await filled(store, 1)
    (tmp_path / "file").write_text("no folder")
    for nowhere in (tmp_path / "file" / "new", Path("/dev/null/new")):
        with pytest.raises(StudioError) as caught:
            await store.upkeep.move(nowhere, nothing)
        assert caught.value.reason in (Reason.NOT_WRITABLE, Reason.PLACE_TAKEN)
    assert len(await store.shelf.voices()) == 1


async def test_a_disk_that_is_too_small_is_left_as_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(store, 1)
    usage = type("usage", (), {"free": 10})()
    monkeypatch.setattr("studio.store.relocation.shutil.disk_usage", lambda _: usage)
    with refused(Reason.DISK_FULL):
        await store.upkeep.move(tmp_path / "new", nothing)
    assert not (tmp_path / "new").exists()


async def test_a_take_that_is_being_recorded_holds_it(
    store: Store, place: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(store, 1)
    take = await store.takes.begin("Take 1", 48_000, "")
    real = Relocation._copy

    def growing(moving: Relocation, files: Any) -> None:
        real(moving, files)
        with take.path.open("ab") as file:
            file.write(b"\0\0")

    monkeypatch.setattr(Relocation, "_copy", growing)
    with refused(Reason.LIBRARY_BUSY):
        await store.upkeep.move(tmp_path / "new", nothing)
    assert not (tmp_path / "new").exists()
    assert len(await store.shelf.voices()) == 1


async def test_a_folder_that_was_moved_by_hand_works(
    open_store: Opened, place: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    kept = await filled(store, 2)
    await store.aclose()
    await asyncio.to_thread(shutil.move, place.root, tmp_path / "by hand")
    monkeypatch.setenv("VOICE_STUDIO_HOME", str(tmp_path / "by hand"))
    moved = Store(await asyncio.to_thread(find_home))
    assert {one.library_id for one in await moved.shelf.voices()} == {one.library_id for one in kept}
    for one in kept:
        for stored in await moved.clips.clips_of(one.library_id):
            assert (await moved.clips.load(stored)).data
    await moved.aclose()
