"""The noise beside the speech: its level, and how far the speech stands above it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.levels import dbfs
from studio.audio.measuring.series import Floats, Series
from studio.audio.measuring.speech import Stretches

_BEFORE_S, _AFTER_S = 0.1, 0.3
"""Breath before the first word and the room after the last one are no noise floor."""

_FEWEST_S = 0.2
_GROUP_S = 0.1
_OUTLIER = 4.0
_QUIETEST_PERCENT = 2
_LEAST_SNR = 0.01
_ROUNDING = 1 / 12 / 32_768**2

Powers = NDArray[np.float64]


class Noise:
    """Keeps power and mean of every 10 ms."""

    def __init__(self, rate_hz: int) -> None:
        self._frame = max(rate_hz // 100, 1)
        self._frame_s = self._frame / rate_hz
        self._rest = np.zeros(0, np.float32)
        self._powers, self._means = Series(), Series()

    def feed(self, block: Floats) -> None:
        sound = np.concatenate((self._rest, block))
        count = len(sound) // self._frame
        frames = sound[: count * self._frame].reshape(count, self._frame)
        self._powers.extend(np.einsum("ij,ij->i", frames, frames) / self._frame)
        self._means.extend(frames.mean(axis=1))
        self._rest = sound[count * self._frame :]

    def floor_and_snr(self, speech: Stretches) -> tuple[float | None, float | None]:
        """dBFS and dB. None for digital silence, the second also where nobody speaks.

        An offset is no noise. Where all of it is speech, the quietest frames of the speech are what there is of the
        noise. Pauses of digital silence have that of rounding to 16 bits.
        """
        powers, means = self._powers.all().astype(np.float64), self._means.all().astype(np.float64)
        spoken = self._within(speech, 0.0, 0.0, len(powers))
        sounding = powers > 0
        if not sounding.any():
            return None, None
        noise = self._beside(powers, means, sounding, speech)
        if noise is None and self._frame_s * int((~sounding & ~spoken).sum()) >= _FEWEST_S:
            noise = _ROUNDING
        if noise is None:
            noise = self._beside(powers, means, sounding, speech, 0.0, 0.0)
        if noise is None:
            quiet = powers[sounding] - means[sounding] ** 2
            noise = max(float(np.percentile(quiet, _QUIETEST_PERCENT)), _ROUNDING)
        if not spoken.any():
            return dbfs(noise), None
        voice = _power(powers[spoken], means[spoken]) - noise
        return dbfs(noise), 10 * math.log10(max(voice / noise, _LEAST_SNR))

    def _beside(
        self,
        powers: Powers,
        means: Powers,
        sounding: NDArray[np.bool_],
        speech: Stretches,
        before_s: float = _BEFORE_S,
        after_s: float = _AFTER_S,
    ) -> float | None:
        """Of what lies so far away from speech; None for too little."""
        quiet = sounding & ~self._within(speech, before_s, after_s, len(powers))
        if int(quiet.sum()) * self._frame_s < _FEWEST_S:
            return None
        return self._without_outliers(powers[quiet], means[quiet])

    def _without_outliers(self, powers: Powers, means: Powers) -> float:
        """Clicks and coughs are left out: groups of 100 ms that are 6 dB above the middle one."""
        group = max(round(_GROUP_S / self._frame_s), 1)
        whole = len(powers) // group * group
        grouped, centres = powers[:whole].reshape(-1, group), means[:whole].reshape(-1, group)
        usual = grouped.mean(axis=1) - means.mean() ** 2
        kept = usual <= _OUTLIER * max(float(np.median(usual)), _ROUNDING)
        return _power(grouped[kept].ravel(), centres[kept].ravel())

    def _within(self, speech: Stretches, before_s: float, after_s: float, count: int) -> NDArray[np.bool_]:
        steps = np.zeros(count + 1, np.int32)
        starts = np.clip((speech[:, 0] - before_s) / self._frame_s, 0, count).astype(np.int64)
        ends = np.clip(np.ceil((speech[:, 1] + after_s) / self._frame_s), 0, count).astype(np.int64)
        np.add.at(steps, starts, 1)
        np.add.at(steps, ends, -1)
        return np.cumsum(steps[:-1]) > 0


def _power(powers: Powers, means: Powers) -> float:
    """Of what is around the common mean, and never less than rounding leaves."""
    return max(float(powers.mean() - means.mean() ** 2), _ROUNDING)
