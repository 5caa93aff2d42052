"""Sound that is the whole answer to a call, as Noiz and OpenTalking send it."""

from __future__ import annotations

from studio.domain.audio import AudioFormat, Clip
from studio.domain.errors import Reason, StudioError
from studio.ports import Codec
from studio.providers.transport import Answer


async def sound_of(answer: Answer, codec: Codec, audio_format: AudioFormat, rate_hz: int) -> Clip:
    """The answer as a clip. Raises NOT_JSON for a web page, UNREADABLE for JSON, else what the codec finds."""
    if answer.data.lstrip()[:1] in (b"<", b"{"):
        raise no_sound_in(answer)
    try:
        return await codec.measured(answer.data, audio_format, rate_hz)
    except StudioError as error:
        raise answer.error(error.reason, detail=error.detail) from error


def no_sound_in(answer: Answer) -> StudioError:
    """NOT_JSON for a web page, UNREADABLE for anything else that was taken for an answer in words."""
    reason = Reason.NOT_JSON if answer.data.lstrip()[:1] == b"<" else Reason.UNREADABLE
    return answer.error(reason, detail=answer.text)
