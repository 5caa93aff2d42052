"""What is said to Qwen's realtime models: events in JSON, sound in base64 (api/dashscope.md 3.3)."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import quote
from uuid import uuid4

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.providers import reading
from studio.providers.model_studio_session import RATE_HZ, Step
from studio.providers.reading import Record

APPEND_MAX = 2_000
"""Characters in one event. No document has a limit; a part of a text is shorter."""

_COMPLETE = ("", "completed", "in_progress")


class Realtime:
    """A `Dialogue`. The server decides where it begins to speak (`server_commit`)."""

    def __init__(self, voice: Voice, text: str, language: str) -> None:
        self._voice = voice
        self._text = text
        self._language = language

    @property
    def path(self) -> str:
        return f"realtime?model={quote(self._voice.target_model, safe='')}"

    def opening(self) -> tuple[Record, ...]:
        """All at once: the events keep their order, and the first sound comes a journey earlier."""
        session = {
            "voice": self._voice.voice_id,
            "mode": "server_commit",
            "response_format": "pcm",
            "sample_rate": RATE_HZ,
            "language_type": self._language,
        }
        pieces = (self._text[at : at + APPEND_MAX] for at in range(0, len(self._text), APPEND_MAX))
        return (
            _event("session.update", session=session),
            *(_event("input_text_buffer.append", text=piece) for piece in pieces),
            _event("session.finish"),
        )

    def step(self, message: Record | bytes) -> Step:
        """Each sentence is a response of its own, so the end of one says nothing."""
        if isinstance(message, bytes):
            raise StudioError(Reason.UNREADABLE, detail=f"{len(message)} bytes where JSON was due")
        match reading.text(message, "type"):
            case "response.audio.delta":
                return Step(sound=_sound(message))
            case "response.created":
                return Step(afresh=True)
            case "session.created":
                return Step(request_id=reading.text(reading.record(message, "session"), "id"))
            case "response.done":
                return Step(left_out=_left_out(reading.record(message, "response")))
            case "session.finished":
                return Step(done=True)
            case "error":
                told = reading.record(message, "error") or message
                return Step(refused=(reading.text(told, "code"), reading.text(told, "message")))
            case _:
                return Step()

    def goodbye(self) -> Record:
        return _event("response.cancel")


def _event(kind: str, **more: object) -> Record:
    return {"event_id": f"event_{uuid4().hex}", "type": kind, **more}


def _sound(message: Record) -> bytes:
    said = message.get("delta")
    try:
        return base64.b64decode(said, validate=True) if isinstance(said, str) else b""
    except (binascii.Error, ValueError) as error:
        raise StudioError(Reason.UNREADABLE, detail=f"not base64: {error}") from error


def _left_out(response: Record) -> str:
    status = reading.text(response, "status")
    return "" if status in _COMPLETE else f"a part of the text was answered as {status}"
