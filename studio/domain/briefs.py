"""What a person asks for, and the order that stands for it while it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.audio import AudioFormat
from studio.domain.languages import Language

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

ON_DEVICE = "on-device"
"""The system that is this computer itself."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A design request. Without a seed the maker draws one."""

    system: str
    description: str
    preview_text: str
    language: Language
    name: str = ""
    rate_hz: int = 24_000
    format: AudioFormat = AudioFormat.WAV
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A brief on its way to a system: on disk before anything is sent, gone when its answer is."""

    order_id: UUID
    account: str
    brief: Brief
    created: datetime
