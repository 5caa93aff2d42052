"""What is wrong with the library file is said as a reason, and nothing in it is lost by that."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Designed
from studio.store import Home, Store
from studio.store.database import Database
from tests.fakes.voices import brief, clip, voice


async def reason_of(store: Store) -> Reason:
    with pytest.raises(StudioError) as caught:
        await store.accounts.current("noiz")
    return caught.value.reason


async def test_a_file_that_is_no_database_is_left_as_it_is(store: Store, place: Home) -> None:
    await asyncio.to_thread(place.make)
    place.database.write_bytes(b"These are my memoirs. " * 1_000)
    assert await reason_of(store) is Reason.LIBRARY_DAMAGED
    assert place.database.read_bytes() == b"These are my memoirs. " * 1_000


async def test_a_torn_file_is_damaged(open_store: Callable[..., Store], place: Home) -> None:
    first = open_store()
    await first.tray.put(brief(), Designed(voice(), clip()))
    await first.aclose()
    whole = place.database.read_bytes()
    place.database.write_bytes(whole[: len(whole) // 2])
    assert await reason_of(open_store()) is Reason.LIBRARY_DAMAGED
    assert place.database.read_bytes() == whole[: len(whole) // 2]


async def test_pages_of_rubbish_are_damaged(open_store: Callable[..., Store], place: Home) -> None:
    first = open_store()
    await first.tray.put(brief(), Designed(voice(), clip()))
    await first.aclose()
    whole = place.database.read_bytes()
    place.database.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StudioError) as caught:
        await open_store().tray.candidates()
    assert caught.value.reason is Reason.LIBRARY_DAMAGED


async def test_an_empty_file_beside_a_full_log_is_damaged(store: Store, place: Home) -> None:
    await asyncio.to_thread(place.make)
    place.database.touch()
    log = place.database.with_name("library.db-wal")
    log.write_bytes(b"all that is left")
    assert await reason_of(store) is Reason.LIBRARY_DAMAGED
    assert log.read_bytes() == b"all that is left"


async def test_a_folder_of_that_name_is_not_writable(store: Store, place: Home) -> None:
    await asyncio.to_thread(place.make)
    place.database.mkdir()
    assert await reason_of(store) is Reason.LIBRARY_NOT_WRITABLE


async def test_busy_while_another_writes_and_fine_afterwards(open_store: Callable[..., Store], place: Home) -> None:
    await open_store().shelf.voices()
    hasty = open_store(busy_s=0.05)
    with closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert await reason_of(hasty) is Reason.LIBRARY_BUSY
        assert await hasty.shelf.voices() == ()  # readers don't wait for a writer
    assert await hasty.accounts.current("noiz")


async def test_busy_while_another_holds_the_whole_file(open_store: Callable[..., Store], place: Home) -> None:
    first = open_store()
    await first.shelf.voices()
    await first.aclose()
    hasty = open_store(busy_s=0.05)
    with closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert await reason_of(hasty) is Reason.LIBRARY_BUSY
    assert await hasty.shelf.voices() == ()


async def test_a_writer_waits_for_another(open_store: Callable[..., Store], place: Home) -> None:
    store = open_store()
    await store.shelf.voices()
    with closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(store.accounts.current("noiz"))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        other.execute("COMMIT")
        assert await waiting


async def test_a_full_disk(place: Home) -> None:
    """SQLite's own limit on the number of pages stands for the disk."""
    database = Database(place)

    def fill(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connection.execute("INSERT INTO accounts VALUES ('a', 's', '', zeroblob(100000), 1)")

    with pytest.raises(StudioError) as caught:
        await database.run(fill)
    assert caught.value.reason is Reason.DISK_FULL
    assert caught.value.retryable
    await database.aclose()


async def test_read_only(place: Home) -> None:
    database = Database(place)

    def write(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("DELETE FROM voices")

    with pytest.raises(StudioError) as caught:
        await database.run(write)
    assert caught.value.reason is Reason.LIBRARY_NOT_WRITABLE
    await database.aclose()


async def test_a_bug_is_no_reason(place: Home) -> None:
    database = Database(place)
    with pytest.raises(sqlite3.OperationalError):
        await database.run(lambda connection: connection.execute("SELECT * FROM nothing"))
    await database.aclose()


async def test_everything_runs_on_one_thread_which_ends(place: Home) -> None:
    database = Database(place)
    threads = {await database.run(lambda _: threading.current_thread()) for _ in range(5)}
    assert len(threads) == 1
    assert threading.current_thread() not in threads
    await database.aclose()
    assert not threads.pop().is_alive()


async def test_cancelled_work_is_done_whole(store: Store) -> None:
    await store.shelf.voices()
    putting = asyncio.create_task(store.tray.put(brief(), Designed(voice(), clip(bytes(4_000_000)))))
    await asyncio.sleep(0)
    putting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await putting
    found = await store.tray.candidates()  # runs behind it
    assert len(found) <= 1
    for candidate in found:
        assert len((await store.clips.load(candidate.preview)).data) == 4_000_000
