"""A sample of a person's voice, measured, and the base voice that comes nearest to it.

The base voice is a recipe as for a designed voice, its targets set from what was measured: pitch and its spread at
once, the vocal tract and the brightness by trying a few and comparing long-term spectra.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from studio.domain.errors import Reason, StudioError
from studio.engine import envelopes
from studio.engine.envelopes import BIN_HZ, RATE_HZ
from studio.engine.pitch import Pitch, pitch_of
from studio.engine.profile import EXEMPLARS_MAX, TOP_MIN, Profile
from studio.engine.targets import Targets
from studio.engine.traits import Shift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

VOICED_MIN_S = 3.0
SAMPLE_MAX_S = 120.0
"""Of a longer sample the rest isn't looked at."""

_ALIVE_DB = 2.5
"""By so much the envelope of voiced speech changes at least; hum, tones and chords stay where they are."""

_UPPER_SHARE = 1e-4
"""Of a voice's power so much at least lies above 1 kHz, which tells it from a whistle that wanders."""

_F0_REACH_HZ = (66.0, 400.0)
_SPREAD_REACH_ST = (0.8, 4.5)
_RATE = 96.0
_TRACT_BY_F0 = ((85.0, 95.0), (110.0, 98.0), (150.0, 104.0), (200.0, 112.0), (250.0, 117.0), (320.0, 124.0))
"""What is usual: the median of a speaker's F0, and the vocal tract in per cent of espeak-ng's man."""

_TRACT_REACH = (84.0, 128.0)
_TRACT_STEPS = (-9.0, -4.5, 0.0, 4.5, 9.0)
_UNUSUAL_DB = 0.5
"""What being 10 per cent away from the usual counts, beside a difference of spectra in dB."""

_EDGE_HZ = 400.0
_BRIGHTNESS_STEPS = (-1.5, 0.0, 1.5)


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What a sample told: pitch, the frames of speech as shapes, and up to which bin it holds anything."""

    pitch: Pitch
    shapes: NDArray[np.float32]
    smooth_bins: int
    top_bin: int

    @property
    def mean(self) -> NDArray[np.float32]:
        return self.shapes.mean(axis=0)


def hear(sound: NDArray[np.float32]) -> Heard:
    """Of mono sound at 22,050 Hz. Raises SAMPLE_REFUSED when it holds less than 3 s of voiced speech."""
    sound = sound[: int(SAMPLE_MAX_S * RATE_HZ)]
    pitch = pitch_of(sound)
    if pitch.voiced_s < VOICED_MIN_S:
        raise _refused(f"{pitch.voiced_s:.1f} s of voiced speech, {VOICED_MIN_S:g} s are needed")
    smooth_bins = envelopes.harmonic_bins(pitch.median_hz)
    power = envelopes.powers(envelopes.spectra(envelopes.frames(sound)))
    power = power[envelopes.speech(power)]
    shapes = _shapes(power, smooth_bins)
    if float(envelopes.bands(shapes).std(axis=0).mean()) < _ALIVE_DB or _upper_share(power) < _UPPER_SHARE:
        raise _refused("this is a tone, not speech")
    return Heard(pitch, shapes, smooth_bins, _top_bin(power))


def shapes_of(sound: NDArray[np.float32], smooth_bins: int) -> NDArray[np.float32]:
    """Of the frames that are speech, without their level."""
    power = envelopes.powers(envelopes.spectra(envelopes.frames(sound)))
    return _shapes(power[envelopes.speech(power)], smooth_bins)


def profile_of(heard: Heard, source: NDArray[np.float32]) -> Profile:
    """`source` are the shapes of the base voice."""
    shapes = heard.shapes
    if len(shapes) > EXEMPLARS_MAX:
        shapes = shapes[np.linspace(0, len(shapes) - 1, EXEMPLARS_MAX).astype(int)]
    return Profile(shapes, source.mean(axis=0), heard.smooth_bins, heard.top_bin)


# -- the base voice ----------------------------------------------------------------------------------------------


def usual(heard: Heard) -> Targets:
    """A plain voice of the sample's pitch, with the vocal tract that is usual for it."""
    return Targets(
        f0_hz=_within(heard.pitch.median_hz, _F0_REACH_HZ),
        spread_st=_within(heard.pitch.spread_st, _SPREAD_REACH_ST),
        tract=_usual_tract(heard.pitch.median_hz),
        rate=_RATE,
        bends=(0.0,) * 5,
        shift=Shift(),
    )


def tracts(base: Targets) -> tuple[Targets, ...]:
    """The vocal tracts that are tried."""
    return tuple(_with_tract(base, base.tract + step) for step in _TRACT_STEPS)


def nearest_tract(tried: tuple[Targets, ...], misfits: Sequence[float]) -> Targets:
    return _with_tract(tried[0], _lowest([one.tract for one in tried], misfits))


def brightnesses(base: Targets) -> tuple[Targets, ...]:
    return tuple(replace(base, shift=Shift(brightness=step)) for step in _BRIGHTNESS_STEPS)


def nearest_brightness(tried: tuple[Targets, ...], misfits: Sequence[float]) -> Targets:
    return replace(tried[0], shift=Shift(brightness=_lowest(_BRIGHTNESS_STEPS, misfits)))


def tuned(base: Targets, heard: Heard, sounding: Pitch) -> Targets:
    """Corrected once by what the base voice really came to."""
    if not sounding.median_hz or not sounding.spread_st:
        return base
    wanted = usual(heard)
    return replace(
        base,
        f0_hz=_within(base.f0_hz * wanted.f0_hz / sounding.median_hz, _F0_REACH_HZ),
        spread_st=_within(base.spread_st * wanted.spread_st / sounding.spread_st, _SPREAD_REACH_ST),
    )


def tract_misfit(heard: Heard, tried: Targets, mean: NDArray[np.float32]) -> float:
    """How ill a vocal tract fits, by the bends of the spectrum alone: a tilt is the microphone's or the throat's."""
    level = _difference(heard, mean)
    mel = np.linspace(-1, 1, len(level))
    level = level - np.polyval(np.polyfit(mel, level, 2), mel)
    unusual = (tried.tract - _usual_tract(heard.pitch.median_hz)) / 10
    return float(np.sqrt(np.mean(level**2))) + _UNUSUAL_DB * unusual**2


def colour_misfit(heard: Heard, mean: NDArray[np.float32]) -> float:
    """The difference of the long-term spectra in dB, tilt and all."""
    level = _difference(heard, mean)
    return float(np.std(level))


def _difference(heard: Heard, mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of the long-term spectra, in dB, at the bands up to 5.5 kHz that the sample reaches."""
    highest = min(heard.top_bin * BIN_HZ, 5_500.0)
    known = [at for at, hz in enumerate(envelopes.band_hz()) if 150 < hz < highest]
    return envelopes.bands((heard.mean - mean)[None, :])[0, known]


def _shapes(power: NDArray[np.float32], smooth_bins: int) -> NDArray[np.float32]:
    shapes = envelopes.cepstra(power, smooth_bins)
    shapes[:, 0] = 0
    return shapes


def _upper_share(power: NDArray[np.float32]) -> float:
    return float(np.median(power[:, int(1_000 / BIN_HZ) :].sum(axis=1) / np.maximum(power.sum(axis=1), 1e-12)))


def _top_bin(power: NDArray[np.float32]) -> int:
    """The highest bin whose colour can be believed: telephones and low bit rates end early.

    The last whose mean is within 65 dB of the strongest, less what the envelope smears the edge.
    """
    mean = power.mean(axis=0)
    last = int(np.flatnonzero(mean > mean.max() * 10**-6.5)[-1])
    return max(last - round(_EDGE_HZ / BIN_HZ), TOP_MIN)


def _usual_tract(f0_hz: float) -> float:
    for (hz0, tract0), (hz1, tract1) in pairwise(_TRACT_BY_F0):
        if f0_hz <= hz1:
            return tract0 + (tract1 - tract0) * max(np.log(f0_hz / hz0), 0.0) / np.log(hz1 / hz0)
    return _TRACT_BY_F0[-1][1]


def _with_tract(base: Targets, tract: float) -> Targets:
    return replace(base, tract=_within(tract, _TRACT_REACH))


def _lowest(places: Sequence[float], heights: Sequence[float]) -> float:
    """Where a parabola through the lowest point and its neighbours is lowest."""
    at = heights.index(min(heights))
    if at in (0, len(places) - 1):
        return places[at]
    (x0, x1, x2), (y0, y1, y2) = places[at - 1 : at + 2], heights[at - 1 : at + 2]
    over = (x1 - x0) ** 2 * (y1 - y2) - (x1 - x2) ** 2 * (y1 - y0)
    under = (x1 - x0) * (y1 - y2) - (x1 - x2) * (y1 - y0)
    return x1 - over / under / 2 if under else x1


def _within(value: float, reach: tuple[float, float]) -> float:
    return min(max(value, reach[0]), reach[1])


def _refused(detail: str) -> StudioError:
    return StudioError(Reason.SAMPLE_REFUSED, detail=detail)
