"""The two languages of the pretend Model Studio's WebSockets, as api/dashscope.md 3.3 and 3.4 have them."""

from __future__ import annotations

import base64
import re
from itertools import count
from typing import Any
from uuid import uuid4

from studio.domain.audio import AudioFormat
from tests.fakes.model_studio import tone
from tests.fakes.model_studio_rules import LANGUAGE_TYPES, Check, Shape, matching, one_of, words
from tests.fakes.model_studio_sockets import Broken, Json, Talk, characters

SECONDS_A_CHARACTER = 0.01
CONTINUE_MAX = 20_000
TASK_MAX = 200_000

_RATES_HZ = (8_000, 16_000, 22_050, 24_000, 44_100, 48_000)
_TASK = {"task_group": "audio", "task": "tts", "function": "SpeechSynthesizer"}


def between(low: float, high: float) -> Check:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def anything(_: object) -> bool:
    return True


SESSION = Shape(
    {"voice": words(1_000_000)},
    {
        "mode": one_of("server_commit", "commit"),
        "language_type": one_of(*LANGUAGE_TYPES),
        "response_format": one_of("pcm", "wav", "mp3", "opus"),
        "sample_rate": one_of(*_RATES_HZ),
        "speech_rate": between(0.5, 2),
        "volume": between(0, 100),
        "pitch_rate": between(0.5, 2),
        "bit_rate": between(6, 510),
    },
)
TASK = Shape(
    {"voice": words(1_000_000)},
    {
        "text_type": one_of("PlainText", "SSML"),
        "format": one_of("pcm", "wav", "mp3", "opus", "Default"),
        "sample_rate": one_of(0, *_RATES_HZ),
        "volume": between(0, 100),
        "rate": between(0.5, 2),
        "pitch": between(0.5, 2),
        "seed": between(0, 65_535),
        "type": between(0, 1),
        "bit_rate": between(6, 510),
        "instruction": words(100),
        "language_hints": anything,
        "enable_ssml": one_of(True, False),
    },
)
HEADER = Shape({"action": anything, "task_id": matching("[0-9a-f-]{32,36}"), "streaming": one_of("duplex")})


def sound_of(text: str, audio_format: str = "pcm", rate_hz: int = 24_000) -> bytes:
    """A hum as long as the text. `Default` is MP3 at 22,050 Hz."""
    named = AudioFormat("mp3" if audio_format == "Default" else audio_format)
    return tone(SECONDS_A_CHARACTER * len(text), named, rate_hz or 22_050)


class RealtimeTalk(Talk):
    """Events with names. Each sentence is a response of its own."""

    async def converse(self) -> None:
        self._ids: set[str] = set()
        self._numbers = count(1)
        self._settings: Json = {}
        self._buffer = ""
        await self._tell("session.created", session={"object": "realtime.session", "id": f"sess_{uuid4().hex}"})
        if not self._voices():
            await self.wire.close()  # a model that isn't there: not a word about it
            raise Broken
        while await self._react(await self._event()):
            pass
        await self.wire.close()

    async def tell_error(self, code: str, words: str) -> None:
        await self._tell("error", error={"type": "invalid_request_error", "code": code, "message": words})

    async def tell_sound(self, piece: bytes) -> None:
        await self._tell("response.audio.delta", delta=base64.b64encode(piece).decode())

    def _voices(self) -> set[str]:
        every = {**self.studio.designs, **self.studio.clones}.items()
        return {voice for voice, told in every if told["target_model"] == self.session.model}

    async def _event(self) -> Json:
        event = await self.heard()
        event_id = event.get("event_id")
        if not isinstance(event_id, str) or not event_id or event_id in self._ids:
            raise await self.wrong("invalid_value", f"event_id {event_id!r} is missing or was there before")
        self._ids.add(event_id)
        return event

    async def _react(self, event: Json) -> bool:
        """Whether the session goes on."""
        fields = {name: value for name, value in event.items() if name not in ("event_id", "type")}
        match event.get("type"), fields:
            case "session.update", {"session": dict() as session, **rest} if not rest:
                await self._update(session)
            case "input_text_buffer.append", {"text": str() as text, **rest} if text and self._settings and not rest:
                self._buffer += text
                self.session.text += text
            case "input_text_buffer.commit", rest if self._buffer and not rest:
                await self._respond()
            case "input_text_buffer.clear", rest if not rest:
                self._buffer = ""
                await self._tell("input_text_buffer.cleared")
            case "response.cancel", rest if not rest:
                self.over("cancelled")
            case "session.finish", rest if self._settings and not rest:
                return not (await self._respond() and await self._finish())
            case kind, _:
                raise await self.wrong("invalid_value", f"{kind} with {sorted(fields)} is out of place")
        return True

    async def _update(self, session: Json) -> None:
        if self._settings:
            words = "Session update error: session already started or finished or failed."
            raise await self.wrong("invalid_value", words)
        if faults := SESSION.faults(session, {}):
            raise await self.wrong("invalid_value", "; ".join(faults))
        self.session.voice = session["voice"]
        if session["voice"] not in self._voices():
            await self.tell_error("invalid_value", f"The requested voice '{session['voice'][:99]}' is not supported.")
            raise Broken
        self._settings = session
        await self._tell("session.updated", session=session)

    async def _respond(self) -> bool:
        sentences = [one for one in re.split(r"(?<=[.!?。！？])\s*", self._buffer) if one.strip()]
        self._buffer = ""
        for sentence in sentences:
            if not await self._response(sentence):
                return False
        return True

    async def _response(self, sentence: str) -> bool:
        item_id = f"item_{next(self._numbers)}"
        await self._tell("input_text_buffer.committed", item_id=item_id)
        await self._tell("response.created", response={"id": f"resp_{item_id}", "status": "in_progress"})
        await self._tell("response.output_item.added", item={"id": item_id})
        await self._tell("response.content_part.added", item_id=item_id)
        kind = "wav" if self.upset.riff else self._settings.get("response_format", "pcm")
        data = b"" if self.upset.mute else sound_of(sentence, kind, self._settings.get("sample_rate", 24_000))
        if not await self.sound(data):
            return False
        status = "incomplete" if self.upset.left_out else "completed"
        for name in ("response.audio.done", "response.content_part.done", "response.output_item.done"):
            await self._tell(name, item_id=item_id)
        await self._tell("response.done", response={"status": status, "usage": {"characters": characters(sentence)}})
        return True

    async def _finish(self) -> bool:
        await self._tell("session.finished")
        self.over("finished")
        return True

    async def _tell(self, name: str, **more: Any) -> None:
        await self.tell(name, {"event_id": f"event_{uuid4().hex}", "type": name, **more})


class InferenceTalk(Talk):
    """Tasks: text in JSON, sound in binary messages. A connection may have one after the other."""

    async def converse(self) -> None:
        while True:
            await self._task()

    async def tell_error(self, code: str, words: str) -> None:
        await self._tell("task-failed", header={"error_code": code, "error_message": words})

    async def tell_sound(self, piece: bytes) -> None:
        await self._tell("result-generated", output={"type": "sentence-synthesis"})
        await self.wire.send(piece)

    async def _task(self) -> None:
        self._task_id, self._text = "", ""
        payload = await self._message("run-task")
        self._parameters = payload["parameters"]
        self.session.model, self.session.voice = payload["model"], self._parameters["voice"]
        voice = self.studio.cosyvoices.get(self.session.voice, {})
        if voice.get("target_model") != self.session.model or voice.get("status") == "UNDEPLOYED":
            await self.tell_error("InvalidParameter", "[tts:]Engine return error code: 418")
            raise Broken
        self._mute = self.upset.mute or voice["status"] != "OK"
        await self._tell("task-started", header={"attributes": {}})
        while not await self._finished(await self._message("continue-task", "finish-task")):
            pass

    async def _finished(self, payload: Json) -> bool:
        given = payload["input"]
        if "text" in given:
            self._text += given["text"]
            self.session.text += given["text"]
            return False
        if given.get("directive") == "cancel":
            self.over("cancelled")
        elif not await self._say():
            return False
        await self._tell("task-finished", usage={"characters": characters(self._text)})
        self.over("finished")
        return True

    async def _say(self) -> bool:
        await self._tell("result-generated", output={"type": "sentence-begin", "original_text": self._text})
        kind = "wav" if self.upset.riff else self._parameters.get("format", "mp3")
        rate_hz = self._parameters.get("sample_rate", 22_050)
        if not await self.sound(b"" if self._mute or not self._text else sound_of(self._text, kind, rate_hz)):
            return False
        done = characters(self._text)
        await self._tell("result-generated", output={"type": "sentence-end"}, usage={"characters": done})
        return True

    async def _message(self, *actions: str) -> Json:
        """Its payload, as the documents have it."""
        told = await self._next(actions)
        header, payload = told.get("header"), told.get("payload")
        if not isinstance(header, dict) or not isinstance(payload, dict) or set(told) != {"header", "payload"}:
            raise await self.wrong("InvalidParameter", "a message is header and payload")
        faults = HEADER.faults(header, {})
        self._task_id = self._task_id or str(header.get("task_id"))
        if header.get("action") not in actions:
            faults.append(f"{header.get('action')} where {actions} was due")
        if header.get("task_id") != self._task_id:
            faults.append("a task_id of another task")
        if not faults:
            faults = self._faults(header["action"], payload)
        if faults:
            raise await self.wrong("InvalidParameter", "; ".join(faults))
        return payload

    async def _next(self, actions: tuple[str, ...]) -> Json:
        """Between tasks, a cancel that came too late means nothing."""
        while True:
            told = await self.heard()
            late = {"input": {"directive": "cancel"}}
            if actions != ("run-task",) or not self.session.ended or told.get("payload") != late:
                return told

    def _faults(self, action: str, payload: Json) -> list[str]:
        needed = {"run-task": (*_TASK, "model", "parameters", "input")}.get(action, ("input",))
        faults = [f"Missing required parameter 'payload.{name}'" for name in needed if name not in payload]
        faults += [f"'payload.{name}' is wrong" for name, due in _TASK.items() if payload.get(name, due) != due]
        faults += [f"unknown 'payload.{name}'" for name in set(payload) - {*_TASK, "model", "parameters", "input"}]
        given = payload.get("input")
        if not isinstance(given, dict):
            return [*faults, "task can not be null"]
        if action == "run-task":
            faults += TASK.faults(payload.get("parameters", {}), {}) + (["'input' is to be {}"] if given else [])
        elif action == "continue-task":
            faults += Shape({"text": words(CONTINUE_MAX)}).faults(given, {}) + self._too_much(given)
        else:
            faults += Shape({}, {"directive": one_of("cancel")}).faults(given, {})
        return faults

    def _too_much(self, given: Json) -> list[str]:
        if self._parameters.get("enable_ssml") and self._text:
            return ["Text request limit violated, expected 1."]
        return ["more than 200,000 characters"] if len(self._text) + len(given["text"]) > TASK_MAX else []

    async def _tell(self, name: str, *, header: Json | None = None, **payload: Json) -> None:
        head = {"task_id": self._task_id, "event": name, **(header or {})}
        await self.tell(name, {"header": head, "payload": payload})
