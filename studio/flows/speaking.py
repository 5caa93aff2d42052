"""Any text with a kept voice: heard from the first piece on, kept as a take, and gone on with after a break."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from studio.domain.errors import StudioError
from studio.domain.narrations import Narration
from studio.domain.voices import StoredClip, Voice


@dataclass(frozen=True, slots=True)
class SpeakingState:
    """What is being spoken, or was last.

    `voice` is the one that speaks, `part` of `parts` the one under way (from 1), `progress` 0..1 where it is known,
    `seconds` the sound that came so far, `live` whether it is heard while it comes. `spoken` is the take that came of
    it, partial if it was stopped or broke off. `unfinished` can be gone on with, newest first: those of `shown`.
    """

    voice: Voice | None = None
    speaking: bool = False
    live: bool = False
    part: int = 0
    parts: int = 0
    progress: float | None = None
    seconds: float = 0.0
    spoken: StoredClip | None = None
    shown: UUID | None = None
    unfinished: tuple[Narration, ...] = ()
    error: StudioError | None = None
