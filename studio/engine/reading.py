"""A description read by rules: which voice is meant, what was understood, and which words were of no use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from studio.engine.languages import Accent
from studio.engine.lexer import Piece, is_han, pieces
from studio.engine.lexicon import AccentWord, Axis, Degree, Entry, Level, Mark, Negation, Person, Quality, Scale
from studio.engine.naming import age_chip, gender_chip, short_name
from studio.engine.traits import Gender, Shift, Traits

_NEAR = 3
"""How many words a level such as "high" looks ahead, and behind, for what it is about."""

_MIDDLE_YEARS = 33
"""What "very" moves an age away from."""

_LITTLE = 0.4
"""Less of a quality than this is as good as denied, as in "not too deep"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`understood` are chips in the description's language, `unused_words` what was passed over, both in order."""

    traits: Traits
    understood: tuple[str, ...]
    unused_words: tuple[str, ...]
    name: str


@dataclass(slots=True)
class _Pending:
    """Words before a quality that change how much of it is meant."""

    factor: float = 1.0
    limits: bool = False
    negation: Negation | None = None
    words: list[str] = field(default_factory=list[str])

    def total(self) -> float:
        if self.negation is None:
            return self.factor
        return self.negation.limited if self.limits else self.negation.factor


def read(description: str) -> Reading:
    """Never raises, whatever the text is."""
    reader = _Reader(pieces(description))
    reader.run()
    return reader.reading()


class _Reader:
    def __init__(self, row: list[Piece]) -> None:
        self._row = row
        self._han = any(is_han(letter) for piece in row for letter in piece.text)
        self._pending = _Pending()
        self._denied: _Pending | None = None
        self._parts: list[Shift] = []
        self._denials: list[Shift] = []
        self._persons: list[Person] = []
        self._accents: list[Accent] = []
        self._chips: list[str] = []
        self._first_quality = ""
        self._unused: list[str] = []

    def run(self) -> None:
        for at, piece in enumerate(self._row):
            self._take(at, piece)

    def _take(self, at: int, piece: Piece) -> None:
        match piece.entry:
            case Degree() | Negation():
                self._measure(piece.entry, piece.text)
                return
            case Mark.OTHER:
                self._unused.append(piece.text)
            case Mark():
                self._pass(piece.entry)
                return
            case Scale():
                return
            case None:
                self._unused.append(piece.text)
            case _:
                self._mean(at, piece, piece.entry)
        self._pending = _Pending()

    def _measure(self, entry: Degree | Negation, word: str) -> None:
        pending = self._pending
        if isinstance(entry, Negation):
            pending.negation = entry
        else:
            pending.factor *= entry.factor
            pending.limits = pending.limits or entry.limits
        pending.words.append(word)

    def _pass(self, mark: Mark) -> None:
        """A pause ends what a degree or negation reaches; "or" carries a negation on: "not too fast or loud"."""
        if mark is Mark.PAUSE:
            self._pending, self._denied = _Pending(), None
        elif mark is Mark.OR and self._denied:
            self._pending = self._denied

    def _mean(self, at: int, piece: Piece, entry: Entry) -> None:
        pending, negated = self._pending, self._pending.negation is not None
        self._denied = pending if pending.total() < _LITTLE else None
        match entry:
            case Quality() if self._of_accent(at):
                self._unused.append(self._said(pending, piece.text))
            case Quality():
                self._add(entry, pending, entry.label or piece.text)
            case Level():
                self._level(at, piece.text, entry, pending)
            case Person() if not negated:
                self._persons.append(_by_degree(entry, pending.factor))
                self._parts.append(entry.shift)
            case AccentWord() if not negated:
                self._accents.extend(entry.accents)
                self._chips.append(entry.label)
            case _:
                self._unused.append(self._said(pending, piece.text))

    def _add(self, quality: Quality, pending: _Pending, label: str) -> None:
        factor = pending.total()
        (self._denials if factor < 0 else self._parts).append(Shift().plus(quality.shift, factor))
        self._chips.append(self._said(pending, label))
        if factor > _LITTLE and not quality.use and not self._first_quality:
            self._first_quality = label

    def _of_accent(self, at: int) -> bool:
        """Whether it is the accent that is strong or soft: "a thick German accent"."""
        for piece in self._row[at + 1 : at + 3]:
            if piece.text in ("accent", "口音"):
                return True
            if not isinstance(piece.entry, AccentWord | None):
                return False
        return False

    def _level(self, at: int, word: str, level: Level, pending: _Pending) -> None:
        scale = self._scale(at)
        axis = Axis.PACE if level.axis is Axis.PACE else (scale.axis if scale else level.axis)
        if axis is Axis.NONE or (level.amount == 0 and scale is None):
            self._unused.append(self._said(pending, word))
            return
        factor = pending.total()
        part = replace(Shift(), **{axis.value: factor * level.amount})
        (self._denials if factor < 0 else self._parts).append(part)
        self._chips.append(self._level_chip(self._said(pending, word), axis))

    def _level_chip(self, words: str, axis: Axis) -> str:
        if self._han:
            return {Axis.PITCH: "音调", Axis.PACE: "语速", Axis.LIVELINESS: "语调"}.get(axis, "") + words
        return f"{words} {'energy' if axis is Axis.LIVELINESS else axis.value}"

    def _scale(self, at: int) -> Scale | None:
        """English says "high pitch" or "pitch is high"; Chinese names the thing first."""
        after, before = self._row[at + 1 : at + 1 + _NEAR], self._row[max(at - _NEAR, 0) : at][::-1]
        said_of = self._han or any(piece.text in ("is", "are", "be", ":") for piece in before)
        for row in (before, after) if said_of else (after, before):
            for piece in row:
                if piece.entry is Mark.PAUSE and piece.text != ":":
                    break
                if isinstance(piece.entry, Scale):
                    return piece.entry
        return None

    def _said(self, pending: _Pending, word: str) -> str:
        return ("" if self._han else " ").join((*pending.words, word))

    def reading(self) -> Reading:
        genders = [person for person in self._persons if person.gender]
        ages = [person for person in self._persons if person.age is not None]
        who = max(genders, key=lambda person: person.rank, default=None)
        aged = max(ages, key=lambda person: person.rank, default=None)
        gender = who.gender if who else None
        traits = Traits(
            gender or Gender.NEUTRAL,
            aged.age if aged and aged.age else Traits().age_years,
            _together(self._parts, self._denials).clipped(),
            tuple(dict.fromkeys(self._accents)),
        )
        chips = (gender_chip(gender, self._han), age_chip(aged, self._han), *self._chips)
        return Reading(
            traits,
            tuple(dict.fromkeys(chip for chip in chips if chip)),
            tuple(dict.fromkeys(self._unused)),
            short_name(self._first_quality, gender, aged, self._han),
        )


def _by_degree(person: Person, factor: float) -> Person:
    """ "Very old" and "very young" lie further from the middle of life; an age in years stays as it was written."""
    if person.age is None or person.told:
        return person
    return replace(person, age=max(person.age + (person.age - _MIDDLE_YEARS) * (factor - 1) / 2, 3.0))


def _together(parts: list[Shift], denials: list[Shift]) -> Shift:
    """Words that say the same add less and less; what is denied never turns round what is said."""
    amounts: dict[str, float] = {}
    for name in (each.name for each in fields(Shift)):
        said = _sum(getattr(part, name) for part in parts)
        denied = _sum(getattr(part, name) for part in denials)
        amounts[name] = (said / 2 if said * denied < 0 else said) if said else denied
    return Shift(**amounts)


def _sum(amounts: Iterable[float]) -> float:
    """The strongest of each direction whole, the next by half, and so on."""
    row = sorted(amounts)
    down, up = [each for each in row if each < 0], [each for each in reversed(row) if each > 0]
    return sum(each / 2**at for side in (down, up) for at, each in enumerate(side))
