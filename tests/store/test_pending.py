"""Orders are held by their process, and each of a dead one's goes to one other."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO
from uuid import UUID, uuid4

import pytest

from studio.domain.briefs import Order
from studio.store import Home, Store
from tests.fakes.voices import brief

Child = Callable[..., subprocess.Popen[str]]


def order() -> Order:
    return Order(uuid4(), "account", brief(description="沉稳\0男声", seed=5), datetime.now(UTC))


def lines_until(stream: IO[str] | None, end: str) -> list[str]:
    assert stream
    lines: list[str] = []
    while (line := stream.readline().strip()) != end:
        assert line, "the child has ended"
        lines.append(line)
    return lines


async def test_an_order_goes_when_it_is_done(open_store: Callable[..., Store]) -> None:
    store = open_store()
    mine = order()
    await store.pending.begin(mine)
    await store.pending.done(mine.order_id)
    await store.pending.done(mine.order_id)
    await store.aclose()
    assert await open_store().pending.abandoned() == ()


async def test_the_orders_of_a_living_owner_are_its_own(open_store: Callable[..., Store]) -> None:
    store = open_store()
    await store.pending.begin(order())
    assert await store.pending.abandoned() == ()
    assert await open_store().pending.abandoned() == ()


async def test_a_closed_owners_orders_are_handed_over_whole_and_once(
    open_store: Callable[..., Store], place: Home
) -> None:
    first, second, third = open_store(), open_store(), open_store()
    orders = (order(), order())
    for one in orders:
        await first.pending.begin(one)
    await first.aclose()
    assert await second.pending.abandoned() == orders
    assert await second.pending.abandoned() == ()
    assert await third.pending.abandoned() == ()
    assert len(list(place.locks.iterdir())) == 2
    await second.aclose()
    assert await third.pending.abandoned() == orders


async def test_a_living_process_keeps_its_orders_and_a_killed_one_loses_them(store: Store, child: Child) -> None:
    holder = child("order", 3)
    held = lines_until(holder.stdout, "held")
    assert len(held) == 3
    assert await store.pending.abandoned() == ()
    holder.kill()
    holder.wait()
    assert [str(one.order_id) for one in await store.pending.abandoned()] == held


@pytest.mark.parametrize("_round", range(3))
def test_of_competing_processes_each_order_goes_to_one(child: Child, _round: int) -> None:
    holders = [child("order", 4) for _ in range(2)]
    held = [UUID(line) for holder in holders for line in lines_until(holder.stdout, "held")]
    claimers = [child("claim") for _ in range(3)]
    for claimer in claimers:
        lines_until(claimer.stdout, "here")
    for holder in holders:
        holder.kill()
        holder.wait()
    for claimer in claimers:
        assert claimer.stdin
        claimer.stdin.write("go\n")
        claimer.stdin.flush()
    taken = [UUID(line) for claimer in claimers for line in lines_until(claimer.stdout, "held")]
    assert sorted(taken) == sorted(held)
