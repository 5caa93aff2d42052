"""Candidates: put, kept, discarded and taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Candidate, Designed
from studio.store import Home, Store
from tests.fakes.voices import brief, clip, voice


async def put(store: Store, **fields: object) -> Candidate:
    designed = Designed(voice(**fields), clip(), seed=7, understood=("male",), unused_words=("purple", "紫"))
    return await store.tray.put(brief(), designed)


async def test_candidates_outlive_the_store_newest_first(open_store: Callable[..., Store]) -> None:
    first = open_store()
    made = [await put(first) for _ in range(3)]
    await first.aclose()
    assert await open_store().tray.candidates() == tuple(reversed(made))


async def test_keep_moves_voice_and_clip_to_the_shelf(store: Store) -> None:
    candidate = await put(store)
    kept = await store.tray.keep(candidate.candidate_id, "Old sailor")
    assert kept.name == "Old sailor"
    assert kept.library_id == candidate.voice.library_id
    assert await store.tray.candidates() == ()
    assert await store.shelf.voices() == (kept,)
    assert await store.clips.clips_of(kept.library_id) == (candidate.preview,)


async def test_an_empty_name_leaves_the_voice_its_own(store: Store) -> None:
    candidate = await put(store, name="Calm man")
    assert (await store.tray.keep(candidate.candidate_id, "")).name == "Calm man"


async def test_a_candidate_is_kept_once(open_store: Callable[..., Store]) -> None:
    candidate = await put(open_store())
    stores = [open_store() for _ in range(4)]
    ends = await asyncio.gather(
        *(store.tray.keep(candidate.candidate_id, "") for store in stores), return_exceptions=True
    )
    failures = [end for end in ends if isinstance(end, StudioError)]
    assert [failure.reason for failure in failures] == [Reason.NO_SUCH_VOICE] * 3
    assert len(await stores[0].shelf.voices()) == 1


async def test_the_same_voice_kept_again_is_one_voice_with_two_clips(store: Store) -> None:
    first = await put(store, account="a", voice_id="same")
    second = await put(store, account="a", voice_id="same")
    kept = await store.tray.keep(first.candidate_id, "One")
    await store.shelf.delete(kept.library_id)
    again = await store.tray.keep(second.candidate_id, "Two")
    assert (again.library_id, again.name) == (kept.library_id, "Two")
    assert await store.shelf.voices() == (again,)
    assert {one.clip_id for one in await store.clips.clips_of(again.library_id)} == {
        first.preview.clip_id,
        second.preview.clip_id,
    }


async def test_one_voice_id_in_two_accounts_is_two_voices(store: Store) -> None:
    for account in ("a", "b"):
        await store.tray.keep((await put(store, account=account, voice_id="same")).candidate_id, "")
    assert {one.account for one in await store.shelf.voices()} == {"a", "b"}


async def test_discarded_it_is_hidden_and_can_be_taken_back(store: Store) -> None:
    candidate, other = await put(store), await put(store)
    await store.tray.discard(candidate.candidate_id)
    assert await store.tray.candidates() == (other,)
    with pytest.raises(StudioError):
        await store.tray.keep(candidate.candidate_id, "")
    assert await store.tray.take_back(candidate.candidate_id) == candidate
    assert await store.tray.candidates() == (other, candidate)


async def test_unknown_candidates_are_said(store: Store) -> None:
    for ask in (store.tray.keep(uuid4(), "x"), store.tray.discard(uuid4()), store.tray.take_back(uuid4())):
        with pytest.raises(StudioError) as caught:
            await ask
        assert caught.value.reason is Reason.NO_SUCH_VOICE


async def test_a_row_that_fails_takes_its_file_along(store: Store, place: Home) -> None:
    await store.tray.candidates()
    with pytest.raises(OverflowError):
        await store.tray.put(brief(), Designed(voice(), clip(), seed=2**70))
    assert not list(place.clips.iterdir())
    assert await store.tray.candidates() == ()
