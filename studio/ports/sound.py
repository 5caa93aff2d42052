"""Sound: decoded, encoded, played."""

from __future__ import annotations

from typing import Protocol

from studio.domain.audio import AudioFormat, Clip, OutputDevice, Pcm


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


class Player(Protocol):
    async def play(self, pcm: Pcm, device_id: str, start_s: float = 0.0) -> None:
        """Returns when the last sample has sounded; cancelling silences at once.

        Raises NO_SOUND_SYSTEM, NO_OUTPUT_DEVICE, DEVICE_LOST or DEVICE_BUSY; the next call starts afresh.
        """
        ...

    def position_s(self) -> float:
        """Where in the clip the loudspeaker is; 0 when nothing plays. Cheap and safe on any thread."""
        ...

    async def devices(self) -> tuple[OutputDevice, ...]:
        """Outputs by name, the system's default (empty id) first; empty where there is no sound system."""
        ...

    async def aclose(self) -> None: ...
