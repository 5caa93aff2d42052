"""Clips of many voices at once, and what is told of one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from studio.domain.voices import ClipKind
from studio.store import Store
from studio.store.library_clips import AT_ONCE
from tests.fakes.voices import clip
from tests.store.test_shelf import kept
from tests.store.test_voice_rows import remote


async def test_what_play_means_of_each(store: Store) -> None:
    made = [await store.shelf.add(remote(), None, ClipKind.PREVIEW, "") for _ in range(4)]

    async def put(number: int, kind: ClipKind, text: str) -> None:
        await store.clips.add_clip(made[number].library_id, clip(text.encode()), kind, text)

    for number, kinds in enumerate([(ClipKind.PREVIEW, ClipKind.SAMPLE, ClipKind.SPOKEN), (ClipKind.SAMPLE,), ()]):
        for kind in kinds:
            await put(number, kind, f"first {kind}")
        await put(number, ClipKind.SPOKEN, "newest")
    found = await store.clips.first_of([*(one.library_id for one in made), uuid4()])
    assert {key: one.text for key, one in found.items()} == {
        made[0].library_id: "first preview",
        made[1].library_id: "first sample",
        made[2].library_id: "newest",
    }
    await store.clips.delete_clip(found[made[0].library_id].clip_id)
    again = await store.clips.first_of([made[0].library_id])
    assert again[made[0].library_id].text == "first sample"
    assert await store.clips.first_of([]) == {}


async def test_more_than_go_into_one_question(store: Store) -> None:
    made = await kept(store)
    ids = [uuid4() for _ in range(AT_ONCE)]
    assert list(await store.clips.first_of([*ids, made.library_id, *ids])) == [made.library_id]


async def test_a_broken_off_take_and_its_price_are_known(open_store: Callable[..., Store]) -> None:
    store = open_store()
    made = await kept(store)
    stored = await store.clips.add_clip(
        made.library_id, clip(), ClipKind.SPOKEN, "Hello.", partial=True, price_usd=0.0012
    )
    assert (stored.partial, stored.price_usd) == (True, 0.0012)
    preview, found = await open_store().clips.clips_of(made.library_id)
    assert found == stored
    assert (preview.partial, preview.price_usd) == (False, None)
