"""From traits to what is to be measured in the sound: pitch in Hz, its spread in semitones, lengths and amounts.

The figures of an ordinary speaker by age are rounded from the usual norms of speaking F0; the vocal tract is given
as formant frequencies in per cent of espeak-ng's own adult man.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from studio.engine.languages import Accent
from studio.engine.traits import Gender, Shift, Traits

Curve = tuple[tuple[float, float], ...]

_F0_HZ: dict[Gender, Curve] = {
    Gender.MALE: ((4, 310), (8, 270), (12, 235), (14, 170), (17, 132), (25, 118), (45, 106), (65, 110), (85, 124)),
    Gender.FEMALE: ((4, 320), (8, 290), (12, 252), (15, 230), (20, 214), (30, 204), (45, 194), (65, 182), (85, 180)),
}
_TRACT: dict[Gender, Curve] = {
    Gender.MALE: ((4, 126), (8, 121), (12, 114), (15, 105), (18, 100), (30, 98), (60, 97)),
    Gender.FEMALE: ((4, 128), (8, 123), (12, 119), (15, 116), (18, 114), (40, 112), (70, 110)),
}
_RATE: Curve = ((4, 88), (8, 92), (15, 97), (25, 96), (50, 94), (65, 88), (85, 80))
_TREMOR: Curve = ((65, 0), (85, 0.5))

_F0_REACH_HZ = (62.0, 420.0)
_TRACT_REACH = (82.0, 128.0)


@dataclass(frozen=True, slots=True)
class Targets:
    """What a variant is written from.

    `spread_st` is the standard deviation of F0 in semitones (of English statements), `tract` the formants' place in
    per cent, `rate` the part of espeak's 175 words a minute in per cent, `bends` what makes one throat differ from
    another: per cent for each of the first five formants.
    """

    f0_hz: float
    spread_st: float
    tract: float
    rate: float
    bends: tuple[float, ...]
    shift: Shift
    accents: tuple[Accent, ...] = ()


def targets(traits: Traits, seed: int) -> Targets:
    """The same for the same arguments, in every run. The throat comes from the seed alone: with the same seed a word
    that is changed is all that is heard to change.
    """
    chance = Random(seed)  # noqa: S311 - a voice, not a secret
    shift = traits.shift
    f0 = _by_gender(_F0_HZ, traits) * 2 ** (0.25 * shift.pitch) * _about(chance, 0.05)
    tract = _by_gender(_TRACT, traits) * (1 + 0.065 * shift.tract) * _about(chance, 0.025)
    rate = _at(_RATE, traits.age_years) * 1.22**shift.pace * _about(chance, 0.025)
    spread = 2.1 * 1.42**shift.liveliness * _about(chance, 0.06)
    bends = tuple(2.5 * (2 * chance.random() - 1) for _ in range(5))
    tint = Shift(brightness=0.2 * (2 * chance.random() - 1), tremor=_at(_TREMOR, traits.age_years))
    return Targets(
        _within(f0, _F0_REACH_HZ),
        spread,
        _within(tract, _TRACT_REACH),
        rate,
        bends,
        shift.plus(tint).clipped(),
        traits.accents,
    )


def _about(chance: Random, part: float) -> float:
    return 1 + part * (2 * chance.random() - 1)


def _by_gender(curves: dict[Gender, Curve], traits: Traits) -> float:
    """Neither man nor woman: half-way, as the ear hears it."""
    if traits.gender in curves:
        return _at(curves[traits.gender], traits.age_years)
    male, female = (_at(curve, traits.age_years) for curve in curves.values())
    return (male * female) ** 0.5


def _at(curve: Curve, x: float) -> float:
    """Straight lines between the points, level beyond them."""
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x <= x1:
            return y0 + (y1 - y0) * max(x - x0, 0) / (x1 - x0)
    return curve[-1][1]


def _within(value: float, reach: tuple[float, float]) -> float:
    return min(max(value, reach[0]), reach[1])
