"""A thread that does what it is given one after another, so that of two changes the later one stays."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class OwnThread:
    """Making one starts no thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._executor: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[[], _T]) -> _T:
        """Raises what `work` raises. Cancelling lets it finish there, so nothing is left half done."""
        if self._executor is None:
            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        answer = asyncio.wrap_future(self._executor.submit(work))
        answer.add_done_callback(_noticed)
        return await asyncio.shield(answer)

    async def aclose(self, last: Callable[[], None] = lambda: None) -> None:
        """Waits for what is under way, then does the `last` thing; used once more, it starts again."""
        executor, self._executor = self._executor, None
        if executor:
            await asyncio.wrap_future(executor.submit(last))
            await asyncio.to_thread(executor.shutdown)


def _noticed(answer: asyncio.Future[_T]) -> None:
    """Keeps the loop from logging the error of work that nobody waits for any more."""
    if not answer.cancelled():
        answer.exception()
