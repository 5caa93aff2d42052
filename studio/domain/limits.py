"""What each system allows, declared once: counters, command line and the check before sending all read it here.

Characters are counted as code points, as Python's `len` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.languages import Language
from studio.domain.samples import Media, is_day, is_url


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
    HANDLE = "handle"
    SAMPLE = "sample"
    SAMPLE_URL = "sample-url"
    TRANSCRIPT = "transcript"
    RIGHT = "right"
    API_KEY = "api-key"
    BASE_URL = "base-url"
    WORKSPACE = "workspace"
    PROXY = "proxy"
    REGION = "region"
    BACKEND = "backend"
    ROLE = "role"
    SECONDS = "seconds"
    SINCE = "since"
    VOICE = "voice"


class Fault(StrEnum):
    """What is wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    TOO_BIG = "too-big"
    TOO_SMALL = "too-small"
    NOT_OFFERED = "not-offered"
    NOT_PLAIN = "not-plain"
    NOT_READABLE = "not-readable"
    NOT_ACCEPTED = "not-accepted"
    INSECURE = "insecure"
    """Plain http to another computer, of what has a key sent along."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One field that must change before anything is sent; `limit` and `actual` are in the field's own unit."""

    field: Field
    fault: Fault
    limit: int = 0
    actual: int = 0


@dataclass(frozen=True, slots=True)
class Handle:
    """The part of a vendor's voice id that a person may choose: `characters` is a class of a regular expression."""

    characters: str
    longest: int
    lower_case: bool = False
    starts_with_letter: bool = False

    def fits(self, text: str) -> bool:
        first = "(?=[A-Za-z])" if self.starts_with_letter else ""
        return re.fullmatch(f"{first}[{self.characters}]{{1,{self.longest}}}", text) is not None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a design may ask of one system and model: lengths in characters, rates in Hz.

    A preview shorter than `preview_advised` may be refused: advice, since no document says so.
    """

    description_max: int
    preview_max: int
    languages: tuple[Language, ...]
    rates_hz: tuple[int, ...]
    formats: tuple[AudioFormat, ...]
    name_max: int = 80
    default_rate_hz: int = 24_000
    seed_max: int | None = None
    handle: Handle | None = None
    preview_advised: int = 0


@dataclass(frozen=True, slots=True)
class SampleLimits:
    """What a clone may send: sizes in bytes, `encoded_max` that of the data URL. Fields a system lacks are off.

    Lengths in seconds: between `seconds_min` and `seconds_max`, best within `seconds_wanted`, with `speech_min_s` of
    continuous speech; None where no document has a limit. `mono`: two channels are refused. `takes_strength`: it
    matches the colour of a voice, more or less of it, and makes no clone.
    """

    media: tuple[Media, ...] = tuple(Media)
    seconds_min: float | None = None
    seconds_max: float | None = None
    seconds_wanted: tuple[float, float] = (10.0, 20.0)
    speech_min_s: float | None = None
    rate_min_hz: int | None = None
    mono: bool = False
    bytes_min: int = 0
    bytes_max: int = 50_000_000
    encoded_max: int | None = None
    takes_url: bool = False
    takes_transcript: bool = False
    takes_denoise: bool = False
    takes_strength: bool = False
    languages: tuple[Language, ...] = ()
    name_max: int = 80
    handle: Handle | None = None


@dataclass(frozen=True, slots=True)
class DesignModel:
    """A target model that a design can be bound to. `speaks` is whether this program can speak with it now.

    `price_usd` is None where the vendor publishes none.
    """

    model: str
    limits: Limits
    price_usd: float | None
    speaks: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class CloneModel:
    """A target model that a clone can be bound to; `backend` where a system has several ways to make one."""

    model: str
    limits: SampleLimits
    price_usd: float | None
    speaks: bool = True
    backend: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaking with a kept voice. Texts longer than `part_max` are split at sentences and joined.

    `usd_per_10k` is the price of 10,000 characters, where a Chinese character counts as `han_weight`; `by_model` has
    models with a price of their own.
    """

    part_max: int
    text_max: int = 20_000
    usd_per_10k: float | None = None
    han_weight: int = 1
    by_model: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SystemInfo:
    """A voice system as a person meets it. `note` is an honest sentence about what it gives.

    `deletion` says what stays behind when a voice is deleted there; a system that `deletes` nothing has voices that
    this library alone remembers; one whose list doesn't show all of the person's own (`lists_own`) says of none that it
    is gone. The first model of each kind is the default. An account holds up to `voices_max`
    voices; one that was unused for `retention_days` is deleted by the vendor.
    """

    system: str
    label: str
    needs_key: bool
    note: str
    designs: tuple[DesignModel, ...] = ()
    clones: tuple[CloneModel, ...] = ()
    speech: Speech | None = None
    regions: tuple[str, ...] = ()
    deletes: bool = True
    deletion: str = ""
    lists_own: bool = True
    voices_max: int | None = None
    retention_days: int | None = None

    def region(self, named: str) -> str:
        """International where none is named; none at all for systems without regions."""
        return (named or self.regions[0]) if self.regions else ""

    def design_model(self, model: str = "") -> DesignModel:
        """A model that isn't known has the limits of the default one. Raises IndexError if nothing is designed here."""
        return next((one for one in self.designs if one.model == model), self.designs[0])

    def clone_model(self, model: str = "", backend: str = "") -> CloneModel:
        """By model, else by backend, else by the backend that a model is named after, else the default.

        Raises IndexError if nothing is cloned here.
        """
        named = [one for one in self.clones if one.model == model and backend in ("", one.backend)]
        behind = [one for one in self.clones if backend and one.backend == backend]
        family = [one for one in self.clones if one.backend and not backend and model.startswith(one.backend)]
        return (*named, *behind, *family, *self.clones)[0]


def problems(brief: Brief, limits: Limits) -> tuple[Problem, ...]:
    """Every field of a brief that the system would refuse, in the order of the form."""
    found = [
        *_length(Field.DESCRIPTION, brief.description, limits.description_max),
        *_length(Field.PREVIEW_TEXT, brief.preview_text, limits.preview_max),
        *_length(Field.NAME, brief.name, limits.name_max, required=False),
        *_handle(brief.handle, limits.handle),
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


def clone_problems(brief: CloneBrief, limits: SampleLimits) -> tuple[Problem, ...]:
    """Every field of a clone that the system would refuse, in the order of the form."""
    found = [
        *_sample(brief, limits),
        *_length(Field.NAME, brief.name, limits.name_max),
        *_handle(brief.handle, limits.handle),
    ]
    if brief.language and limits.languages and brief.language not in limits.languages:
        found.append(Problem(Field.LANGUAGE, Fault.NOT_OFFERED))
    if brief.right.since and not is_day(brief.right.since):
        found.append(Problem(Field.SINCE, Fault.NOT_READABLE))
    if not brief.has_right:
        found.append(Problem(Field.RIGHT, Fault.NOT_ACCEPTED))
    return tuple(found)


def text_problems(text: str, speech: Speech) -> tuple[Problem, ...]:
    """What is wrong with a text to speak."""
    return tuple(_length(Field.TEXT, text, speech.text_max))


def price_of(text: str, speech: Speech, model: str = "") -> float | None:
    """What speaking a text costs, in dollars; None where it isn't known."""
    usd_per_10k = dict(speech.by_model).get(model, speech.usd_per_10k)
    if usd_per_10k is None:
        return None
    han = sum("\u3400" <= character <= "\u9fff" for character in text)
    return (len(text) + han * (speech.han_weight - 1)) * usd_per_10k / 10_000


def _sample(brief: CloneBrief, limits: SampleLimits) -> list[Problem]:
    sample = brief.sample
    if sample is None:
        if not brief.sample_url:
            return [Problem(Field.SAMPLE, Fault.MISSING)]
        if not limits.takes_url:
            return [Problem(Field.SAMPLE_URL, Fault.NOT_OFFERED)]
        return [] if is_url(brief.sample_url) else [Problem(Field.SAMPLE_URL, Fault.NOT_READABLE)]
    size = len(sample.data)
    if sample.media not in limits.media:
        return [Problem(Field.SAMPLE, Fault.NOT_OFFERED)]
    if size < limits.bytes_min:
        return [Problem(Field.SAMPLE, Fault.TOO_SMALL, limits.bytes_min, size)]
    if size > limits.bytes_max:
        return [Problem(Field.SAMPLE, Fault.TOO_BIG, limits.bytes_max, size)]
    encoded = len(f"data:{sample.media};base64,") + (size + 2) // 3 * 4
    if limits.encoded_max is not None and encoded >= limits.encoded_max:
        return [Problem(Field.SAMPLE, Fault.TOO_BIG, limits.encoded_max * 3 // 4, size)]
    return []


def _handle(text: str, handle: Handle | None) -> list[Problem]:
    if not text or handle is None or handle.fits(text):
        return []
    fault = Fault.TOO_LONG if len(text) > handle.longest else Fault.NOT_PLAIN
    return [Problem(Field.HANDLE, fault, limit=handle.longest, actual=len(text))]


def _length(field: Field, text: str, limit: int, *, required: bool = True) -> list[Problem]:
    if required and not text.strip():
        return [Problem(field, Fault.MISSING)]
    if len(text) > limit:
        return [Problem(field, Fault.TOO_LONG, limit=limit, actual=len(text))]
    return []
