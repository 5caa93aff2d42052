"""Voices that come from orders and from lists: one voice however often it comes, and a person's words stay."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, Designed, Origin, Status, Voice
from studio.ports import Changes
from studio.store import Home, Store
from studio.store.merging import FRESH_S
from tests.fakes.voices import brief, clip, voice

OWN = (Origin.DESIGNED, Origin.CLONED)


def remote(**changes: Any) -> Voice:
    return voice(**{"system": "qwen", "account": "a", "recipe": "", **changes})


async def added(store: Store, made: Voice, sound: bytes = b"\1\2" * 500) -> Voice:
    return await store.shelf.add(made, clip(sound), ClipKind.PREVIEW, "Good evening.")


async def listed_in(store: Store) -> tuple[Voice, ...]:
    """All voices, but for when a list showed them."""
    return tuple(replace(one, listed=None) for one in await store.shelf.voices())


def rows(place: Home, asked: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(place.database)) as library:
        return library.execute(asked).fetchall()


def change(place: Home, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(place.database)) as library, library:
        library.execute(statement, values)


def age(place: Home) -> None:
    """As if every voice had come in a while ago."""
    change(place, "UPDATE voices SET added = added - ?", round(FRESH_S * 1e6) + 1)


# -- added after an order ---------------------------------------------------------------------------------------------


async def test_a_voice_with_its_clip(store: Store) -> None:
    made = remote()
    assert await added(store, made) == replace(made, has_clips=True)
    assert await store.shelf.voices() == (replace(made, has_clips=True),)
    (stored,) = await store.clips.clips_of(made.library_id)
    assert (stored.kind, stored.text) == (ClipKind.PREVIEW, "Good evening.")
    assert await store.clips.load(stored) == clip(b"\1\2" * 500)


async def test_a_voice_without_a_clip_and_without_a_language(open_store: Callable[..., Store]) -> None:
    made = remote(language=None)
    assert await open_store().shelf.add(made, None, ClipKind.PREVIEW, "") == made
    assert await open_store().shelf.find(str(made.library_id)) == made


async def test_one_that_is_there_keeps_what_the_person_wrote(store: Store, place: Home) -> None:
    first = remote(status=Status.IN_REVIEW, description="", preview_text="old", language=None, recipe="r")
    await added(store, first)
    await store.shelf.rename(first.library_id, "Mine")
    await store.shelf.annotate(first.library_id, "notes")
    later = remote(voice_id=first.voice_id, name="Theirs", description="words", preview_text="", target_model="m2")
    assert await added(store, later, b"\3\4") == replace(
        first,
        name="Mine",
        notes="notes",
        status=Status.READY,
        description="words",
        language=later.language,
        target_model="m2",
        has_clips=True,
    )
    assert len(await store.shelf.voices()) == 1
    assert len(await store.clips.clips_of(first.library_id)) == 2
    assert rows(place, "SELECT count(*) FROM rights") == [(0,)]


async def test_an_empty_name_is_filled(store: Store) -> None:
    first = remote(name="")
    await added(store, first)
    assert (await added(store, replace(first, library_id=uuid4(), name="Anna"))).name == "Anna"


async def test_the_same_clip_is_there_once_also_if_it_was_deleted(store: Store, place: Home) -> None:
    made = await added(store, remote())
    await added(store, made)
    (stored,) = await store.clips.clips_of(made.library_id)
    await store.clips.delete_clip(stored.clip_id)
    await added(store, made)
    assert await store.clips.clips_of(made.library_id) == (stored,)
    assert os.listdir(place.clips) == [stored.file]


async def test_a_deleted_one_comes_back_with_its_id(store: Store) -> None:
    made = await added(store, remote())
    await store.shelf.delete(made.library_id)
    assert await added(store, replace(made, library_id=uuid4())) == made
    assert await store.shelf.voices() == (made,)


async def test_a_row_that_fails_takes_its_file_along(store: Store, place: Home) -> None:
    made = await added(store, remote())
    before = os.listdir(place.clips)
    with pytest.raises(sqlite3.IntegrityError):
        await added(store, remote(library_id=made.library_id), b"other")
    assert os.listdir(place.clips) == before


async def test_what_was_said_of_the_right_is_kept_with_the_sum_of_the_sample(store: Store, place: Home) -> None:
    said = json.dumps({"said": "I may", "sample_sha256": "of-the-order"})
    sound = b"\5\6" * 100
    made = remote(origin=Origin.CLONED)
    for _ in range(2):
        await store.shelf.add(made, clip(sound), ClipKind.SAMPLE, "", said)
    await store.shelf.add(remote(), None, ClipKind.SAMPLE, "", said)
    kept = rows(place, "SELECT library_id, sample_sha256, statement FROM rights ORDER BY rights_id")
    assert kept[0] == (str(made.library_id), sha256(sound).hexdigest(), said)
    assert [one[1] for one in kept] == [sha256(sound).hexdigest(), "of-the-order"]
    await store.shelf.delete(made.library_id)
    await asyncio.to_thread(change, place, "UPDATE voices SET deleted = 1 WHERE deleted IS NOT NULL")
    await store.shelf.purge()
    assert len(rows(place, "SELECT * FROM rights")) == 2  # the statement outlives the voice


# -- listed by a system -----------------------------------------------------------------------------------------------


async def test_listed_voices_come_in_without_an_account_of_their_own(store: Store) -> None:
    listed = [remote(account=""), remote(account="", origin=Origin.BUILT_IN), remote(account="", language=None)]
    await store.shelf.merge("qwen", "a", listed, OWN)
    assert {one.listed is None for one in await store.shelf.voices()} == {False}
    assert set(await listed_in(store)) == {replace(one, account="a") for one in listed}


async def test_known_ones_follow_in_status_and_words_only(store: Store) -> None:
    first = remote(status=Status.IN_REVIEW, description="", preview_text="mine", language=None, name="Mine")
    await store.shelf.merge("qwen", "a", [first], OWN)
    await store.shelf.annotate(first.library_id, "notes")
    listed = remote(voice_id=first.voice_id, name="Theirs", description="words", preview_text="theirs", region="cn")
    await store.shelf.merge("qwen", "a", [listed], OWN)
    known = replace(first, notes="notes", status=Status.READY, description="words", preview_text="theirs")
    known = replace(known, language=listed.language, region="cn", changed=True)
    assert await listed_in(store) == (known,)
    silent = replace(listed, target_model="", language=None, region="", description="", preview_text="")
    await store.shelf.merge("qwen", "a", [silent], OWN)
    assert await listed_in(store) == (known,)


async def test_what_the_list_lacks_is_gone_and_may_come_back(store: Store, place: Home) -> None:
    kinds = {origin: remote(origin=origin) for origin in Origin}
    other_account, other_system = remote(account="b"), remote(system="cosyvoice")
    for one in (*kinds.values(), other_account, other_system):
        await added(store, one)
    await asyncio.to_thread(age, place)
    await store.shelf.merge("qwen", "a", [], (Origin.DESIGNED,))
    gone = {one.voice_id for one in await store.shelf.voices() if one.status is Status.GONE}
    assert gone == {kinds[Origin.DESIGNED].voice_id}
    await store.shelf.merge("qwen", "a", [kinds[Origin.DESIGNED]], OWN)
    gone = {one.voice_id for one in await store.shelf.voices() if one.status is Status.GONE}
    assert gone == {kinds[Origin.CLONED].voice_id}


async def test_a_fresh_voice_is_not_gone(store: Store, place: Home) -> None:
    """Its vendor may say that it was made long ago."""
    made = await added(store, remote(created=voice().created.replace(year=2020)))
    await store.shelf.merge("qwen", "a", [], OWN)
    assert await store.shelf.voices() == (made,)
    await asyncio.to_thread(age, place)
    await added(store, made)  # adopted again
    await store.shelf.merge("qwen", "a", [], OWN)
    assert await store.shelf.voices() == (made,)


async def test_hidden_ones_stay_hidden(store: Store) -> None:
    made = await added(store, remote(status=Status.IN_REVIEW))
    await store.shelf.delete(made.library_id)
    await store.shelf.merge("qwen", "a", [replace(made, status=Status.READY)], OWN)
    assert await store.shelf.voices() == ()
    await store.shelf.restore(made.library_id)
    assert await listed_in(store) == (replace(made, status=Status.READY),)


async def test_a_list_that_says_nothing_new_changes_nothing(store: Store) -> None:
    listed = [remote(), remote(language=None), remote(target_model="")]
    await store.shelf.merge("qwen", "a", listed, OWN)
    before = await store.shelf.changes(0)
    await store.shelf.merge("qwen", "a", listed, OWN)
    assert await store.shelf.changes(before.revision) == Changes(before.revision)
    assert {one.listed for one in await store.shelf.voices()}.isdisjoint(one.listed for one in before.voices)


async def test_a_voice_is_marked(store: Store) -> None:
    made = await added(store, remote(status=Status.IN_REVIEW))
    await store.shelf.mark(made.library_id, Status.REJECTED)
    assert (await store.shelf.find(f"qwen:{made.voice_id}")).status is Status.REJECTED
    with pytest.raises(StudioError) as caught:
        await store.shelf.mark(uuid4(), Status.READY)
    assert caught.value.reason is Reason.NO_SUCH_VOICE


async def test_a_design_without_a_preview_is_not_for_the_tray(store: Store) -> None:
    with pytest.raises(ValueError, match="without a preview"):
        await store.tray.put(brief(), Designed(remote(), None))


async def test_an_unknown_language_is_damage(store: Store, place: Home) -> None:
    await added(store, remote())
    await asyncio.to_thread(change, place, "UPDATE voices SET language = 'tlh'")
    with pytest.raises(StudioError) as caught:
        await store.shelf.voices()
    assert caught.value.reason is Reason.LIBRARY_DAMAGED


async def test_ten_thousand_listed(store: Store, record_property: Callable[[str, object], None]) -> None:
    listed = [remote(description="A calm man " * 20) for _ in range(10_000)]
    await store.shelf.voices()
    changed = [replace(one, status=Status.REJECTED) for one in listed]
    for what, told in (("new", listed), ("unchanged", listed), ("changed", changed), ("none", [])):
        start = time.perf_counter()
        await store.shelf.merge("qwen", "a", told, OWN)
        seconds = time.perf_counter() - start
        record_property(f"seconds to merge 10,000 voices, {what}", seconds)
        print(f"10,000 voices merged, {what}: {seconds * 1e3:.0f} ms")
    assert {one.status for one in await store.shelf.voices()} == {Status.REJECTED}
