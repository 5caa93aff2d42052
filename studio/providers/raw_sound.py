"""Sound that comes in pieces of any size, as raw 16-bit samples or as WAV files cut up."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEADER_MAX = 65_536

_INTEGERS, _EXTENSIBLE = 1, 0xFFFE
_RATES_HZ = (8_000, 192_000)
_OTHER_FILES = re.compile(rb"ID3|OggS|fLaC|<!DO|<htm|<HTM|<\?xm|\{\s*\"\w")
"""How what is no raw sound begins, though it was asked for: played as samples it would be loud noise."""

_HEADER = re.compile(rb"RIFF.{4}WAVE", re.DOTALL)
_HEADER_BEGUN = re.compile(rb"R(?:I(?:F(?:F(?:.{0,3}|.{4}(?:W(?:AV?)?)?))?)?)?\Z", re.DOTALL)
_HEADER_LENGTH = 12

_CHUNKS = (
    *(b"LIST", b"id3 ", b"ID3 ", b"bext", b"cue ", b"smpl", b"inst", b"plst", b"fact", b"JUNK", b"junk", b"PAD "),
    *(b"FLLR", b"PEAK", b"iXML", b"axml", b"_PMX", b"DISP", b"acid", b"cart", b"levl", b"umid", b"chna"),
)
"""What may stand behind the samples of a WAV and is no sound; all else there is more of them: a header that is sent
before the sound is made may tell the size of the first piece only."""


class RawSound:
    """Pieces in, mono samples out; half a sample waits for its other half, and what may begin a header for the rest.

    `rate_hz` is what was asked for: a WAV header knows better. `said` is how many bytes of sound came. A header in the
    middle begins another WAV of the same sound, whatever the one before promised.
    """

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz: int = rate_hz
        self.said = 0
        self._channels = 1
        self._waiting = b""
        self._state: Literal["start", "header", "sound", "behind"] = "start"
        self._left: int | None = None
        self._skip = 0
        self._short = 0

    @property
    def lack(self) -> str:
        """What is missing of all that headers promised; empty where nothing is, or nothing was promised."""
        if short := self._short + (self._left or 0):
            return f"{short} bytes less than the sound's own header tells"
        return "it ended in the middle of a header" if self._state == "header" else ""

    def feed(self, data: bytes, *, last: bool = False) -> Pcm | None:
        """What can be heard of it already, if anything; of the last, nothing is held back.

        Raises UNREADABLE_AUDIO.
        """
        import numpy as np

        self._waiting += data
        parts = [part for part in self._parts(last=last) if len(part)]
        return Pcm(np.concatenate(parts), self.rate_hz) if parts else None

    def _parts(self, *, last: bool) -> Iterator[NDArray[np.float32]]:
        """Until nothing more can be told from what came."""
        before = None
        while before != (now := (self._state, len(self._waiting))):
            before = now
            if self._state == "start":
                self._begin(last=last)
            elif self._state == "header":
                self._read_header()
            elif self._state == "sound":
                yield self._samples(last=last)
            else:
                self._look_behind()

    def _begin(self, *, last: bool) -> None:
        if len(self._waiting) < 4 and not last:
            return
        if _OTHER_FILES.match(self._waiting):
            raise _unreadable(f"sound that begins with {self._waiting[:16]!r}")
        self._state = "header" if self._waiting.startswith(b"RIFF") else "sound"

    def _read_header(self) -> None:
        """Chunk by chunk up to the samples; more of it may be on its way."""
        at = _HEADER_LENGTH
        while len(self._waiting) >= at + 8:
            name, size = struct.unpack_from("<4sI", self._waiting, at)
            at += 8
            if name == b"data":
                self._waiting = self._waiting[at:]
                self._expect(size)
                return
            if name == b"fmt " and len(self._waiting) >= at + 16:
                self._read_format(at)
            at += size + size % 2
        if max(at, len(self._waiting)) > HEADER_MAX:
            raise _unreadable("a WAV header without an end")

    def _expect(self, size: int) -> None:
        """A stream doesn't know its length. Half a frame at the end is no sound."""
        half = size % (2 * self._channels)
        self._left, self._skip = (size - half, half + size % 2) if 0 < size < 0x7FFF0000 else (None, 0)
        self._state = "sound"

    def _read_format(self, at: int) -> None:
        kind, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", self._waiting, at)
        if kind not in (_INTEGERS, _EXTENSIBLE) or bits != 16 or not 1 <= channels <= 8:
            raise _unreadable(f"a WAV of kind {kind}, {bits} bits, {channels} channels")
        if not _RATES_HZ[0] <= rate_hz <= _RATES_HZ[1]:
            raise _unreadable(f"a WAV of {rate_hz} Hz")
        if self.said and rate_hz != self.rate_hz:
            raise _unreadable(f"a WAV of {rate_hz} Hz in a sound of {self.rate_hz} Hz")
        self._channels, self.rate_hz = channels, rate_hz

    def _samples(self, *, last: bool) -> NDArray[np.float32]:
        size = 2 * self._channels
        end = len(self._waiting) if self._left is None else min(len(self._waiting), self._left)
        header = _HEADER.search(self._waiting)
        if header and header.start() < end:
            end = header.start()
        elif not last and end != self._left:
            begun = _HEADER_BEGUN.search(self._waiting, max(0, len(self._waiting) - _HEADER_LENGTH + 1))
            end = begun.start() if begun else end
        data = self._waiting[: end - end % size]
        self._waiting = self._waiting[len(data) :]
        self._left = None if self._left is None else self._left - len(data)
        if header and header.start() == end:
            self._waiting = self._waiting[end % size :]
            self._short += self._left or 0
            self._left, self._state = None, "header"
        elif self._left == 0:
            self._state = "behind"
        self.said += len(data)
        return _mono(data, self._channels)

    def _look_behind(self) -> None:
        """Of the samples that a header promised."""
        passed = min(self._skip, len(self._waiting))
        self._waiting = self._waiting[passed:]
        self._skip -= passed
        name = self._waiting[:4]
        if self._skip or len(name) < 4:
            return
        if name == b"RIFF":
            self._left, self._state = None, "header"
        elif name not in _CHUNKS:
            self._left, self._state = None, "sound"
        elif len(self._waiting) >= 8:
            size = int.from_bytes(self._waiting[4:8], "little")
            self._skip = 8 + size + size % 2


def _mono(data: bytes, channels: int) -> NDArray[np.float32]:
    import numpy as np

    samples = np.frombuffer(data, "<i2").astype(np.float32).reshape(-1, channels) / 32_768
    if channels > 1:
        samples = samples.mean(axis=1, keepdims=True, dtype=np.float32)
    return samples.astype(np.float32, copy=False)


def _unreadable(detail: str) -> StudioError:
    return StudioError(Reason.UNREADABLE_AUDIO, detail=detail)
