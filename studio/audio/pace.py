"""Whether a take keeps up with the clock: a microphone that is suspended for a moment leaves a hole without a word.

Measured with PulseAudio 16: after a source was suspended, the samples of that time are gone, with no flag; after the
whole server was held up, they all come, in one burst.
"""

from __future__ import annotations

from collections import deque
from math import inf

HOLE_S = 0.15
CATCH_UP_S = 1.0
SETTLED_S = 0.25
"""At the end of a take there is no time left to wait for what is late; a burst takes far less than this."""

WINDOW_S = 1.0
WINDOWS = 5


class Pace:
    """Compares the frames that came with the time that went by; on one thread at a time.

    How far the frames are behind jumps about with every block, and drifts with the device's clock. What is usual is
    therefore the least of the last `WINDOWS` seconds; a hole is what lies above that for `CATCH_UP_S`.
    """

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self.restart()

    def restart(self) -> None:
        """After a pause, and after a hole that was told otherwise: what is missing up to here is known."""
        self._began = self._newest = -inf
        self._frames = 0
        self._late_since = inf
        self._least_late = inf
        self._window_end = inf
        self._usual: deque[float] = deque(maxlen=WINDOWS)

    def hole(self, frames: int, now: float) -> bool:
        """Called with every block and the monotonic time of its arrival; True once for each hole, when it is sure."""
        self._newest = now
        if not self._usual:
            self._began = now
            self._keep(0.0, now)
            return False
        self._frames += frames
        behind = now - self._began - self._frames / self._rate_hz
        if behind <= min(self._usual) + HOLE_S:
            self._late_since = self._least_late = inf
            self._keep(behind, now)
            return False
        self._late_since = min(self._late_since, now)
        self._least_late = min(self._least_late, behind)
        return now - self._late_since >= CATCH_UP_S and self._told(now)

    def hole_at_end(self) -> bool:
        """Whether there is one that isn't sure yet, but has samples behind it that came in time."""
        return self._newest - self._late_since >= SETTLED_S and self._told(self._newest)

    def _told(self, now: float) -> bool:
        self._usual.clear()
        self._keep(self._least_late, now)
        self._late_since = self._least_late = inf
        return True

    def _keep(self, behind: float, now: float) -> None:
        if not self._usual or now >= self._window_end:
            self._usual.append(behind)
            self._window_end = now + WINDOW_S
        else:
            self._usual[-1] = min(self._usual[-1], behind)
