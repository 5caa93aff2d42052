"""A part of the window that is built when it is first looked at, and who waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Part = TypeVar("_Part")


class Late(Generic[_Part]):
    """`part` is None until `put`."""

    def __init__(self) -> None:
        self.part: _Part | None = None
        self._waiting: list[Callable[[_Part], None]] = []

    def when_built(self, join: Callable[[_Part], None]) -> None:
        """Calls `join` with the part, now or as soon as it is there."""
        if self.part is None:
            self._waiting.append(join)
        else:
            join(self.part)

    def put(self, part: _Part) -> None:
        self.part = part
        for join in self._waiting:
            join(part)
        self._waiting.clear()
