"""Speech while it comes: Server-Sent Events with base64 pieces, or the bare sound, whichever the server answers."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from studio.providers.event_stream import events
from studio.providers.raw_sound import RawSound
from studio.providers.reading import Record, base64_bytes, record, text
from studio.providers.speech_server_answers import reason_by, words_of

if TYPE_CHECKING:
    from studio.providers.streams import Incoming

RATE_HZ = 24_000
"""Of sound that doesn't tell: what this API gives, and Qwen3-TTS makes (engine.md 3, 4)."""


async def heard(coming: Incoming) -> AsyncGenerator[Pcm, None]:
    """Sound piece by piece, until the server says that this was all. Raises what went wrong as it happened."""
    if coming.whole is not None:
        start = coming.whole.data.lstrip()[:1]
        reason = Reason.NOT_JSON if start == b"<" else Reason.UNREADABLE
        raise coming.whole.error(reason, detail=coming.whole.text)
    media = coming.answer(b"").headers.get("content-type", "").lower()
    sounds = _told(coming) if media.startswith("text/event-stream") else _bare(coming)
    async with aclosing(sounds):
        async for piece in sounds:
            yield piece


async def _bare(coming: Incoming) -> AsyncGenerator[Pcm, None]:
    """The end of the answer is the end of the sound: HTTP itself tells whether it was cut off, and so do the headers of
    WAV files. Of several in a row, and of one that grew after its header was sent, all is one sound."""
    sound = RawSound(RATE_HZ)
    async for data in coming.pieces():
        if piece := sound.feed(data):
            yield piece
    if piece := sound.feed(b"", last=True):
        yield piece
    if sound.lack:
        raise coming.answer(b"").error(Reason.SPEECH_CUT, detail=sound.lack)


async def _told(coming: Incoming) -> AsyncGenerator[Pcm, None]:
    sound = RawSound(RATE_HZ)
    async with aclosing(_events(coming)) as told:
        async for event in told:
            kind = text(event, "type")
            if kind.endswith("audio.done"):
                if piece := sound.feed(b"", last=True):
                    yield piece
                return
            if kind.endswith("error") or event.get("error"):
                raise _failed(coming, event)
            if piece := sound.feed(base64_bytes(coming.answer(b""), text(event, "audio"))):
                yield piece
    raise coming.answer(b"").error(Reason.SPEECH_CUT, detail="the stream ended without speech.audio.done")


async def _events(coming: Incoming) -> AsyncGenerator[Record, None]:
    """The JSON objects in an event stream; all else is left out."""
    async with aclosing(events(coming.pieces())) as sent:
        async for one in sent:
            if one.data.strip() == b"[DONE]":
                yield {"type": "speech.audio.done"}
                return
            try:
                event = json.loads(one.data)
            except (ValueError, RecursionError):
                told = one.data[:200].decode("utf-8", "replace")
                raise coming.answer(one.data).error(Reason.UNREADABLE, detail=told) from None
            if isinstance(event, dict):
                yield cast("Record", event)


def _failed(coming: Incoming, event: Record) -> StudioError:
    error = record(event, "error")
    code, words = text(error, "code"), words_of(event)
    answer = coming.answer(b"")
    status = answer.status_by(code)
    reason = None if status >= 500 or status in (401, 402, 403, 408, 429) else reason_by(code, words)
    if status < 400:  # no code at all: it failed in the middle
        reason = Reason.SERVER_FAILED
    return answer.refusal(reason, code=code, detail=words or str(event)[:200], final=True)
