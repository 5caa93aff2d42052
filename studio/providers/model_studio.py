"""What CosyVoice and Qwen share at Alibaba Model Studio: one endpoint, its paging, and the preview in its answers.

The two families have fields of their own, which never mix; those are in their own files.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from studio.domain.accounts import Region, account_name
from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import Brief
from studio.domain.errors import Reason, StudioError
from studio.ports import Codec, Progress
from studio.providers import reading
from studio.providers.pages import VOICES_MAX, Items, ends_here, no_items
from studio.providers.reading import Record
from studio.providers.transport import (
    AUDIO_MAX,
    FREE_READ_S,
    JSON_WITH_AUDIO_MAX,
    PAID_READ_S,
    PROBE_READ_S,
    Answer,
    Auth,
    Call,
    Judge,
    Line,
    Transport,
)

CUSTOMIZATION = "/services/audio/tts/customization"
REGIONS = tuple(region.value for region in Region)

VOICES_HELD = 1_000
RETENTION_DAYS = 365
"""Of each family by itself, so many voices an account; unused for so long they go (seed 001, api/dashscope.md 1.3)."""

PAGE_SIZE = 100
STALE_PAGES = 2
"""A list that brought nothing new for so many pages in a row goes round in circles."""

_RATES_HZ = (8_000, 192_000)


def line_to(transport: Transport, system: str, judge: Judge) -> Line:
    return transport.line(system, Auth.BEARER, judge, "X-DashScope-WorkSpace")


def account_of(line: Line, region: str) -> str:
    return account_name(line.system, region)


def region_of(said: str) -> str:
    return said or Region.INTL.value


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of Model Studio, read once: all that it tells is in `output`, empty where that is missing."""

    answer: Answer
    output: Record = field(repr=False)
    request_id: str

    def error(self, reason: Reason, detail: str = "") -> StudioError:
        return self.answer.error(reason, detail=detail or self.answer.text, request_id=self.request_id)

    @property
    def voice_id(self) -> str:
        """Of the voice just made. Raises UNREADABLE: nobody knows then whether there is one."""
        if made := voice_id_of(self.output):
            return made
        raise self.error(Reason.UNREADABLE)

    @property
    def voice_list(self) -> list[Record]:
        """Raises UNREADABLE where there is none: an empty one would make every voice look deleted."""
        told = self.output.get("voice_list", ())
        if isinstance(told, list):
            return reading.records(self.output, "voice_list")
        if told is None or reading.number(self.output, "total_count") == 0:
            return []
        raise self.error(Reason.UNREADABLE)

    def decoded(self, said: str) -> bytes:
        """Audio in base64. Raises UNREADABLE or TOO_BIG."""
        try:
            data = reading.base64_bytes(self.answer, said)
        except StudioError as error:
            error.request_id = self.request_id
            raise
        if len(data) > AUDIO_MAX:
            raise self.error(Reason.TOO_BIG, f"{len(data)} bytes of audio")
        return data


def reply_of(answer: Answer) -> Reply:
    """Raises what `Answer.record` raises."""
    whole = answer.record()
    request_id = reading.text(whole, "request_id") or answer.request_id
    return Reply(answer, reading.record(whole, "output"), request_id)


def voice_id_of(told: Record) -> str:
    """CosyVoice says `voice_id`, Qwen `voice` (seed 000); either is taken from both."""
    return reading.text(told, "voice_id", "voice")


@dataclass(frozen=True, slots=True)
class Desk:
    """The endpoint where voices are made, listed and deleted, under one of the vendor's three `model` names."""

    line: Line
    model: str

    async def make(
        self,
        region: str,
        fields: Record,
        parameters: Record | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Paid for, and sent at most once."""
        call = Call(
            "POST",
            CUSTOMIZATION,
            json=self._body(fields) | ({"parameters": parameters} if parameters else {}),
            headers=headers,
            paid=True,
            largest=JSON_WITH_AUDIO_MAX,
            read_s=PAID_READ_S,
        )
        return reply_of(await self.line.send(account_of(self.line, region), call))

    async def ask(self, region: str, fields: Record, read_s: float = FREE_READ_S) -> Reply:
        """Free of charge."""
        call = Call("POST", CUSTOMIZATION, json=self._body(fields), read_s=read_s)
        return reply_of(await self.line.send(account_of(self.line, region), call))

    async def delete(self, region: str, fields: Record) -> None:
        """One that is gone already is no error."""
        try:
            await self.ask(region, fields)
        except StudioError as error:
            if error.reason is not Reason.NO_SUCH_VOICE:
                raise

    async def listed(self, region: str, fields: Record, progress: Progress, items: Items = no_items) -> list[Record]:
        """Every voice once, as the system tells it, and `VOICES_MAX` at most."""
        found: dict[str, Record] = {}
        fetched = stale = 0
        first: int | None = None
        progress(None)
        for page in count():
            reply = await self.ask(region, {**fields, "page_size": PAGE_SIZE, "page_index": page})
            voices = reply.voice_list
            new = _new(voices, found)
            found |= new
            await items(list(new.values()))
            fetched += len(voices)
            stale = 0 if new else stale + 1
            if _is_last(reply.output, len(voices), fetched, first) or stale == STALE_PAGES or len(found) >= VOICES_MAX:
                break
            first = len(voices) if first is None else first
            if total := reading.number(reply.output, "total_count"):
                progress(min(1.0, fetched / total))
        return list(found.values())

    async def total(self, region: str, fields: Record) -> int | None:
        """How many voices there are, where a list tells."""
        reply = await self.ask(region, {**fields, "page_size": 1, "page_index": 0}, PROBE_READ_S)
        told = reading.number(reply.output, "total_count")
        return int(told) if told is not None and 0 <= told < math.inf else None

    def _body(self, fields: Record) -> dict[str, Any]:
        return {"model": self.model, "input": fields}


def _new(voices: list[Record], found: dict[str, Record]) -> dict[str, Record]:
    """By id, those that no page had before, and no more than the list may still get."""
    named = {voice_id: voice for voice in reversed(voices) if (voice_id := voice_id_of(voice))}
    new = [voice_id for voice_id in reversed(named) if voice_id not in found]
    return {voice_id: named[voice_id] for voice_id in new[: VOICES_MAX - len(found)]}


def _is_last(output: Record, on_page: int, fetched: int, first: int | None) -> bool:
    """A server may give smaller pages than it was asked for, and counts that can't be true."""
    if not on_page:
        return True
    total = reading.number(output, "total_count")
    if total and total >= fetched:
        return total == fetched
    if size := reading.number(output, "page_size"):
        return on_page < min(PAGE_SIZE, size)
    return ends_here(on_page, first, PAGE_SIZE)


async def preview_of(reply: Reply, brief: Brief, codec: Codec) -> tuple[Clip | None, StudioError | None]:
    """The preview in an answer that made a voice, or why there is none: the voice exists either way."""
    told = reading.record(reply.output, "preview_audio")
    try:
        data = _preview_bytes(reply, told)
        return await measured(codec, reply, data, _format(told, brief.format), _rate_hz(told, brief.rate_hz)), None
    except StudioError as error:
        error.voice_id = voice_id_of(reply.output)
        error.maybe_done = error.retryable = False
        return None, error


async def measured(codec: Codec, reply: Reply, data: bytes, audio_format: AudioFormat, rate_hz: int) -> Clip:
    """Received bytes as a clip. Raises UNREADABLE_AUDIO or EMPTY_AUDIO with the system and the request in it."""
    try:
        return await codec.measured(data, audio_format, rate_hz)
    except StudioError as error:
        error.system = reply.answer.system
        error.request_id = reply.request_id
        raise


def _preview_bytes(reply: Reply, told: Record) -> bytes:
    said = told.get("data")
    if not isinstance(said, str):
        raise reply.error(Reason.UNREADABLE, "no preview_audio.data in the answer")
    return reply.decoded(said)


def _format(told: Record, asked: AudioFormat) -> AudioFormat:
    with suppress(ValueError):
        return AudioFormat(reading.text(told, "response_format").lower())
    return asked


def _rate_hz(told: Record, asked: int) -> int:
    rate_hz = reading.number(told, "sample_rate") or 0.0
    return int(rate_hz) if _RATES_HZ[0] <= rate_hz <= _RATES_HZ[1] else asked
