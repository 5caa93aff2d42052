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

from studio.audio.portaudio import LATENCY_S, BlockTime
from studio.domain.audio import Pcm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAD_S = 0.15
TAIL_S = 0.15  # beyond the buffer, for what the server holds itself
SILENT_START_S = 3.0  # a virtual sink that slept for 2 s asks for nothing until those are over
SILENT_S = 0.8
CHUNK_S = 0.5


class Sounding:
    """`fill` and `finish` are called on PortAudio's thread: copy a block, set numbers. `fit`, `started` and `prepare`
    belong to the thread that opens the stream; the rest is cheap, on any thread.
    """

    def __init__(self, pcm: Pcm, start_s: float, on_first_block: Callable[[], None] | None = None) -> None:
        self.unwanted = False
        self._pcm = pcm
        self._start_s = min(max(start_s, 0.0), pcm.seconds)
        self._on_first_block = on_first_block
        self._latency_s = LATENCY_S
        self._finished = False
        self._cut(pcm.samples, pcm.rate_hz)

    def fit(self, channels: int, rate_hz: int) -> None:
        """Mixes to mono what a device of so many channels can't keep apart, and resamples the first half second.

        A server may do both, but PulseAudio's resampler takes more at once than the buffer holds: streams at another
        rate than the sink's ran dry for ever (48 kHz sink, every rate and block size but 48 kHz).
        """
        source = self._pcm.samples[round(self._start_s * self._pcm.rate_hz) :]
        if source.shape[1] not in (1, channels):
            source = source.mean(axis=1, keepdims=True, dtype="float32")
        self._resampling = _resampling(source, self._pcm.rate_hz, rate_hz)
        self._cut(next(self._resampling), rate_hz)

    def started(self, latency_s: float) -> None:
        """`latency_s` is the buffer that was granted. Call before the stream is started."""
        self._latency_s = max(latency_s, LATENCY_S)
        self._mark = (self._at, perf_counter(), perf_counter())

    def prepare(self) -> None:
        """The rest of the clip, hundreds of times faster than it sounds; gives up once it is unwanted."""
        for _ in self._resampling:
            if self.unwanted:
                return

    # -- on PortAudio's thread ------------------------------------------------------------------------

    def fill(self, out: NDArray[np.float32], frames: int, time: BlockTime, _status: object) -> None:
        at, self._at = self._at, self._at + frames
        block = self._samples[max(at, 0) : max(at + frames, 0)]
        skip = min(max(-at, 0), frames)
        out[:skip] = 0
        out[skip : skip + len(block)] = block
        out[skip + len(block) :] = 0
        now = perf_counter()
        self._mark = (at, now + time.outputBufferDacTime - time.currentTime, now)
        if self._on_first_block and len(block):
            self._on_first_block()
            self._on_first_block = None

    def finish(self) -> None:
        self._finished = True

    # -- on any thread ----------------------------------------------------------------------------------

    def position_s(self) -> float:
        """Where the loudspeaker is, from the time at which PortAudio expects the newest block to sound."""
        at, sounds_at, _ = self._mark
        heard = at + (perf_counter() - sounds_at) * self._rate_hz
        heard = max(0.0, min(heard, self._at, len(self._samples)))
        return self._start_s + heard / self._rate_hz

    def heard(self) -> bool:
        """Whether the last sample has left the buffer, and the server's."""
        return self._at >= len(self._samples) + (self._latency_s + TAIL_S) * self._rate_hz

    def lost(self) -> bool:
        """Whether the stream ended by itself or nobody asks for samples any more."""
        flowing = self._at - self._first > 1.5 * self._latency_s * self._rate_hz
        silent_s = perf_counter() - self._mark[2]
        return not self.heard() and (self._finished or silent_s > (SILENT_S if flowing else SILENT_START_S))

    def _cut(self, samples: NDArray[np.float32], rate_hz: int) -> None:
        self._samples = samples
        self._rate_hz = rate_hz
        self._at = self._first = -round(LEAD_S * rate_hz)
        self._mark = (self._at, perf_counter(), perf_counter())


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
