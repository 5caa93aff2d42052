"""Systems elsewhere with memory, in this process: what they make is listed, whatever becomes of the answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np

from studio.domain.accounts import EVOLINK, QWEN, Probed
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import Brief, CloneBrief, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, DesignModel, Handle, Limits, SampleLimits, Speech, SystemInfo
from studio.domain.voices import Cloned, Designed, Origin, Status, Voice
from studio.ports import Page, Progress, Receipt, no_page
from tests.fakes.voices import clip

HANDLE = Handle("A-Za-z0-9_", 16)
LIMITS = Limits(100, 60, (Language.EN, Language.ZH), (24_000,), (AudioFormat.WAV, AudioFormat.PCM), handle=HANDLE)
SAMPLES = SampleLimits(
    bytes_max=100_000, takes_url=True, takes_transcript=True, languages=tuple(Language), handle=HANDLE
)


def info(system: str) -> SystemInfo:
    return SystemInfo(
        system,
        system.title(),
        needs_key=True,
        note="Far away.",
        designs=(DesignModel("vd-1", LIMITS, 0.2), DesignModel("vd-realtime", LIMITS, 0.2, speaks=False)),
        clones=(CloneModel("vc-1", SAMPLES, 0.01),),
        speech=Speech(part_max=600, usd_per_10k=0.13, han_weight=2),
        regions=("intl", "cn") if system == QWEN else (),
        deletion="A copy stays there.",
    )


def made_voice(system: str, brief: Brief | CloneBrief, number: int) -> Voice:
    designed = isinstance(brief, Brief)
    return Voice(
        library_id=uuid4(),
        system=system,
        account="",
        voice_id=f"{brief.model}-{brief.handle}-{number}",
        name=brief.name or brief.handle,
        origin=Origin.DESIGNED if designed else Origin.CLONED,
        target_model=brief.model,
        language=brief.language,
        created=datetime.now(UTC),
        description=brief.description if isinstance(brief, Brief) else "",
        preview_text=brief.preview_text if isinstance(brief, Brief) else "",
    )


@dataclass
class FarSystem:
    """Designs, clones, lists and speaks. `lose` fails after the voice was made, `refuse` before."""

    system: str = QWEN
    there: list[Voice] = field(default_factory=list)
    lose: StudioError | None = None
    refuse: StudioError | None = None
    list_fails: StudioError | None = None
    pages_before_failure: int = 0
    page_size: int = 100
    paging: asyncio.Event = field(default_factory=asyncio.Event)
    deleting: asyncio.Event = field(default_factory=asyncio.Event)
    preview: Clip | None = field(default_factory=clip)
    status: Status = Status.READY
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    orders: list[Brief | CloneBrief] = field(default_factory=list)
    lists: int = 0
    deleted: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()
        self.paging.set()
        self.deleting.set()

    @property
    def info(self) -> SystemInfo:
        return info(self.system)

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        voice = await self._make(brief)
        return Designed(voice, self.preview, request_id="r-1")

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        return Cloned(await self._make(brief), "r-2")

    async def voices(
        self, region: str, origin: Origin | None, keyword: str, progress: Progress, page: Page = no_page
    ) -> tuple[Voice, ...]:
        """In pages of `page_size`; `list_fails` after the pages that `pages_before_failure` lets through."""
        self.lists += 1
        if self.list_fails and not self.pages_before_failure:
            raise self.list_fails
        own = (Origin.DESIGNED, Origin.CLONED) if origin is None else (origin,)
        found = [
            replace(voice, library_id=uuid4()) for voice in self.there if voice.origin in own and keyword in voice.name
        ]
        for number, at in enumerate(range(0, len(found), self.page_size)):
            if self.list_fails and number >= self.pages_before_failure:
                raise self.list_fails
            await self.paging.wait()
            await page(tuple(found[at : at + self.page_size]))
            progress(min(1.0, (at + self.page_size) / len(found)))
        return tuple(found)

    async def look_up(self, voice_id: str, region: str) -> Voice:
        for voice in self.there:
            if voice.voice_id == voice_id:
                return replace(voice, library_id=uuid4(), status=self.status)
        raise StudioError(Reason.NO_SUCH_VOICE, system=self.system)

    async def delete(self, voice: Voice) -> None:
        await self.deleting.wait()
        if self.refuse:
            raise self.refuse
        self.deleted.append(voice.voice_id)
        self.there = [one for one in self.there if one.voice_id != voice.voice_id]

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        self.spoken.append(text)
        return clip()

    async def probe(self, region: str) -> Probed:
        if self.refuse:
            raise self.refuse
        return Probed(voices=len(self.there))

    async def _make(self, brief: Brief | CloneBrief) -> Voice:
        self.orders.append(brief)
        if self.refuse:
            raise self.refuse
        voice = replace(made_voice(self.system, brief, len(self.orders)), status=self.status)
        self.there.append(voice)
        self.started.set()
        await self.gate.wait()
        if self.lose:
            raise self.lose
        return voice


@dataclass
class StreamingSystem(FarSystem):
    """Speaks in `pieces` of 0.1 s for each part. `cut_in` is the number of the part that breaks off in its middle."""

    pieces: int = 3
    cut_in: int = 0
    fails_at_once: StudioError | None = None
    flowing: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.flowing.set()

    def streams(self, voice: Voice) -> bool:
        return voice.target_model != "vc-1"

    async def stream(self, voice: Voice, text: str) -> AsyncGenerator[Pcm]:
        if self.fails_at_once:
            raise self.fails_at_once
        self.spoken.append(text)
        number = len(self.spoken)
        try:
            for at in range(self.pieces):
                if number == self.cut_in and at == 1:
                    raise StudioError(Reason.SPEECH_CUT, system=self.system, retryable=True)
                if at:
                    await self.flowing.wait()
                yield Pcm(np.full((2_400, 1), number / 10, np.float32), 24_000)
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise


@dataclass
class TaskSystem:
    """Designs by tasks, which it goes on with whatever becomes of the program. It has no list."""

    ended: dict[str, Designed | StudioError] = field(default_factory=dict)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    orders: list[Brief] = field(default_factory=list)
    lost_before_id: bool = False
    resuming: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.resuming.set()

    @property
    def info(self) -> SystemInfo:
        return replace(info(EVOLINK), clones=())

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        self.orders.append(brief)
        if self.lost_before_id:
            raise StudioError(Reason.ANSWER_LOST, system=EVOLINK, maybe_done=True)
        task_id = f"task-{len(self.orders)}"
        await receipt(task_id)
        self.started.set()
        await self.gate.wait()
        return self._result(task_id)

    async def resume(self, order: Order, progress: Progress) -> Designed:
        await self.resuming.wait()
        return self._result(order.task_id)

    def _result(self, task_id: str) -> Designed:
        result = self.ended.get(task_id)
        if isinstance(result, StudioError):
            raise result
        if result is None:
            raise StudioError(Reason.STILL_RUNNING, system=EVOLINK)
        return result

    def finish(self, task_id: str, voice_id: str = "evo-voice") -> None:
        self.finish_for(task_id, self.orders[0], voice_id)

    def finish_for(self, task_id: str, brief: Brief, voice_id: str = "evo-voice", *, sound: bool = True) -> None:
        voice = replace(made_voice(EVOLINK, brief, 1), voice_id=voice_id)
        trouble = None if sound else StudioError(Reason.UNREACHABLE, system=EVOLINK)
        self.ended[task_id] = Designed(voice, clip() if sound else None, trouble=trouble)
