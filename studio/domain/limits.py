"""What each system allows, declared once: counters, command line and the check before sending all read it here.

Characters are counted as code points, as Python's `len` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief
from studio.domain.languages import Language


class Field(StrEnum):
    """Fields that a person fills in."""

    DESCRIPTION = "description"
    PREVIEW_TEXT = "preview-text"
    NAME = "name"
    LANGUAGE = "language"
    RATE = "rate"
    FORMAT = "format"
    SEED = "seed"
    TEXT = "text"


class Fault(StrEnum):
    """What is wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    NOT_OFFERED = "not-offered"


@dataclass(frozen=True, slots=True)
class Problem:
    """One field that must change before anything is sent; `limit` and `actual` are in the field's own unit."""

    field: Field
    fault: Fault
    limit: int = 0
    actual: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one system and model takes: lengths in characters, rates in Hz."""

    description_max: int
    preview_max: int
    name_max: int
    text_max: int
    languages: tuple[Language, ...]
    rates_hz: tuple[int, ...]
    formats: tuple[AudioFormat, ...]
    default_rate_hz: int = 24_000
    seed_max: int | None = None


@dataclass(frozen=True, slots=True)
class SystemInfo:
    """A voice system as a person meets it. `note` is an honest sentence about what it gives."""

    system: str
    label: str
    limits: Limits
    needs_key: bool
    price_usd: float
    note: str


def problems(brief: Brief, limits: Limits) -> tuple[Problem, ...]:
    """Every field of a brief that the system would refuse, in the order of the form."""
    found = [
        *_length(Field.DESCRIPTION, brief.description, limits.description_max),
        *_length(Field.PREVIEW_TEXT, brief.preview_text, limits.preview_max),
        *_length(Field.NAME, brief.name, limits.name_max, required=False),
    ]
    if brief.language not in limits.languages:
        found.append(Problem(Field.LANGUAGE, Fault.NOT_OFFERED))
    if brief.rate_hz not in limits.rates_hz:
        found.append(Problem(Field.RATE, Fault.NOT_OFFERED, actual=brief.rate_hz))
    if brief.format not in limits.formats:
        found.append(Problem(Field.FORMAT, Fault.NOT_OFFERED))
    if brief.seed is not None and not 0 <= brief.seed <= (limits.seed_max or 0):
        found.append(Problem(Field.SEED, Fault.NOT_OFFERED, limit=limits.seed_max or 0))
    return tuple(found)


def text_problems(text: str, limits: Limits) -> tuple[Problem, ...]:
    """What is wrong with a text to speak."""
    return tuple(_length(Field.TEXT, text, limits.text_max))


def _length(field: Field, text: str, limit: int, *, required: bool = True) -> list[Problem]:
    if required and not text.strip():
        return [Problem(field, Fault.MISSING)]
    if len(text) > limit:
        return [Problem(field, Fault.TOO_LONG, limit=limit, actual=len(text))]
    return []
