"""A pretend speech server with memory: one model, the tasks that it can, voices that were given to it.

Strict by engine.md 4: whatever a request has wrong is a `Complaint`, so that no test passes by luck. Lighter servers
lack endpoints, and stream in their own way.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from studio.domain.audio import AudioFormat
from tests.fakes.exchange import Complaint, Reply, Request
from tests.fakes.model_studio import tone

Json = dict[str, Any]

DESIGN, CLONE, CUSTOM = "VoiceDesign", "Base", "CustomVoice"
FIELDS = {
    DESIGN: {"task_type", "input", "instructions", "language"},
    CLONE: {"task_type", "input", "ref_audio", "ref_text", "x_vector_only_mode", "language"},
    CUSTOM: {"input", "voice", "language"},
}
EVERYWHERE = {"model", "response_format", "stream", "stream_format"}
LANGUAGES = {
    *("Chinese", "English", "German", "Italian", "Portuguese"),
    *("Spanish", "Japanese", "Korean", "French", "Russian"),
}
DATA_URI = re.compile("data:(audio/(?:wav|mpeg|mp4));base64,(.+)")


@dataclass
class SpeechServer:
    """`lacks` are endpoints it answers with 404: models, voices. `streams_as` are formats that it streams, `bare`
    without Server-Sent Events; `breaks_off` after so many pieces, `fails` in words instead of the rest."""

    key: str = ""
    tasks: tuple[str, ...] = (DESIGN, CLONE, CUSTOM)
    model: str = "Qwen/Qwen3-TTS-12Hz-1.7B-Base"
    presets: list[str] = field(default_factory=lambda: ["ryan", "vivian"])
    given: dict[str, Json] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    streams_as: tuple[str, ...] = ("wav", "pcm")
    bare: bool = False
    pieces: int = 4
    breaks_off: int | None = None
    fails: str = ""
    rate_hz: int = 24_000
    a_character_s: float = 0.02
    spoken: list[Json] = field(default_factory=list)

    def give(self, name: str, **about: object) -> None:
        """As somebody does with POST /v1/audio/voices."""
        self.given[name] = {"name": name, "consent": "", "created_at": 1_738_660_000, "mime_type": "audio/wav", **about}

    def __call__(self, request: Request) -> Reply:
        if request.headers.get("authorization", "") != (f"Bearer {self.key}" if self.key else ""):
            return _error(401, "Unauthorized")
        if request.query:
            raise _wrong(f"query {dict(request.query)}")
        asked = (request.method, request.path)
        if asked == ("POST", "/v1/audio/speech"):
            return self._speak(request)
        if asked == ("GET", "/v1/models") and "models" not in self.lacks:
            return Reply(json={"object": "list", "data": [{"id": self.model, "object": "model"}]})
        if asked == ("GET", "/v1/audio/voices") and "voices" not in self.lacks:
            return Reply(json={"voices": [*self.presets, *self.given], "uploaded_voices": list(self.given.values())})
        found = re.fullmatch("/v1/audio/voices/([^/]+)", request.path)
        if request.method == "DELETE" and found:
            return self._delete(unquote(found[1]))
        return Reply(404, json={"detail": "Not Found"})

    # -- how it is done -----------------------------------------------------------------------------

    def _delete(self, name: str) -> Reply:
        if self.given.pop(name, None) is None:
            return Reply(404, json={"success": False, "error": f"Voice '{name}' not found"})
        return Reply(json={"success": True, "message": f"Voice '{name}' deleted successfully"})

    def _speak(self, request: Request) -> Reply:
        asked: Json = request.json
        task = asked.get("task_type") or (CLONE if asked.get("voice") in self.given else CUSTOM)
        self._check(asked, task)
        if "model" in asked and asked["model"] != self.model:
            return _error(404, f"The model `{asked['model']}` does not exist.")
        if task not in self.tasks:
            words = f"Qwen3-TTS {self.tasks[0]} checkpoint does not support task_type='{task}'."
            return _error(400, f"{words} Load the matching {task} checkpoint.")
        if "voice" in asked and asked["voice"] not in {*self.presets, *self.given}:
            return _error(400, f"Invalid speaker '{asked['voice']}'")
        form = asked["response_format"]
        if asked.get("stream") and form not in self.streams_as:
            told = " or ".join(self.streams_as) or "nothing"
            return _error(400, f"Streaming requires response_format={told}. Got response_format='{form}'.")
        self.spoken.append(asked)
        sound = tone(0.2 + self.a_character_s * len(asked["input"]), AudioFormat(form), self.rate_hz)
        return self._streamed(sound, form) if asked.get("stream") else _sound(sound, form)

    def _check(self, asked: Json, task: str) -> None:
        allowed = FIELDS.get(CUSTOM if "voice" in asked else task, set()) | EVERYWHERE
        faults = [f"unknown field {name} for {task}" for name in set(asked) - allowed]
        faults += [f"{name} is empty" for name, value in asked.items() if value in ("", None)]
        if not isinstance(asked.get("input"), str) or not asked["input"].strip():
            faults.append("no input")
        if asked.get("language", "English") not in LANGUAGES:
            faults.append(f"language {asked['language']}")
        if asked.get("response_format") not in ("wav", "pcm"):
            faults.append(f"response_format {asked.get('response_format')}")
        if asked.get("stream", False) is not (asked.get("stream_format") == "sse"):
            faults.append("stream without its format")
        if task == DESIGN and not asked.get("instructions"):
            faults.append("no instructions")
        if task == CLONE and "voice" not in asked:
            faults += _of_reference(asked)
        if faults:
            raise _wrong("; ".join(faults))

    def _streamed(self, sound: bytes, form: str) -> Reply:
        size = -(-len(sound) // self.pieces)
        cut = [sound[at : at + size] for at in range(0, len(sound), size)]
        sent = cut if self.breaks_off is None else cut[: self.breaks_off]
        if self.bare:
            return Reply(pieces=tuple(sent), headers={"content-type": f"audio/{form}"})
        events = [{"type": "speech.audio.delta", "audio": _base64(one), "response_format": form} for one in sent]
        if self.fails:
            events.append({"type": "speech.audio.error", "error": {"message": self.fails, "type": "server_error"}})
        elif self.breaks_off is None:
            events.append({"type": "speech.audio.done", "usage": {"input_tokens": 7, "output_tokens": 9}})
        told = tuple(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n".encode() for one in events)
        return Reply(pieces=told or (b": nothing\n\n",), headers={"content-type": "text/event-stream; charset=utf-8"})


def reference_of(asked: Json) -> bytes:
    """The clip that went along."""
    found = DATA_URI.fullmatch(asked["ref_audio"])
    assert found
    return base64.b64decode(found[2])


def _of_reference(asked: Json) -> list[str]:
    found = DATA_URI.fullmatch(asked.get("ref_audio", ""))
    faults = [] if found and base64.b64decode(found[2], validate=True) else ["no ref_audio"]
    if ("ref_text" in asked) is (asked.get("x_vector_only_mode") is True):
        faults.append("either ref_text or x_vector_only_mode")
    return faults


def _sound(sound: bytes, form: str) -> Reply:
    return Reply(body=sound, headers={"content-type": f"audio/{form}"})


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _error(status: int, message: str) -> Reply:
    told = {"message": message, "type": "BadRequestError", "param": None, "code": status}
    return Reply(status, json={"error": told})


def _wrong(what: str) -> Complaint:
    return Complaint(what, _error(422, what))
