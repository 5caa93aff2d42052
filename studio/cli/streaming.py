"""Speech written out as it comes: to a file, or to whatever reads standard output."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import STREAMING, header

STDOUT = Path("-")


class GrowingWav:
    """Mono 16-bit WAV. Its sizes are unknown to the end, when those of a file are filled in."""

    def __init__(self, path: Path) -> None:
        """Raises NOT_WRITABLE."""
        self._path = path
        self._rate_hz = 0
        self._bytes = 0
        try:
            self._sink: BinaryIO = sys.stdout.buffer if path == STDOUT else path.open("wb")
        except OSError as error:
            raise StudioError(Reason.NOT_WRITABLE, detail=str(error)) from error

    def write(self, piece: Pcm) -> None:
        import numpy as np

        if not self._rate_hz:
            self._rate_hz = piece.rate_hz
            self._sink.write(header(self._rate_hz, STREAMING))
        data = (np.clip(piece.samples.mean(axis=1), -1.0, 1.0) * 32_767).round().astype("<i2").tobytes()
        self._bytes += len(data)
        self._sink.write(data)
        self._sink.flush()

    def __enter__(self) -> GrowingWav:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """What came is a whole file, whatever ended it; one into which nothing came goes."""
        if self._path == STDOUT:
            return
        if self._rate_hz:
            self._sink.seek(0)
            self._sink.write(header(self._rate_hz, self._bytes))
        self._sink.close()
        if not self._rate_hz:
            with suppress(OSError):
                self._path.unlink()
