"""Sound as values: encoded bytes, samples, and the outline that is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class AudioFormat(StrEnum):
    """Encodings of clips. PCM is raw signed 16-bit little-endian; M4A is read and played, never made."""

    WAV = "wav"
    MP3 = "mp3"
    OPUS = "opus"
    PCM = "pcm"
    FLAC = "flac"
    M4A = "m4a"

    @property
    def suffix(self) -> str:
        return f".{self.value}"


@dataclass(frozen=True, slots=True)
class Envelope:
    """The outline of a clip for drawing: per column the lowest and the highest sample.

    `pairs` holds signed bytes, low and high in turn, full scale at 127; its length is twice the columns.
    """

    pairs: bytes = b""

    @property
    def columns(self) -> int:
        return len(self.pairs) // 2


@dataclass(frozen=True, slots=True)
class Clip:
    """Encoded audio as it is stored, sent or received."""

    data: bytes = field(repr=False)
    format: AudioFormat
    rate_hz: int
    seconds: float
    channels: int = 1
    envelope: Envelope = field(default=Envelope(), repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Pcm:
    """Decoded audio: float32 in -1..1, shape (frames, channels)."""

    samples: NDArray[np.float32] = field(repr=False)
    rate_hz: int

    @property
    def frames(self) -> int:
        return int(self.samples.shape[0])

    @property
    def channels(self) -> int:
        return int(self.samples.shape[1])

    @property
    def seconds(self) -> float:
        return self.frames / self.rate_hz


@dataclass(frozen=True, slots=True)
class OutputDevice:
    """A loudspeaker by the name a person knows; the empty id follows the system's default."""

    device_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Finish:
    """How a clip is handed out: at the level it has (None), or at `lufs` as far as a true peak of -1 dBFS allows; with
    words in the file for players and catalogues."""

    lufs: float | None = None
    title: str = ""
    artist: str = ""
    comment: str = ""
