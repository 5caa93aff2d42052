"""A pretend Alibaba Model Studio of one region: both families with their memory, the temporary store, and speech.

Written from seeds 000 and 001 and api/dashscope.md; `model_studio_rules` says what a request may hold. Whatever a
request has wrong is refused, and noted in `complaints` too, so that no test passes by luck.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np

from studio.audio.codec import encode
from studio.domain.audio import AudioFormat, Pcm
from tests.fakes import model_studio_speech
from tests.fakes.exchange import Reply, Request, Upload
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio_rules import faults_of
from tests.fakes.model_studio_sockets import Sockets
from tests.fakes.wire import Wire

Json = dict[str, Any]

STORE_FIELDS = (
    *("OSSAccessKeyId", "Signature", "policy", "key", "x-oss-object-acl", "x-oss-forbid-overwrite"),
    *("success_action_status", "x-oss-content-type", "file"),
)
PROMPTED = ("voice_prompt", "preview_text")


def tone(seconds: float = 0.5, audio_format: AudioFormat = AudioFormat.WAV, rate_hz: int = 24_000) -> bytes:
    """A hum of 220 Hz."""
    frames = np.arange(round(seconds * rate_hz), dtype=np.float32)
    samples = 0.3 * np.sin(2 * np.pi * 220 * frames / rate_hz).astype(np.float32)
    return encode(Pcm(samples.reshape(-1, 1), rate_hz), rate_hz, audio_format).data


class Refused(Exception):
    """An answer of status 4xx or 5xx; also a verdict that a test has ready for the next request."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message = status, code, message


@dataclass
class ModelStudio:
    """One region. `largest_page` is the most that a list gives at once, `silent` one that tells no counts; `host` is
    where it is reached."""

    key: str = PLANTED_KEY
    host: str = ""
    largest_page: int = 1_000_000
    silent: bool = False
    fallback: str = ""
    cosyvoices: dict[str, Json] = field(default_factory=dict)
    designs: dict[str, Json] = field(default_factory=dict)
    clones: dict[str, Json] = field(default_factory=dict)
    stored: dict[str, bytes] = field(default_factory=dict)
    spoken: list[Json] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    sockets: Sockets = field(default_factory=Sockets)
    _numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.sockets.complaints = self.complaints

    async def talk(self, request: Request, wire: Wire) -> None:
        await self.sockets.talk(self, request, wire)

    def __call__(self, request: Request) -> Reply:
        request_id = f"request-{next(self._numbers)}"
        try:
            if request.path.startswith("/store"):
                return self._store(request)
            self._check_headers(request.headers)
            if self.refusals:
                raise self.refusals.pop(0)
            if request.path.startswith("/api-ws/"):
                return self.sockets.agreed(request)
            if request.path in model_studio_speech.PATHS and request.method == "POST":
                return model_studio_speech.replied(self, request, self._json(request), request_id)
            told = self._told(request)
        except Refused as refused:
            said = {"code": refused.code, "message": refused.message, "request_id": request_id}
            return Reply(refused.status, json=said)
        return Reply(json={**told, "request_id": request_id})

    def sound(self, text: str) -> bytes:
        """What a text sounds like here, as a WAV."""
        return tone(0.01 * len(text))

    def review(self, voice_id: str, status: str = "OK") -> None:
        self.cosyvoices[voice_id]["status"] = status

    # -- how it is done -----------------------------------------------------------------------------

    def _told(self, request: Request) -> Json:
        where = (request.method, request.path)
        if where == ("GET", "/api/v1/uploads"):
            return self._policy(request.query)
        asked = self._json(request)
        if where == ("POST", "/api/v1/services/audio/tts/customization"):
            return self._customize(asked, request.headers)
        raise self._wrong(f"no such path: {request.method} {request.path}", 404, "NotFound")

    def _wrong(self, what: str, status: int = 400, code: str = "InvalidParameter") -> Refused:
        self.complaints.append(what)
        return Refused(status, code, what)

    def _check_headers(self, headers: Mapping[str, str]) -> None:
        said = headers.get("authorization", "")
        if said != f"Bearer {self.key}":
            if not said.startswith("Bearer "):
                self.complaints.append(f"Authorization: {said}")
            raise Refused(401, "InvalidApiKey", "Invalid API-key provided.")
        if "x-dashscope-async" in headers:
            raise self._wrong("X-DashScope-Async", 403, "AccessDenied")

    def _json(self, request: Request) -> Json:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise self._wrong(f"Content-Type: {request.headers.get('content-type')}")
        if not isinstance(request.json, dict):
            raise self._wrong("the body is no object")
        return request.json

    def _customize(self, asked: Json, headers: Mapping[str, str]) -> Json:
        action, faults = faults_of(asked)
        fields, parameters = asked.get("input", {}), asked.get("parameters", {})
        if str(fields.get("url", "")).startswith("oss://") != ("x-dashscope-ossresourceresolve" in headers):
            faults.append("X-DashScope-OssResourceResolve goes with oss:// addresses and nothing else")
        if faults:
            raise self._wrong("; ".join(faults))
        by_action = {
            ("voice-enrollment", "create_voice"): lambda: self._new_cosyvoice(fields, parameters, "vd-"),
            ("voice-enrollment", "create_voice by url"): lambda: self._new_cosyvoice(fields, parameters, ""),
            ("voice-enrollment", "list_voice"): lambda: self._cosyvoice_page(fields),
            ("voice-enrollment", "query_voice"): lambda: self._cosyvoice_details(fields["voice_id"]),
            ("voice-enrollment", "delete_voice"): lambda: self._delete_cosyvoice(fields["voice_id"]),
            ("qwen-voice-design", "create"): lambda: self._new_qwen(self.designs, "vd", fields, parameters),
            ("qwen-voice-design", "list"): lambda: self._page(self.designs, fields, count_too=True),
            ("qwen-voice-design", "query"): lambda: self._qwen_details(fields["voice"]),
            ("qwen-voice-design", "delete"): lambda: self._delete_qwen(self.designs, fields["voice"]),
            ("qwen-voice-enrollment", "create"): lambda: self._new_qwen(self.clones, "vc", fields, parameters),
            ("qwen-voice-enrollment", "list"): lambda: self._page(self.clones, fields, count_too=False),
            ("qwen-voice-enrollment", "delete"): lambda: self._delete_qwen(self.clones, fields["voice"]),
        }
        return by_action[asked["model"], action]()

    def _new_cosyvoice(self, fields: Json, parameters: Json, kind: str) -> Json:
        url = fields.get("url", "")
        if url.startswith("oss://") and url.removeprefix("oss://") not in self.stored:
            raise self._wrong(f"nothing lies at {url}", code="BadRequest.InputDownloadFailed")
        voice_id = f"{fields['target_model']}-{kind}{fields['prefix']}-{next(self._numbers):06x}"
        self.cosyvoices[voice_id] = {
            "voice_id": voice_id,
            "gmt_create": "2025-12-10 14:54:09",
            "gmt_modified": "2025-12-10 17:47:48",
            "status": "DEPLOYING",
            **{name: fields[name] for name in PROMPTED if name in fields},
            **({"resource_link": url} if url else {}),
            "target_model": fields["target_model"],
        }
        output = {"target_model": fields["target_model"], "voice_id": voice_id}
        if kind:
            output["preview_audio"] = _preview(parameters)
        return {"output": output if kind else {"voice_id": voice_id}, "usage": {"count": 1}}

    def _new_qwen(self, family: dict[str, Json], kind: str, fields: Json, parameters: Json) -> Json:
        voice_id = f"qwen-tts-{kind}-{fields['preferred_name']}-voice-20251210170454{next(self._numbers):03}-a1b2"
        family[voice_id] = {
            "voice": voice_id,
            "gmt_create": "2025-08-11 17:59:32",
            "gmt_modified": "2025-08-11 17:59:32",
            "language": fields.get("language", "zh"),
            "target_model": fields["target_model"],
            **{name: fields[name] for name in PROMPTED if name in fields},
        }
        output: Json = {"voice": voice_id, "target_model": fields["target_model"]}
        if kind == "vd":
            output["preview_audio"] = _preview(parameters)
        elif self.fallback:
            output |= {"fallback_mode": True, "fallback_reason": self.fallback}
        return {"output": output, "usage": {"count": 1}}

    def _cosyvoice_page(self, fields: Json) -> Json:
        """Items name no target model (seed 000), and there is no count."""
        wanted = f"-{fields.get('prefix', '')}"
        items = {
            voice_id: {name: value for name, value in told.items() if name not in ("target_model", "resource_link")}
            for voice_id, told in self.cosyvoices.items()
            if wanted in voice_id
        }
        return self._page(items, fields, count_too=False) | {"usage": {"count": 1}}

    def _page(self, family: Mapping[str, Json], fields: Json, *, count_too: bool) -> Json:
        size = min(fields.get("page_size", 10), self.largest_page)
        start = fields.get("page_index", 0) * size
        output: Json = {"voice_list": list(family.values())[start : start + size]}
        if count_too and not self.silent:
            output |= {"page_index": fields.get("page_index", 0), "page_size": size, "total_count": len(family)}
        return {"output": output, "usage": {"count": 0}}

    def _cosyvoice_details(self, voice_id: str) -> Json:
        if voice_id not in self.cosyvoices:
            raise Refused(400, "BadRequest.ResourceNotExist", "The Required resource not exist.")
        return {"output": self.cosyvoices[voice_id], "usage": {}}

    def _qwen_details(self, voice_id: str) -> Json:
        """Without the words that it was designed from (seed 000)."""
        told = self._qwen(self.designs, voice_id)
        return {"output": {name: told[name] for name in told if name not in PROMPTED}, "usage": {"count": 0}}

    def _qwen(self, family: dict[str, Json], voice_id: str) -> Json:
        if voice_id not in family:
            raise Refused(400, "BadRequest.VoiceNotFound", f"Voice '{voice_id}' not found.")
        return family[voice_id]

    def _delete_cosyvoice(self, voice_id: str) -> Json:
        self._cosyvoice_details(voice_id)
        del self.cosyvoices[voice_id]
        return {"output": {}, "usage": {"count": 1}}

    def _delete_qwen(self, family: dict[str, Json], voice_id: str) -> Json:
        self._qwen(family, voice_id)
        del family[voice_id]
        told: Json = {"output": {"voice": voice_id}} if family is self.designs else {}
        return {**told, "usage": {"count": 0}}

    def _policy(self, query: Mapping[str, str]) -> Json:
        if dict(query) != {"action": "getPolicy", "model": "voice-enrollment"}:
            raise self._wrong(f"getPolicy asked with {dict(query)}")
        return {
            "data": {
                "policy": "cG9saWN5",
                "signature": "c2lnbmF0dXJl",
                "upload_dir": f"dashscope-instant/{next(self._numbers)}",
                "upload_host": f"{self.host}/store",
                "expire_in_seconds": 300,
                "max_file_size_mb": 1024,
                "oss_access_key_id": "LTAI",
                "x_oss_object_acl": "private",
                "x_oss_forbid_overwrite": "true",
            }
        }

    def _store(self, request: Request) -> Reply:
        """The store knows no key, and must never see it."""
        if "authorization" in request.headers:
            self.complaints.append("the key went to the store")
        if request.method == "GET":
            data = self.stored.get(request.path.removeprefix("/store/"))
            return Reply(body=data) if data is not None else _store_error(404, "NoSuchKey")
        fields, names = request.fields, tuple(name for name, _ in request.parts)
        if names != STORE_FIELDS or (fields["policy"], fields["Signature"]) != ("cG9saWN5", "c2lnbmF0dXJl"):
            self.complaints.append(f"posted to the store: {names}")
            return _store_error(403, "AccessDenied")
        sample = request.parts[-1][1]
        assert isinstance(sample, Upload)
        self.stored[fields["key"]] = sample.data
        return Reply()


def _store_error(status: int, code: str) -> Reply:
    return Reply(status, f"<Error><Code>{code}</Code></Error>".encode())


def _preview(parameters: Json) -> Json:
    audio_format, rate_hz = parameters.get("response_format", "wav"), parameters.get("sample_rate", 24_000)
    data = tone(0.5, AudioFormat(audio_format), rate_hz)
    return {
        "data": base64.b64encode(data).decode(),
        "sample_rate": rate_hz,
        "response_format": audio_format,
    }
