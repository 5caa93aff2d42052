"""The voices kept and their clips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, Designed, Voice
from studio.store import Home, Store
from tests.fakes.voices import brief, clip, voice


async def kept(store: Store, **fields: Any) -> Voice:
    candidate = await store.tray.put(brief(), Designed(voice(**fields), clip()))
    return await store.tray.keep(candidate.candidate_id, "")


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


def files(place: Home) -> set[str]:
    return {path.name for path in place.clips.iterdir()}


# -- voices -------------------------------------------------------------------------------------------------------


async def test_voices_come_newest_first(store: Store) -> None:
    start = datetime(2026, 11, 21, tzinfo=UTC)
    for days in (2, 3, 1):
        await kept(store, name=str(days), created=start + timedelta(days=days))
    assert [one.name for one in await store.shelf.voices()] == ["3", "2", "1"]


async def test_found_by_each_of_its_names(store: Store) -> None:
    made = await kept(store, voice_id="custom:male:7")
    await kept(store)
    whole = str(made.library_id)
    for handle in (whole, whole.upper(), whole.replace("-", ""), whole[:8], whole[:20], "on-device:custom:male:7"):
        assert await store.shelf.find(handle) == made


@pytest.mark.parametrize(
    "handle", ["", "0", "abcdefg", "zzzzzzzz", "00000000", ":", "on-device:", "on-device:other", "%", "a" * 700_000]
)
async def test_not_found(store: Store, handle: str) -> None:
    await kept(store, library_id=UUID(int=2**127))
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.find(handle)


async def test_the_beginning_of_two_ids_names_neither(store: Store) -> None:
    ids = [UUID("12345678-0000-4000-8000-000000000000"), UUID("12345678-ffff-4fff-bfff-ffffffffffff")]
    for one in ids:
        await kept(store, library_id=one)
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.find("12345678")
    assert (await store.shelf.find("12345678-f")).library_id == ids[1]


async def test_of_two_accounts_the_newer_voice_is_found(store: Store) -> None:
    older = await kept(store, account="a", voice_id="same", created=datetime(2025, 1, 1, tzinfo=UTC))
    newer = await kept(store, account="b", voice_id="same", created=datetime(2026, 1, 1, tzinfo=UTC))
    assert await store.shelf.find("on-device:same") == newer
    await store.shelf.delete(newer.library_id)
    assert await store.shelf.find("on-device:same") == older


async def test_name_and_notes_change_alone(open_store: Callable[..., Store]) -> None:
    made = await kept(open_store())
    await open_store().shelf.rename(made.library_id, "新名")
    await open_store().shelf.annotate(made.library_id, "warm")
    assert await open_store().shelf.find(str(made.library_id)) == replace(made, name="新名", notes="warm")


async def test_the_last_use_is_noted_without_touching_the_rest(open_store: Callable[..., Store]) -> None:
    made = await kept(open_store())
    before = datetime.now(UTC)
    await open_store().shelf.used(made.library_id)
    used = await open_store().shelf.find(str(made.library_id))
    assert used.last_used
    assert before - timedelta(milliseconds=1) <= used.last_used <= datetime.now(UTC)
    assert replace(used, last_used=None) == made


async def test_changing_an_unknown_voice_is_said(store: Store) -> None:
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.rename(voice().library_id, "name")
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.annotate(voice().library_id, "notes")
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.used(voice().library_id)


# -- delete, restore, purge -----------------------------------------------------------------------------------------


async def test_a_deleted_voice_is_hidden_and_comes_back(open_store: Callable[..., Store]) -> None:
    store = open_store()
    made = await kept(store)
    await store.shelf.delete(made.library_id)
    other = open_store()
    assert await other.shelf.voices() == ()
    for handle in (str(made.library_id), f"{made.system}:{made.voice_id}"):
        with refused(Reason.NO_SUCH_VOICE):
            await other.shelf.find(handle)
    with refused(Reason.NO_SUCH_VOICE):
        await other.shelf.delete(made.library_id)
    await store.shelf.restore(made.library_id)
    assert await other.shelf.voices() == (made,)


async def test_purge_spares_what_can_still_be_undone(store: Store, place: Home) -> None:
    made = await kept(store)
    candidate = await store.tray.put(brief(), Designed(voice(), clip()))
    await store.shelf.delete(made.library_id)
    await store.tray.discard(candidate.candidate_id)
    await store.shelf.purge()
    assert len(files(place)) == 2
    await store.shelf.restore(made.library_id)
    assert await store.tray.take_back(candidate.candidate_id) == candidate


async def test_purge_removes_rows_and_files_once_the_time_is_over(
    open_store: Callable[..., Store], place: Home
) -> None:
    store = open_store()
    made, other = await kept(store), await kept(store)
    await store.clips.add_clip(made.library_id, clip(), ClipKind.SPOKEN, "Hello.")
    candidate = await store.tray.put(brief(), Designed(voice(), clip()))
    await store.shelf.delete(made.library_id)
    await store.tray.discard(candidate.candidate_id)
    await open_store(undo_s=0.0).shelf.purge()
    assert files(place) == {one.file for one in await store.clips.clips_of(other.library_id)}
    assert await store.shelf.voices() == (other,)
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.restore(made.library_id)
    with refused(Reason.NO_SUCH_VOICE):
        await store.tray.take_back(candidate.candidate_id)
    with refused(Reason.NO_SUCH_VOICE):
        await store.clips.add_clip(made.library_id, clip(), ClipKind.SPOKEN, "Hello.")
    assert len(files(place)) == 1


# -- several processes ----------------------------------------------------------------------------------------------


async def test_only_the_writes_of_others_count_as_changed(open_store: Callable[..., Store]) -> None:
    mine, other = open_store(), open_store()
    await mine.shelf.voices()
    assert not await mine.shelf.changed_elsewhere()
    await kept(mine)
    assert not await mine.shelf.changed_elsewhere()
    await kept(other)
    assert await mine.shelf.changed_elsewhere()
    assert not await mine.shelf.changed_elsewhere()
    await other.shelf.purge()
    assert not await mine.shelf.changed_elsewhere()


# -- clips ----------------------------------------------------------------------------------------------------------


async def test_the_preview_first_then_newest_first(store: Store) -> None:
    made = await kept(store)
    for text in ("one", "two"):
        await store.clips.add_clip(made.library_id, clip(), ClipKind.SPOKEN, text)
    assert [one.text for one in await store.clips.clips_of(made.library_id)] == ["Good evening.", "two", "one"]
    assert await store.clips.clips_of(uuid4()) == ()


async def test_a_clip_is_the_same_when_loaded(open_store: Callable[..., Store]) -> None:
    store = open_store()
    made = await kept(store)
    spoken = clip(b"\1\2" * 3_000, channels=2, rate_hz=48_000)
    stored = await store.clips.add_clip(made.library_id, spoken, ClipKind.SPOKEN, "Hé\ud83d")
    other = open_store()
    assert stored in await other.clips.clips_of(made.library_id)
    assert await other.clips.load(stored) == spoken
    assert stored.text == "Hé\ufffd"


async def test_a_clip_for_nobody_leaves_no_file(store: Store, place: Home) -> None:
    with refused(Reason.NO_SUCH_VOICE):
        await store.clips.add_clip(uuid4(), clip(), ClipKind.SPOKEN, "Hello.")
    assert files(place) == set()


async def test_a_deleted_clip_comes_back_until_it_is_purged(open_store: Callable[..., Store], place: Home) -> None:
    store = open_store(undo_s=0)
    made = await kept(store)
    (preview,) = await store.clips.clips_of(made.library_id)
    for _ in range(2):
        await store.clips.delete_clip(preview.clip_id)
    assert await store.clips.clips_of(made.library_id) == ()
    await store.clips.restore_clip(preview.clip_id)
    assert await store.clips.clips_of(made.library_id) == (preview,)
    await store.clips.delete_clip(preview.clip_id)
    await store.shelf.purge()
    assert files(place) == set()
    with refused(Reason.NO_SUCH_CLIP):
        await store.clips.restore_clip(preview.clip_id)


async def test_the_clip_of_a_candidate_stays(store: Store) -> None:
    candidate = await store.tray.put(brief(), Designed(voice(), clip()))
    await store.clips.delete_clip(candidate.preview.clip_id)
    assert await store.clips.load(candidate.preview) == clip()


@pytest.mark.parametrize("name", ["../library.db", "/etc/hostname", "..", "", "no/such/clip.wav"])
async def test_no_way_out_of_the_folder(store: Store, name: str) -> None:
    stored = (await store.tray.put(brief(), Designed(voice(), clip()))).preview
    with refused(Reason.NO_SUCH_CLIP):
        await store.clips.load(replace(stored, file=name))
