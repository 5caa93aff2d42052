"""Sound that comes in pieces of any size, as raw 16-bit samples or as one WAV file cut up."""

from __future__ import annotations

import re
import struct
from typing import Literal

from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError

HEADER_MAX = 65_536

_INTEGERS, _EXTENSIBLE = 1, 0xFFFE
_RATES_HZ = (8_000, 192_000)
_OTHER_FILES = re.compile(rb"ID3|OggS|fLaC|<!DO|<htm|<HTM|<\?xm|\{\s*\"\w")
"""How what is no raw sound begins, though it was asked for: played as samples it would be loud noise."""


class RawSound:
    """Pieces in, mono samples out; half a sample waits for its other half.

    `rate_hz` is what was asked for: a WAV header knows better. `said` is how many bytes of sound came.
    """

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self.said = 0
        self._channels = 1
        self._waiting = b""
        self._state: Literal["start", "header", "sound"] = "start"
        self._left: int | None = None

    @property
    def missing(self) -> int:
        """Bytes that the header promised and that haven't come; 0 where it promised nothing."""
        return self._left or 0

    def feed(self, data: bytes) -> Pcm | None:
        """What can be heard of it already, if anything. Raises UNREADABLE_AUDIO."""
        self._waiting += data
        if self._state == "start" and len(self._waiting) >= 4:
            self._begin()
        if self._state == "header":
            self._read_header()
        return self._samples() if self._state == "sound" else None

    def _begin(self) -> None:
        if _OTHER_FILES.match(self._waiting):
            raise _unreadable(f"sound that begins with {self._waiting[:16]!r}")
        self._state = "header" if self._waiting.startswith(b"RIFF") else "sound"

    def _read_header(self) -> None:
        """Chunk by chunk up to the samples; more of it may be on its way."""
        at = 12
        while len(self._waiting) >= at + 8:
            name, size = struct.unpack_from("<4sI", self._waiting, at)
            at += 8
            if name == b"data":
                self._waiting = self._waiting[at:]
                self._left = size if 0 < size < 0x7FFF0000 else None  # a stream doesn't know its length
                self._state = "sound"
                return
            if name == b"fmt " and len(self._waiting) >= at + 16:
                self._read_format(at)
            at += size + size % 2
        if max(at, len(self._waiting)) > HEADER_MAX:
            raise _unreadable("a WAV header without an end")

    def _read_format(self, at: int) -> None:
        kind, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", self._waiting, at)
        if kind not in (_INTEGERS, _EXTENSIBLE) or bits != 16 or not 1 <= channels <= 8:
            raise _unreadable(f"a WAV of kind {kind}, {bits} bits, {channels} channels")
        if not _RATES_HZ[0] <= rate_hz <= _RATES_HZ[1]:
            raise _unreadable(f"a WAV of {rate_hz} Hz")
        self._channels, self.rate_hz = channels, rate_hz

    def _samples(self) -> Pcm | None:
        import numpy as np

        whole = len(self._waiting)
        if self._left is not None:
            whole = min(whole, self._left)
        whole -= whole % (2 * self._channels)
        if not whole:
            return None
        data, self._waiting = self._waiting[:whole], self._waiting[whole:]
        if self._left is not None:
            self._left -= whole
        self.said += whole
        samples = np.frombuffer(data, "<i2").astype(np.float32).reshape(-1, self._channels) / 32_768
        if self._channels > 1:
            samples = samples.mean(axis=1, keepdims=True, dtype=np.float32)
        return Pcm(samples.astype(np.float32, copy=False), self.rate_hz)


def _unreadable(detail: str) -> StudioError:
    return StudioError(Reason.UNREADABLE_AUDIO, detail=detail)
