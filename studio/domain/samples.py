"""The sample that a voice is cloned from, and what each system takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Media(StrEnum):
    """Kinds of sample that vendors take, as media types (seed 001: audio/wav, audio/mpeg, audio/mp4)."""

    WAV = "audio/wav"
    MP3 = "audio/mpeg"
    M4A = "audio/mp4"

    @property
    def suffix(self) -> str:
        return {Media.WAV: ".wav", Media.MP3: ".mp3", Media.M4A: ".m4a"}[self]


@dataclass(frozen=True, slots=True)
class Sample:
    """The bytes that are sent, their kind by content, and the name of the file that they came from."""

    data: bytes = field(repr=False)
    media: Media
    name: str = "sample"
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """What the person said of the right to a sample.

    `own`: the person at the computer speaks. Else `whose` is the name of whoever does, empty where that wasn't said;
    `since` is the day of the written permission as YYYY-MM-DD, empty for none; `consent_sha256` names a spoken consent
    that is kept in the library.
    """

    whose: str = ""
    since: str = ""
    consent_sha256: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A `Right` as it was kept with a voice: which sample it was said of, and when (UTC)."""

    said: str
    sample_sha256: str
    sample_name: str
    sample_url: str
    right: Right
    created: datetime


def media_of(data: bytes) -> Media | None:
    """The kind of a sample by what it holds, never by its name; None for anything that no vendor takes."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return Media.WAV
    if data[4:8] == b"ftyp":
        return Media.M4A
    if data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return Media.MP3
    return None


def is_url(text: str) -> bool:
    """A public address with a host, and nothing in it that no address holds."""
    return re.fullmatch(r"https?://[^\s/?#\x00-\x20\x7f]+\S*", text, re.IGNORECASE) is not None


def is_day(text: str) -> bool:
    """A day of the calendar as YYYY-MM-DD."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
