"""A pretend OpenTalking with its catalogue; strict by seed 004, with the presets that real servers list beside.

Whatever a request has wrong is a `Complaint`, so that no test passes by luck.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from studio.domain.audio import AudioFormat
from tests.fakes.exchange import Complaint, Reply, Request
from tests.fakes.model_studio import tone

Json = dict[str, Any]

PROVIDERS = ("edge", "dashscope", "cosyvoice", "elevenlabs")
CLONERS = {"dashscope": "preferred_name", "cosyvoice": "prefix"}
PRESET = {
    "id": 101,
    "user_id": 1,
    "provider": "dashscope",
    "voice_id": "Cherry",
    "display_label": "Cherry",
    "target_model": None,
    "source": "system",
}


@dataclass
class OpenTalking:
    """`entries` is the catalogue, `prefix` a path before all others. `deleted` is what a delete is answered with: real
    servers say `ok`."""

    prefix: str = ""
    deleted: Json = field(default_factory=lambda: {"deleted": True})
    entries: list[Json] = field(default_factory=lambda: [dict(PRESET)])
    forms: list[Request] = field(default_factory=list)
    spoken: list[Json] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(12))

    def add(self, **more: object) -> Json:
        number = next(self._numbers)
        entry = {
            "id": number,
            "user_id": None,
            "provider": "dashscope",
            "voice_id": f"u{number:08x}",
            "display_label": "Alice's Voice",
            "target_model": "qwen3-tts-flash-realtime",
            "source": "clone",
            **more,
        }
        self.entries.append(entry)
        return entry

    def __call__(self, request: Request) -> Reply:
        method, path = request.method, request.path.removeprefix(self.prefix)
        if "authorization" in request.headers:
            raise _wrong("a key was sent")
        if (method, path) == ("GET", "/voices") and request.path.startswith(self.prefix):
            return self._list(request.query)
        if request.query:
            raise _wrong(f"query {dict(request.query)}")
        if (method, path) == ("POST", "/voices/clone"):
            return self._clone(request)
        if (method, path) == ("POST", "/tts/preview"):
            return self._speak(request)
        found = re.fullmatch("/voices/([0-9]+)", path)
        if method == "DELETE" and found:
            return self._delete(int(found[1]))
        raise _wrong(f"no such path: {method} {path}", 404)

    # -- how it is done -----------------------------------------------------------------------------

    def _list(self, query: Mapping[str, str]) -> Reply:
        self.queries.append(dict(query))
        wanted = query.get("provider")
        if set(query) - {"provider"} or wanted not in (None, *CLONERS):
            raise _wrong(f"query {dict(query)}")
        return Reply(json={"items": [entry for entry in self.entries if wanted in (None, entry["provider"])]})

    def _clone(self, request: Request) -> Reply:
        self.forms.append(request)
        fields, files = request.fields, request.files
        provider = fields.get("provider", "")
        if provider not in CLONERS:
            raise _wrong(f"provider {provider}")
        faults = [f"{name} is missing" for name in ("target_model", "display_label") if not fields.get(name)]
        allowed = {"provider", "target_model", "display_label", CLONERS[provider]}
        faults += [f"unknown field {name} for {provider}" for name in set(fields) - allowed]
        faults += [f"{name} is empty" for name, value in fields.items() if not value]
        if list(files) != ["audio"] or len(request.parts) != len(fields) + 1:
            faults.append(f"fields {[name for name, _ in request.parts]}")
        if faults:
            raise _wrong("; ".join(faults), 422)
        if not 256 <= len(files["audio"].data) <= 12_000_000:
            raise _wrong(f"audio of {len(files['audio'].data)} bytes")
        return self._cloned(provider, fields)

    def _cloned(self, provider: str, fields: Mapping[str, str]) -> Reply:
        label, model = fields["display_label"], fields["target_model"]
        if any(entry["display_label"] == label for entry in self.entries):
            label += "-20261120-184648-714"
        entry = self.add(provider=provider, display_label=label, target_model=model)
        entry["voice_id"] = f"{model}-vc-{fields.get(CLONERS[provider], 'u3e7c12ab')}-{entry['id']}"
        told = {name: entry[name] for name in ("voice_id", "display_label", "provider", "target_model")}
        return Reply(json={"ok": True, "entry_id": entry["id"], **told, "message": "done"})

    def _delete(self, entry_id: int) -> Reply:
        found = [entry for entry in self.entries if entry["id"] == entry_id]
        if not found:
            return Reply(404, json={"detail": "not found"})
        if found[0]["source"] == "system":
            raise _wrong("不能删除系统预设音色")
        self.entries.remove(found[0])
        return Reply(json=self.deleted)

    def _speak(self, request: Request) -> Reply:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise _wrong(f"Content-Type: {request.headers.get('content-type')}")
        asked: Json = request.json
        faults = [f"unknown field {name}" for name in set(asked) - {"text", "voice", *_TWICE, *_TWICE.values()}]
        faults += [f"{name} is no text" for name, value in asked.items() if not isinstance(value, str) or not value]
        faults += [f"{one} is not {two}" for one, two in _TWICE.items() if asked.get(one) != asked.get(two)]
        if asked.get("provider", "edge") not in PROVIDERS:
            faults.append(f"provider {asked['provider']}")
        if not 0 < len(asked.get("text", "")) <= 200:
            faults.append("text is empty or too long")
        if faults:
            raise _wrong("; ".join(faults))
        self.spoken.append(asked)
        sound = tone(0.01 * len(asked["text"]), AudioFormat.WAV, 16_000)
        return Reply(body=sound, headers={"content-type": "audio/wav", "cache-control": "no-store"})


_TWICE = {"provider": "tts_provider", "model": "tts_model"}


def _wrong(what: str, status: int = 400) -> Complaint:
    return Complaint(what, Reply(status, json={"detail": what}))
