"""What a system's list tells, page by page, and what a person is told has changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.domain.voices import ClipKind, Origin, Status, Voice
from studio.store import Home, Store
from tests.store.test_shelf import refused
from tests.store.test_voice_rows import OWN, added, age, remote


async def tell(store: Store, *listed: Voice) -> Voice:
    """The first of them as it is on the shelf then."""
    await store.shelf.merge("qwen", "a", listed, ())
    return await store.shelf.find(f"qwen:{listed[0].voice_id}")


# -- pages ------------------------------------------------------------------------------------------------------------


async def test_of_a_list_in_pages_only_what_none_showed_is_gone(store: Store, place: Home) -> None:
    voices = [await added(store, remote()) for _ in range(5)]
    await store.shelf.merge("qwen", "a", voices, ())
    await asyncio.to_thread(age, place)
    since = datetime.now(UTC)
    await store.shelf.merge("qwen", "a", voices[:2], ())
    await store.shelf.merge("qwen", "a", voices[2:3], ())
    await store.shelf.merge("qwen", "a", voices[3:4], OWN, since)
    gone = {one.library_id: one.gone for one in await store.shelf.voices() if one.status is Status.GONE}
    assert set(gone) == {voices[4].library_id}
    assert since <= gone[voices[4].library_id] <= datetime.now(UTC)
    await store.shelf.merge("qwen", "a", voices[4:], ())
    assert {(one.status, one.gone) for one in await store.shelf.voices()} == {(Status.READY, None)}


async def test_it_stays_gone_since_it_went(store: Store, place: Home) -> None:
    made = await added(store, remote())
    await asyncio.to_thread(age, place)
    await store.shelf.merge("qwen", "a", [], OWN)
    first = await store.shelf.find(str(made.library_id))
    await store.shelf.merge("qwen", "a", [], OWN)
    await store.shelf.mark(made.library_id, Status.GONE)
    assert await store.shelf.find(str(made.library_id)) == first
    await store.shelf.mark(made.library_id, Status.READY)
    assert (await store.shelf.find(str(made.library_id))).gone is None
    await store.shelf.mark(made.library_id, Status.GONE)
    assert (await store.shelf.find(str(made.library_id))).gone is not None


async def test_a_voice_made_during_the_refresh_is_not_gone(store: Store) -> None:
    since = datetime.now(UTC)
    await store.shelf.merge("qwen", "a", [remote()], ())
    made = await added(store, remote())
    await store.shelf.merge("qwen", "a", [], OWN, since)
    assert (await store.shelf.find(str(made.library_id))).status is Status.READY


async def test_a_clock_that_is_put_back_takes_nothing_for_gone(store: Store, place: Home) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=2)
    voices = [await added(store, remote()) for _ in range(2)]
    await asyncio.to_thread(age, place)
    await store.shelf.merge("qwen", "a", voices[:1], (), ahead)
    await store.shelf.merge("qwen", "a", voices[1:], OWN, ahead)
    assert {one.status for one in await store.shelf.voices()} == {Status.READY}


async def test_the_first_word_of_a_repeated_voice_counts(store: Store) -> None:
    first = remote(target_model="m1")
    other = replace(first, library_id=uuid4(), target_model="m2", description="others")
    since = datetime.now(UTC)
    for _ in range(2):
        since = max(since + timedelta(microseconds=1), datetime.now(UTC))
        await store.shelf.merge("qwen", "a", [first, other], (), since)
        await store.shelf.merge("qwen", "a", [other], (), since)
    found = await store.shelf.find(f"qwen:{first.voice_id}")
    assert (found.target_model, found.description, found.changed) == ("m1", first.description, False)


# -- changed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "different", [{"target_model": "m2"}, {"language": Language.ZH}, {"description": "x"}, {"preview_text": "x"}]
)
async def test_another_word_of_the_list_is_told_until_it_is_looked_at(store: Store, different: dict[str, Any]) -> None:
    first = remote()
    assert not (await tell(store, first)).changed
    for _ in range(2):
        told = await tell(store, replace(first, **different))
        assert told == replace(first, **different, listed=told.listed, changed=True)
    await store.shelf.seen(told.library_id)
    assert not (await tell(store, replace(first, **different))).changed
    assert (await tell(store, first)).changed


@pytest.mark.parametrize(
    "different", [{"name": "n"}, {"status": Status.REJECTED}, {"region": "cn"}, {"notes": "n"}, {"recipe": "r"}]
)
async def test_other_differences_are_no_change(store: Store, different: dict[str, Any]) -> None:
    first = remote(region="intl")
    await tell(store, first)
    assert not (await tell(store, replace(first, **different))).changed


async def test_what_was_empty_is_filled_without_a_word(store: Store) -> None:
    full = remote()
    await tell(store, replace(full, target_model="", language=None, description="", preview_text=""))
    told = await tell(store, full)
    assert told == replace(full, listed=told.listed)


async def test_a_persons_own_words_stay_while_the_list_says_others(store: Store) -> None:
    own = await store.shelf.add(remote(description="mine"), None, ClipKind.PREVIEW, "")
    theirs = replace(own, library_id=uuid4(), description="theirs")
    told = await tell(store, theirs)
    assert (told.description, told.changed) == ("mine", True)
    await store.shelf.seen(own.library_id)
    assert not (await tell(store, theirs)).changed
    assert not (await tell(store, replace(theirs, description=""))).changed
    told = await tell(store, replace(theirs, description="again others"))
    assert (told.description, told.changed) == ("mine", True)
    await store.shelf.seen(own.library_id)
    assert not (await tell(store, own)).changed


async def test_words_that_the_list_says_too_follow_it(store: Store) -> None:
    own = await store.shelf.add(remote(description="mine"), None, ClipKind.PREVIEW, "")
    assert not (await tell(store, own)).changed
    told = await tell(store, replace(own, description="theirs"))
    assert (told.description, told.changed) == ("theirs", True)


async def test_looking_at_an_unknown_voice_is_said(store: Store) -> None:
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.seen(uuid4())
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.set_pitch(uuid4(), 100.0)


async def test_built_in_voices_go_by_themselves(store: Store, place: Home) -> None:
    built_in, own = await added(store, remote(origin=Origin.BUILT_IN)), await added(store, remote())
    await asyncio.to_thread(age, place)
    await store.shelf.merge("qwen", "a", [], (Origin.BUILT_IN,))
    gone = {one.library_id for one in await store.shelf.voices() if one.status is Status.GONE}
    assert gone == {built_in.library_id}
    assert own.library_id not in gone
