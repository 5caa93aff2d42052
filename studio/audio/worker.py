"""One thread for everything that must not run on two: PortAudio isn't thread safe, and its calls can hang."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from studio.audio import portaudio
from studio.domain.errors import Reason, StudioError

T = TypeVar("T")


class SoundThread:
    """Runs jobs one after the other on a thread that begins with the first and costs nothing while it waits.

    It is a daemon: `abort()` and opening hang for as long as a frozen sound server does, and that may not keep the
    program from ending, as a ThreadPoolExecutor would. Used from one event loop.
    """

    def __init__(self, name: str, reason: Reason = Reason.NO_OUTPUT_DEVICE) -> None:
        """`reason` is what a job becomes that isn't done in time."""
        self._name = name
        self._reason = reason
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None

    async def run(self, work: Callable[[], T], deadline_s: float) -> T:
        """What `work` gives or raises. A job given up by cancelling or by the deadline still runs when its turn comes.

        Raises the thread's own reason after the deadline.
        """
        answer = asyncio.wrap_future(self.post(work))
        answer.add_done_callback(_noticed)
        done, _ = await asyncio.wait([answer], timeout=deadline_s)
        if not done:
            raise StudioError(self._reason, detail=f"no answer from the sound system in {deadline_s:g} s")
        return answer.result()

    async def aclose(self, grace_s: float = 2.0) -> None:
        """Ends the thread after the jobs that it has; one that hangs is left behind."""
        thread, self._thread = self._thread, None
        if thread:
            self._jobs.put(None)
            self._jobs = SimpleQueue()  # the next thread isn't to find what is left for this one
            await asyncio.to_thread(thread.join, grace_s)
            if thread.is_alive():
                portaudio.leave()

    def post(self, work: Callable[[], T]) -> Future[T]:
        """For work that nobody waits for."""
        result: Future[T] = Future()
        self._jobs.put(lambda: _settle(result, work))
        if self._thread is None:
            self._thread = Thread(target=_work, args=(self._jobs,), name=self._name, daemon=True)
            self._thread.start()
        return result


def _work(jobs: SimpleQueue[Callable[[], None] | None]) -> None:
    while job := jobs.get():
        job()


def _settle(result: Future[T], work: Callable[[], T]) -> None:
    try:
        value = work()
    except Exception as error:  # noqa: BLE001  handed to whoever waits, as concurrent.futures does
        result.set_exception(error)
    else:
        result.set_result(value)


def _noticed(answer: asyncio.Future[T]) -> None:
    """Keeps the loop from logging the error of a job that nobody waits for any more."""
    if not answer.cancelled():
        answer.exception()
