"""One call at a time, and none that is waited for in vain holds up the loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from studio.store.daemon_line import DaemonLine


async def test_answers_come_in_order_from_one_thread_at_a_time() -> None:
    line = DaemonLine("line")
    order: list[int] = []
    at_once: list[int] = []

    def work(number: int) -> tuple[int, str]:
        at_once.append(number)
        assert len(at_once) == 1
        order.append(number)
        at_once.remove(number)
        return number, threading.current_thread().name

    answers = await asyncio.gather(*(line.run(lambda number=number: work(number), 10) for number in range(50)))
    assert answers == [(number, "line") for number in range(50)]
    assert order == list(range(50))


async def test_what_waits_behind_a_call_that_hangs_is_left_out() -> None:
    line = DaemonLine("line")
    gate, done = threading.Event(), threading.Event()
    called: list[str] = []
    with pytest.raises(TimeoutError):
        await line.run(lambda: (gate.wait(30), done.set()), 0.02)
    with pytest.raises(TimeoutError):
        await line.run(lambda: called.append("in vain"), 0.02)
    gate.set()
    assert await line.run(lambda: "next", 10) == "next"
    assert done.is_set()  # what had begun went on to its end
    assert called == []


def test_an_answer_after_the_end_of_the_loop_disturbs_nobody() -> None:
    line = DaemonLine("line")
    gate = threading.Event()
    threads: list[threading.Thread] = []

    def hang() -> None:
        threads.append(threading.current_thread())
        gate.wait(30)

    with pytest.raises(TimeoutError):
        asyncio.run(line.run(hang, 0.05))
    gate.set()
    threads[0].join(10)
    assert not threads[0].is_alive()
    assert asyncio.run(line.run(lambda: 1, 10)) == 1
