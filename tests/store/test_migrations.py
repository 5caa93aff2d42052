"""The numbered steps of the library's shape."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from studio.domain.errors import Reason, StudioError
from studio.store import Home, Store
from studio.store.migrations import LATEST, MIGRATIONS, migrate

TABLES = {"accounts", "voices", "clips", "candidates", "orders", "rights", "tags"}


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


async def test_an_empty_home_becomes_a_library(store: Store, place: Home) -> None:
    assert await store.shelf.voices() == ()
    with closing(sqlite3.connect(place.database)) as connection:
        assert tables(connection) == TABLES
        assert connection.execute("PRAGMA user_version").fetchone() == (LATEST,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_steps_made_already_are_not_made_again(place: Home) -> None:
    place.make()
    with closing(sqlite3.connect(place.database, isolation_level=None)) as connection:
        migrate(connection)
        connection.execute("INSERT INTO tags VALUES ('x', 'y')")
        migrate(connection)
        assert connection.execute("SELECT count(*) FROM tags").fetchone() == (1,)
    assert len(MIGRATIONS) == LATEST


async def test_two_at_once_make_one_library(open_store: Callable[..., Store]) -> None:
    stores = [open_store() for _ in range(8)]
    accounts = await asyncio.gather(*(store.accounts.current("noiz") for store in stores))
    assert len(set(accounts)) == 1


async def test_a_newer_library_is_not_touched(store: Store, place: Home) -> None:
    await asyncio.to_thread(place.make)
    with closing(sqlite3.connect(place.database)) as connection:
        connection.execute("CREATE TABLE holograms (x)")
        connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    before = hashlib.sha256(place.database.read_bytes()).digest()
    with pytest.raises(StudioError) as caught:
        await store.shelf.voices()
    assert caught.value.reason is Reason.LIBRARY_TOO_NEW
    assert hashlib.sha256(place.database.read_bytes()).digest() == before


async def test_the_database_of_another_program_is_not_touched(store: Store, place: Home) -> None:
    await asyncio.to_thread(place.make)
    with closing(sqlite3.connect(place.database)) as connection:
        connection.execute("CREATE TABLE recipes (soup)")
    before = place.database.read_bytes()
    with pytest.raises(StudioError) as caught:
        await store.shelf.voices()
    assert caught.value.reason is Reason.LIBRARY_DAMAGED
    assert place.database.read_bytes() == before


async def test_the_schema_holds_what_the_next_issues_need(store: Store, place: Home) -> None:
    await store.shelf.voices()
    with closing(sqlite3.connect(place.database)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("INSERT INTO accounts (account, system, created) VALUES ('a', 's', 1), ('b', 's', 2)")
        voice = (
            "INSERT INTO voices "
            "(library_id, system, account, voice_id, name, origin, target_model, language, created, status)"
        )
        for number, account in enumerate("ab"):
            connection.execute(
                f"{voice} VALUES (?, 's', ?, 'v', 'n', 'cloned', 'm', 'en', 1, 'in-review')", (number, account)
            )
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"{voice} VALUES ('9', 's', 'a', 'v', 'n', 'cloned', 'm', 'en', 1, 'ready')")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE voices SET status = 'lost'")
        connection.execute(
            "INSERT INTO rights (library_id, sample_sha256, statement, created) VALUES ('0', 'x', '{}', 1)"
        )
        connection.execute("INSERT INTO tags VALUES ('0', 'warm')")
        connection.execute("DELETE FROM voices")
        assert connection.execute("SELECT library_id FROM rights").fetchall() == [(None,)]
        assert connection.execute("SELECT * FROM tags").fetchall() == []
