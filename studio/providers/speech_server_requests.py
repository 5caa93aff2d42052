"""What is sent to a speech server: one JSON body for each way to speak.

Sources: engine.md 4. Fields that only some servers know are sent where they are needed, and nowhere else.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass

from studio.domain.accounts import Role
from studio.domain.languages import Language
from studio.domain.scripts import language_of
from studio.providers.reading import Record
from studio.providers.speech_server_voices import Recipe, Reference
from studio.providers.transport import AUDIO_MAX, PAID_READ_S, Call

SPEECH_PATH = "/audio/speech"
VOICES_PATH = "/audio/voices"
MODELS_PATH = "/models"

_TRIALS = {Language.ZH: "你好。", Language.JA: "こんにちは。", Language.KO: "안녕하세요.", Language.RU: "Здравствуйте."}


@dataclass(frozen=True, slots=True)
class Way:
    """Which server speaks, and what it is sent for a text."""

    role: Role
    body: Callable[[str], Record]


def designing(instructions: str, language: Language | None) -> Way:
    def body(text: str) -> Record:
        return {"task_type": "VoiceDesign", "input": text, "instructions": instructions} | _spoken_in(text, language)

    return Way(Role.DESIGN, body)


def cloning(reference: Reference, recipe: Recipe) -> Way:
    """The clip goes along each time. Without its words the server takes the colour of the voice alone."""
    clip = f"data:{reference.media.value};base64,{base64.b64encode(reference.clip).decode()}"
    said: Record = {"ref_text": recipe.ref_text} if recipe.ref_text else {"x_vector_only_mode": True}

    def body(text: str) -> Record:
        return {"task_type": "Base", "input": text, "ref_audio": clip, **said} | _spoken_in(text, recipe.language)

    return Way(Role.CLONE, body)


def naming(name: str, role: Role, language: Language | None) -> Way:
    """A voice that the server has; nothing is sent that another server of this kind wouldn't know."""

    def body(text: str) -> Record:
        return {"input": text, "voice": name} | _spoken_in(text, language)

    return Way(role, body)


def speech_call(way: Way, text: str, model: str, streamed_as: str = "") -> Call:
    """WAV, since it tells its rate; `streamed_as` that or raw samples, in Server-Sent Events."""
    body = speech_body(way, text, model, streamed_as or "wav")
    if streamed_as:
        body |= {"stream": True, "stream_format": "sse"}
    return Call("POST", SPEECH_PATH, json=body, paid=True, read_s=PAID_READ_S, largest=AUDIO_MAX, role=way.role)


def speech_body(way: Way, text: str, model: str, audio_format: str = "wav") -> Record:
    """Without a model the server takes the one it holds."""
    return way.body(text) | {"response_format": audio_format} | ({"model": model} if model else {})


def trial_words(language: Language | None) -> str:
    """Short, to find out whether a server clones."""
    return _TRIALS.get(language or Language.EN, "Hello.")


def _spoken_in(text: str, language: Language | None) -> Record:
    """By its English name; left to the server where the voice has none."""
    return {"language": language_of(text, language).label} if language else {}
