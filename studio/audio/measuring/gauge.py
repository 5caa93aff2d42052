"""Port `Gauge`: takes measured from their files, block by block, and recordings measured while they grow.

numpy and the other heavy libraries come in with the first measuring, on its thread.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import FRAME_BYTES, HEADER_BYTES
from studio.domain.report import Figures
from studio.domain.takes import Edit, Take
from studio.ports.recording import Darkroom
from studio.ports.systems import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.audio.measuring.meters import Meters

BLOCK_FRAMES = 1 << 18
PIECE_S = 300.0


class SoundGauge:
    """The darkroom is asked only for what is cleaned or louder; everything else is read from the raw file."""

    def __init__(self, darkroom: Darkroom) -> None:
        self._darkroom = darkroom

    async def measure(self, take: Take, edit: Edit, progress: Progress) -> Figures:
        """Of the selected part. Memory stays flat unless it is cleaned or levelled. Raises EMPTY_AUDIO or FILE_GONE.

        `speech` is in seconds of the raw sound. Fades change no figure and are left out.
        """
        start, end = (round(one * take.rate_hz) for one in edit.span(take.seconds))
        if end <= start:
            raise StudioError(Reason.EMPTY_AUDIO, detail="nothing is selected")
        if edit.clean or edit.gain_db:
            return await self._measure_made(take, edit, progress)
        meters = await asyncio.to_thread(_meters, take.rate_hz, start / take.rate_hz)
        with closing(await asyncio.to_thread(_opened, take.path, start)) as file:
            while meters.frames < end - start:
                wanted = min(BLOCK_FRAMES, end - start - meters.frames)
                if not await asyncio.to_thread(_feed_from, file, meters, wanted):
                    break
                progress(meters.frames / (end - start))
        return await asyncio.to_thread(_finished, meters, take)

    def follow(self, path: Path, rate_hz: int) -> Following:
        return Following(path, rate_hz)

    async def _measure_made(self, take: Take, edit: Edit, progress: Progress) -> Figures:
        """Piece by piece: an hour would not fit into memory. A gain that would clip is lowered for each piece alone."""
        progress(None)
        start_s, end_s = edit.span(take.seconds)
        meters = await asyncio.to_thread(_meters, take.rate_hz, start_s)
        at_s = start_s
        while at_s < end_s:
            piece = replace(edit, start_s=at_s, end_s=min(at_s + PIECE_S, end_s), fade_in_s=0.0, fade_out_s=0.0)
            pcm = await self._darkroom.pcm(take, piece)
            for start in range(0, pcm.frames, BLOCK_FRAMES):
                await asyncio.to_thread(_feed_made, meters, pcm.samples[start : start + BLOCK_FRAMES])
            at_s += PIECE_S
            progress(min((at_s - start_s) / (end_s - start_s), 1.0))
        return await asyncio.to_thread(_finished, meters, take)


class Following:
    """Port `Measuring`: a mono 16-bit WAV with a 44-byte header, which a recorder writes to meanwhile."""

    def __init__(self, path: Path, rate_hz: int) -> None:
        self._path, self._rate_hz = path, rate_hz
        self._meters: Meters | None = None
        self._turn = Lock()  # of threads: a call that is given up still reads to its end

    async def figures(self) -> Figures:
        """Empty figures while the file isn't there yet. Calls wait for one another.

        What needs a window of its own, such as speech, is up to half a second behind.
        """
        return await asyncio.to_thread(self._read_on)

    def _read_on(self) -> Figures:
        with self._turn:
            return self._read_on_alone()

    def _read_on_alone(self) -> Figures:
        if self._meters is None:
            self._meters = _meters(self._rate_hz, 0.0)
        try:
            with _opened(self._path, self._meters.frames) as file:
                while _feed_from(file, self._meters, BLOCK_FRAMES):
                    pass
        except StudioError:
            pass  # not there yet, or gone already: what is known stands
        return self._meters.figures()


def _meters(rate_hz: int, start_s: float) -> Meters:
    """On a thread: it imports numpy."""
    from studio.audio.measuring.meters import Meters

    return Meters(rate_hz, start_s)


def _opened(path: Path, frame: int) -> BinaryIO:
    try:
        file = path.open("rb")
    except OSError as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    file.seek(HEADER_BYTES + FRAME_BYTES * frame)
    return file


def _feed_from(file: BinaryIO, meters: Meters, frames: int) -> int:
    """How many frames there were; half a frame at the end is left for the next time."""
    import numpy as np

    data = file.read(2 * frames)
    whole = len(data) // 2
    meters.feed(np.frombuffer(data, "<i2", whole))
    return whole


def _finished(meters: Meters, take: Take) -> Figures:
    if not meters.frames:
        raise StudioError(Reason.EMPTY_AUDIO, detail=f"{take.path.name} has no samples")
    meters.finish()
    return meters.of_take(take)


def _feed_made(meters: Meters, samples: NDArray[np.float32]) -> None:
    """As it would be sent: 16 bits, mixed to one channel, cut off at full scale."""
    import numpy as np

    meters.feed(np.clip(np.rint(samples.mean(axis=1) * 32_768), -32_768, 32_767).astype(np.int16))
