"""The voice that seed 000 designs in its examples, as briefs and as the requests that the document has for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from studio.domain.briefs import Brief, CloneBrief
from studio.domain.languages import Language
from studio.domain.voices import Voice
from studio.ports import Designer

PROMPT = (
    "A composed middle-aged male announcer with a deep, rich and magnetic voice, a steady speaking speed and clear "
    "articulation, is suitable for news broadcasting or documentary commentary."
)
PREVIEW = "Dear listeners, hello everyone. Welcome to the evening news."
PARAMETERS = {"sample_rate": 24000, "response_format": "wav"}

COSYVOICE = Brief(
    "cosyvoice", PROMPT, PREVIEW, Language.EN, name="The announcer", model="cosyvoice-v3.5-plus", handle="announcer"
)
COSYVOICE_FIELDS: dict[str, Any] = {
    "action": "create_voice",
    "target_model": "cosyvoice-v3.5-plus",
    "voice_prompt": PROMPT,
    "preview_text": PREVIEW,
    "prefix": "announcer",
    "language_hints": ["en"],
}

REALTIME = "qwen3-tts-vd-realtime-2026-01-15"
QWEN = Brief("qwen", PROMPT, PREVIEW, Language.EN, name="The announcer", handle="announcer")
QWEN_FIELDS: dict[str, Any] = {
    "action": "create",
    "target_model": REALTIME,
    "preferred_name": "announcer",
    "voice_prompt": PROMPT,
    "preview_text": PREVIEW,
    "language": "en",
}

GUANYU = CloneBrief("qwen", "Guan Yu", sample_url="https://xxx.wav", has_right=True, handle="guanyu")
"""Seed 001's example, whose model is `CLONE_REALTIME`."""
CLONE_REALTIME = "qwen3-tts-vc-realtime-2026-01-15"
GUANYU_FIELDS: dict[str, Any] = {
    "action": "create",
    "target_model": CLONE_REALTIME,
    "preferred_name": "guanyu",
    "audio": {"data": "https://xxx.wav"},
}


def nothing(_: float | None) -> None: ...


async def no_task(_: str) -> None:
    raise AssertionError("there are no tasks here")


async def made_by(system: Designer, **changes: Any) -> Voice:
    """A designed voice, the announcer unless told otherwise."""
    return (await system.design(replace(QWEN, **changes), nothing, no_task)).voice
