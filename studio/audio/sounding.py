"""One clip on its way to the loudspeaker: what the PortAudio callback copies, and what its figures tell.

Silence goes before and after the clip. Under PulseAudio whatever falls into the part that the sink has rendered
already is lost: at the start as much as the sink's own latency (50 ms with a listener of 50 ms, 150 ms with one of
200 ms), at the end up to the whole buffer, since `abort()` drops it and `stop()` may hang. The leading silence fits
into the buffer, which is filled at once: it delays the sound, not the handing over.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING

from studio.audio.feed import LEAD_S, TAIL_S, Feed, Volume, shaped
from studio.domain.audio import Pcm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK_S = 0.5


class Sounding(Feed):
    def __init__(
        self, pcm: Pcm, start_s: float, volume: Volume, on_first_block: Callable[[], None] | None = None
    ) -> None:
        super().__init__(volume, on_first_block)
        self._pcm = pcm
        self._start_s = min(max(start_s, 0.0), pcm.seconds)
        self._cut(pcm.samples, pcm.rate_hz)

    def fit(self, channels: int, rate_hz: int) -> None:
        """Mixes to mono what a device of so many channels can't keep apart, and resamples the first half second.

        A server may do both, but PulseAudio's resampler takes more at once than the buffer holds: streams at another
        rate than the sink's ran dry for ever (48 kHz sink, every rate and block size but 48 kHz).
        """
        super().fit(channels, rate_hz)
        source = shaped(self._pcm.samples[round(self._start_s * self._pcm.rate_hz) :], channels)
        self._resampling = _resampling(source, self._pcm.rate_hz, rate_hz)
        self._cut(next(self._resampling), rate_hz)

    def prepare(self) -> None:
        """The rest of the clip, hundreds of times faster than it sounds; gives up once it is unwanted."""
        for _ in self._resampling:
            if self.unwanted:
                return

    def started(self, latency_s: float) -> None:
        super().started(latency_s)
        self._mark = (self._at, perf_counter())

    def position_s(self) -> float:
        """From the time at which PortAudio expects the newest block to sound."""
        at, sounds_at = self._mark
        heard = at + (perf_counter() - sounds_at) * self._rate_hz
        heard = max(0.0, min(heard, self._at, len(self._samples)))
        return self._start_s + heard / self._rate_hz

    def heard(self) -> bool:
        return self._at >= len(self._samples) + (self._latency_s + TAIL_S) * self._rate_hz

    def _copy(self, out: NDArray[np.float32], frames: int, sounds_at: float) -> int:
        at, self._at = self._at, self._at + frames
        block = self._samples[max(at, 0) : max(at + frames, 0)]
        skip = min(max(-at, 0), frames)
        out[:skip] = 0
        out[skip : skip + len(block)] = block
        out[skip + len(block) :] = 0
        self._mark = (at, sounds_at)
        return len(block)

    def _cut(self, samples: NDArray[np.float32], rate_hz: int) -> None:
        self._samples = samples
        self._rate_hz = rate_hz
        self._at = -round(LEAD_S * rate_hz)
        self._mark = (self._at, perf_counter())


def _resampling(source: NDArray[np.float32], rate_hz: int, wanted_hz: int) -> Generator[NDArray[np.float32]]:
    """Gives the same array of the whole clip again and again, each time with a longer part of it filled in."""
    import numpy as np

    if rate_hz == wanted_hz or not len(source):
        yield source
        return
    import soxr

    target = np.zeros((ceil(len(source) * wanted_hz / rate_hz), source.shape[1]), np.float32)
    stream = soxr.ResampleStream(rate_hz, wanted_hz, source.shape[1], "float32")
    step, at = ceil(CHUNK_S * rate_hz), 0
    for start in range(0, len(source), step):
        piece = stream.resample_chunk(source[start : start + step], last=start + step >= len(source))
        piece = piece[: len(target) - at]
        target[at : at + len(piece)] = piece
        at += len(piece)
        yield target
