"""What comes from an open microphone: the PortAudio callback, and the figures that the meter reads from it."""

from __future__ import annotations

from math import log10, sqrt
from time import monotonic
from typing import TYPE_CHECKING

from studio.audio.portaudio import BlockFlags
from studio.domain.takes import Meter

if TYPE_CHECKING:
    from studio.audio.take_writer import TakeWriter

FULL_SCALE = 32_768
CLIPPED = FULL_SCALE - 1  # the highest that 16 bits can say
FLOOR_DBFS = -120.0
KEPT = 256  # blocks; a meter that is asked less often shows the newest
FLOWING_S = 0.5


class Capture:
    """`hear` is called on PortAudio's thread: it copies the block to the take and sets numbers, in lists that don't
    grow. The rest is cheap, on any thread; no lock is needed, for each number has one writer.
    """

    def __init__(self, rate_hz: int, channels: int = 1, *, clipped: bool = False) -> None:
        """Of more channels the first is taken."""
        import numpy as np

        self.rate_hz = rate_hz
        self.clipped = clipped
        self.blocks = 0
        self.writer: TakeWriter | None = None
        self._np = np
        self._channels = channels
        self._peaks = [0] * KEPT
        self._squares = [0.0] * KEPT
        self._frames = [0] * KEPT
        self._silent = 0
        self._newest = monotonic()
        self._seen = 0
        self._shown = (FLOOR_DBFS, FLOOR_DBFS)

    # -- on PortAudio's thread ------------------------------------------------------------------------

    def hear(self, data: memoryview, frames: int, _time: object, flags: BlockFlags) -> None:
        np = self._np
        block = np.frombuffer(data, np.int16)[:: self._channels]
        writer = self.writer
        if writer:
            writer.put(block, lost=flags.input_overflow)
        peak = max(int(block.max()), -int(block.min()))
        level = block.astype(np.float32)
        at = self.blocks % KEPT
        self._peaks[at], self._squares[at], self._frames[at] = peak, float(np.dot(level, level)), frames
        self._silent = 0 if peak else self._silent + frames
        if peak >= CLIPPED:
            self.clipped = True
        self._newest = monotonic()
        self.blocks += 1

    # -- on any thread ----------------------------------------------------------------------------------

    def quiet_s(self) -> float:
        """For how long no block has come."""
        return monotonic() - self._newest

    def meter(self) -> Meter:
        flowing = self.blocks > 0 and self.quiet_s() < FLOWING_S
        peak_dbfs, rms_dbfs = self._levels() if flowing else (FLOOR_DBFS, FLOOR_DBFS)
        writer = self.writer
        frames = writer.frames if writer else 0
        return Meter(
            peak_dbfs,
            rms_dbfs,
            self.clipped,
            frames,
            frames / self.rate_hz,
            writer.dropouts if writer else 0,
            self._silent / self.rate_hz,
            flowing,
        )

    def _levels(self) -> tuple[float, float]:
        """Since the last look; the same again where no block has come since, or the needle would flicker."""
        end = self.blocks
        start, self._seen = max(self._seen, end - KEPT), end
        if start < end:
            new = [at % KEPT for at in range(start, end)]
            peak = max(self._peaks[at] for at in new)
            frames = sum(self._frames[at] for at in new)
            rms = sqrt(sum(self._squares[at] for at in new) / frames) if frames else 0.0
            self._shown = _dbfs(peak), _dbfs(rms)
        return self._shown


def _dbfs(amplitude: float) -> float:
    return max(20 * log10(amplitude / FULL_SCALE), FLOOR_DBFS) if amplitude else FLOOR_DBFS
