"""A pretend EvoLink: tasks with memory, result links, credits; strict by seed 002 and api/evolink-and-noiz.md A.

Whatever a request has wrong is a `Complaint`, so that no test passes by luck.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from studio.domain.audio import AudioFormat
from tests.fakes.exchange import Complaint, Reply, Request
from tests.fakes.model_studio import tone

Json = dict[str, Any]
Check = Callable[[Any], bool]

CODES = ("zh", "en", "ja", "ko", "de", "fr", "it", "ru", "pt", "es")
NAMES = (
    *("Auto", "Chinese", "English", "Japanese", "Korean", "French"),
    *("German", "Spanish", "Italian", "Russian", "Portuguese"),
)
TARGETS = ("qwen3-tts-vd-2026-01-26", "qwen3-tts-vd-realtime-2026-01-15", "qwen3-tts-vd-realtime-2025-12-16")


def words(longest: int) -> Check:
    return lambda value: isinstance(value, str) and 0 < len(value) <= longest


def one_of(*allowed: object) -> Check:
    return lambda value: any(value == one and type(value) is type(one) for one in allowed)


DESIGN: dict[str, Check] = {
    "model": one_of("qwen-voice-design"),
    "voice_prompt": words(2048),
    "preview_text": words(1024),
    "preferred_name": lambda value: isinstance(value, str) and re.fullmatch("[a-zA-Z0-9_]{1,16}", value) is not None,
    "language": one_of(*CODES),
    "sample_rate": one_of(8000, 16000, 24000, 48000),
    "response_format": one_of("pcm", "wav", "mp3", "opus"),
    "target_model": one_of(*TARGETS),
}
DESIGN_NEEDS = ("model", "voice_prompt", "preview_text", "preferred_name")
SPEECH: dict[str, Check] = {
    "model": one_of("qwen3-tts-vd"),
    "prompt": words(600),
    "voice": words(200),
    "language_type": one_of(*NAMES),
}
SPEECH_NEEDS = ("model", "prompt", "voice")


@dataclass
class Task:
    """`states` are what it tells, one a question; the last one stays."""

    asked: Json
    states: list[Json]
    voice: str = ""


@dataclass
class EvoLink:
    """`host` is where result links lead. `script` replaces the states of the next task, `result` what it ends with."""

    key: str = "sk-evo-right"
    host: str = ""
    estimated_time: float = 15
    script: list[Json] = field(default_factory=list)
    result: Json | None = None
    tasks: dict[str, Task] = field(default_factory=dict)
    voices: dict[str, Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[Json] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    def done_before(self, asked: Json) -> str:
        """A task that is completed already; its id."""
        task_id = str(self._new_task(asked, "voice_design")["id"])
        del self.tasks[task_id].states[:-1]
        return task_id

    def __call__(self, request: Request) -> Reply:
        if request.path.startswith("/files/"):
            return self._file(request)
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return _error(401, "authentication_error", "Invalid API key")
        if request.query:
            raise _wrong(f"query {dict(request.query)}")
        if (request.method, request.path) == ("POST", "/v1/audios/generations"):
            return self._create(request)
        if (request.method, request.path) == ("GET", "/v1/credits"):
            return Reply(json=CREDITS)
        found = re.fullmatch("/v1/tasks/([^/]+)", request.path)
        if request.method == "GET" and found:
            return self._task(found[1])
        raise _wrong(f"no such path: {request.method} {request.path}", 404)

    # -- how it is done -----------------------------------------------------------------------------

    def _create(self, request: Request) -> Reply:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise _wrong(f"Content-Type: {request.headers.get('content-type')}")
        asked: Json = request.json
        speaks = asked.get("model") == "qwen3-tts-vd"
        faults = _faults(asked, SPEECH, SPEECH_NEEDS) if speaks else _faults(asked, DESIGN, DESIGN_NEEDS)
        if speaks and self.voices.get(str(asked.get("voice")), {}).get("target_model") != TARGETS[0]:
            faults.append("the voice is not of this model")
        if faults:
            raise _wrong("; ".join(faults))
        self.asked.append(asked)
        return Reply(json=self._new_task(asked, "tts" if speaks else "voice_design"))

    def _new_task(self, asked: Json, audio_type: str) -> Json:
        number = next(self._numbers)
        task_id = f"task-unified-1775123456-{number:08x}"
        head = {
            "created": 1775123456,
            "id": task_id,
            "model": asked["model"],
            "object": "audio.generation.task",
            "type": "audio",
        }
        info = {"can_cancel": True, "estimated_time": self.estimated_time, "audio_type": audio_type}
        first = head | {"progress": 0, "status": "pending", "task_info": info, "usage": {"credits_reserved": 2}}
        working = head | {"progress": 65, "status": "processing", "task_info": {"can_cancel": True}}
        ended = head | {"progress": 100, "status": "completed", "task_info": {"can_cancel": False}}
        done = ended | (self._result(asked, number) if self.result is None else self.result)
        states = [head | state for state in self.script] or [first, working, done]
        self.tasks[task_id], self.script = Task(asked, states), []
        return first

    def _result(self, asked: Json, number: int) -> Json:
        name = f"sound-{number}.{asked.get('response_format', 'wav')}"
        link = f"HOST/files/{name}"
        if asked["model"] == "qwen3-tts-vd":
            self.files[name] = tone(0.01 * len(asked["prompt"]))
            return {"results": [link]}
        voice = f"qwen-tts-vd-{asked['preferred_name']}-voice-20260402-{number:04x}"
        self.voices[voice] = asked
        audio_format = AudioFormat(asked.get("response_format", "wav"))
        self.files[name] = tone(0.5, audio_format, asked.get("sample_rate", 24_000))
        return {"result_data": {"voice": voice, "audio_url": link, "target_model": asked.get("target_model")}}

    def _task(self, task_id: str) -> Reply:
        task = self.tasks.get(task_id)
        if task is None:
            return _error(404, "not_found_error", "Task not found", code="task_not_found")
        state = task.states.pop(0) if len(task.states) > 1 else task.states[0]
        return Reply(json=json.loads(json.dumps(state).replace("HOST", self.host)))

    def _file(self, request: Request) -> Reply:
        """Result links know no key, and must never see it."""
        data = self.files.get(request.path.removeprefix("/files/"))
        gone = Reply(404, b"<html>gone</html>", headers={"content-type": "text/html"})
        if "authorization" in request.headers or request.method != "GET":
            raise Complaint("the key went to a result link", gone)
        return gone if data is None else Reply(body=data, headers={"content-type": "audio/wav"})


CREDITS: Json = {
    "data": {
        "token": {"remaining_credits": 99416.4429, "unlimited_credits": False, "used_credits": 583.5571},
        "user": {"remaining_credits": 1095.3996, "used_credits": 135.9048},
    },
    "message": "",
    "success": True,
}


def _faults(asked: Json, fields: Mapping[str, Check], needed: tuple[str, ...]) -> list[str]:
    found = [f"{name} is missing" for name in needed if name not in asked]
    found += [f"unknown field {name}" for name in asked if name not in fields]
    return found + [f"{name} is invalid" for name, value in asked.items() if name in fields and not fields[name](value)]


def _wrong(what: str, status: int = 400) -> Complaint:
    return Complaint(what, _error(status, "invalid_request_error", what))


def _error(status: int, kind: str, message: str, code: object = None) -> Reply:
    return Reply(status, json={"error": {"code": code or status, "type": kind, "message": message}})
