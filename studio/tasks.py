"""Every running coroutine has an owner, a name and an end.

asyncio is imported where it is used, some 60 ms: the window paints before the loop is there.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

ErrorHandler = Callable[[str, BaseException], None]


class TaskOwner:
    """Starts, replaces, cancels and ends tasks by name; an unexpected exception goes to `on_error(name, error)`."""

    def __init__(self, on_error: ErrorHandler) -> None:
        self._named: dict[str, asyncio.Task[None]] = {}
        self._alive: set[asyncio.Task[None]] = set()
        self._on_error = on_error

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task that already has this name is cancelled: the newest wins."""
        import asyncio

        self.cancel(name)
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._named[name] = task
        self._alive.add(task)
        task.add_done_callback(self._ended)
        return task

    def cancel(self, name: str) -> bool:
        """Whether there was anything to cancel."""
        task = self._named.pop(name, None)
        return task is not None and task.cancel()

    def running(self, name: str) -> bool:
        return name in self._named

    async def wait(self, name: str) -> None:
        """Until the task of this name has ended, however it ends."""
        import asyncio

        if task := self._named.get(name):
            await asyncio.wait([task])

    async def aclose(self, grace_s: float = 2.0) -> tuple[str, ...]:
        """Cancels everything and waits; returns the names that would not end."""
        import asyncio

        for name in list(self._named):
            self.cancel(name)
        if not self._alive:
            return ()
        _, left = await asyncio.wait(set(self._alive), timeout=grace_s)
        return tuple(task.get_name() for task in left)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._alive.discard(task)
        name = task.get_name()
        if self._named.get(name) is task:
            del self._named[name]
        if not task.cancelled() and (error := task.exception()):
            self._on_error(name, error)
