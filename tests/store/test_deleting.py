"""Many voices hidden and brought back at once, and deletions that no system was told of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest

from studio.domain.errors import Reason
from studio.domain.voices import ClipKind, Status
from studio.store import Home, Store
from tests.fakes.voices import clip
from tests.store.test_shelf import files, kept, refused
from tests.store.test_voice_rows import OWN, change


async def test_all_or_none_are_hidden(store: Store) -> None:
    ids = [(await kept(store)).library_id for _ in range(3)]
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.delete(*ids, uuid4())
    assert len(await store.shelf.voices()) == 3
    await store.shelf.delete(*ids, ids[0])
    assert await store.shelf.voices() == ()
    await store.shelf.delete()
    await store.shelf.restore(*ids, ids[0])
    assert {one.library_id for one in await store.shelf.voices()} == set(ids)


async def test_a_purged_one_keeps_no_other_from_coming_back(open_store: Callable[..., Store], place: Home) -> None:
    store = open_store()
    gone, here = await kept(store), await kept(store)
    await store.shelf.delete(gone.library_id, here.library_id)
    old = "UPDATE voices SET deleted = 1 WHERE library_id = ?"
    await asyncio.to_thread(change, place, old, str(gone.library_id))
    await store.shelf.purge()
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.restore(gone.library_id, here.library_id)
    assert await store.shelf.voices() == (here,)


async def test_unsent_deletions_outlast_every_purge_of_a_living_process(open_store: Callable[..., Store]) -> None:
    store, other = open_store(undo_s=0), open_store(undo_s=0)
    made, mine = await kept(store), await kept(store)
    await store.shelf.delete(made.library_id, unsent=True)
    await store.shelf.delete(mine.library_id)
    for one in (store, other):
        await one.shelf.purge()
        assert await one.shelf.voices() == ()
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.restore(mine.library_id)
    await store.shelf.restore(made.library_id)
    assert await store.shelf.voices() == (made,)


async def test_what_was_sent_goes(open_store: Callable[..., Store], place: Home) -> None:
    store = open_store(undo_s=0)
    made = await kept(store)
    await store.clips.add_clip(made.library_id, clip(b"more"), ClipKind.SPOKEN, "")
    await store.shelf.delete(made.library_id, unsent=True)
    await store.shelf.purge()
    assert len(files(place)) == 2
    await store.shelf.sent(made.library_id, uuid4())
    await store.shelf.purge()
    assert files(place) == set()
    with refused(Reason.NO_SUCH_VOICE):
        await store.shelf.restore(made.library_id)


async def test_what_a_dead_process_did_not_send_comes_back(open_store: Callable[..., Store]) -> None:
    store, patient, hasty = open_store(), open_store(), open_store(undo_s=0)
    unsent, sent, plain = [await kept(store) for _ in range(3)]
    await store.shelf.delete(unsent.library_id, sent.library_id, unsent=True)
    await store.shelf.delete(plain.library_id)
    await store.shelf.sent(sent.library_id)
    await store.aclose()
    await patient.shelf.purge()  # nobody can undo it any more, so its time need not be over
    assert [one.library_id for one in await patient.shelf.voices()] == [unsent.library_id]
    await hasty.shelf.purge()
    assert await patient.shelf.voices() == (unsent,)
    await hasty.shelf.delete(unsent.library_id)
    await hasty.shelf.purge()
    assert await patient.shelf.voices() == ()


@pytest.mark.parametrize("unsent", [True, False])
async def test_one_that_is_made_again_is_back_for_good(open_store: Callable[..., Store], unsent: bool) -> None:
    store = open_store(undo_s=0)
    made = await kept(store)
    await store.shelf.delete(made.library_id, unsent=unsent)
    await store.shelf.add(made, None, ClipKind.PREVIEW, "")
    await store.shelf.sent(made.library_id)
    await store.shelf.purge()
    assert await store.shelf.voices() == (made,)


async def test_a_list_does_not_bring_back_what_is_being_deleted(store: Store) -> None:
    made = await kept(store, system="qwen", account="a")
    await store.shelf.delete(made.library_id, unsent=True)
    await store.shelf.merge("qwen", "a", [made], OWN)
    await store.shelf.merge("qwen", "a", [], OWN)
    assert await store.shelf.voices() == ()
    await store.shelf.restore(made.library_id)
    assert (await store.shelf.find(str(made.library_id))).status is Status.READY
