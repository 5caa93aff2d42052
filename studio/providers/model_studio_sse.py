"""Speaking with a Qwen voice over HTTP while it is made: events with base64 pieces in them (api/dashscope.md 3.2)."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.providers import reading
from studio.providers.event_stream import Event, events
from studio.providers.model_studio import Reply, account_of, reply_of
from studio.providers.model_studio_speech import GENERATION, RATE_HZ, sound_of, speech_body
from studio.providers.raw_sound import RawSound
from studio.providers.speaking import heard
from studio.providers.streams import Incoming
from studio.providers.transport import JSON_WITH_AUDIO_MAX, PAID_READ_S, Call, Line

HEADERS = {"X-DashScope-SSE": "enable", "Accept": "text/event-stream"}

_STATUS = re.compile(r"HTTP_STATUS/(\d{3})")


def streamed(line: Line, voice: Voice, text: str, language: str) -> AsyncGenerator[Pcm, None]:
    """One text within the limit, piece by piece. Ends and raises as `Streamer.stream` does."""
    return heard(_pieces(line, voice, text, language), voice)


async def _pieces(line: Line, voice: Voice, text: str, language: str) -> AsyncGenerator[Pcm, None]:
    call = Call(
        "POST",
        GENERATION,
        json=speech_body(voice, text, language),
        headers=HEADERS,
        paid=True,
        largest=JSON_WITH_AUDIO_MAX,
        read_s=PAID_READ_S,
    )
    sound = RawSound(RATE_HZ)
    async with line.stream(account_of(line, voice.region), call) as coming:
        if coming.whole:  # a server that doesn't stream
            if piece := sound.feed(await sound_of(line, reply_of(coming.whole)), last=True):
                yield piece
            return
        reply: Reply | None = None
        async with aclosing(events(coming)) as told:
            async for event in told:
                reply = _reply(line, coming, event)
                is_last = _is_last(reply)
                if piece := sound.feed(await _sound(line, reply, is_first=not sound.said), last=is_last):
                    yield piece
                if is_last:
                    return
        request_id = reply.request_id if reply else coming.answer(b"").request_id
        detail = "the stream ended before it said so"
        raise StudioError(Reason.SPEECH_CUT, system=line.system, detail=detail, request_id=request_id)


def _reply(line: Line, coming: Incoming, event: Event) -> Reply:
    """Raises what an event refuses: a status may stand in a comment, an error in an event that says so or not."""
    answer = coming.answer(event.data)
    if status := _STATUS.search(event.comment):
        answer = replace(answer, status=int(status[1]))
    reply = reply_of(line.judged(answer))
    if event.kind == "error":
        raise answer.refusal(Reason.SERVER_FAILED, request_id=reply.request_id)
    return reply


def _is_last(reply: Reply) -> bool:
    """Before the last, `finish_reason` is null, or the word "null"."""
    return reading.text(reply.output, "finish_reason") == "stop"


async def _sound(line: Line, reply: Reply, *, is_first: bool) -> bytes:
    """Of one event; the last has a link to the whole, for whoever heard nothing."""
    if data := reading.text(reading.record(reply.output, "audio"), "data"):
        return reply.decoded(data)
    if is_first and _is_last(reply) and reading.text(reading.record(reply.output, "audio"), "url"):
        return await sound_of(line, reply)
    return b""
