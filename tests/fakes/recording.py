"""A microphone, takes and files in memory: no sound card, no disk, no measuring."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from studio.domain.audio import Clip
from studio.domain.errors import Reason, StudioError
from studio.domain.report import Figures
from studio.domain.samples import Media, Statement
from studio.domain.takes import Edit, Imported, InputDevice, Meter, Recorded, Source, Take
from studio.domain.voices import Voice
from studio.ports import Progress
from tests.fakes.darkroom import FakeDarkroom, outline, wav

__all__ = ["FakeDarkroom", "FakeGauge", "FakeImporter", "FakeRecorder", "FakeRights", "FakeTakes", "outline", "wav"]

RATE_HZ = 48_000
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DEVICES = (InputDevice("", "System default"), InputDevice("desk", "Desk microphone"))
SPEECH = Meter(peak_dbfs=-12.0, rms_dbfs=-24.0, flowing=True)
FILE = Source("wav", "pcm_s16le", 1, RATE_HZ, 16, Media.WAV, 1_363_244)
GOOD = Figures(
    seconds=14.2,
    speech_s=12.4,
    longest_speech_s=12.4,
    longest_pause_s=0.6,
    speech=((0.8, 13.2),),
    peak_dbfs=-6.1,
    rms_dbfs=-21.4,
    loudness_lufs=-20.3,
    noise_floor_dbfs=-63.0,
    snr_db=41.6,
    dc_offset=0.0004,
    hum_db=2.0,
    hum_hz=50,
    reverberation_s=0.24,
    bandwidth_hz=17_800.0,
)
"""A sample that every system takes."""


@dataclass
class FakeRecorder:
    """One microphone at a time; `now` is what its meter shows. `lose` takes it away, `error` refuses it.

    Opening waits for `slow`.
    """

    listed: tuple[InputDevice, ...] = DEVICES
    rate_hz: int = RATE_HZ
    now: Meter = SPEECH
    slow: asyncio.Event = field(default_factory=asyncio.Event)
    error: StudioError | None = None
    open: str | None = None
    listened: list[str] = field(default_factory=list)
    recorded: list[Path] = field(default_factory=list)
    recording: Path | None = None
    paused: bool = False
    drawn: bytes = b""
    _trouble: asyncio.Future[StudioError] | None = None

    def __post_init__(self) -> None:
        self.slow.set()

    async def devices(self) -> tuple[InputDevice, ...]:
        return self.listed

    async def listen(self, device_id: str) -> int:
        self.listened.append(device_id)
        await self.slow.wait()
        if self.error:
            raise self.error
        if all(one.device_id != device_id for one in self.listed):
            raise StudioError(Reason.NO_INPUT_DEVICE)
        self.open = device_id
        return self.rate_hz

    async def record(self, path: Path) -> None:
        if self.open is None:
            raise StudioError(Reason.INPUT_LOST)
        self.recording = path
        self.recorded.append(path)
        self.now = replace(self.now, frames=0, seconds=0.0, dropouts=0)

    def give(self, seconds: float, *, dropouts: int = 0) -> None:
        """So much sound comes from the microphone."""
        if self.recording and not self.paused:
            frames = self.now.frames + round(seconds * self.rate_hz)
            lost = self.now.dropouts + dropouts
            self.now = replace(self.now, frames=frames, seconds=frames / self.rate_hz, dropouts=lost)
            self.drawn += bytes((0xE0, 0x20)) * round(seconds * 100)

    def lose(self, reason: Reason = Reason.INPUT_LOST) -> None:
        if self._trouble and not self._trouble.done():
            self._trouble.set_result(StudioError(reason))

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    async def stop(self) -> Recorded:
        done = Recorded(self.rate_hz, self.now.frames, self.now.dropouts)
        self.recording, self.paused = None, False
        return done

    async def lost(self) -> StudioError:
        self._trouble = asyncio.get_running_loop().create_future()
        return await self._trouble

    def meter(self) -> Meter:
        return self.now

    def reset_clip(self) -> None:
        self.now = replace(self.now, clipped=False)

    def outline(self, start: int) -> bytes:
        return self.drawn[2 * start :]

    async def close(self) -> None:
        self.open = None


@dataclass
class FakeTakes:
    """The takes of one library; what is deleted can be brought back until `purge`."""

    kept: dict[UUID, Take] = field(default_factory=dict)
    deleted: set[UUID] = field(default_factory=set)
    error: StudioError | None = None
    finish_error: StudioError | None = None
    changes: int = 0

    def put(self, name: str, seconds: float = 14.2, **changes: object) -> Take:
        """One of an earlier start."""
        take_id = uuid4()
        when = NOON + timedelta(minutes=len(self.kept))
        take = Take(take_id, name, when, RATE_HZ, round(seconds * RATE_HZ), Path(f"{take_id}.wav"))
        self.kept[take_id] = replace(take, **changes)  # pyright: ignore[reportArgumentType]
        return self.kept[take_id]

    async def begin(self, name: str, rate_hz: int, transcript: str, source: Source | None = None) -> Take:
        if self.error:
            raise self.error
        return self.put(name, 0.0, rate_hz=rate_hz, transcript=transcript, source=source or Source())

    async def finish(self, take: Take) -> Take:
        if self.finish_error:
            raise self.finish_error
        self.kept[take.take_id] = take
        return take

    async def keep_original(self, take: Take, path: Path) -> Take:
        return await self.finish(replace(take, original=path))

    async def takes(self) -> tuple[Take, ...]:
        if self.error:
            raise self.error
        there = [take for take in self.kept.values() if take.take_id not in self.deleted]
        return tuple(sorted(there, key=lambda take: take.created, reverse=True))

    async def change(self, take: Take) -> None:
        if take.take_id not in self.kept:
            raise StudioError(Reason.NO_SUCH_TAKE)
        self.changes += 1
        self.kept[take.take_id] = take

    async def find(self, handle: str) -> Take:
        for take in await self.takes():
            if str(take.take_id).startswith(handle):
                return take
        raise StudioError(Reason.NO_SUCH_TAKE, detail=handle)

    async def delete(self, take_id: UUID) -> None:
        self.deleted.add(take_id)

    async def restore(self, take_id: UUID) -> None:
        self.deleted.discard(take_id)

    async def purge(self) -> None:
        for take_id in self.deleted:
            del self.kept[take_id]
        self.deleted.clear()


@dataclass
class FakeGauge:
    """Finds what `figures` says, of whatever is measured; waits for `gate`."""

    figures: Figures = GOOD
    error: StudioError | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    measured: list[tuple[Take, Edit]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()

    async def measure(self, take: Take, edit: Edit, progress: Progress) -> Figures:
        self.measured.append((take, edit))
        await self.gate.wait()
        if self.error:
            raise self.error
        start, end = edit.span(take.seconds)
        source = {"channels": take.source.channels, "rate_hz": take.rate_hz, "bit_depth": take.source.bit_depth}
        return replace(self.figures, seconds=end - start, dropouts=take.dropouts, **source)

    def follow(self, path: Path, rate_hz: int) -> FakeMeasuring:
        return FakeMeasuring(self)


@dataclass
class FakeMeasuring:
    gauge: FakeGauge

    async def figures(self) -> Figures:
        return self.gauge.figures


@dataclass
class FakeImporter:
    """Any file is a sound of `seconds`, unless there is an `error`; reads once `gate` is open."""

    seconds: float = 14.2
    source: Source = FILE
    error: StudioError | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    files: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()

    async def look(self, path: Path) -> Source:
        self.files.append(path)
        if self.error:
            raise self.error
        return self.source

    async def read(self, path: Path, into: Path, progress: Progress) -> Imported:
        progress(0.5)
        await self.gate.wait()
        if self.error:
            raise self.error
        return Imported(self.source, self.source.rate_hz, round(self.seconds * self.source.rate_hz))


@dataclass
class FakeRights:
    """Spoken consents by their sum, and statements."""

    consents: dict[str, Clip] = field(default_factory=dict)
    statements: dict[UUID, tuple[Statement, ...]] = field(default_factory=dict)
    exported: list[Path] = field(default_factory=list)

    async def of(self, library_id: UUID) -> tuple[Statement, ...]:
        return self.statements.get(library_id, ())

    async def keep_consent(self, clip: Clip) -> str:
        known = sha256(clip.data).hexdigest()
        self.consents[known] = clip
        return known

    async def consent(self, sha256: str) -> Clip:
        if sha256 not in self.consents:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=sha256)
        return self.consents[sha256]

    async def export(self, voice: Voice, path: Path) -> None:
        self.exported.append(path)
