"""The kinds of words that the two word tables are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum

from studio.engine.languages import Accent
from studio.engine.traits import Gender, Shift


class Rank(IntEnum):
    """Which word is believed when two say different things of gender or age; of equals the first."""

    PRONOUN = 1
    HINT = 2
    NOUN = 3
    PLAIN = 4
    CLEAR = 5
    EXPLICIT = 6


class Axis(StrEnum):
    """What "high", "low", "fast" and the like can be said of; the values are fields of `Shift`."""

    PITCH = "pitch"
    PACE = "pace"
    LIVELINESS = "liveliness"
    NONE = ""


class Mark(Enum):
    """Words that carry no meaning of their own."""

    FILLER = "filler"
    PAUSE = "pause"
    OR = "or"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quality:
    """A word for how a voice sounds. `label` is the chip, else the word itself; a `use` doesn't name a voice."""

    shift: Shift
    label: str = ""
    use: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A word for who speaks. `told` is set where an age in years was written, `roughly` where it was about that."""

    gender: Gender | None = None
    age: float | None = None
    rank: Rank = Rank.CLEAR
    told: bool = False
    roughly: bool = True
    shift: Shift = field(default=Shift())


@dataclass(frozen=True, slots=True)
class Degree:
    """A word before a quality: "very" is 1.5. `limits` marks what a negation turns into "not too"."""

    factor: float
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """`factor` applies to a bare quality ("not deep"), `limited` with a degree ("not too deep")."""

    factor: float = -0.5
    limited: float = 0.2


@dataclass(frozen=True, slots=True)
class Level:
    """ "High", "low": of what, a noun near by says; else it is `axis`."""

    amount: float
    axis: Axis = Axis.PITCH


@dataclass(frozen=True, slots=True)
class Scale:
    """A noun that a level is about; with `Axis.NONE` the level means nothing that can be heard here."""

    axis: Axis


@dataclass(frozen=True, slots=True)
class AccentWord:
    """An accent that there is a voice for."""

    accents: tuple[Accent, ...]
    label: str


Entry = Quality | Person | Degree | Negation | Level | Scale | AccentWord | Mark
Lexicon = dict[str, Entry]


def fillers(words: str) -> Lexicon:
    """Words between spaces that are passed over without a mention."""
    return dict.fromkeys(words.split(), Mark.FILLER)


def alike(words: str, entry: Entry) -> Lexicon:
    """Words between commas that mean the same."""
    return {word.strip(): entry for word in words.split(",")}
