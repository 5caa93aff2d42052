"""A pretend Noiz with memory: voices of both types, soft deletes, speech; strict by seed 003.

What the seed leaves open follows api/evolink-and-noiz.md B. Whatever a request has wrong is a `Complaint`, so that no
test passes by luck.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from studio.domain.audio import AudioFormat
from tests.fakes.exchange import Complaint, Reply, Request, Upload
from tests.fakes.model_studio import tone

Json = dict[str, Any]

LIST_PARAMETERS = {"voice_type", "keyword", "skip", "limit"}
FILES = {"audio/wav": ".wav", "audio/mpeg": ".mp3", "audio/mp4": ".m4a"}
SPEECH_FIELDS = {"text", "voice_id", "output_format", "target_lang", "stream"}
PIECE_BYTES = 3_001
UNTOLD = b"\xff\xff\xff\xff"
"""The length of a WAV that is still being made."""


@dataclass
class Noiz:
    """`quiet` leaves out of a clone's answer all but the id; `verdict` is what the next request is told instead."""

    key: str = "bm9pei1rZXktcmlnaHQ="
    quiet: bool = False
    voices: dict[str, Json] = field(default_factory=dict)
    verdicts: list[Json] = field(default_factory=list)
    forms: list[Request] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        for name in ("Nova", "Orion"):
            self.add(name, "built-in", labels="English,Young,Female")

    def add(self, name: str, voice_type: str = "custom", **more: object) -> str:
        number = next(self._numbers)
        voice_id = f"voice{number:06x}"
        self.voices[voice_id] = {
            "id": number,
            "voice_id": voice_id,
            "display_name": name,
            "voice_type": voice_type,
            "labels": "",
            "sample": None,
            "meta": {"text": ""},
            "url": None,
            "create_time": 1738664823 + number,
            **more,
        }
        return voice_id

    def __call__(self, request: Request) -> Reply:
        method, path = request.method, request.path
        if request.headers.get("authorization") != self.key:
            return Reply(401, json={"code": 401, "message": "Invalid API key"})
        if self.verdicts:
            return Reply(json=self.verdicts.pop(0))
        if (method, path) == ("GET", "/voices"):
            return self._list(request.query)
        if request.query:
            raise _wrong(f"query {dict(request.query)}")
        if method == "POST" and path in ("/voices", "/text-to-speech"):
            if len({name for name, _ in request.parts}) != len(request.parts) or not request.parts:
                raise _wrong(f"fields {[name for name, _ in request.parts]}")
            self.forms.append(request)
            return self._clone(request) if path == "/voices" else self._speak(request)
        found = re.fullmatch("/voices/([^/]+)", path)
        if found and method in ("GET", "DELETE"):
            return self._one(method, found[1])
        raise _wrong(f"no such path: {method} {path}", 404)

    # -- how it is done -----------------------------------------------------------------------------

    def _list(self, query: Mapping[str, str]) -> Reply:
        self.queries.append(dict(query))
        kind, keyword = query.get("voice_type", "custom"), query.get("keyword", "")
        skip, limit = query.get("skip", "0"), query.get("limit", "10")
        if set(query) - LIST_PARAMETERS or kind not in ("custom", "built-in"):
            raise _wrong(f"query {dict(query)}")
        if not (skip.isdecimal() and limit.isdecimal() and 0 < int(limit) <= 100):
            raise _wrong(f"skip {skip}, limit {limit}")
        found = [
            voice
            for voice in self.voices.values()
            if voice["voice_type"] == kind and keyword.lower() in f"{voice['display_name']} {voice['labels']}".lower()
        ]
        start = int(skip) * int(limit)
        page = {"total_count": len(found), "voices": found[start : start + int(limit)]}
        return _good(page)

    def _clone(self, request: Request) -> Reply:
        fields, files = request.fields, request.files
        given = [*files, *(name for name in fields if name == "voice_url")]
        faults = [
            f"unknown field {name}" for name in set(fields) - {"voice_url", "display_name", "denoise", "language"}
        ]
        if given not in (["file"], ["voice_url"]):
            faults.append(f"given {given}")
        faults += [f"{file.filename} is {file.media}" for file in files.values() if not _is_audio(file)]
        if not fields.get("voice_url", "http://").startswith(("http://", "https://")):
            faults.append("voice_url is no address")
        if fields.get("denoise", "true") not in ("true", "false"):
            faults.append(f"denoise {fields['denoise']}")
        if faults:
            raise _wrong("; ".join(faults))
        name = fields.get("display_name", "Voice")
        voice_id = self.add(name, labels="English", meta={"text": "As it was said."})
        made: Json = {"voice_id": voice_id}
        if not self.quiet:
            made |= {"voice_display_name": name, "duration": 4.0, "text": "As it was said.", "language": "en"}
        return _good(made)

    def _one(self, method: str, voice_id: str) -> Reply:
        voice = self.voices.get(voice_id)
        if voice is None or voice.get("delete_time"):
            return Reply(404, json={"code": 404, "message": "Voice not found"})
        if method == "GET":
            return _good(voice)
        if voice["voice_type"] != "custom":
            raise _wrong("a built-in voice can't be deleted")
        voice["delete_time"] = 1738669999
        told = {"voice_id": voice_id, "display_name": voice["display_name"], "delete_time": 1738669999}
        return _good(told)

    def _speak(self, request: Request) -> Reply:
        fields = request.fields
        text, output = fields.get("text", ""), fields.get("output_format", "wav")
        faults = [f"unknown field {name}" for name in set(fields) - SPEECH_FIELDS]
        streams = fields.get("stream", "false")
        longest = 50_000 if streams == "true" else 5_000
        if (
            not 0 < len(text) <= longest
            or streams not in ("true", "false")
            or output not in ("wav", "mp3")
            or request.files
        ):
            faults.append(f"text of {len(text)}, {output}")
        if fields.get("target_lang", "en") not in ("zh", "en", "zh+en"):
            faults.append(f"target_lang {fields['target_lang']}")
        if faults:
            raise _wrong("; ".join(faults))
        voice = self.voices.get(fields.get("voice_id", ""))
        if voice is None or voice.get("delete_time"):
            return Reply(404, json={"code": 404, "message": "Voice not found"})
        sound = tone(0.005 * len(text) + 0.1, AudioFormat(output))
        headers = {"content-type": {"wav": "audio/wav", "mp3": "audio/mpeg"}[output]}
        if streams == "false":
            return Reply(body=sound, headers=headers)
        endless = sound[:4] + UNTOLD + sound[8:40] + UNTOLD + sound[44:]
        pieces = tuple(endless[at : at + PIECE_BYTES] for at in range(0, len(endless), PIECE_BYTES))
        return Reply(headers=headers, pieces=pieces)


def _is_audio(file: Upload) -> bool:
    suffix = FILES.get(file.media)
    return suffix is not None and file.filename.endswith(suffix) and bool(file.data)


def _wrong(what: str, status: int = 400) -> Complaint:
    return Complaint(what, Reply(status, json={"code": status, "message": what}))


def _good(data: object) -> Reply:
    return Reply(json={"code": 0, "message": "success", "data": data})
