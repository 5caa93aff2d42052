"""A codec by the standard library: WAV in, WAV out, whatever format is asked for."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, field

import numpy as np

from studio.domain.audio import AudioFormat, Clip, Finish, Pcm


@dataclass
class WaveCodec:
    """Remembers what was asked for; doesn't resample: the rate of the clip is the sound's own."""

    asked: list[tuple[int, AudioFormat]] = field(default_factory=list)
    finishes: list[Finish] = field(default_factory=list)

    async def decode(self, clip: Clip) -> Pcm:
        with wave.open(io.BytesIO(clip.data)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
            return Pcm(samples.reshape(-1, file.getnchannels()), file.getframerate())

    async def encode(self, pcm: Pcm, rate_hz: int, audio_format: AudioFormat) -> Clip:
        self.asked.append((rate_hz, audio_format))
        data = io.BytesIO()
        with wave.open(data, "wb") as file:
            file.setnchannels(pcm.channels)
            file.setsampwidth(2)
            file.setframerate(pcm.rate_hz)
            file.writeframes((pcm.samples * 32767).astype("<i2").tobytes())
        return Clip(data.getvalue(), AudioFormat.WAV, pcm.rate_hz, pcm.seconds, pcm.channels)

    async def mastered(self, clip: Clip, audio_format: AudioFormat, finish: Finish) -> Clip:
        """At the level it has, without words."""
        self.finishes.append(finish)
        return await self.encode(await self.decode(clip), clip.rate_hz, audio_format)

    async def lufs(self, clip: Clip) -> float | None:
        """As if it were what was asked for last."""
        return self.finishes[-1].lufs if self.finishes else None
