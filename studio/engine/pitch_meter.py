"""The pitch of a voice from any of its clips, for the library's list: port `PitchMeter`."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from studio.domain.audio import Pcm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LISTENED_S = 60.0
"""From the start: a minute tells the pitch of a voice, and an hour of it would cost minutes."""


class MedianPitch:
    """The work is done in the loop's executor; calls may overlap."""

    async def median_hz(self, pcm: Pcm) -> float:
        """Of the voiced parts; 0 where there are none, as in whispering."""
        import asyncio

        return await asyncio.to_thread(median_hz, pcm)


def median_hz(pcm: Pcm) -> float:
    """The same, on the caller's thread."""
    from studio.engine.envelopes import RATE_HZ
    from studio.engine.pitch import pitch_of

    part = pcm.samples[: round(LISTENED_S * pcm.rate_hz)]
    return pitch_of(_resampled(part.mean(axis=1, dtype="float32"), pcm.rate_hz, RATE_HZ)).median_hz


def _resampled(sound: NDArray[np.float32], rate_hz: int, wanted_hz: int) -> NDArray[np.float32]:
    """By its spectrum, the ends rounded off: good enough for a period, and no library but numpy."""
    import numpy as np

    if rate_hz == wanted_hz or not len(sound):
        return sound
    common = gcd(rate_hz, wanted_hz)
    step, wanted_step = rate_hz // common, wanted_hz // common
    times = 1 << (-(-len(sound) // step) - 1).bit_length()  # both lengths are quick to transform
    spectrum = np.fft.rfft(sound, step * times)
    made = np.fft.irfft(spectrum[: wanted_step * times // 2 + 1], wanted_step * times) * (wanted_hz / rate_hz)
    return made[: len(sound) * wanted_hz // rate_hz].astype(np.float32)
