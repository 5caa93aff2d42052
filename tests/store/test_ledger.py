"""What was paid for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.spending import Spending, Spent
from studio.store import Home, Store
from tests.store.test_voice_rows import added, change, remote


async def test_spendings_come_oldest_first_and_outlive_their_voices(
    open_store: Callable[..., Store], place: Home
) -> None:
    store = open_store(undo_s=0)
    made = await added(store, remote())
    now = datetime.now(UTC)
    speech = Spending("qwen", "a", Spent.SPEECH, 0.0012, now, made.library_id, "intl")
    design = Spending("qwen", "a", Spent.DESIGN, 0.2, now - timedelta(days=1), made.library_id)
    unpriced = Spending("noiz", "b\ud83d", Spent.CLONE, None, now, uuid4())
    for one in (speech, design, unpriced, Spending("noiz", "b", Spent.CLONE, 0.0, now)):
        await store.ledger.note(one)
    await store.shelf.delete(made.library_id)
    await store.shelf.purge()
    found = await open_store().ledger.spendings()
    assert found[:2] == (design, speech)
    assert [(one.account, one.usd, one.library_id is None) for one in found[2:]] == [
        ("b\ufffd", None, False),
        ("b", 0.0, True),
    ]


async def test_what_nobody_can_have_spent_on_is_damage(store: Store, place: Home) -> None:
    await store.ledger.note(Spending("qwen", "a", Spent.DESIGN, 0.2, datetime.now(UTC)))
    await asyncio.to_thread(change, place, "UPDATE spendings SET spent = 'soup'")
    with pytest.raises(StudioError) as caught:
        await store.ledger.spendings()
    assert caught.value.reason is Reason.LIBRARY_DAMAGED
