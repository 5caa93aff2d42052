from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from studio.providers.polling import time_limit_s, until_ended
from tests.fakes.gate import Pauses


def asking(answers: Sequence[str | None]) -> tuple[list[int], object]:
    asked: list[int] = []

    async def ask() -> str | None:
        asked.append(len(asked))
        return answers[min(len(asked), len(answers)) - 1]

    return asked, ask


@pytest.mark.parametrize(("estimated", "limit"), [(None, 60), (0, 60), (-5, 60), (30, 60), (31, 62), (600, 1_200)])
def test_twice_the_estimate_and_a_minute_at_least(estimated: float | None, limit: float) -> None:
    assert time_limit_s(estimated) == limit


async def test_what_ends_at_once_is_not_waited_for() -> None:
    pauses, (asked, ask) = Pauses(), asking(["done"])
    assert await until_ended(ask, every_s=3, limit_s=60, sleep=pauses) == "done"
    assert (len(asked), pauses.taken) == (1, [])


async def test_asked_at_a_steady_pace() -> None:
    pauses, (asked, ask) = Pauses(), asking([None, None, None, "done"])
    assert await until_ended(ask, every_s=3, limit_s=60, sleep=pauses) == "done"
    assert (len(asked), pauses.taken) == (4, [3, 3, 3])


async def test_an_end_that_is_empty_is_one() -> None:
    assert await until_ended(asking([""])[1], every_s=3, limit_s=60, sleep=Pauses()) == ""


async def test_the_time_is_over() -> None:
    """The last question is at the very end."""
    pauses, (asked, ask) = Pauses(), asking([None])
    assert await until_ended(ask, every_s=4, limit_s=10, sleep=pauses) is None
    assert [round(pause, 1) for pause in pauses.taken[:2]] == [4, 4]
    assert sum(pauses.taken) == pytest.approx(10, abs=0.5)
    assert len(asked) == len(pauses.taken) + 1


async def test_questions_take_time_too() -> None:
    async def slow() -> None:
        await asyncio.sleep(0.02)

    pauses = Pauses()
    assert await until_ended(slow, every_s=0.001, limit_s=0.05, sleep=pauses) is None
    assert len(pauses.taken) <= 3


async def test_cancelled_in_a_pause() -> None:
    pauses, (asked, ask) = Pauses(endless=True), asking([None])
    task = asyncio.create_task(until_ended(ask, every_s=3, limit_s=60, sleep=pauses))
    await pauses.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(asked) == 1
