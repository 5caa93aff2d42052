"""Copies of the library file: whole, checked, and made before its shape changes."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Designed
from studio.store import Home, Store
from studio.store.backups import backup_name, checked, copy_to
from studio.store.migrations import LATEST
from tests.fakes.voices import brief, clip, voice
from tests.store.test_migrations import make_first_version


def copies(place: Home) -> list[Path]:
    return sorted((place.backups).iterdir())


def make_copy(place: Home, path: Path) -> int:
    with closing(sqlite3.connect(place.database)) as library:
        copy_to(library, path)
    return checked(path)


def refused_as_damaged(path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        checked(path)
    assert caught.value.reason is Reason.LIBRARY_DAMAGED


def test_a_name_tells_version_and_time() -> None:
    when = datetime(2026, 11, 21, 23, 59, 1, tzinfo=timezone(timedelta(hours=8)))
    assert backup_name(3, when) == "library-v3-20261121T155901Z.db"


async def test_a_copy_is_one_private_file_with_all_that_is_there(store: Store, place: Home) -> None:
    for _ in range(3):
        candidate = await store.tray.put(brief(), Designed(voice(), clip()))
        await store.tray.keep(candidate.candidate_id, "")
    path = place.backups / "copy.db"
    assert await asyncio.to_thread(make_copy, place, path) == LATEST
    assert copies(place) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("SELECT count(*) FROM voices").fetchone() == (3,)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_what_is_no_whole_library_is_damaged(tmp_path: Path) -> None:
    rubbish, empty, foreign = tmp_path / "a.db", tmp_path / "b.db", tmp_path / "c #?.db"
    rubbish.write_bytes(b"memoirs " * 1_000)
    empty.touch()
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE recipes (soup)")
    for path in (rubbish, empty, foreign, tmp_path / "missing.db"):
        refused_as_damaged(path)
    assert sorted(tmp_path.iterdir()) == [rubbish, empty, foreign]


async def test_a_torn_copy_is_damaged(store: Store, place: Home) -> None:
    for _ in range(30):
        await store.tray.put(brief(), Designed(voice(description="words " * 500), clip()))
    path = place.backups / "copy.db"
    await asyncio.to_thread(make_copy, place, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    await asyncio.to_thread(refused_as_damaged, path)
    path.write_bytes(whole[:8192] + b"\xa5" * 4096 + whole[12288:])
    await asyncio.to_thread(refused_as_damaged, path)


async def test_a_copy_that_can_not_be_made_leaves_nothing(store: Store, place: Home) -> None:
    await store.shelf.voices()
    folder = place.backups
    (folder / "taken.db" / "x").mkdir(parents=True)
    with pytest.raises(StudioError) as caught:
        await asyncio.to_thread(make_copy, place, folder / "taken.db")
    assert caught.value.reason is Reason.LIBRARY_NOT_WRITABLE
    assert copies(place) == [folder / "taken.db"]


# -- before a migration ---------------------------------------------------------------------------------------------


async def test_an_older_library_is_copied_before_it_is_changed(open_store: Callable[..., Store], place: Home) -> None:
    kept = voice()
    await asyncio.to_thread(make_first_version, place, kept, voice())
    stores = [open_store() for _ in range(4)]
    before = datetime.now(UTC)
    assert await asyncio.gather(*(one.shelf.voices() for one in stores)) == [(kept,)] * 4
    (copy,) = copies(place)
    assert copy.name.startswith("library-v1-")
    assert copy.name >= backup_name(1, before)
    assert await asyncio.to_thread(checked, copy) == 1
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT library_id FROM voices").fetchall() == [(str(kept.library_id),)]


async def test_a_new_library_needs_no_copy(store: Store, place: Home) -> None:
    await store.shelf.voices()
    assert copies(place) == []


async def test_a_damaged_older_library_is_not_changed(store: Store, place: Home) -> None:
    await asyncio.to_thread(make_first_version, place, voice(), voice())
    whole = place.database.read_bytes()
    with closing(sqlite3.connect(place.database)) as old:
        (root,) = old.execute("SELECT rootpage FROM sqlite_master WHERE name = 'rights_by_sample'").fetchone()
    torn = whole[: (root - 1) * 4096] + b"\xa5" * 4096 + whole[root * 4096 :]
    place.database.write_bytes(torn)
    with pytest.raises(StudioError) as caught:
        await store.shelf.voices()
    assert caught.value.reason is Reason.LIBRARY_DAMAGED
    assert place.database.read_bytes() == torn
    assert copies(place) == []


async def test_a_small_library_is_read_through_at_the_start(open_store: Callable[..., Store], place: Home) -> None:
    first = open_store()
    await first.tray.put(brief(), Designed(voice(), clip()))
    await first.aclose()
    with closing(sqlite3.connect(place.database)) as library:
        (root,) = library.execute("SELECT rootpage FROM sqlite_master WHERE name = 'rights_by_sample'").fetchone()
    whole = place.database.read_bytes()
    place.database.write_bytes(whole[: (root - 1) * 4096] + b"\xa5" * 4096 + whole[root * 4096 :])
    with pytest.raises(StudioError) as caught:
        await open_store().shelf.voices()
    assert caught.value.reason is Reason.LIBRARY_DAMAGED
