"""CosyVoice at Alibaba Model Studio: voices from words and from samples, which a review has to pass.

Requests and answers as in seed 000; cloning as in api/dashscope.md 2.3. Its voices are spoken with over WebSockets.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from studio.domain.accounts import COSYVOICE, Probed
from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, DesignModel, Handle, Limits, SampleLimits, SystemInfo
from studio.domain.voices import Cloned, Designed, Origin, Status, Voice
from studio.ports import Codec, Page, Progress, Receipt, no_page
from studio.providers import reading
from studio.providers.model_studio import (
    REGIONS,
    RETENTION_DAYS,
    VOICES_HELD,
    Desk,
    Reply,
    account_of,
    line_to,
    preview_of,
    region_of,
    voice_id_of,
)
from studio.providers.model_studio_prices import SPEECH
from studio.providers.model_studio_refusals import NOTHING_SENT_TO_COMPARE, judging
from studio.providers.model_studio_session import gathered
from studio.providers.model_studio_upload import RESOLVE, SCHEME, uploaded
from studio.providers.model_studio_voice import SpokenAtModelStudio
from studio.providers.pages import Gathered
from studio.providers.reading import Record
from studio.providers.sockets import PATIENCE, Patience
from studio.providers.speaking import spoken
from studio.providers.transport import Transport

MODEL = "voice-enrollment"
HANDLE = Handle("A-Za-z0-9", 10, lower_case=True)
"""Letters and digits (seed 000). Capital letters are sent as small ones, which is all that other sources allow."""

_BEIJING = "Other sources say that it is offered in Beijing only."
_DESIGN = Limits(
    description_max=500,
    preview_max=200,
    languages=(Language.ZH, Language.EN),
    rates_hz=(16_000, 24_000, 48_000),
    formats=(AudioFormat.WAV, AudioFormat.MP3, AudioFormat.PCM),
    handle=HANDLE,
    preview_advised=15,
)
_SAMPLE_BYTES_MAX = 10_000_000


def _clones(model: str, languages: str, note: str = "") -> CloneModel:
    limits = SampleLimits(  # lengths and rate: api/dashscope.md 2.1
        seconds_max=60.0,
        speech_min_s=5.0,
        rate_min_hz=16_000,
        bytes_max=_SAMPLE_BYTES_MAX,
        takes_url=True,
        languages=tuple(Language(code) for code in languages.split()),
        handle=HANDLE,
    )
    return CloneModel(model, limits, 0.0, note=note)


INFO = SystemInfo(
    system=COSYVOICE,
    label="CosyVoice",
    needs_key=True,
    note="Made at Alibaba Model Studio, free of charge. Each voice is reviewed there before it can be used.",
    designs=(
        DesignModel("cosyvoice-v3.5-plus", _DESIGN, 0.0, note=_BEIJING),
        DesignModel("cosyvoice-v3.5-flash", _DESIGN, 0.0, note=_BEIJING),
        DesignModel("cosyvoice-v3-plus", _DESIGN, 0.0, note=_BEIJING),
        DesignModel("cosyvoice-v3-flash", _DESIGN, 0.0, note=_BEIJING),
    ),
    clones=(
        _clones("cosyvoice-v3.5-plus", "zh en de pt ja ko fr ru", _BEIJING),
        _clones("cosyvoice-v3.5-flash", "zh en de pt ja ko fr ru", _BEIJING),
        _clones("cosyvoice-v3-plus", "zh en de ja ko fr ru"),
        _clones("cosyvoice-v3-flash", "zh en de pt ja ko fr ru", _BEIJING),
    ),
    speech=SPEECH,
    regions=REGIONS,
    deletion="An uploaded sample is valid for 48 hours. Alibaba doesn't say what else it keeps of a deleted voice.",
    voices_max=VOICES_HELD,
    retention_days=RETENTION_DAYS,
)

_STATUSES = {"DEPLOYING": Status.IN_REVIEW, "OK": Status.READY, "UNDEPLOYED": Status.REJECTED}


class CosyVoice(SpokenAtModelStudio):
    """A `Designer`, `Cloner`, `Catalogue`, `Streamer`, `Probe` and `Exemplar`. Who made the transport closes it."""

    def __init__(self, transport: Transport, codec: Codec, patience: Patience = PATIENCE) -> None:
        super().__init__(transport, COSYVOICE, codec, patience)
        self._desk = Desk(line_to(transport, COSYVOICE, judging(NOTHING_SENT_TO_COMPARE)), MODEL)

    @property
    def info(self) -> SystemInfo:
        return INFO

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        progress(None)
        reply = await self._desk.make(brief.region, design_fields(brief), design_parameters(brief))
        voice = _made(reply, brief, Origin.DESIGNED)
        preview, trouble = await preview_of(reply, brief, self._codec)
        return Designed(voice, preview, request_id=reply.request_id, trouble=trouble)

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        progress(None)
        url = brief.sample_url
        if brief.sample:
            url = await uploaded(self._desk.line, account_of(self._desk.line, brief.region), MODEL, brief.sample)
        headers = RESOLVE if url.startswith(SCHEME) else None
        reply = await self._desk.make(brief.region, clone_fields(brief, url), headers=headers)
        return Cloned(_made(reply, brief, Origin.CLONED), reply.request_id)

    async def voices(
        self, region: str, origin: Origin | None, keyword: str, progress: Progress, page: Page = no_page
    ) -> tuple[Voice, ...]:
        """One list holds designed and cloned voices. A keyword that can be a prefix is tried as one; otherwise, and
        where that finds nothing, it is looked for here."""
        if origin is Origin.BUILT_IN:
            return ()
        if HANDLE.fits(keyword):
            by_prefix = Gathered(page)
            await self._list(region, origin, keyword.lower(), progress, by_prefix)
            if by_prefix.voices:
                return by_prefix.voices
        gathered = Gathered(page, keyword)
        await self._list(region, origin, "", progress, gathered)
        return gathered.voices

    async def _list(
        self, region: str, origin: Origin | None, prefix: str, progress: Progress, gathered: Gathered
    ) -> None:
        async def items(told: list[Record]) -> None:
            voices = (_listed(voice_id_of(one), one, region) for one in told)
            await gathered.add(voice for voice in voices if origin in (None, voice.origin))

        fields = {"action": "list_voice"} | ({"prefix": prefix} if prefix else {})
        await self._desk.listed(region, fields, progress, items)

    async def look_up(self, voice_id: str, region: str) -> Voice:
        reply = await self._desk.ask(region, {"action": "query_voice", "voice_id": voice_id})
        if not reply.output:
            raise reply.error(Reason.UNREADABLE)
        return _listed(voice_id, reply.output, region)

    async def delete(self, voice: Voice) -> None:
        if voice.origin is Origin.BUILT_IN:
            raise StudioError(Reason.NOT_DELETABLE, system=COSYVOICE)
        await self._desk.delete(voice.region, {"action": "delete_voice", "voice_id": voice.voice_id})

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        async def part(piece: str) -> Clip:
            return await gathered(self.stream(voice, piece), self._codec)

        return await spoken(text, SPEECH.part_max, part, self._codec, rate_hz, audio_format, progress)

    async def probe(self, region: str) -> Probed:
        return Probed(voices=await self._desk.total(region, {"action": "list_voice"}))


def design_fields(brief: Brief) -> Record:
    """Its language always: the server's default would be zh (seed 000)."""
    return {
        "action": "create_voice",
        "target_model": _model(brief),
        "voice_prompt": brief.description,
        "preview_text": brief.preview_text,
        "prefix": brief.handle.lower(),
        "language_hints": [brief.language.value],
    }


def design_parameters(brief: Brief) -> Record:
    return {"sample_rate": brief.rate_hz, "response_format": brief.format.value}


def clone_fields(brief: CloneBrief, url: str) -> Record:
    fields: dict[str, Any] = {
        "action": "create_voice",
        "target_model": _model(brief),
        "prefix": brief.handle.lower(),
        "url": url,
    }
    if brief.language:
        fields["language_hints"] = [brief.language.value]
    return fields


def _model(brief: Brief | CloneBrief) -> str:
    default = INFO.designs[0] if isinstance(brief, Brief) else INFO.clones[0]
    return brief.model or default.model


def _made(reply: Reply, brief: Brief | CloneBrief, origin: Origin) -> Voice:
    """A voice just made is in review, whether the answer says so or not."""
    told = reply.output
    designed = isinstance(brief, Brief)
    return Voice(
        library_id=uuid4(),
        system=COSYVOICE,
        account="",
        voice_id=reply.voice_id,
        name=" ".join(brief.name.split()) or brief.handle,
        origin=origin,
        target_model=reading.text(told, "target_model") or _model(brief),
        language=brief.language,
        created=datetime.now(UTC),
        status=_STATUSES.get(_said_status(told), Status.IN_REVIEW),
        region=region_of(brief.region),
        description=brief.description if designed else "",
        preview_text=brief.preview_text if designed else "",
    )


def _listed(voice_id: str, told: Record, region: str) -> Voice:
    """Lists tell no target model, but the id begins with it."""
    model, origin, handle = parts_of(voice_id)
    if reading.text(told, "voice_prompt"):
        origin = Origin.DESIGNED
    return Voice(
        library_id=uuid4(),
        system=COSYVOICE,
        account="",
        voice_id=voice_id,
        name=handle,
        origin=origin,
        target_model=reading.text(told, "target_model") or model,
        language=reading.language(reading.text(told, "language")),
        created=reading.beijing_moment(reading.text(told, "gmt_create")) or datetime.now(UTC),
        status=_STATUSES.get(_said_status(told), Status.UNKNOWN),
        region=region_of(region),
        description=reading.text(told, "voice_prompt"),
        preview_text=reading.text(told, "preview_text"),
    )


def _said_status(told: Record) -> str:
    return reading.text(told, "status").upper()


_KNOWN = sorted({one.model for one in (*INFO.designs, *INFO.clones)} | {"cosyvoice-v2", "cosyvoice-v1"}, key=len)[::-1]
_ID = re.compile(
    rf"(?P<model>{'|'.join(map(re.escape, _KNOWN))}|[\w.-]+?(?=-vd-\w+-)|[\w.-]+(?=-\w+-\w+\Z))"
    r"-(?:(?P<designed>vd)-(?=\w+-))?(?P<handle>[A-Za-z0-9]+)-.+"
)


def parts_of(voice_id: str) -> tuple[str, Origin, str]:
    """Target model, origin and prefix: `{target_model}-vd-{prefix}-{unique_id}` (seed 000), of clones without `vd-`
    (api/dashscope.md 1.5). An id of another shape is its own name, of a clone of no known model."""
    found = _ID.fullmatch(voice_id)
    if not found:
        return "", Origin.CLONED, voice_id
    origin = Origin.DESIGNED if found["designed"] else Origin.CLONED
    return found["model"], origin, found["handle"]
