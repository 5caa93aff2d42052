"""What changed since a revision, and the newest voices."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from studio.domain.voices import ClipKind, Designed, Origin, Status, Voice
from studio.ports import Changes, Labels
from studio.store import Home, Store
from studio.store.deleting import REMEMBERED
from tests.fakes.voices import brief, clip, voice
from tests.store.test_shelf import kept
from tests.store.test_voice_rows import OWN, change, remote


class Reader:
    """Knows the voices as a window does: by what has changed, of any process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.revision = 0
        self.known: dict[UUID, Voice] = {}
        self.wholes = 0

    async def look(self) -> Changes:
        """As it is on the shelf then, but for the moments of lists."""
        told = await self._store.shelf.changes(self.revision)
        if told.whole:
            self.known = {}
            self.wholes += 1
        self.known |= {one.library_id: one for one in told.voices}
        for library_id in told.hidden:
            self.known.pop(library_id, None)
        self.revision = told.revision
        assert {k: _unlisted(v) for k, v in self.known.items()} == {
            one.library_id: _unlisted(one) for one in await self._store.shelf.voices()
        }
        return told


def _unlisted(one: Voice) -> Voice:
    return replace(one, listed=one.listed and datetime.min)


async def test_at_first_all_then_only_what_changed(open_store: Callable[..., Store]) -> None:
    reader, store = Reader(open_store()), open_store()
    assert (await reader.look()).whole
    first, second = await kept(store), await kept(store)
    told = await reader.look()
    assert (set(told.voices), told.whole) == ({first, second}, False)
    assert await reader.look() == Changes(told.revision)
    await store.shelf.rename(first.library_id, "New")
    assert [one.name for one in (await reader.look()).voices] == ["New"]
    await store.shelf.rename(first.library_id, "New")
    assert (await reader.look()).voices == ()


async def test_every_way_to_change_a_voice_is_noticed(open_store: Callable[..., Store]) -> None:
    reader, store = Reader(open_store()), open_store()
    made = await kept(store, system="qwen", account="a")
    (preview,) = await store.clips.clips_of(made.library_id)
    await reader.look()
    one = made.library_id
    for doing in (
        store.shelf.annotate(one, "notes"),
        store.shelf.used(one),
        store.shelf.mark(one, Status.IN_REVIEW),
        store.shelf.set_pitch(one, 110.5),
        store.shelf.label([one], Labels(favourite=True)),
        store.shelf.label([one], Labels(add_tags=("warm",))),
        store.shelf.label([one], Labels(drop_tags=("warm",))),
        store.clips.add_clip(one, clip(b"more"), ClipKind.SPOKEN, "more"),
        store.clips.delete_clip(preview.clip_id),
        store.clips.restore_clip(preview.clip_id),
        store.shelf.merge("qwen", "a", [replace(made, target_model="m2")], OWN),
        store.shelf.seen(one),
        store.shelf.add(replace(made, recipe="r2"), None, ClipKind.PREVIEW, ""),
    ):
        await doing
        told = await reader.look()
        assert [changed.library_id for changed in told.voices] == [one], doing
    assert reader.wholes == 1


async def test_hidden_restored_and_purged(open_store: Callable[..., Store]) -> None:
    reader, late, store = Reader(open_store()), Reader(open_store()), open_store(undo_s=0)
    made, other = await kept(store), await kept(store)
    for one in (reader, late):
        await one.look()
    await store.shelf.delete(made.library_id)
    assert (await reader.look()).hidden == (made.library_id,)
    await store.shelf.restore(made.library_id)
    assert (await reader.look()).voices == (made,)
    await store.shelf.delete(made.library_id)
    await store.shelf.purge()
    assert (await late.look()).hidden == (made.library_id,)
    assert set(late.known) == {other.library_id}
    again = await kept(store, library_id=made.library_id)
    for one in (reader, late):
        told = await one.look()
        assert (told.voices, told.hidden) == ((again,), ())
    assert (reader.wholes, late.wholes) == (1, 1)


async def test_who_missed_more_than_is_remembered_reads_everything(
    open_store: Callable[..., Store], place: Home
) -> None:
    reader, store = Reader(open_store()), open_store(undo_s=0)
    await kept(store)
    await reader.look()
    await asyncio.to_thread(_purge_many, place, REMEMBERED + 10)
    gone = await kept(store)
    await store.shelf.delete(gone.library_id)
    await store.shelf.purge()
    assert (await reader.look()).whole
    assert not (await reader.look()).whole


def _purge_many(place: Home, how_many: int) -> None:
    with closing(sqlite3.connect(place.database)) as library, library:
        (last,) = library.execute("SELECT last FROM revisions").fetchone()
        rows = [(last + number, f"gone-{number}") for number in range(1, how_many + 1)]
        library.executemany("INSERT INTO purged VALUES (?, ?)", rows)
        library.execute("UPDATE revisions SET last = last + ?", (how_many,))


async def test_a_file_that_was_put_back_is_read_anew(open_store: Callable[..., Store], place: Home) -> None:
    reader, store = Reader(open_store()), open_store()
    await kept(store)
    await reader.look()
    await asyncio.to_thread(change, place, "UPDATE revisions SET last = 1")
    assert (await reader.look()).whole


async def test_a_candidate_is_no_change_until_it_is_kept(store: Store) -> None:
    reader = Reader(store)
    await reader.look()
    candidate = await store.tray.put(brief(), Designed(voice(), clip()))
    assert await reader.look() == Changes(reader.revision)
    await store.tray.keep(candidate.candidate_id, "")
    assert [one.has_clips for one in (await reader.look()).voices] == [True]


async def test_a_refresh_costs_what_it_changed(store: Store) -> None:
    reader = Reader(store)
    listed = [remote() for _ in range(300)]
    await store.shelf.merge("qwen", "a", listed, OWN)
    await reader.look()
    told = [*listed[:-1], replace(listed[-1], status=Status.REJECTED)]
    await store.shelf.merge("qwen", "a", told, OWN)
    assert [one.voice_id for one in (await reader.look()).voices] == [listed[-1].voice_id]


@pytest.mark.parametrize("count", [0, 1, 3, 100])
async def test_the_newest_come_first(store: Store, count: int) -> None:
    start = datetime(2026, 11, 21, tzinfo=UTC)
    for days in (2, 3, 1, 3):
        await kept(store, created=start + timedelta(days=days))
    everything = await store.shelf.voices()
    assert await store.shelf.newest(count) == everything[:count]
    await store.shelf.delete(everything[0].library_id)
    assert await store.shelf.newest(count) == everything[1:][:count]


async def test_clips_that_come_and_go_are_told_of(store: Store) -> None:
    made = await store.shelf.add(remote(), None, ClipKind.PREVIEW, "")
    assert not made.has_clips
    for _ in range(2):
        stored = await store.clips.add_clip(made.library_id, clip(), ClipKind.SPOKEN, "")
        assert (await store.shelf.find(str(made.library_id))).has_clips
        await store.clips.delete_clip(stored.clip_id)
        assert not (await store.shelf.find(str(made.library_id))).has_clips


async def test_words_of_any_length_and_script(store: Store) -> None:
    fields: dict[str, Any] = {"voice_id": "声" * 700_000, "description": "\0", "notes": "'); DROP TABLE voices;--"}
    made = remote(**fields, origin=Origin.CLONED)
    for _ in range(2):
        await store.shelf.merge("qwen", "a", [made, made, remote(voice_id=made.voice_id, name="other")], OWN)
    assert [_unlisted(one) for one in await store.shelf.voices()] == [replace(made, listed=datetime.min)]
