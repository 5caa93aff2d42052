"""What is said to CosyVoice and its kin: one task, text in JSON, sound in binary messages (api/dashscope.md 3.4)."""

from __future__ import annotations

from uuid import uuid4

from studio.domain.voices import Voice
from studio.providers import reading
from studio.providers.model_studio_session import RATE_HZ, Step
from studio.providers.reading import Record

TEXT_MAX = 10_000
"""Characters in one message: 20,000 are allowed, of which a Chinese one may count as two."""


class Inference:
    """A `Dialogue`. The text is said once the task has started."""

    def __init__(self, voice: Voice, text: str) -> None:
        self._voice = voice
        self._text = text
        self._task_id = uuid4().hex
        self._started = False

    @property
    def path(self) -> str:
        return "inference"

    def opening(self) -> tuple[Record, ...]:
        payload = {
            "task_group": "audio",
            "task": "tts",
            "function": "SpeechSynthesizer",
            "model": self._voice.target_model,
            "parameters": {
                "text_type": "PlainText",
                "voice": self._voice.voice_id,
                "format": "pcm",
                "sample_rate": RATE_HZ,
                "volume": 50,
                "rate": 1.0,
                "pitch": 1.0,
            },
            "input": {},
        }
        return (self._message("run-task", payload),)

    def step(self, message: Record | bytes) -> Step:
        if isinstance(message, bytes):
            return Step(sound=message)
        header = reading.record(message, "header")
        match reading.text(header, "event"):
            case "task-started":
                return Step(replies=self._whole_text(), request_id=self._task_id)
            case "task-finished":
                return Step(done=True)
            case "task-failed":
                return Step(refused=(reading.text(header, "error_code"), reading.text(header, "error_message")))
            case _:
                return Step()

    def goodbye(self) -> Record:
        return self._message("finish-task", {"input": {"directive": "cancel"}})

    def _whole_text(self) -> tuple[Record, ...]:
        """Once: what is said twice is paid for twice."""
        if self._started:
            return ()
        self._started = True
        pieces = (self._text[at : at + TEXT_MAX] for at in range(0, len(self._text), TEXT_MAX))
        said = (self._message("continue-task", {"input": {"text": piece}}) for piece in pieces)
        return (*said, self._message("finish-task", {"input": {}}))

    def _message(self, action: str, payload: Record) -> Record:
        return {"header": {"action": action, "task_id": self._task_id, "streaming": "duplex"}, "payload": payload}
