"""What a person says of voices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from studio.domain.voices import Designed
from studio.ports import Labels
from studio.store import Store
from studio.store.labels import TAG_MAX, TAGS_MAX
from tests.fakes.voices import brief, clip, voice
from tests.store.test_shelf import kept


async def test_many_at_once_and_only_what_is_said(open_store: Callable[..., Store]) -> None:
    store = open_store()
    made = [await kept(store) for _ in range(3)]
    ids = [one.library_id for one in made]
    said = Labels(favourite=True, rating=4, collection=" Audio \n book ", add_tags=("warm", " low  voice ", "", "warm"))
    await store.shelf.label([*ids[:2], uuid4()], said)
    first, second, third = reversed(await open_store().shelf.voices())
    told = {"favourite": True, "rating": 4, "collection": "Audio book", "tags": ("low voice", "warm")}
    assert (first, second, third) == (replace(made[0], **told), replace(made[1], **told), made[2])
    await store.shelf.label(ids, Labels(add_tags=("声音😀", "low voice"), drop_tags=("warm",)))
    await store.shelf.label(ids[:1], Labels(favourite=False, rating=0, collection=""))
    first, second, third = reversed(await open_store().shelf.voices())
    assert first == replace(made[0], tags=("low voice", "声音😀"))
    assert second == replace(made[1], **told | {"tags": ("low voice", "声音😀")})
    assert third == replace(made[2], tags=("low voice", "声音😀"))
    await store.shelf.label(ids, Labels(drop_tags=("low voice", "声音😀")))
    assert {one.tags for one in await store.shelf.voices()} == {()}


async def test_saying_nothing_changes_nothing(store: Store) -> None:
    made = await kept(store)
    before = (await store.shelf.changes(0)).revision
    await store.shelf.label([made.library_id], Labels())
    await store.shelf.label([], Labels(favourite=True))
    assert (await store.shelf.changes(0)).revision == before


async def test_a_rating_that_is_none_is_a_bug(store: Store) -> None:
    made = await kept(store)
    with pytest.raises(ValueError, match="0 to 5"):
        await store.shelf.label([made.library_id], Labels(rating=6, favourite=True))
    assert await store.shelf.voices() == (made,)


async def test_a_hidden_voice_comes_back_with_its_labels(store: Store) -> None:
    made = await kept(store)
    await store.shelf.label([made.library_id], Labels(add_tags=("warm",)))
    await store.shelf.delete(made.library_id)
    await store.shelf.label([made.library_id], Labels(rating=5))
    await store.shelf.restore(made.library_id)
    assert await store.shelf.voices() == (replace(made, tags=("warm",), rating=5),)


async def test_candidates_have_no_labels(store: Store) -> None:
    candidate = await store.tray.put(brief(), Designed(voice(), clip()))
    await store.shelf.label([candidate.voice.library_id], Labels(add_tags=("warm",)))
    assert (await store.tray.keep(candidate.candidate_id, "")).tags == ()


async def test_a_voice_has_as_many_tags_as_can_be_read_and_no_longer_ones(store: Store) -> None:
    full, other = await kept(store), await kept(store)
    ids = [full.library_id, other.library_id]
    await store.shelf.label(ids[:1], Labels(add_tags=tuple(f"{number:03d}" for number in range(TAGS_MAX + 20))))
    await store.shelf.label(ids, Labels(add_tags=("warm", "x" * (TAG_MAX - 1) + " yz")))
    second, first = await store.shelf.voices()
    assert first.tags == tuple(f"{number:03d}" for number in range(TAGS_MAX))
    assert second.tags == ("warm", "x" * (TAG_MAX - 1))
    await store.shelf.label(ids[:1], Labels(add_tags=("warm",), drop_tags=("007",)))
    _, first = await store.shelf.voices()
    assert (len(first.tags), first.tags[-1]) == (TAGS_MAX, "warm")
