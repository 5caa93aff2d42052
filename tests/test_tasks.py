"""Every task has an owner, a name and an end."""

from __future__ import annotations

import asyncio

from studio.tasks import TaskOwner


class Log(list[tuple[str, str]]):
    def __call__(self, name: str, error: BaseException) -> None:
        self.append((name, repr(error)))


async def test_the_same_name_replaces() -> None:
    ended: list[str] = []

    async def work(word: str) -> None:
        try:
            await asyncio.sleep(5)
        finally:
            ended.append(word)

    owner = TaskOwner(Log())
    owner.start("one", work("first"))
    await asyncio.sleep(0)
    owner.start("one", work("second"))
    await asyncio.sleep(0.01)
    assert ended == ["first"]
    assert owner.running("one")
    assert await owner.aclose() == ()
    assert ended == ["first", "second"]


async def test_cancel_says_whether_there_was_anything() -> None:
    owner = TaskOwner(Log())
    assert not owner.cancel("none")
    owner.start("one", asyncio.sleep(5))
    assert owner.cancel("one")
    assert not owner.running("one")
    await owner.aclose()


async def test_an_unexpected_error_goes_to_the_owner_once() -> None:
    async def work() -> None:
        raise ValueError("bug")

    log = Log()
    owner = TaskOwner(log)
    owner.start("broken", work())
    await owner.wait("broken")
    assert log == [("broken", "ValueError('bug')")]
    assert not owner.running("broken")


async def test_closing_names_what_would_not_end_in_time() -> None:
    release = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            await release.wait()

    owner = TaskOwner(Log())
    task = owner.start("stubborn", stubborn())
    await asyncio.sleep(0)
    assert await owner.aclose(grace_s=0.01) == ("stubborn",)
    release.set()
    await task


async def test_a_replaced_task_that_still_cleans_up_is_waited_for() -> None:
    cleaned = asyncio.Event()

    async def slow_to_end() -> None:
        try:
            await asyncio.sleep(5)
        finally:
            await asyncio.sleep(0.05)
            cleaned.set()

    owner = TaskOwner(Log())
    owner.start("one", slow_to_end())
    await asyncio.sleep(0)
    owner.start("one", asyncio.sleep(0))
    await owner.aclose()
    assert cleaned.is_set()
