"""A library file with nothing in it beside copies that have voices is lost, not new; the fullest copy stays."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import Reason, StudioError
from studio.store import Home, Store
from studio.store.migrations import LATEST
from tests.store.archives import filled
from tests.store.test_upkeep import backup_of

Opened = Callable[..., Store]


def damaged() -> Any:
    return pytest.raises(StudioError, match=f"^{Reason.LIBRARY_DAMAGED.value}")


def missing(place: Home) -> None:
    place.database.unlink()


def empty(place: Home) -> None:
    place.database.write_bytes(b"")


def without_tables(place: Home) -> None:
    place.database.unlink()
    with closing(sqlite3.connect(place.database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def all_but_the_copies(place: Home) -> None:
    for path in place.root.iterdir():
        if path != place.backups:
            with suppress(NotADirectoryError):
                shutil.rmtree(path)
            path.unlink(missing_ok=True)


@pytest.mark.parametrize("lose", [missing, empty, without_tables, all_but_the_copies])
async def test_a_lost_library_is_damage_and_is_put_back(
    open_store: Opened, place: Home, lose: Callable[[Home], None]
) -> None:
    first = open_store()
    kept = await filled(first, 3)
    await first.upkeep.back_up()
    await first.aclose()
    await asyncio.to_thread(lose, place)

    store = open_store()
    for _ in range(2):
        with damaged():
            await store.upkeep.check()
        with damaged():
            await store.shelf.voices()
    with damaged():
        await store.accounts.current("noiz")
    await store.upkeep.back_up()
    (backup,) = await store.upkeep.backups()
    assert backup.voices == 3
    await store.upkeep.put_back(backup)
    assert {one.library_id for one in await store.shelf.voices()} == {one.library_id for one in kept}
    await store.upkeep.check()


async def test_a_new_home_and_copies_without_voices_are_fine(store: Store, place: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    first = Store(other)
    await first.shelf.voices()
    await first.aclose()
    await asyncio.to_thread(backup_of, other, f"library-v{LATEST}-20260101T120000Z.db")
    place.backups.mkdir(parents=True)
    await asyncio.to_thread(shutil.copytree, other.backups, place.backups, dirs_exist_ok=True)
    (place.backups / f"library-v{LATEST}-20260102T120000Z.db").write_bytes(b"nothing" * 900)
    await store.upkeep.check()
    assert await store.shelf.voices() == ()


async def test_the_fullest_copy_is_never_pruned(store: Store, place: Home) -> None:
    kept = await filled(store, 4)
    old = f"library-v{LATEST}-20250101T120000Z.db"
    await asyncio.to_thread(backup_of, place, old)
    await store.shelf.delete(*(one.library_id for one in kept[1:]))
    for day in range(1, 8):
        await asyncio.to_thread(backup_of, place, f"library-v{LATEST}-2026010{day}T120000Z.db")
    await store.upkeep.back_up()
    backups = await store.upkeep.backups()
    assert [one.voices for one in backups] == [1, 1, 1, 1, 1, 4]
    assert backups[-1].path.name == old
