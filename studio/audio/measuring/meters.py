"""All the meters of the capture report around one stream of samples."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.audio.measuring.bandwidth import Bandwidth
from studio.audio.measuring.gaps import Gaps
from studio.audio.measuring.hum import Hum
from studio.audio.measuring.levels import Levels
from studio.audio.measuring.loudness import Loudness
from studio.audio.measuring.noise import Noise
from studio.audio.measuring.reverberation import Reverberation
from studio.audio.measuring.series import Floats
from studio.audio.measuring.speech import RATE_HZ, WINDOW, SpeechFinder, Stretches, longest
from studio.domain.report import Figures

if TYPE_CHECKING:
    import soxr

    from studio.domain.takes import Take

_PIECE = 1 << 16
"""Samples at a time, so that a block of any size needs little memory."""

_ROOM_SNR_DB = 15.0
"""In more noise than that, no decay is heard far enough."""


class Meters:
    """Feed it mono 16-bit blocks in order, then ask for figures as often as you like. On one thread at a time.

    It grows by about 1 kB a second of sound: 3.5 MB an hour. `start_s` is where in the raw sound it begins.
    """

    def __init__(self, rate_hz: int, start_s: float = 0.0) -> None:
        self._rate_hz, self._start_s = rate_hz, start_s
        self._levels, self._gaps = Levels(), Gaps(rate_hz)
        self._loudness, self._noise, self._bandwidth = Loudness(rate_hz), Noise(rate_hz), Bandwidth(rate_hz)
        self._speech, self._hum, self._reverberation = SpeechFinder(), Hum(), Reverberation()
        self._stream: soxr.ResampleStream | None = None

    @property
    def frames(self) -> int:
        return self._levels.frames

    def feed(self, block: NDArray[np.int16]) -> None:
        for start in range(0, len(block), _PIECE):
            piece = block[start : start + _PIECE]
            self._levels.feed(piece)
            self._gaps.feed(piece)
            sound = piece.astype(np.float32)
            sound /= 32_768
            self._loudness.feed(sound)
            self._noise.feed(sound)
            self._bandwidth.feed(sound)
            self._feed_16k(self._at_16k(sound, last=False))

    def finish(self) -> None:
        """No more will come: what waits for a full window is measured too."""
        tail = self._at_16k(np.zeros(0, np.float32), last=True)
        self._feed_16k(np.concatenate((tail, np.zeros(WINDOW, np.float32))))

    def figures(self) -> Figures:
        """As a recording of one channel; `of_take` adds what only the source knows."""
        levels, speech = self._levels, self._stretches()
        floor, snr = self._noise.floor_and_snr(speech)
        runs, samples = levels.clipped()
        hum_db, hum_hz = self._hum.found()
        unbroken, pause = longest(speech)
        return Figures(
            seconds=levels.frames / self._rate_hz,
            speech_s=float((speech[:, 1] - speech[:, 0]).sum()),
            longest_speech_s=unbroken,
            longest_pause_s=pause,
            speech=tuple((start, end) for start, end in (speech + self._start_s).tolist()),
            clipped_runs=runs,
            clipped_samples=samples,
            peak_dbfs=levels.peak_dbfs,
            rms_dbfs=levels.rms_dbfs,
            loudness_lufs=self._loudness.lufs(),
            noise_floor_dbfs=floor,
            snr_db=snr,
            dc_offset=levels.offset,
            hum_db=hum_db,
            hum_hz=hum_hz,
            reverberation_s=self._reverberation.seconds() if snr is not None and snr >= _ROOM_SNR_DB else None,
            bandwidth_hz=self._bandwidth.used_hz(levels.bits),
            rate_hz=self._rate_hz,
        )

    def of_take(self, take: Take) -> Figures:
        """With the source's channels, rate and bits, and the drop-outs: counted while recording, else found.

        Bits are those in use where they are fewer: 8 bits written as 16 are 8.
        """
        source = take.source
        bits = None if source.bit_depth is None else min(source.bit_depth, self._bits_or(source.bit_depth))
        found = 0 if take.recorded else self._gaps.count(self._stretches())
        return replace(
            self.figures(),
            channels=source.channels,
            rate_hz=source.rate_hz,
            bit_depth=bits,
            dropouts=take.dropouts + found,
            broken=source.broken,
        )

    def _bits_or(self, bits: int) -> int:
        return self._levels.bits if self._levels.bits < 16 else bits

    def _stretches(self) -> Stretches:
        """Within the sound: the model's last window may reach beyond its end."""
        return np.minimum(self._speech.stretches(), self._levels.frames / self._rate_hz)

    def _feed_16k(self, sound: Floats) -> None:
        self._speech.feed(sound)
        self._hum.feed(sound)
        self._reverberation.feed(sound)

    def _at_16k(self, sound: Floats, *, last: bool) -> Floats:
        if self._rate_hz == RATE_HZ:
            return sound
        if self._stream is None:
            import soxr

            self._stream = soxr.ResampleStream(self._rate_hz, RATE_HZ, 1, dtype="float32")
        return self._stream.resample_chunk(sound, last=last)
