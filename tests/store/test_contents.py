"""Rows that can't be read are damage, though the pages that hold them are whole; it is found at the start."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from studio.domain.errors import Reason, StudioError
from studio.store import Home, Store
from tests.store.archives import filled

Opened = Callable[..., Store]

SPOILT = "UPDATE voices SET {} = CAST(x'48656CFF6C6F' AS TEXT) WHERE rowid = 2"


def damaged() -> Any:
    return pytest.raises(StudioError, match=f"^{Reason.LIBRARY_DAMAGED.value}")


def change(place: Home, statement: str) -> None:
    """As no program of ours would: without the triggers."""
    with closing(sqlite3.connect(place.database, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)


@pytest.mark.parametrize("column", ["name", "voice_id", "description", "notes", "region", "tag_lines", "recipe"])
async def test_a_byte_that_is_no_text_is_damage(open_store: Opened, place: Home, column: str) -> None:
    first = open_store()
    await filled(first, 3)
    await first.upkeep.check()
    await first.aclose()
    await asyncio.to_thread(change, place, SPOILT.format(column))
    store = open_store()
    with damaged():
        await store.upkeep.check()
    with damaged():
        await store.shelf.voices()
    with damaged():
        await store.shelf.changes(0)


async def test_it_is_found_in_a_hidden_voice_too_and_its_copy_put_back(open_store: Opened, place: Home) -> None:
    store = open_store()
    kept = await filled(store, 3)
    await store.upkeep.back_up()
    await store.shelf.delete(kept[1].library_id)
    await asyncio.to_thread(change, place, SPOILT.format("name"))
    with damaged():
        await store.upkeep.check()
    (backup,) = await store.upkeep.backups()
    await store.upkeep.put_back(backup)
    await store.upkeep.check()
    assert len(await store.shelf.voices()) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE voices SET library_id = 'nobody' WHERE rowid = 2",
        "UPDATE voices SET created = 9000000000000000000 WHERE rowid = 2",
        "DELETE FROM revisions",
        "INSERT INTO revisions VALUES (5, 0)",
        "UPDATE revisions SET last = 'many'",
    ],
)
async def test_what_this_program_cannot_have_written_is_damage(open_store: Opened, place: Home, statement: str) -> None:
    first = open_store()
    await filled(first, 3)
    await first.aclose()
    await asyncio.to_thread(change, place, statement)
    store = open_store()
    with damaged():
        await store.upkeep.check()
    with damaged():
        await store.shelf.changes(0)
