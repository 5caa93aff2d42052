"""What PortAudio's callback is fed with, whole or still arriving: the figures that both kinds keep, and the volume."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from studio.audio.portaudio import LATENCY_S, BlockTime

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAD_S = 0.15
TAIL_S = 0.15  # beyond the buffer, for what the server holds itself
SILENT_START_S = 3.0  # a virtual sink that slept for 2 s asks for nothing until those are over
SILENT_S = 0.8
RAMP_S = 0.01


class Volume:
    """0..1 as a slider shows it, set on any thread. Its cube is the gain, as in PulseAudio and PipeWire: the middle
    of the slider is half as loud to the ear, more or less (-18 dB)."""

    def __init__(self, volume: float = 1.0) -> None:
        self.gain = 1.0
        self.set(volume)

    def set(self, volume: float) -> None:
        self.gain = min(max(volume, 0.0), 1.0) ** 3


class Gain:
    """The volume as one stream applies it: from one setting to the next within 10 ms, so that nothing clicks."""

    def __init__(self, volume: Volume, rate_hz: int) -> None:
        import numpy as np

        self._volume = volume
        self._now = volume.gain
        steps = max(round(RAMP_S * rate_hz), 1)
        self._ramp = (np.arange(1, steps + 1, dtype=np.float32) / steps)[:, None]

    def turn(self, block: NDArray[np.float32]) -> None:
        now, wanted = self._now, self._volume.gain
        if now == wanted:
            if now != 1.0:
                block *= now
            return
        count = min(len(block), len(self._ramp))
        block[:count] *= now + (wanted - now) * self._ramp[:count]
        block[count:] *= wanted
        there = count == len(self._ramp) or abs(wanted - now) < 1e-4  # blocks may be shorter than the ramp
        self._now = wanted if there else now + (wanted - now) * float(self._ramp[count - 1, 0])


class Feed(ABC):
    """`fill` and `finish` are called on PortAudio's thread: copy a block, set numbers. `fit` and `started` belong to
    the thread that opens the stream; the rest is cheap, on any thread.

    `unwanted` once nobody listens any more.
    """

    def __init__(self, volume: Volume, on_first_block: Callable[[], None] | None = None) -> None:
        self.unwanted = False
        self._volume = volume
        self._on_first_block = on_first_block
        self._latency_s = LATENCY_S
        self._finished = False
        self._rate_hz = 1  # until `fit`
        self._asked = 0
        self._asked_at = perf_counter()

    def fit(self, channels: int, rate_hz: int) -> None:
        """To a device of so many channels at that rate."""
        self._rate_hz = rate_hz
        self._gain = Gain(self._volume, rate_hz)

    def started(self, latency_s: float) -> None:
        """`latency_s` is the buffer that was granted. Call before the stream is started."""
        self._latency_s = max(latency_s, LATENCY_S)
        self._asked_at = perf_counter()

    @abstractmethod
    def position_s(self) -> float:
        """Where in the sound the loudspeaker is."""

    @abstractmethod
    def heard(self) -> bool:
        """Whether the last sample has left the buffer, and the server's."""

    def lost(self) -> bool:
        """Whether the stream ended by itself or nobody asks for samples any more."""
        flowing = self._asked > 1.5 * self._latency_s * self._rate_hz
        silent_s = perf_counter() - self._asked_at
        return not self.heard() and (self._finished or silent_s > (SILENT_S if flowing else SILENT_START_S))

    # -- on PortAudio's thread ------------------------------------------------------------------------

    def fill(self, out: NDArray[np.float32], frames: int, time: BlockTime, _status: object) -> None:
        now = perf_counter()
        sounded = self._copy(out, frames, now + time.outputBufferDacTime - time.currentTime)
        self._gain.turn(out)
        self._asked += frames
        self._asked_at = now
        if sounded and self._on_first_block:
            self._on_first_block()
            self._on_first_block = None

    def finish(self) -> None:
        self._finished = True

    @abstractmethod
    def _copy(self, out: NDArray[np.float32], frames: int, sounds_at: float) -> int:
        """Fills the block, which sounds at that time of `perf_counter`; gives how much of it is sound."""


def shaped(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """Mixed to mono where it has neither one channel nor so many."""
    if samples.shape[1] in (1, channels):
        return samples
    return samples.mean(axis=1, keepdims=True, dtype="float32")
