"""The same loudness for every voice: breathy variants come out of the synthesiser loud, deep ones soft."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TARGET_DBFS = -20.0
"""RMS over the parts that are speech."""

PEAK_DBFS = -1.0
"""No sample is above; a voice whose peaks don't allow the target is a little softer."""

_FRAME_S = 0.02
_MARGIN_S = 0.05
_SPEECH_DB = 25.0
_SILENCE_DB = 50.0
_OFFSET_S = 0.1
_RAMP_S = 0.004


def levelled(data: bytes, rate_hz: int) -> NDArray[np.float32]:
    """Signed 16-bit little-endian mono samples as float32, without an offset, with 50 ms of silence at both ends.

    Some languages begin in the middle of a vowel, which would click. Empty when nothing is to be heard.
    """
    return level(samples(data), rate_hz)


def samples(data: bytes) -> NDArray[np.float32]:
    """Signed 16-bit little-endian samples as float32, full scale at 1."""
    import numpy as np

    return np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(32768)


def level(sound: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """The same for samples as float32; `sound` may be changed."""
    return Leveller(rate_hz).feed(sound, last=True)


class Leveller:
    """Sentence after sentence what `level` does to a whole: the gain follows all that was said so far."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._begun = False
        self._speech = 0.0
        self._frames = 0

    def feed(self, sound: NDArray[np.float32], *, last: bool) -> NDArray[np.float32]:
        """Silence around the whole goes, silence between sentences stays. `sound` may be changed."""
        import numpy as np

        width = int(self._rate_hz * _FRAME_S)
        frames = sound[: len(sound) // width * width].reshape(-1, width)
        power = np.einsum("ij,ij->i", frames, frames) / width
        loudest = float(np.sort(power)[len(power) * 49 // 50]) if len(power) else 0.0
        if loudest < 1e-8:
            return np.zeros_like(sound) if self._begun and not last else sound[:0]
        heard = np.flatnonzero(power > loudest * 10 ** (-_SILENCE_DB / 10))
        sound = self._trimmed(sound, int(heard[0]) * width, (int(heard[-1]) + 1) * width, last=last)
        loud = power[power > loudest * 10 ** (-_SPEECH_DB / 10)]
        self._speech, self._frames = self._speech + float(loud.sum(dtype=np.float64)), self._frames + len(loud)
        peak = float(max(sound.max(), -sound.min()))
        gain = min(10 ** (TARGET_DBFS / 20) / (self._speech / self._frames) ** 0.5, 10 ** (PEAK_DBFS / 20) / peak)
        return sound * np.float32(gain)

    def _trimmed(self, sound: NDArray[np.float32], start: int, end: int, *, last: bool) -> NDArray[np.float32]:
        """Centred, and at both ends of the whole eased from and into 50 ms of silence."""
        import numpy as np

        first, self._begun = not self._begun, True
        margin = int(self._rate_hz * _MARGIN_S)
        sound = sound[max(start - margin, 0) if first else 0 : end + margin if last else len(sound)]
        sound = _centred(sound, int(self._rate_hz * _OFFSET_S))
        ramp = np.linspace(0, 1, min(int(self._rate_hz * _RAMP_S), len(sound)), dtype=np.float32)
        if first:
            sound[: len(ramp)] *= ramp
        if last:
            sound[len(sound) - len(ramp) :] *= ramp[::-1]
        return np.concatenate((np.zeros(max(margin - start, 0) if first else 0, np.float32), sound))


def _centred(sound: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Less the mean around each sample: breath pushes the synthesiser off the middle, and only while it sounds."""
    import numpy as np

    padded = np.pad(sound, (width // 2, width - width // 2), mode="edge")
    sums = np.cumsum(padded, dtype=np.float64)
    means = (sums[width:] - sums[:-width]) / width
    return (sound - means).astype(np.float32)
