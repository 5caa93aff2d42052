"""Sound: decoded, encoded, played."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from studio.domain.audio import AudioFormat, Clip, Finish, OutputDevice, Pcm


class Codec(Protocol):
    async def decode(self, clip: Clip) -> Pcm:
        """Raises UNREADABLE_AUDIO or EMPTY_AUDIO."""
        ...

    async def measured(self, data: bytes, audio_format: AudioFormat, rate_hz: int) -> Clip:
        """Received bytes as a clip with its true format, rate, length and envelope; the content decides.

        `audio_format` and `rate_hz` are what was asked for: raw PCM can't tell.
        Raises UNREADABLE_AUDIO or EMPTY_AUDIO.
        """
        ...

    async def encode(self, pcm: Pcm, rate_hz: int, audio_format: AudioFormat) -> Clip:
        """Resampled to `rate_hz`, encoded, with its envelope."""
        ...

    async def mastered(self, clip: Clip, audio_format: AudioFormat, finish: Finish) -> Clip:
        """A clip as it is handed out: levelled, and with words about it in the file. Raises as `decode`.

        Where neither format nor level change, the sound is the very same, sample by sample.
        """
        ...

    async def lufs(self, clip: Clip) -> float | None:
        """How loud the whole of it is (ITU-R BS.1770-4); None for silence and less than 400 ms. Raises as `decode`."""
        ...


class PitchMeter(Protocol):
    async def median_hz(self, pcm: Pcm) -> float:
        """Of the voiced parts; 0 where there are none, as in whispering."""
        ...


class Player(Protocol):
    async def play(self, pcm: Pcm, device_id: str, start_s: float = 0.0) -> None:
        """Returns when the last sample has sounded; cancelling silences at once.

        Raises NO_SOUND_SYSTEM, NO_OUTPUT_DEVICE, DEVICE_LOST or DEVICE_BUSY; the next call starts afresh.
        """
        ...

    async def play_live(self, pieces: AsyncIterator[Pcm], device_id: str) -> None:
        """Sound that is still arriving: begins with the first piece, is silent while none is there, and returns when
        the last sample has sounded. Pieces have one rate. Raises as `play`, and what `pieces` raises, once what came
        before has sounded.
        """
        ...

    def set_volume(self, volume: float) -> None:
        """0..1, at once, for what sounds and for what will; any thread."""
        ...

    def position_s(self) -> float:
        """Where in the clip the loudspeaker is; 0 when nothing plays. Cheap and safe on any thread."""
        ...

    async def devices(self) -> tuple[OutputDevice, ...]:
        """Outputs by name, the system's default (empty id) first; empty where there is no sound system."""
        ...

    async def aclose(self) -> None: ...
