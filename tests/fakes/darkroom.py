"""Samples and pictures of takes that have no sound: silence, and an outline as of speech."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from math import sin

import numpy as np

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import StudioError
from studio.domain.limits import SampleLimits
from studio.domain.takes import Edit, Outline, Take


@dataclass
class FakeDarkroom:
    """Silence as long as the selected part; `made` are the recipes that samples were made by."""

    rate_hz: int = 24_000
    error: StudioError | None = None
    made: list[tuple[Take, Edit]] = field(default_factory=list)

    async def pcm(self, take: Take, edit: Edit) -> Pcm:
        return self._pcm(take, edit)

    async def compared(self, take: Take, edit: Edit) -> tuple[Pcm, Pcm]:
        return self._pcm(take, edit), self._pcm(take, edit)

    async def sample(self, take: Take, edit: Edit, limits: SampleLimits) -> Clip:
        if self.error:
            raise self.error
        self.made.append((take, edit))
        start, end = edit.span(take.seconds)
        return Clip(wav(end - start, self.rate_hz), AudioFormat.WAV, self.rate_hz, end - start)

    async def weigh(self, take: Take, edit: Edit, limits: SampleLimits) -> tuple[int, AudioFormat]:
        return 44 + 2 * round(edit.length_s(take.seconds) * self.rate_hz), AudioFormat.WAV

    async def outline(self, take: Take) -> Outline:
        return outline(take)

    def _pcm(self, take: Take, edit: Edit) -> Pcm:
        if self.error:
            raise self.error
        start, end = edit.span(take.seconds)
        return Pcm(np.zeros((max(1, round((end - start) * take.rate_hz)), 1), np.float32), take.rate_hz)


def wav(seconds: float = 0.2, rate_hz: int = 24_000) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(bytes(round(seconds * rate_hz) * 2))
    return sink.getvalue()


def outline(take: Take, shape: Callable[[float], float] = lambda second: _spoken(second)) -> Outline:
    """Of a take as if it held so much sound at each second (0..1); syllables and phrases unless said otherwise."""
    per_column = 480
    columns = max(1, -(-take.frames // per_column))
    heights = np.array([shape(column * per_column / take.rate_hz) for column in range(columns)])
    highs = np.clip(np.round(heights * 127), 0, 127).astype(np.int8)
    levels = [np.stack((-highs, highs), axis=1)]
    while len(levels[-1]) > 1:
        finer = levels[-1]
        if len(finer) % 2:
            finer = np.concatenate((finer, finer[-1:]))
        pairs = finer.reshape(-1, 2, 2)
        levels.append(np.stack((pairs[:, :, 0].min(axis=1), pairs[:, :, 1].max(axis=1)), axis=1))
    return Outline(tuple(levels), per_column, take.frames, take.rate_hz)


def _spoken(second: float) -> float:
    phrase = max(0.0, sin(second * 1.1)) ** 0.4
    return 0.03 + 0.7 * phrase * abs(sin(second * 9.0)) * (0.6 + 0.4 * sin(second * 3.7))
