"""Integrated loudness (ITU-R BS.1770-4) of one channel at any sample rate, in numpy."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.series import Floats, Series

_OFFSET_DB = -0.691
_ABSOLUTE_LUFS = -70.0
_RELATIVE_LU = -10.0
_HOP_S = 0.1
_HOPS = 4
_RESPONSE_S = 0.12
"""After it the high-pass at 38 Hz has died away to a millionth."""


class Loudness:
    """Gated over blocks of 400 ms that overlap by three quarters."""

    def __init__(self, rate_hz: int) -> None:
        taps = 1 << math.ceil(math.log2(rate_hz * _RESPONSE_S))
        response = k_weighting(rate_hz, taps * 2)
        self._size = taps * 4
        self._spectrum = np.fft.rfft(response[:taps], self._size).astype(np.complex64)
        self._past = np.zeros(taps - 1, np.float32)
        self._hop = max(round(rate_hz * _HOP_S), 1)
        self._rest = np.zeros(0, np.float32)
        self._powers = Series()

    def feed(self, block: Floats) -> None:
        weighted = np.concatenate((self._rest, self._weighted(block)))
        count = len(weighted) // self._hop
        hops = weighted[: count * self._hop].reshape(count, self._hop)
        self._powers.extend(np.einsum("ij,ij->i", hops, hops, dtype=np.float64) / self._hop)
        self._rest = weighted[count * self._hop :]

    def lufs(self) -> float | None:
        """None for less than 400 ms and where nothing is above the absolute gate of -70 LUFS."""
        return _gated(self.powers())

    def powers(self) -> NDArray[np.float64]:
        """The mean square of each 100 ms, weighted."""
        return self._powers.all().astype(np.float64)

    def _weighted(self, block: Floats) -> Floats:
        """The filter's answer, sample for sample, by overlap-save."""
        past = len(self._past)
        sound = np.concatenate((self._past, block))
        self._past = sound[len(sound) - past :].copy()
        step = self._size - past
        pieces: list[Floats] = [np.zeros(0, np.float32)]
        for start in range(0, len(block), step):
            part = sound[start : start + self._size]
            answer = np.fft.irfft(np.fft.rfft(part, self._size) * self._spectrum, self._size)
            pieces.append(answer[past : len(part)].astype(np.float32))
        return np.concatenate(pieces)


def lufs_of(samples: Floats, rate_hz: int) -> float | None:
    """Of shape (frames, channels), one or two: their powers are added (BS.1770-4). None as in `Loudness.lufs`."""
    meters = [Loudness(rate_hz) for _ in range(samples.shape[1])]
    for meter, channel in zip(meters, samples.T, strict=True):
        meter.feed(channel)
    return _gated(np.sum([meter.powers() for meter in meters], axis=0))


def _gated(powers: NDArray[np.float64]) -> float | None:
    if len(powers) < _HOPS:
        return None
    blocks = np.convolve(powers, np.full(_HOPS, 1 / _HOPS), "valid")
    heard = blocks[blocks > _power(_ABSOLUTE_LUFS)]
    if not len(heard):
        return None
    gate = _lufs(float(heard.mean())) + _RELATIVE_LU
    return _lufs(float(heard[heard > _power(gate)].mean()))


def k_weighting(rate_hz: int, size: int) -> NDArray[np.float64]:
    """The impulse response of the standard's two filters, which it gives for 48 kHz only.

    The analogue filters that its coefficients come from (a shelf of +4 dB at 1682 Hz, a high-pass at 38 Hz) are
    carried to any rate by the bilinear transform.
    """
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)  # one sample later
    return np.fft.irfft(_shelf(rate_hz, z) * _high_pass(rate_hz, z), size)


def _shelf(rate_hz: int, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    k, q = math.tan(math.pi * 1681.974450955533 / rate_hz), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    above = (high + middle * k / q + k * k) + 2 * (k * k - high) * z + (high - middle * k / q + k * k) * z * z
    return above / _poles(k, q, z)


def _high_pass(rate_hz: int, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Not scaled to the gain of 1, as in the standard's own table (1, -2, 1)."""
    k, q = math.tan(math.pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    return (1 - z) ** 2 * (1 + k / q + k * k) / _poles(k, q, z)


def _poles(k: float, q: float, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    return (1 + k / q + k * k) + 2 * (k * k - 1) * z + (1 - k / q + k * k) * z * z


def _lufs(power: float) -> float:
    return _OFFSET_DB + 10 * math.log10(power)


def _power(lufs: float) -> float:
    return 10 ** ((lufs - _OFFSET_DB) / 10)
