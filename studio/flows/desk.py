"""The desk as the person left it: unsent words and the places of things, on disk soon after each change."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from studio.domain.errors import StudioError
from studio.domain.memory import Memory
from studio.ports import MemoryFile
from studio.tasks import TaskOwner

SETTLE_S = 0.3


class DeskFlow:
    """`memory` is what the last start left; `remember` changes it."""

    def __init__(self, file: MemoryFile, tasks: TaskOwner) -> None:
        self._file = file
        self._tasks = tasks
        self.memory: Memory = file.load()

    def remember(self, **changes: Any) -> None:
        """Takes the names of `Memory`'s fields; written once the typing pauses."""
        memory = replace(self.memory, **changes)
        if memory != self.memory:
            self.memory = memory
            self._tasks.start("desk.save", self._save_soon())

    def save_now(self) -> None:
        """At the end of the program. Where nothing can be written, the library has said so already."""
        with suppress(StudioError):
            self._file.save(self.memory)

    async def _save_soon(self) -> None:
        import asyncio  # late, as in tasks.py

        await asyncio.sleep(SETTLE_S)
        await asyncio.to_thread(self.save_now)
