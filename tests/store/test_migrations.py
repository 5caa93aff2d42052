"""The numbered steps of the library's shape."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from studio.domain.briefs import Order
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Origin, Status, Voice
from studio.store import Home, Store
from studio.store.migrations import LATEST, MIGRATIONS, migrate
from studio.store.rows import voice_record
from tests.fakes.voices import brief, voice

TABLES = {
    "accounts",
    "voices",
    "clips",
    "candidates",
    "orders",
    "rights",
    "tags",
    "consents",
    "spendings",
    "revisions",
    "purged",
}


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


# -- a library of the first version -----------------------------------------------------------------------------------

_OLD_BRIEF = {
    "system": "on-device",
    "description": "A calm man",
    "preview_text": "Good evening.",
    "language": "en",
    "name": "",
    "rate_hz": 24_000,
    "format": "wav",
    "seed": None,
}


def make_first_version(place: Home, kept: Voice, waiting: Voice) -> UUID:
    """With a voice, a candidate, an account and an order whose process is gone; returns the order's id."""
    place.make()
    order_id = uuid4()
    with closing(sqlite3.connect(place.database, isolation_level=None)) as old:
        for statement in MIGRATIONS[0]:
            old.execute(statement)
        old.execute("PRAGMA user_version = 1")
        record = voice_record(kept)
        columns, values = ", ".join(record), ", ".join(f":{name}" for name in record)
        old.execute(f"INSERT INTO voices ({columns}) VALUES ({values})", record)  # noqa: S608
        old.execute("INSERT INTO accounts (account, system, created) VALUES ('mine', 'on-device', 1)")
        (place.clips / "c.wav").write_bytes(b"sound")
        clip_id = str(uuid4())
        old.execute(
            "INSERT INTO clips VALUES (?, NULL, 'preview', 't', 'c.wav', 'wav', 8000, 1, 1, 1, '', 'x', NULL, NULL)",
            (clip_id,),
        )
        old.execute(
            "INSERT INTO candidates VALUES (?, ?, ?, ?, 7, '[]', '[]', 1, NULL)",
            (str(uuid4()), json.dumps(_OLD_BRIEF), json.dumps(voice_record(waiting)), clip_id),
        )
        old.execute(
            "INSERT INTO orders (order_id, account, brief, created, owner) VALUES (?, 'mine', ?, 1, 'nobody')",
            (str(order_id), json.dumps(_OLD_BRIEF)),
        )
    return order_id


async def test_a_library_of_the_first_version_opens_and_works(store: Store, place: Home) -> None:
    kept, waiting = voice(), voice()
    order_id = await asyncio.to_thread(make_first_version, place, kept, waiting)
    assert await store.shelf.voices() == (kept,)
    assert await store.accounts.current("on-device") == "mine"
    (candidate,) = await store.tray.candidates()
    assert (candidate.voice, candidate.brief) == (waiting, brief())
    await store.tray.keep(candidate.candidate_id, "")
    assert set(await store.shelf.voices()) == {kept, replace(waiting, has_clips=True)}
    (order,) = await store.pending.abandoned()
    assert order == Order(order_id, "mine", brief(), order.created)
    await store.pending.note_task(order_id, "task")
    assert (await store.pending.open())[0].task_id == "task"
    remote = voice(system="qwen", language=None)
    await store.shelf.merge("qwen", remote.account, [remote], (Origin.DESIGNED,))
    await store.shelf.merge("on-device", kept.account, [], (Origin.DESIGNED,))
    states = {one.library_id: one.status for one in await store.shelf.voices()}
    assert states == {
        kept.library_id: Status.GONE,  # it came long ago
        waiting.library_id: Status.READY,
        remote.library_id: Status.READY,
    }
