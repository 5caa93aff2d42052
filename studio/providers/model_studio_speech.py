"""Speaking with a kept Qwen voice over HTTP (api/dashscope.md 3.2)."""

from __future__ import annotations

from studio.domain.audio import AudioFormat, Clip
from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.domain.scripts import language_of
from studio.domain.voices import Voice
from studio.ports import Codec
from studio.providers import reading
from studio.providers.model_studio import Reply, account_of, measured, reply_of
from studio.providers.reading import Record
from studio.providers.transport import JSON_WITH_AUDIO_MAX, PAID_READ_S, Call, Line

GENERATION = "/services/aigc/multimodal-generation/generation"
RATE_HZ = 24_000


def language_type(language: Language | None, text: str) -> str:
    """An English name, not a code; `Auto` where nothing is known of the voice."""
    return language_of(text, language).label if language else "Auto"


def speech_body(voice: Voice, text: str, language: str) -> Record:
    return {
        "model": voice.target_model,
        "input": {"text": text, "voice": voice.voice_id, "language_type": language},
    }


async def said(line: Line, voice: Voice, text: str, language: str, codec: Codec) -> Clip:
    """One text within the limit, as it comes. Raises StudioError."""
    call = Call(
        "POST",
        GENERATION,
        json=speech_body(voice, text, language),
        paid=True,
        largest=JSON_WITH_AUDIO_MAX,
        read_s=PAID_READ_S,
    )
    reply = reply_of(await line.send(account_of(line, voice.region), call))
    return await measured(codec, reply, await sound_of(line, reply), AudioFormat.WAV, RATE_HZ)


async def sound_of(line: Line, reply: Reply) -> bytes:
    """Behind a link that needs no key, or in the answer itself."""
    audio = reading.record(reply.output, "audio")
    if url := reading.text(audio, "url"):
        return await line.fetch(url)
    if data := reading.text(audio, "data"):
        return reply.decoded(data)
    raise reply.error(Reason.UNREADABLE)
