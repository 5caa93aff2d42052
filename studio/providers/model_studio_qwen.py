"""Qwen at Alibaba Model Studio: one system to the person, two families of voices to the vendor.

Designed voices are made, queried and deleted as `qwen-voice-design` (seed 000), cloned ones as
`qwen-voice-enrollment` (seed 001). Which one is meant follows from what is asked, and from the voice.
"""

from __future__ import annotations

import asyncio
import base64
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from studio.domain.accounts import QWEN, Probed
from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, DesignModel, Handle, Limits, SampleLimits, Speech, SystemInfo
from studio.domain.samples import Sample
from studio.domain.voices import Cloned, Designed, Origin, Voice
from studio.ports import Codec, Page, Progress, Receipt, no_page
from studio.providers import reading
from studio.providers.model_studio import (
    REGIONS,
    RETENTION_DAYS,
    VOICES_HELD,
    Desk,
    Reply,
    line_to,
    preview_of,
    region_of,
    voice_id_of,
)
from studio.providers.model_studio_refusals import NOTHING_SENT_TO_COMPARE, judging
from studio.providers.model_studio_routes import Route, route_of
from studio.providers.model_studio_session import gathered
from studio.providers.model_studio_speech import language_type, said
from studio.providers.model_studio_voice import SpokenAtModelStudio
from studio.providers.pages import Gathered
from studio.providers.reading import Record
from studio.providers.sockets import PATIENCE, Patience
from studio.providers.speaking import spoken
from studio.providers.transport import Transport

DESIGN_MODEL = "qwen-voice-design"
CLONE_MODEL = "qwen-voice-enrollment"
HANDLE = Handle("A-Za-z0-9_", 16)

_DESIGN = Limits(
    description_max=2048,
    preview_max=1024,
    languages=tuple(Language),
    rates_hz=(8_000, 16_000, 24_000, 48_000),
    formats=(AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.PCM),
    handle=HANDLE,
)
_SAMPLE = SampleLimits(  # lengths, rate and channels: api/dashscope.md 2.1
    seconds_max=60.0,
    speech_min_s=3.0,
    rate_min_hz=24_000,
    mono=True,
    bytes_max=10_000_000,
    encoded_max=10_000_000,
    takes_url=True,
    takes_transcript=True,
    languages=tuple(Language),
    handle=HANDLE,
)
INFO = SystemInfo(
    system=QWEN,
    label="Qwen",
    needs_key=True,
    note="Made at Alibaba Model Studio, in ten languages. Ready as soon as it is made.",
    designs=(
        DesignModel("qwen3-tts-vd-2026-01-26", _DESIGN, 0.2),
        DesignModel("qwen3-tts-vd-realtime-2026-01-15", _DESIGN, 0.2),
        DesignModel("qwen3-tts-vd-realtime-2025-12-16", _DESIGN, 0.2),
    ),
    clones=(
        CloneModel("qwen3-tts-vc-2026-01-22", _SAMPLE, 0.01),
        CloneModel("qwen3-tts-vc-realtime-2026-01-15", _SAMPLE, 0.01),
        CloneModel("qwen3-tts-vc-realtime-2025-11-27", _SAMPLE, 0.01),
    ),
    speech=Speech(part_max=600, usd_per_10k=0.13, han_weight=2),
    regions=REGIONS,
    deletion="Alibaba doesn't say what it keeps of a deleted voice or its sample.",
    voices_max=VOICES_HELD,
    retention_days=RETENTION_DAYS,
)


class Qwen(SpokenAtModelStudio):
    """A `Designer`, `Cloner`, `Catalogue`, `Streamer`, `Probe` and `Exemplar`. Who made the transport closes it."""

    def __init__(self, transport: Transport, codec: Codec, patience: Patience = PATIENCE) -> None:
        super().__init__(transport, QWEN, codec, patience)
        line = line_to(transport, QWEN, judging(NOTHING_SENT_TO_COMPARE))
        self._designs = Desk(line, DESIGN_MODEL)
        self._clones = Desk(line, CLONE_MODEL)
        self._clones_by_transcript = Desk(line_to(transport, QWEN, judging({})), CLONE_MODEL)

    @property
    def info(self) -> SystemInfo:
        return INFO

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        progress(None)
        reply = await self._designs.make(brief.region, design_fields(brief), design_parameters(brief))
        voice = _made(reply, brief, INFO.designs[0].model, Origin.DESIGNED)
        voice = replace(voice, description=brief.description, preview_text=brief.preview_text)
        preview, trouble = await preview_of(reply, brief, self._codec)
        return Designed(voice, preview, request_id=reply.request_id, trouble=trouble)

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        progress(None)
        audio = await asyncio.to_thread(data_url, brief.sample) if brief.sample else brief.sample_url
        desk = self._clones_by_transcript if brief.transcript else self._clones
        reply = await desk.make(brief.region, clone_fields(brief, audio))
        voice = _made(reply, brief, INFO.clones[0].model, Origin.CLONED)
        return Cloned(voice, reply.request_id, _degraded(reply.output))

    async def voices(
        self, region: str, origin: Origin | None, keyword: str, progress: Progress, page: Page = no_page
    ) -> tuple[Voice, ...]:
        """Two lists, of which neither shows the other's voices; neither can be narrowed, so a keyword is looked for
        here."""
        gathered = Gathered(page, keyword)
        for desk, kind in ((self._designs, Origin.DESIGNED), (self._clones, Origin.CLONED)):

            async def items(told: list[Record], kind: Origin = kind) -> None:
                await gathered.add(_listed(voice_id_of(one), one, region, kind) for one in told)

            if origin in (None, kind):
                await desk.listed(region, {"action": "list"}, progress, items)
        return gathered.voices

    async def look_up(self, voice_id: str, region: str) -> Voice:
        """Cloned voices have no query, so their list is gone through; an id that doesn't tell is tried as both."""
        kind = origin_of(voice_id)
        if kind is not Origin.CLONED:
            with_voice = {"action": "query", "voice": voice_id}
            try:
                reply = await self._designs.ask(region, with_voice)
            except StudioError as error:
                if kind is Origin.DESIGNED or error.reason is not Reason.NO_SUCH_VOICE:
                    raise
            else:
                if not reply.output:
                    raise reply.error(Reason.UNREADABLE)
                return _listed(voice_id, reply.output, region, Origin.DESIGNED)
        for voice in await self.voices(region, Origin.CLONED, "", lambda _: None):
            if voice.voice_id == voice_id:
                return voice
        raise StudioError(Reason.NO_SUCH_VOICE, system=QWEN, detail=voice_id)

    async def delete(self, voice: Voice) -> None:
        if voice.origin is Origin.BUILT_IN:
            raise StudioError(Reason.NOT_DELETABLE, system=QWEN)
        desk = self._designs if voice.origin is Origin.DESIGNED else self._clones
        await desk.delete(voice.region, {"action": "delete", "voice": voice.voice_id})

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        route = route_of(voice)
        language = language_type(voice.language, text)

        async def part(piece: str) -> Clip:
            if route is Route.HTTP:
                return await said(self._speech, voice, piece, language, self._codec)
            return await gathered(self.stream(voice, piece), self._codec)

        longest = INFO.speech.part_max if INFO.speech else len(text)
        return await spoken(text, longest, part, self._codec, rate_hz, audio_format, progress)

    async def probe(self, region: str) -> Probed:
        """Both families: a key may be allowed the one and not the other."""
        counts = [await desk.total(region, {"action": "list"}) for desk in (self._designs, self._clones)]
        return Probed(voices=None if None in counts else sum(filter(None, counts)))


def design_fields(brief: Brief) -> Record:
    """Its language always: the server's default would be zh (seed 000)."""
    return {
        "action": "create",
        "target_model": brief.model or INFO.designs[0].model,
        "preferred_name": brief.handle,
        "voice_prompt": brief.description,
        "preview_text": brief.preview_text,
        "language": brief.language.value,
    }


def design_parameters(brief: Brief) -> Record:
    return {"sample_rate": brief.rate_hz, "response_format": brief.format.value}


def clone_fields(brief: CloneBrief, audio: str) -> Record:
    """Transcript and language only where the person gave them: the server holds the sample against both."""
    fields: dict[str, Any] = {
        "action": "create",
        "target_model": brief.model or INFO.clones[0].model,
        "preferred_name": brief.handle,
        "audio": {"data": audio},
    }
    if brief.transcript:
        fields["text"] = brief.transcript
    if brief.language:
        fields["language"] = brief.language.value
    return fields


def data_url(sample: Sample) -> str:
    return f"data:{sample.media.value};base64,{base64.b64encode(sample.data).decode('ascii')}"


def _made(reply: Reply, brief: Brief | CloneBrief, default_model: str, origin: Origin) -> Voice:
    return Voice(
        library_id=uuid4(),
        system=QWEN,
        account="",
        voice_id=reply.voice_id,
        name=" ".join(brief.name.split()) or brief.handle,
        origin=origin,
        target_model=reading.text(reply.output, "target_model") or brief.model or default_model,
        language=brief.language,
        created=datetime.now(UTC),
        region=region_of(brief.region),
    )


def _listed(voice_id: str, told: Record, region: str, origin: Origin) -> Voice:
    found = _ID.fullmatch(voice_id)
    return Voice(
        library_id=uuid4(),
        system=QWEN,
        account="",
        voice_id=voice_id,
        name=found["handle"] if found else voice_id,
        origin=origin,
        target_model=reading.text(told, "target_model"),
        language=reading.language(reading.text(told, "language")),
        created=reading.beijing_moment(reading.text(told, "gmt_create")) or datetime.now(UTC),
        region=region_of(region),
        description=reading.text(told, "voice_prompt"),
        preview_text=reading.text(told, "preview_text"),
    )


def _degraded(told: Record) -> str:
    """The vendor made do with less of the sample, and says why (api/dashscope.md 2.2)."""
    if str(told.get("fallback_mode")).lower() != "true":
        return ""
    return reading.text(told, "fallback_reason") or "fallback_mode"


_ID = re.compile(r"qwen[\w.]*-tts-(?P<kind>vd|vc)-(?P<handle>\w+)-voice-.+")
"""`qwen-tts-vc-guanyu-voice-20250812105009984-838b` (seed 001)."""


def origin_of(voice_id: str) -> Origin | None:
    """None for an id that doesn't tell."""
    found = re.match(r"qwen[\w.]*-tts-(vd|vc)-", voice_id)
    if not found:
        return None
    return Origin.DESIGNED if found[1] == "vd" else Origin.CLONED
