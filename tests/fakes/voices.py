"""Voices, briefs and a designer that a test can steer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from studio.domain.audio import AudioFormat, Clip, Envelope
from studio.domain.briefs import ON_DEVICE, Brief
from studio.domain.errors import StudioError
from studio.domain.languages import Language
from studio.domain.limits import DesignModel, Limits, Speech, SystemInfo
from studio.domain.voices import Designed, Origin, Voice
from studio.ports import Progress, Receipt

LIMITS = Limits(
    description_max=100,
    preview_max=60,
    name_max=20,
    languages=tuple(Language),
    rates_hz=(16_000, 24_000),
    formats=tuple(AudioFormat),
    seed_max=99,
)
INFO = SystemInfo(
    ON_DEVICE,
    "This computer",
    needs_key=False,
    note="A draft voice.",
    designs=(DesignModel("fake-1", LIMITS, price_usd=0.0),),
    speech=Speech(part_max=200, text_max=200),
)


def brief(**changes: object) -> Brief:
    return replace(Brief(ON_DEVICE, "A calm man", "Good evening.", Language.EN), **changes)


def voice(**changes: object) -> Voice:
    made = Voice(
        library_id=uuid4(),
        system=ON_DEVICE,
        account="",
        voice_id=f"vs-{uuid4().hex[:10]}",
        name="Calm man",
        origin=Origin.DESIGNED,
        target_model="fake-1",
        language=Language.EN,
        created=datetime.now(UTC),
        description="A calm man",
        preview_text="Good evening.",
        recipe="recipe",
    )
    return replace(made, **changes)


def clip(data: bytes = b"\0\0" * 2_400, **changes: object) -> Clip:
    made = Clip(data, AudioFormat.PCM, 24_000, len(data) / 48_000, envelope=Envelope(bytes(20)))
    return replace(made, **changes)


@dataclass
class FakeSystem:
    """Designs and speaks at once, or once `gate` is open; fails with `error` if there is one."""

    info: SystemInfo = INFO
    error: StudioError | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[Brief] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    cancelled: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        self.asked.append(brief)
        await self._work(progress)
        name = brief.name or "Calm man"
        return Designed(
            voice(name=name, description=brief.description, preview_text=brief.preview_text),
            clip(),
            seed=7 if brief.seed is None else brief.seed,
            understood=("male",),
            unused_words=("purple",),
        )

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        self.spoken.append(text)
        await self._work(progress)
        return clip(rate_hz=rate_hz or 24_000)

    async def _work(self, progress: Progress) -> None:
        progress(0.5)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.error:
            raise self.error
