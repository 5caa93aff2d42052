"""Voices on their way into the library: candidates that wait, and orders under way."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from studio.domain.audio import Clip
from studio.domain.briefs import Brief, Order
from studio.domain.voices import Candidate, Designed, Voice


class Tray(Protocol):
    """Designed voices that wait for Keep or Discard."""

    async def put(self, brief: Brief, designed: Designed) -> Candidate:
        """Clip to disk, then the row; only then may the candidate be shown."""
        ...

    async def candidates(self) -> tuple[Candidate, ...]:
        """Newest first."""
        ...

    async def keep(self, candidate_id: UUID, name: str) -> Voice:
        """Moves a candidate with its clip to the shelf, in one transaction. Raises NO_SUCH_VOICE."""
        ...

    async def discard(self, candidate_id: UUID) -> None: ...

    async def take_back(self, candidate_id: UUID) -> Candidate:
        """Undoes a discard. Raises NO_SUCH_VOICE once it is purged."""
        ...


class Pending(Protocol):
    """Orders under way. An order is held by a lock that dies with its process."""

    async def begin(self, order: Order, sample: Clip | None = None) -> None:
        """With the sample of a clone, which is kept until the order is closed."""
        ...

    async def sample(self, order_id: UUID) -> Clip | None: ...

    async def drop_sample(self, order_id: UUID) -> None: ...

    async def note_task(self, order_id: UUID, task_id: str) -> None:
        """On disk when it returns."""
        ...

    async def done(self, order_id: UUID) -> None: ...

    async def abandoned(self) -> tuple[Order, ...]:
        """Orders whose process is gone; each is handed to one caller only, who now holds it."""
        ...

    async def open(self) -> tuple[Order, ...]:
        """Orders that this process holds, oldest first."""
        ...
