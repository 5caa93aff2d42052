"""A designed voice as text: a voice variant of espeak-ng 1.52 is all that is needed to speak with it again.

The lines and their units are those of espeak-ng's docs/voices.md. What follows `//` is a comment to espeak-ng;
the accent is kept there. The text is computed, never measured, so the same seed and words give the same text.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.domain.languages import Language
from studio.engine.languages import TONGUES, Accent

if TYPE_CHECKING:
    from studio.engine.targets import Targets

_SPREAD_ST_PER_OCTAVE = 0.27 * 12
"""Measured: an English statement's F0 spreads by 0.27 of the interval between the two ends of the pitch line."""

_BELOW_HZ = 9
"""espeak-ng's pitch base lies 9 Hz under the line's lower end (voices.c, V_PITCH)."""

_STEP = 0.0107
"""One step of espeakPITCH is this much of a natural logarithm around the middle (measured: 40 gives 0.90, 60 1.116)."""

_KNOWN = frozenset(
    ("language", "name", "//", "pitch", "speed", "formant", "tone", "flutter", "roughness", "voicing", "breath")
) | {"breathw", "consonants"}
_ACCENT = re.compile(r"^// accent (\S+)$", re.MULTILINE)
_PITCH = re.compile(r"^pitch (\d+) (\d+)$", re.MULTILINE)
_LINE_MAX = 100

_BREATH = ((0, 0, 100), (1, 26, 80), (2, 46, 56), (3, 75, 17))
_ROUGH = ((0, 0, 1), (1, 3, 7), (2, 5, 11), (3, 7, 16))


def write(targets: Targets) -> str:
    """The whole recipe of a voice."""
    lines = [
        "language variant",
        "name vs0",
        *(f"// accent {accent.value}" for accent in targets.accents),
        f"// f0 {targets.f0_hz:.0f}",
        _pitch(targets),
        f"speed {targets.rate:.0f}",
        *_formants(targets),
        _tone(targets.shift.brightness),
        *_source(targets),
    ]
    return "\n".join(lines) + "\n"


def accents(recipe: str) -> tuple[Accent, ...]:
    known = {accent.value: accent for accent in Accent}
    return tuple(known[word] for word in _ACCENT.findall(recipe) if word in known)


def pitch_setting(recipe: str, language: Language) -> int:
    """espeakPITCH, 0..99, that brings a language's own intonation to the median F0 that English would have.

    A language's median lies at its own part of the pitch line's span, which is measured per language.
    """
    if not (match := _PITCH.search(recipe)):
        return 50
    base, span = int(match[1]) - _BELOW_HZ, int(match[2]) - int(match[1])
    here, there = (base + TONGUES[tongue].middle * span for tongue in (language, Language.EN))
    return round(50 + math.log(max(there, 1) / max(here, 1)) / _STEP)


def is_recipe(text: str) -> bool:
    """Whether a text holds the lines that `write` writes and nothing else."""
    lines = text.splitlines()
    return text.startswith("language variant\n") and all(
        len(line) <= _LINE_MAX and line.split(" ")[0] in _KNOWN for line in lines
    )


def _pitch(targets: Targets) -> str:
    ratio = 2 ** (targets.spread_st / _SPREAD_ST_PER_OCTAVE)
    low = (targets.f0_hz + _BELOW_HZ) / (1 + TONGUES[Language.EN].middle * (ratio - 1))
    return f"pitch {low:.0f} {low * ratio:.0f}"


def _formants(targets: Targets) -> list[str]:
    """`formant number frequency height width`, each in per cent; 0 is the voice bar under the first."""
    shift = targets.shift
    heights, widths = [100.0] * 6, [100.0] * 6
    for index in (1, 2, 3):
        heights[index] += 8 * shift.resonance
        widths[index] -= 12 * shift.resonance
    heights[1] -= 22 * shift.nasal
    widths[1] += 50 * shift.nasal
    heights[0] += 25 * shift.nasal
    if shift.breath > 2.5:
        heights[0] = 0
    places = [targets.tract * (1 + bend / 100) for bend in (0, *targets.bends)]
    return [
        f"formant {index} {place:.0f} {height:.0f} {width:.0f}"
        for index, (place, height, width) in enumerate(zip(places, heights, widths, strict=True))
    ]


def _tone(brightness: float) -> str:
    """Pairs of Hz and height; espeak-ng's own is 600 170 1200 135 2000 110 3000 110, and 255 the most."""
    up, down = max(brightness, 0), max(-brightness, 0)
    heights = (
        170 * 0.66**up,
        135 * 1.02**up * 0.68**down,
        110 * 1.4**up * 0.53**down,
        110 * 1.5**up * 0.43**down,
    )
    pairs = zip((600, 1200, 2000, 3000), heights, strict=True)
    return "tone " + " ".join(f"{hz} {min(height, 255):.0f}" for hz, height in pairs)


def _source(targets: Targets) -> list[str]:
    """What comes from the throat: roughness and flutter, voicing and breath, and how hard the consonants are."""
    shift = targets.shift
    rough, flutter = _between(_ROUGH, shift.roughness)
    breath, voicing = _between(_BREATH, shift.breath)
    consonants = 100 + 80 * shift.crispness
    amounts = " ".join(f"{breath * part:.0f}" for part in (1, 1, 0.67, 0.53, 0.2, 0.13))
    return [
        f"flutter {flutter + 14 * shift.tremor:.0f}",
        f"roughness {rough:.0f}",
        f"voicing {voicing:.0f}",
        f"breath {amounts}",
        "breathw 150 150 200 200 400 400",
        f"consonants {consonants:.0f} {consonants:.0f}",
    ]


def _between(table: tuple[tuple[float, float, float], ...], x: float) -> tuple[float, float]:
    """Two figures from a table of (x, first, second), by straight lines."""
    for (x0, a0, b0), (x1, a1, b1) in pairwise(table):
        if x <= x1:
            part = max(x - x0, 0) / (x1 - x0)
            return a0 + (a1 - a0) * part, b0 + (b1 - b0) * part
    return table[-1][1], table[-1][2]
