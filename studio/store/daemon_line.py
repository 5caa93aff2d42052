"""Calls that may never return, one after another, on a thread that doesn't hold up the end of the program."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class DaemonLine:
    """The thread starts with the first call and ends when no more wait. `work` must not raise."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._guard = Lock()
        self._waiting: deque[Callable[[], None]] = deque()
        self._at_work = False

    async def run(self, work: Callable[[], _T], deadline_s: float) -> _T:
        """Raises TimeoutError. Work that has begun by then goes on to its end; work that still waits is left out."""
        done: Future[_T] = Future()
        self._add(lambda: _settle(done, work))
        return await asyncio.wait_for(asyncio.wrap_future(done), deadline_s)

    def _add(self, job: Callable[[], None]) -> None:
        with self._guard:
            self._waiting.append(job)
            if self._at_work:
                return
            self._at_work = True
        Thread(target=self._work, name=self._name, daemon=True).start()

    def _work(self) -> None:
        while job := self._next():
            job()

    def _next(self) -> Callable[[], None] | None:
        with self._guard:
            if self._waiting:
                return self._waiting.popleft()
            self._at_work = False
            return None


def _settle(done: Future[_T], work: Callable[[], _T]) -> None:
    if done.set_running_or_notify_cancel():
        done.set_result(work())
