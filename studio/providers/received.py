"""Sound that is the whole answer to a call, as Noiz and OpenTalking send it."""

from __future__ import annotations

from studio.domain.audio import AudioFormat, Clip
from studio.domain.errors import Reason, StudioError
from studio.ports import Codec
from studio.providers.transport import Answer


async def sound_of(answer: Answer, codec: Codec, audio_format: AudioFormat, rate_hz: int) -> Clip:
    """The answer as a clip. Raises NOT_JSON for a web page, UNREADABLE for JSON, else what the codec finds."""
    start = answer.data.lstrip()[:1]
    if start in (b"<", b"{"):
        raise answer.error(Reason.NOT_JSON if start == b"<" else Reason.UNREADABLE, detail=answer.text)
    try:
        return await codec.measured(answer.data, audio_format, rate_hz)
    except StudioError as error:
        raise answer.error(error.reason, detail=error.detail) from error
