"""Profiles of timbre matches, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.domain.errors import Reason, StudioError


@dataclass
class MemoryProfiles:
    """Port `Profiles`; `loaded` are the voices that were asked for, in order."""

    kept: dict[str, bytes] = field(default_factory=dict)
    loaded: list[str] = field(default_factory=list)

    async def save(self, voice_id: str, data: bytes) -> None:
        self.kept[voice_id] = data

    async def load(self, voice_id: str) -> bytes:
        self.loaded.append(voice_id)
        if voice_id not in self.kept:
            raise StudioError(Reason.CANNOT_SPEAK)
        return self.kept[voice_id]
