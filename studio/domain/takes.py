"""Takes: sound that a person recorded or brought, kept raw, with what is to be cut and changed beside it.

The raw sound is a mono 16-bit WAV file that nothing is ever written into again. Times are seconds of the raw sound.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from studio.domain.samples import Media

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    import numpy as np
    from numpy.typing import NDArray

MINUTE_S, HOUR_S = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Source:
    """What a sound was before it became a take.

    `container` is a short name such as "wav", "mp3" or "mp4", and empty for the microphone. `bit_depth` is None where
    the coding has none (MP3, AAC, Opus). `media` is the kind as vendors take it, None where none does. `size` is the
    file's, in bytes. `encoding` tells samples that only look like more bits, such as "pcm_s16le" or "aac".
    `broken`: not all could be read, for the file is damaged or ends before its end.
    """

    container: str = ""
    encoding: str = "pcm_s16le"
    channels: int = 1
    rate_hz: int = 48_000
    bit_depth: int | None = 16
    media: Media | None = None
    size: int = 0
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """The recipe: from where to where, fades, gain, cleaning. Applied when the sample is made, in this order."""

    start_s: float = 0.0
    end_s: float | None = None
    clean: bool = False
    gain_db: float = 0.0
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0

    @property
    def untouched(self) -> bool:
        return self == Edit()

    def span(self, seconds: float) -> tuple[float, float]:
        """Start and end within a sound of so many seconds, never the wrong way round."""
        end = seconds if self.end_s is None else min(max(self.end_s, 0.0), seconds)
        return min(max(self.start_s, 0.0), end), end

    def length_s(self, seconds: float) -> float:
        """Of what is left of a sound of so many seconds."""
        start, end = self.span(seconds)
        return end - start


@dataclass(frozen=True, slots=True)
class Take:
    """One take on disk. `path` is the raw sound, `original` the file it was made of where that was kept.

    `transcript` is the text that was read aloud, as far as known. `recovered` takes were being recorded when the
    program or the computer died. `dropouts` counts the times that PortAudio lost samples. `sent`
    are the SHA-256 sums of the samples that were made of it and sent somewhere.
    """

    take_id: UUID
    name: str
    created: datetime
    rate_hz: int
    frames: int
    path: Path
    source: Source = Source()
    original: Path | None = None
    transcript: str = ""
    dropouts: int = 0
    recovered: bool = False
    edit: Edit = Edit()
    sent: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        return self.frames / self.rate_hz if self.rate_hz else 0.0

    @property
    def recorded(self) -> bool:
        return not self.source.container

    def selection_s(self) -> float:
        return self.edit.length_s(self.seconds)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: `frames` of mono sound at `rate_hz` were written."""

    source: Source
    rate_hz: int
    frames: int


class Step(Enum):
    """Where a recording stands."""

    IDLE = "idle"
    COUNTING_IN = "counting-in"
    STARTING = "starting"
    RECORDING = "recording"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A microphone by the name a person knows; the empty id follows the system's default."""

    device_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Meter:
    """What the microphone gives now. Levels in dBFS over the last 0.1 s, -120 for silence.

    `clipped` stays until it is reset; `frames` and `seconds` are of the take that is being recorded, `dropouts` too.
    `silent_s` is for how long nothing but digital zeros have come, `flowing` whether blocks arrive at all.
    """

    peak_dbfs: float = -120.0
    rms_dbfs: float = -120.0
    clipped: bool = False
    frames: int = 0
    seconds: float = 0.0
    dropouts: int = 0
    silent_s: float = 0.0
    flowing: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finished recording: what is in its file."""

    rate_hz: int
    frames: int
    dropouts: int


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A sound drawn at any scale: per column the lowest and highest sample, full scale at 127.

    `levels[0]` has shape (columns, 2), int8, one column for every `frames_per_column` frames; each next level has half
    as many columns (rounded up), of twice as many frames.
    """

    levels: tuple[NDArray[np.int8], ...] = field(repr=False)
    frames_per_column: int
    frames: int
    rate_hz: int
