"""Orders are held by their process, and each of a dead one's goes to one other."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO
from uuid import UUID, uuid4

import pytest

from studio.domain.briefs import CloneBrief, Order
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.store import Home, Store
from tests.fakes.voices import brief

Child = Callable[..., subprocess.Popen[str]]


def order() -> Order:
    return Order(uuid4(), "account", brief(description="沉稳\0男声", seed=5), datetime.now(UTC))


def clone_order() -> Order:
    sample = Sample(b"", Media.MP3, "声音.mp3", "sum")
    made = CloneBrief("qwen", "Anna", sample, "", "你好", Language.ZH, has_right=True, region="cn", handle="anna")
    return Order(uuid4(), "account", made, datetime.now(UTC), frozenset({"one", "two"}))


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


async def test_the_list_before_it_and_its_task_go_along(open_store: Callable[..., Store]) -> None:
    first = open_store()
    without_list, empty_list, clone = order(), replace(order(), known=frozenset()), clone_order()
    for one in (without_list, empty_list, clone):
        await first.pending.begin(one)
    await first.pending.note_task(empty_list.order_id, "task-声")
    await first.pending.note_task(uuid4(), "of nothing")
    expected = (without_list, replace(empty_list, task_id="task-声"), clone)
    assert await first.pending.open() == expected
    await first.aclose()
    assert await open_store().pending.abandoned() == expected


async def test_open_orders_are_those_that_this_process_holds(open_store: Callable[..., Store]) -> None:
    first, second = open_store(), open_store()
    assert await first.pending.open() == ()
    mine, other, done = order(), order(), order()
    await first.pending.begin(mine)
    await first.pending.begin(done)
    await first.pending.done(done.order_id)
    await second.pending.begin(other)
    assert await first.pending.open() == (mine,)
    assert await second.pending.open() == (other,)
    await first.aclose()
    assert await second.pending.abandoned() == (mine,)
    assert await second.pending.open() == (mine, other)


async def test_the_sound_of_a_sample_is_not_kept(store: Store, place: Home) -> None:
    made = clone_order()
    assert isinstance(made.brief, CloneBrief)
    sounding = Sample(b"planted sound", Media.MP3, "声音.mp3", "sum")
    await store.pending.begin(replace(made, brief=replace(made.brief, sample=sounding)))
    assert await store.pending.open() == (made,)
    assert not [path for path in place.root.iterdir() if path.is_file() and b"planted" in path.read_bytes()]


def killed_in_the_middle(child: Child, chance: random.Random) -> list[list[str]]:
    process = child("paid", 200)
    assert process.stdout
    said = [process.stdout.readline() for _ in range(chance.randint(1, 25))]
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    return [line.split() for line in said if line.endswith("\n")]


async def test_kill_9_loses_no_order_no_task_and_no_list(store: Store, child: Child) -> None:
    chance = random.Random(20261121)  # noqa: S311
    for _ in range(6):
        said = killed_in_the_middle(child, chance)
        left = {str(one.order_id): one for one in await store.pending.abandoned()}
        done = {order_id for what, order_id, _ in said if what == "done"}
        for what, order_id, number in said:
            if order_id in done:
                assert order_id not in left
                continue
            assert order_id in left or number == str(last_number(said))  # done, and killed before it could say so
            if found := left.get(order_id):
                assert found.known == {f"known-{number}-{one}" for one in range(3)}
                assert found.task_id == f"task-{number}" or (what, found.task_id) == ("begun", "")
                assert isinstance(found.brief, CloneBrief) == bool(int(number) % 2)
        for order_id in left:
            await store.pending.done(UUID(order_id))


def last_number(said: list[list[str]]) -> int:
    return max(int(number) for _, _, number in said)
