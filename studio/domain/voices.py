"""Voices, and the clips that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from studio.domain.audio import AudioFormat, Clip, Envelope
from studio.domain.briefs import Brief
from studio.domain.languages import Language

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from studio.domain.errors import StudioError


class Origin(StrEnum):
    DESIGNED = "designed"
    CLONED = "cloned"
    BUILT_IN = "built-in"


class Status(StrEnum):
    READY = "ready"
    IN_REVIEW = "in-review"
    REJECTED = "rejected"
    GONE = "gone"
    UNKNOWN = "unknown"


class ClipKind(StrEnum):
    PREVIEW = "preview"
    SAMPLE = "sample"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of one account of one system.

    (system, account, voice_id) is its identity out there, `library_id` the one in this library. `account` is a
    random id that stands for one vendor account. `language` is None where the system doesn't tell. `recipe` is
    whatever the maker needs to speak with the voice again; for this computer the text of the voice variant. Times
    are UTC.

    `listed` is when its system's list showed it last, `gone` when a list first lacked it; `changed` that the list
    told other words or another model than before, until the person has looked. `rating` is 1 to 5, 0 for none;
    `pitch_hz` the median of its preview's pitch, 0 where it can't be told, None where nobody has asked.
    """

    library_id: UUID
    system: str
    account: str
    voice_id: str
    name: str
    origin: Origin
    target_model: str
    language: Language | None
    created: datetime
    status: Status = Status.READY
    region: str = ""
    last_used: datetime | None = None
    description: str = ""
    preview_text: str = ""
    notes: str = ""
    recipe: str = field(default="", repr=False)
    tags: tuple[str, ...] = ()
    favourite: bool = False
    rating: int = 0
    collection: str = ""
    pitch_hz: float | None = None
    has_clips: bool = False
    listed: datetime | None = None
    gone: datetime | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class StoredClip:
    """A clip on disk; `file` is its name in the folder of clips, `text` what is said in it.

    `partial` where its system broke off, or was told to stop: then not all of the text is said. `price_usd` is what
    it cost as far as that is known, `narration_id` which narration it came of.
    """

    clip_id: UUID
    kind: ClipKind
    text: str
    file: str
    format: AudioFormat
    rate_hz: int
    seconds: float
    channels: int
    created: datetime
    envelope: Envelope = field(default=Envelope(), repr=False)
    partial: bool = False
    price_usd: float | None = None
    narration_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Designed:
    """What a designer gives back: a voice that exists, and its preview, None if that didn't arrive.

    `seed` is the one that was used, `understood` what was taken from the description, `unused_words` what was not.
    `trouble` is why there is no preview.
    """

    voice: Voice
    preview: Clip | None
    seed: int | None = None
    understood: tuple[str, ...] = ()
    unused_words: tuple[str, ...] = ()
    request_id: str = ""
    trouble: StudioError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cloned:
    """What a cloner gives back. `degraded` is the vendor's word on a clone of lesser quality, empty if it is whole."""

    voice: Voice
    request_id: str = ""
    degraded: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A designed voice that is shown with its preview.

    On this computer it waits for Keep or Discard and survives the end of the program; a voice made elsewhere is in
    the library at once (`kept`), since it exists and was paid for.
    """

    candidate_id: UUID
    brief: Brief
    voice: Voice
    preview: StoredClip
    created: datetime
    seed: int | None = None
    understood: tuple[str, ...] = ()
    unused_words: tuple[str, ...] = ()
    kept: bool = False


def fingerprint(voice_id: str) -> str:
    """Short, equal for equal ids: some systems' ids are as long as a sample."""
    from hashlib import blake2b  # some milliseconds, which the window's start can do without

    return blake2b(voice_id.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
