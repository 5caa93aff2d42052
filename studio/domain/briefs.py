"""What a person asks for, and the order that stands for it while it is carried out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.audio import AudioFormat
from studio.domain.languages import Language
from studio.domain.samples import Right, Sample

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

ON_DEVICE = "on-device"
"""The system that is this computer itself."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A design request. Without a seed the maker draws one.

    `handle` is the part of the vendor's voice id that the person may choose; empty, it follows from the name.
    `model` is the target model; empty, the system's default.
    """

    system: str
    description: str
    preview_text: str
    language: Language
    name: str = ""
    rate_hz: int = 24_000
    format: AudioFormat = AudioFormat.WAV
    seed: int | None = None
    region: str = ""
    model: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class CloneBrief:
    """A clone request: a sample or the public address of one. `denoise` None leaves it to the vendor.

    `has_right` is the person's statement that the voice may be cloned, `right` what was said with it. `strength`
    (0..0.9) is how much of the sample's colour a match takes on; None leaves it to the system.
    """

    system: str
    name: str
    sample: Sample | None = field(default=None, repr=False)
    sample_url: str = ""
    transcript: str = ""
    language: Language | None = None
    denoise: bool | None = None
    has_right: bool = False
    region: str = ""
    model: str = ""
    backend: str = ""
    handle: str = ""
    right: Right = field(default=Right())
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A brief on its way to a system: on disk before anything is sent, gone when its answer is.

    `account` is the random id of the vendor account. `known` are fingerprints of the voice ids that a free list
    call showed before, None where there is no list. `task_id` is the system's, where it works by tasks. The sample
    of a clone is not kept in it, only its sum.
    """

    order_id: UUID
    account: str
    brief: Brief | CloneBrief
    created: datetime
    known: frozenset[str] | None = None
    task_id: str = ""
