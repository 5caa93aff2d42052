"""A player, a codec and clips without a sound card or a disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import numpy as np

from studio.domain.audio import AudioFormat, Clip, Finish, OutputDevice, Pcm
from studio.domain.errors import StudioError
from studio.domain.voices import ClipKind, StoredClip
from tests.fakes.voices import clip as some_clip


@dataclass
class FakePlayer:
    """Plays until `ended` is set; remembers what was asked. `end` ends the sound of now alone."""

    error: StudioError | None = None
    played: list[tuple[str, float]] = field(default_factory=list)
    sounds: list[Pcm] = field(default_factory=list)
    live: list[Pcm] = field(default_factory=list)
    volume: float = 1.0
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    silenced: int = 0
    position: float = 0.0

    async def play(self, pcm: Pcm, device_id: str, start_s: float = 0.0) -> None:
        self.sounds.append(pcm)
        await self._sound(device_id, start_s)

    async def play_live(self, pieces: AsyncIterator[Pcm], device_id: str) -> None:
        """Takes every piece as it comes, and sounds on until `ended`."""
        try:
            async for piece in pieces:
                self.live.append(piece)
        except asyncio.CancelledError:
            self.silenced += 1
            raise
        await self._sound(device_id, 0.0)

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    async def end(self) -> None:
        self.ended.set()
        await asyncio.sleep(0)
        self.ended.clear()

    async def _sound(self, device_id: str, start_s: float) -> None:
        self.played.append((device_id, start_s))
        if self.error:
            raise self.error
        try:
            await self.ended.wait()
            await asyncio.sleep(0)  # what loops lets others have their turn
        except asyncio.CancelledError:
            self.silenced += 1
            raise

    def position_s(self) -> float:
        return self.position

    async def devices(self) -> tuple[OutputDevice, ...]:
        return (OutputDevice("", "System default"), OutputDevice("phones", "Headphones"))

    async def aclose(self) -> None:
        self.ended.set()


@dataclass
class FakeCodec:
    """Counts what it decodes; silence of the clip's length comes out."""

    error: StudioError | None = None
    decoded: int = 0
    lengths: list[float] = field(default_factory=list)
    asked: list[Finish] = field(default_factory=list)
    loudness: list[float | None] = field(default_factory=list)

    async def decode(self, clip: Clip) -> Pcm:
        self.decoded += 1
        self.lengths.append(clip.seconds)
        if self.error:
            raise self.error
        return Pcm(np.zeros((max(1, round(clip.seconds * clip.rate_hz)), 1), np.float32), clip.rate_hz)

    async def encode(self, pcm: Pcm, rate_hz: int, audio_format: AudioFormat) -> Clip:
        return some_clip(format=audio_format, rate_hz=rate_hz, seconds=pcm.seconds)

    async def mastered(self, clip: Clip, audio_format: AudioFormat, finish: Finish) -> Clip:
        self.asked.append(finish)
        return some_clip(format=audio_format, rate_hz=clip.rate_hz, seconds=clip.seconds)

    async def lufs(self, clip: Clip) -> float | None:
        """The next of `loudness`, else what was asked for last."""
        return self.loudness.pop(0) if self.loudness else self.asked[-1].lufs


class FakeClips:
    """Every clip is the same short silence."""

    async def clips_of(self, library_id: UUID) -> tuple[StoredClip, ...]:
        return ()

    async def add_clip(self, library_id: UUID, clip: Clip, kind: ClipKind, text: str) -> StoredClip:
        raise AssertionError("not part of this test")

    async def load(self, stored: StoredClip) -> Clip:
        return some_clip(seconds=stored.seconds)

    async def delete_clip(self, clip_id: UUID) -> None:
        raise AssertionError("not part of this test")

    async def restore_clip(self, clip_id: UUID) -> None:
        raise AssertionError("not part of this test")


@dataclass
class FakeExporter:
    """Remembers what was written where."""

    error: StudioError | None = None
    written: list[tuple[Path, Clip]] = field(default_factory=list)
    copied: list[tuple[Path, Path]] = field(default_factory=list)

    async def check(self, path: Path) -> None:
        if self.error:
            raise self.error

    async def write(self, clip: Clip, path: Path) -> None:
        await self.check(path)
        self.written.append((path, clip))

    async def names(self, folder: Path) -> tuple[str, ...]:
        await self.check(folder)
        return tuple(path.name for path, _ in self.written if path.parent == folder)

    async def copy(self, file: Path, path: Path) -> None:
        await self.check(path)
        self.copied.append((path, file))
