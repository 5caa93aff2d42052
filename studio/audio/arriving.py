"""Sound that is still arriving, on its way to the loudspeaker: begins with its first piece, is silent in the gaps.

The sound thread adds pieces, PortAudio's thread takes blocks. Neither waits for the other: a deque, and two counts of
which each thread writes one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from studio.audio.feed import LEAD_S, TAIL_S, Feed, Volume, shaped
from studio.domain.audio import Pcm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FADE_S = 0.005
LEAST_S = 0.001
"""With less than this left behind a block its end is faded out already: the next block may find nothing."""

REFILL_S = 0.25
"""After a gap so much is waited for, or the end: a sender that is a little too slow is heard in longer pieces, not in
a stutter."""


class Arriving(Feed):
    """`put` and `end` are cheap, on one thread; call `prepare` on the thread that opens the stream after each."""

    def __init__(self, volume: Volume, on_first_block: Callable[[], None] | None = None) -> None:
        super().__init__(volume, on_first_block)
        self._coming: deque[Pcm | None] = deque()
        self._pieces: deque[NDArray[np.float32]] = deque()
        self._offset = 0
        self._added = self._taken = self._quiet = 0
        self._lead: int | None = None
        self._dry = self._ended = False
        self._resampler: Any = None
        self._channels, self._mixed_to = 1, 0
        self._mark = (0, perf_counter(), 0)

    def put(self, piece: Pcm) -> None:
        """At the rate of the first."""
        self._coming.append(piece)

    def end(self) -> None:
        """Nothing comes any more."""
        self._coming.append(None)

    # -- on the sound thread --------------------------------------------------------------------------

    def fit(self, channels: int, rate_hz: int) -> None:
        import numpy as np

        super().fit(channels, rate_hz)
        self._channels = channels
        steps = max(round(FADE_S * rate_hz), 1)
        self._rising = (np.arange(1, steps + 1, dtype=np.float32) / (steps + 1))[:, None]

    def started(self, latency_s: float) -> None:
        super().started(latency_s)
        self.prepare()

    def prepare(self) -> None:
        """Makes blocks of what has come."""
        while self._coming and not self._ended:
            piece = self._coming.popleft()
            if piece:
                self._add(piece)
            else:
                self._flush()

    def _add(self, piece: Pcm) -> None:
        samples = shaped(piece.samples, self._mixed_to or self._channels)
        self._mixed_to = self._mixed_to or samples.shape[1]
        if samples.shape[1] != self._mixed_to:
            samples = samples.repeat(self._mixed_to, axis=1)
        self._hold(samples if piece.rate_hz == self._rate_hz else self._resampled(samples, piece.rate_hz))

    def _flush(self) -> None:
        """What the resampler held back, up to 40 ms."""
        import numpy as np

        if self._resampler is not None:
            self._hold(self._resampler.resample_chunk(np.zeros((0, self._mixed_to), np.float32), last=True))
        self._ended = True

    def _resampled(self, samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
        import soxr

        if self._resampler is None:
            self._resampler = soxr.ResampleStream(rate_hz, self._rate_hz, self._mixed_to, "float32")
        return self._resampler.resample_chunk(samples)

    def _hold(self, samples: NDArray[np.float32]) -> None:
        if len(samples):
            self._pieces.append(samples)
            self._added += len(samples)

    # -- on any thread --------------------------------------------------------------------------------

    def position_s(self) -> float:
        """Of the sound alone: a gap doesn't count."""
        at, sounds_at, begun = self._mark
        heard = at + (perf_counter() - sounds_at) * self._rate_hz
        return max(begun, min(heard, self._taken)) / self._rate_hz

    def heard(self) -> bool:
        return self._ended and self._quiet >= (self._latency_s + TAIL_S) * self._rate_hz

    # -- on PortAudio's thread ------------------------------------------------------------------------

    def _copy(self, out: NDArray[np.float32], frames: int, sounds_at: float) -> int:
        if self._lead is None:
            self._lead = self._silence_before(frames)
        skip = min(self._lead, frames)
        self._lead -= skip
        ended = self._ended  # before the count: what was added last is in it
        have, room = self._added - self._taken, frames - skip
        if self._dry and not ended and have < REFILL_S * self._rate_hz:
            have = 0
        count = min(have, room)
        out[:skip] = 0
        out[skip + count :] = 0
        self._take(out[skip : skip + count], sounds_at + skip / self._rate_hz)
        if room and not ended and have < room + LEAST_S * self._rate_hz:
            self._fade_out(out[skip : skip + count])
        self._quiet += room - count if ended else 0
        return count

    def _silence_before(self, frames: int) -> int:
        """The buffer and a block more are filled at once: a piece that is shorter goes to the end of that and a little
        beyond, where the next one can follow it."""
        filled = (self._latency_s + FADE_S) * self._rate_hz + frames
        return round(max(LEAD_S * self._rate_hz, filled - self._added))

    def _take(self, out: NDArray[np.float32], sounds_at: float) -> None:
        if not len(out):
            return
        begun = self._taken if self._dry else self._mark[2]
        self._mark = (self._taken, sounds_at, begun)
        at = 0
        while at < len(out):
            part = self._pieces[0][self._offset : self._offset + len(out) - at]
            out[at : at + len(part)] = part
            at += len(part)
            self._offset += len(part)
            if self._offset == len(self._pieces[0]):
                self._pieces.popleft()
                self._offset = 0
        self._taken += at
        if self._dry:
            count = min(at, len(self._rising))
            out[:count] *= self._rising[:count]
            self._dry = False

    def _fade_out(self, out: NDArray[np.float32]) -> None:
        count = min(len(out), len(self._rising))
        if count:
            out[-count:] *= self._rising[:count][::-1]
        self._dry = True
