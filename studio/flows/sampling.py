"""From a file or a take to the bytes that are sent, with the report on them: window and commands alike."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from studio.domain.audio import AudioFormat, Pcm
from studio.domain.judging import judged
from studio.domain.limits import SampleLimits
from studio.domain.report import Report
from studio.domain.samples import Media, Sample
from studio.domain.takes import Edit, Outline, Take
from studio.ports import Codec, Darkroom, Exporter, Gauge, Importer, Progress, Takes

_MEDIA = {AudioFormat.WAV: Media.WAV, AudioFormat.MP3: Media.MP3, AudioFormat.M4A: Media.M4A}


class Sampling:
    """Holds nothing but its parts."""

    def __init__(
        self, takes: Takes, importer: Importer, gauge: Gauge, darkroom: Darkroom, codec: Codec, exporter: Exporter
    ) -> None:
        self._takes = takes
        self._importer = importer
        self._gauge = gauge
        self._darkroom = darkroom
        self._codec = codec
        self._exporter = exporter

    async def bring_in(self, path: Path, progress: Progress) -> Take:
        """A file's sound as a take of the library. Raises StudioError; then nothing of it is left."""
        source = await self._importer.look(path)
        take = await self._takes.begin(path.stem, source.rate_hz, "", source)
        try:
            read = await self._importer.read(path, take.path, progress)
            take = replace(take, source=read.source, rate_hz=read.rate_hz, frames=read.frames)
            if read.source.media:
                take = await self._takes.keep_original(take, path)
            return await self._takes.finish(take)
        except BaseException:
            await self._takes.delete(take.take_id)
            raise

    @asynccontextmanager
    async def opened(self, path: Path) -> AsyncGenerator[Take]:
        """A file as a take that is nowhere kept: for commands. Raises StudioError."""
        import tempfile

        with tempfile.TemporaryDirectory(prefix="voice-studio-") as folder:
            raw = Path(folder) / "raw.wav"
            read = await self._importer.read(path, raw, lambda _: None)
            yield Take(
                take_id=uuid4(),
                name=path.stem.encode("utf-8", "replace").decode(),  # no character that JSON can't carry
                created=datetime.now(UTC),
                rate_hz=read.rate_hz,
                frames=read.frames,
                path=raw,
                source=read.source,
                original=path,
            )

    async def report(
        self, take: Take, edit: Edit, limits: SampleLimits | None, system: str, progress: Progress = lambda _: None
    ) -> Report:
        """On what would be sent. Raises StudioError."""
        figures = await self._gauge.measure(take, edit, progress)
        size, sent_as = await self._darkroom.weigh(take, edit, limits or SampleLimits())
        return replace(judged(figures, limits, system, size), sent_as=sent_as)

    async def sample(self, take: Take, edit: Edit, limits: SampleLimits) -> Sample:
        """What is sent. Raises StudioError."""
        clip = await self._darkroom.sample(take, edit, limits)
        name = f"{take.name}{clip.format.suffix}"
        return Sample(clip.data, _MEDIA[clip.format], name, sha256(clip.data).hexdigest())

    async def heard_as_sent(self, take: Take, edit: Edit, limits: SampleLimits) -> Pcm:
        return await self._codec.decode(await self._darkroom.sample(take, edit, limits))

    async def save(self, take: Take, edit: Edit, limits: SampleLimits, path: Path) -> None:
        """The bytes that would be sent. Raises NOT_WRITABLE, DISK_FULL."""
        await self._exporter.write(await self._darkroom.sample(take, edit, limits), path)

    async def save_take(self, take: Take, path: Path, audio_format: AudioFormat) -> None:
        """The raw sound, as it was recorded; a WAV is a copy of its file. Raises NOT_WRITABLE, DISK_FULL, FILE_GONE."""
        if audio_format is AudioFormat.WAV:
            await self._exporter.copy(take.path, path)
            return
        pcm = await self._darkroom.pcm(take, Edit())
        await self._exporter.write(await self._codec.encode(pcm, take.rate_hz, audio_format), path)

    async def pcm(self, take: Take, edit: Edit) -> Pcm:
        return await self._darkroom.pcm(take, edit)

    async def compared(self, take: Take, edit: Edit) -> tuple[Pcm, Pcm]:
        return await self._darkroom.compared(take, edit)

    async def outline(self, take: Take) -> Outline:
        return await self._darkroom.outline(take)
