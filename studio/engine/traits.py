"""What is heard in a voice, as numbers without units: the middle of the road is 0, "very" is about 1.5."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum

from studio.engine.languages import Accent


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Shift:
    """A step away from an ordinary voice of that gender and age.

    `breath`, `roughness`, `tremor`, `nasal` and `resonance` only count upwards; `tract` up is a shorter vocal tract,
    which sounds smaller; `liveliness` is how far the melody moves.
    """

    pitch: float = 0.0
    pace: float = 0.0
    liveliness: float = 0.0
    brightness: float = 0.0
    tract: float = 0.0
    breath: float = 0.0
    roughness: float = 0.0
    tremor: float = 0.0
    nasal: float = 0.0
    resonance: float = 0.0
    crispness: float = 0.0

    def plus(self, other: Shift, factor: float = 1.0) -> Shift:
        """Both together, the other one `factor` times."""
        return Shift(*(getattr(self, f.name) + factor * getattr(other, f.name) for f in fields(Shift)))

    def clipped(self) -> Shift:
        """Within what the synthesiser can do."""
        return Shift(*(min(max(getattr(self, name), low), high) for name, (low, high) in _REACH.items()))


_REACH = {
    "pitch": (-2.0, 2.0),
    "pace": (-2.2, 2.2),
    "liveliness": (-3.0, 2.2),
    "brightness": (-2.0, 2.0),
    "tract": (-1.5, 1.5),
    "breath": (0.0, 3.0),
    "roughness": (0.0, 3.0),
    "tremor": (0.0, 2.0),
    "nasal": (0.0, 1.5),
    "resonance": (0.0, 1.5),
    "crispness": (-1.5, 1.5),
}


@dataclass(frozen=True, slots=True)
class Traits:
    """A voice as it was understood; `age_years` is what is drawn with, said or not."""

    gender: Gender = Gender.NEUTRAL
    age_years: float = 32.0
    shift: Shift = field(default=Shift())
    accents: tuple[Accent, ...] = ()
