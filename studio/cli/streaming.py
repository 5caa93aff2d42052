"""Speech written out as it comes: to a file, or to whatever reads standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from studio.domain.audio import Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import STREAMING, header
from studio.flows.telling import as_16_bit

STDOUT = Path("-")


class GrowingWav:
    """Mono 16-bit WAV that can be listened to while it grows. Where nothing comes, what was there stays. Its sizes are
    unknown to the end, whatever ends it, when those of a file are filled in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sink: BinaryIO | None = None
        self._rate_hz = 0
        self._bytes = 0

    def write(self, piece: Pcm) -> None:
        """Raises NOT_WRITABLE."""
        data = as_16_bit(piece)
        try:
            sink = self._sink or self._begun(piece.rate_hz)
            sink.write(data)
            sink.flush()
        except BrokenPipeError:
            raise  # nobody reads any more
        except OSError as error:
            raise StudioError(Reason.NOT_WRITABLE, detail=str(error)) from error
        self._bytes += len(data)

    def _begun(self, rate_hz: int) -> BinaryIO:
        self._sink = sink = sys.stdout.buffer if self._path == STDOUT else self._path.open("wb")
        self._rate_hz = rate_hz
        sink.write(header(rate_hz, STREAMING))
        return sink

    async def finish(self, _: Clip) -> None:
        """All of it is there. Raises NOT_WRITABLE."""
        self.close()

    def close(self) -> None:
        """What came is a whole file. Raises NOT_WRITABLE."""
        sink, self._sink = self._sink, None
        if sink is None or self._path == STDOUT:
            return
        try:
            with sink:
                sink.seek(0)
                sink.write(header(self._rate_hz, self._bytes))
        except OSError as error:
            raise StudioError(Reason.NOT_WRITABLE, detail=str(error)) from error
