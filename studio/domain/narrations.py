"""A text on its way to being spoken: its parts, and which of them are here. On disk from the first part on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Narration:
    """`parts` together say all of `text`; the first `done` of them are spoken and on disk. `heard_s` is the sound of
    a part that broke off, which is on disk too; going on, that part is spoken anew. `told`: what came of it so far is a
    take, or was one until the person deleted it."""

    narration_id: UUID
    library_id: UUID
    text: str
    parts: tuple[str, ...]
    created: datetime
    done: int = 0
    heard_s: float = 0.0
    price_usd: float | None = None
    told: bool = False

    @property
    def left(self) -> tuple[str, ...]:
        return self.parts[self.done :]
