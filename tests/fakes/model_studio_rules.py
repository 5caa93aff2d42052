"""What the documents allow in a request to Model Studio's customization endpoint, by model name and action.

Strict: a field that the documents don't name, a value of another type, a length over the limit, or a field of the
other family is told as the words of a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any], bool]

TEN = ("zh", "en", "de", "it", "pt", "es", "ja", "ko", "fr", "ru")
COSYVOICE_MODELS = ("cosyvoice-v3.5-plus", "cosyvoice-v3.5-flash", "cosyvoice-v3-plus", "cosyvoice-v3-flash")
QWEN_DESIGNS = ("qwen3-tts-vd-2026-01-26", "qwen3-tts-vd-realtime-2026-01-15", "qwen3-tts-vd-realtime-2025-12-16")
QWEN_CLONES = ("qwen3-tts-vc-2026-01-22", "qwen3-tts-vc-realtime-2026-01-15", "qwen3-tts-vc-realtime-2025-11-27")
DATA_URL = re.compile(r"data:audio/(wav|mpeg|mp4);base64,[A-Za-z0-9+/]+=*")


def words(longest: int) -> Check:
    return lambda value: isinstance(value, str) and 0 < len(value) <= longest


def matching(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def one_of(*allowed: object) -> Check:
    return lambda value: any(value == one and type(value) is type(one) for one in allowed)


def hints(*allowed: str) -> Check:
    return lambda value: isinstance(value, list) and len(value) == 1 and value[0] in allowed


def whole(value: object) -> bool:
    return type(value) is int and 0 <= value <= 1_000_000


def is_audio(value: object) -> bool:
    """Qwen's `audio` object: an address, or a data URL of less than 10 MB."""
    if not isinstance(value, dict) or set(value) != {"data"} or not isinstance(value["data"], str):
        return False
    said = value["data"]
    return said.startswith(("http://", "https://")) or (len(said) < 10_000_000 and DATA_URL.fullmatch(said) is not None)


@dataclass(frozen=True)
class Shape:
    """Fields of `input`, and of `parameters` where they are taken."""

    needed: Mapping[str, Check]
    free: Mapping[str, Check] = field(default_factory=dict)
    parameters: Mapping[str, Check] = field(default_factory=dict)

    def faults(self, fields: Mapping[str, Any], parameters: Mapping[str, Any]) -> list[str]:
        allowed = {**self.needed, **self.free}
        found = [f"Missing required parameter '{name}'" for name in self.needed if name not in fields]
        found += [f"unknown parameter '{name}'" for name in fields if name not in allowed]
        found += [f"'{name}' is invalid" for name, value in fields.items() if not allowed.get(name, _any)(value)]
        found += [f"unknown parameter '{name}'" for name in parameters if name not in self.parameters]
        checks = ((name, self.parameters.get(name, _any), value) for name, value in parameters.items())
        return found + [f"'{name}' is invalid" for name, check, value in checks if not check(value)]


def _any(_: object) -> bool:
    return True


PAGES: Mapping[str, Check] = {"page_size": whole, "page_index": whole}
PREFIX = matching("[0-9A-Za-z]{1,10}")
NAME = matching("[0-9A-Za-z_]{1,16}")

SHAPES: Mapping[tuple[str, str], Shape] = {
    ("voice-enrollment", "create_voice"): Shape(
        {
            "target_model": one_of(*COSYVOICE_MODELS),
            "voice_prompt": words(500),
            "preview_text": words(200),
            "prefix": PREFIX,
        },
        {"language_hints": hints("zh", "en")},
        {"sample_rate": one_of(16_000, 24_000, 48_000), "response_format": one_of("pcm", "wav", "mp3")},
    ),
    ("voice-enrollment", "create_voice by url"): Shape(
        {
            "target_model": one_of(*COSYVOICE_MODELS),
            "prefix": PREFIX,
            "url": matching("(https?|oss)://.+"),
        },
        {"language_hints": hints(*TEN, "th", "id", "vi")},
    ),
    ("voice-enrollment", "list_voice"): Shape({}, {**PAGES, "prefix": PREFIX}),
    ("voice-enrollment", "query_voice"): Shape({"voice_id": words(1_000)}),
    ("voice-enrollment", "delete_voice"): Shape({"voice_id": words(1_000)}),
    ("qwen-voice-design", "create"): Shape(
        {
            "target_model": one_of(*QWEN_DESIGNS),
            "preferred_name": NAME,
            "voice_prompt": words(2_048),
            "preview_text": words(1_024),
        },
        {"language": one_of(*TEN)},
        {
            "sample_rate": one_of(8_000, 16_000, 24_000, 48_000),
            "response_format": one_of("pcm", "wav", "mp3", "opus"),
        },
    ),
    ("qwen-voice-design", "list"): Shape({}, PAGES),
    ("qwen-voice-design", "query"): Shape({"voice": words(1_000)}),
    ("qwen-voice-design", "delete"): Shape({"voice": words(1_000)}),
    ("qwen-voice-enrollment", "create"): Shape(
        {"target_model": one_of(*QWEN_CLONES), "preferred_name": NAME, "audio": is_audio},
        {"text": words(10_000), "language": one_of(*TEN)},
    ),
    ("qwen-voice-enrollment", "list"): Shape({}, PAGES),
    ("qwen-voice-enrollment", "delete"): Shape({"voice": words(1_000)}),
}

LANGUAGE_TYPES = (
    *("Auto", "Chinese", "English", "German", "Italian", "Portuguese"),
    *("Spanish", "Japanese", "Korean", "French", "Russian"),
)
GENERATION = Shape({"text": words(600), "voice": words(1_000)}, {"language_type": one_of(*LANGUAGE_TYPES)})


def faults_of(body: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The action as `SHAPES` names it, and all that is wrong with a customization request."""
    fields, parameters = body.get("input"), body.get("parameters", {})
    if not isinstance(fields, dict) or not isinstance(parameters, dict):
        return "", ["'input' and 'parameters' are objects"]
    action = str(fields.get("action"))
    if action == "create_voice" and "url" in fields:
        action = "create_voice by url"
    shape = SHAPES.get((str(body.get("model")), action))
    if shape is None:
        return action, [f"no action {action} of {body.get('model')}"]
    more = [f"unknown parameter '{name}'" for name in body if name not in ("model", "input", "parameters")]
    rest = {name: value for name, value in fields.items() if name != "action"}
    return action, more + shape.faults(rest, parameters)
