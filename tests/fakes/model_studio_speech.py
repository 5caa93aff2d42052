"""Speech of the pretend Model Studio over HTTP: of Qwen, whole or in events, and of CosyVoice (api/dashscope.md 3).

Events look as the real ones: no space behind a colon, a comment with the status, "null" as a word.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from tests.fakes.exchange import Reply, Request
from tests.fakes.model_studio_rules import COSYVOICE_MODELS, GENERATION, Shape, one_of, words

if TYPE_CHECKING:
    from tests.fakes.model_studio import ModelStudio

Json = dict[str, Any]

QWEN_PATH = "/api/v1/services/aigc/multimodal-generation/generation"
COSYVOICE_PATH = "/api/v1/services/audio/tts/SpeechSynthesizer"
PATHS = (QWEN_PATH, COSYVOICE_PATH)

PIECE_BYTES = 3_001
"""Odd, so that samples are cut in two."""

_COSYVOICE = Shape(
    {"text": words(20_000), "voice": words(1_000)},
    {
        "format": one_of("pcm", "wav", "mp3", "opus"),
        "sample_rate": one_of(8_000, 16_000, 22_050, 24_000, 44_100, 48_000),
    },
)


def replied(studio: ModelStudio, request: Request, asked: Json, request_id: str) -> Reply:
    cosyvoice = request.path == COSYVOICE_PATH
    faults = _cosyvoice_faults(studio, asked) if cosyvoice else _qwen_faults(studio, asked)
    if faults or set(asked) - {"parameters"} != {"model", "input"}:  # the vendor's client sends empty parameters
        raise studio._wrong("; ".join(faults) or f"fields {sorted(asked)}")
    studio.spoken.append(asked)
    text = asked["input"]["text"]
    name, sound = f"speech-{request_id}.wav", studio.sound(text)
    studio.stored[name] = sound
    url = f"{studio.host}/store/{name}?Expires=1&Signature=s"
    if request.headers.get("x-dashscope-sse") == "enable":
        return Reply(headers={"content-type": "text/event-stream;charset=UTF-8"}, pieces=frames(sound, url, request_id))
    return Reply(json=_told("", url, "stop", len(text)) | {"request_id": request_id})


def frames(sound: bytes, url: str, request_id: str) -> tuple[bytes, ...]:
    """Raw samples of a WAV in pieces, and at the end the link to all of it."""
    samples = sound[44:]
    pieces = [samples[at : at + PIECE_BYTES] for at in range(0, len(samples), PIECE_BYTES)]
    said = [_told(base64.b64encode(piece).decode(), "", "null", 0) for piece in pieces]
    said.append(_told("", url, "stop", 9))
    return tuple(frame(number, one | {"request_id": request_id}) for number, one in enumerate(said, 1))


def frame(number: int, told: Json, *, event: str = "result", status: int = 200) -> bytes:
    return f"id:{number}\nevent:{event}\n:HTTP_STATUS/{status}\ndata:{json.dumps(told)}\n\n".encode()


def _told(data: str, url: str, reason: str, characters: int) -> Json:
    audio = {"data": data, "url": url, "id": "audio_1", "expires_at": 1_766_113_409}
    output = {"text": None, "finish_reason": reason, "choices": None, "audio": audio}
    usage = {"input_tokens": 0, "output_tokens": 0, "characters": characters}
    return {"status_code": 200, "code": "", "message": "", "output": output, "usage": usage}


def _qwen_faults(studio: ModelStudio, asked: Json) -> list[str]:
    fields = asked.get("input", {})
    faults = GENERATION.faults(fields, asked.get("parameters", {}))
    voice = studio.designs.get(fields.get("voice")) or studio.clones.get(fields.get("voice"))
    if voice is None or voice["target_model"] != asked.get("model") or "realtime" in asked["model"]:
        faults.append(f"The requested voice is not supported by {asked.get('model')}")
    return faults


def _cosyvoice_faults(studio: ModelStudio, asked: Json) -> list[str]:
    """Everything stands in `input`."""
    fields = asked.get("input", {})
    faults = _COSYVOICE.faults(fields, asked.get("parameters", {}))
    voice = studio.cosyvoices.get(fields.get("voice"), {})
    if voice.get("status") != "OK" or asked.get("model") not in COSYVOICE_MODELS:
        faults.append("[tts:]Engine return error code: 418")
    return faults
