"""Texts on their way to being spoken, and what was paid."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from studio.domain.audio import Clip
from studio.domain.narrations import Narration
from studio.domain.spending import Spending


class Narrations(Protocol):
    """Texts on their way to being spoken: what was paid for is on disk as it comes, and survives kill -9."""

    async def begin(self, library_id: UUID, text: str, parts: tuple[str, ...]) -> Narration: ...

    async def hear(self, narration_id: UUID, data: bytes, rate_hz: int) -> None:
        """More of the part under way: raw 16-bit mono samples. The first of a part forgets what it had before."""
        ...

    async def add_part(self, narration_id: UUID, clip: Clip, price_usd: float | None) -> Narration:
        """The next part, whole. `hear` is about the one behind it from now on."""
        ...

    async def sound(self, narration_id: UUID) -> tuple[Clip, ...]:
        """The parts that are done, and what was heard of the one that broke off, if anything was."""
        ...

    async def of(self, library_id: UUID) -> tuple[Narration, ...]:
        """Those that can be gone on with, newest first: nobody is at work on them, in no process."""
        ...

    async def take_up(self, narration_id: UUID) -> Narration:
        """This process goes on with it. Raises NO_SUCH_CLIP if it is gone, or another process's."""
        ...

    async def let_go(self, narration_id: UUID, *, told: bool = False) -> None:
        """It waits to be gone on with; `told` once what came of it is a take."""
        ...

    async def end(self, narration_id: UUID) -> None:
        """It is a clip now, or nobody wants it: what is on disk of it goes."""
        ...


class Ledger(Protocol):
    """What was paid for through this program."""

    async def note(self, spending: Spending) -> None: ...

    async def spendings(self) -> tuple[Spending, ...]:
        """Oldest first; those of voices that are gone, too."""
        ...
