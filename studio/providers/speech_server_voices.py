"""Voices that live here and are only spoken by the server: words, and a clip that every request takes along."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

from studio.domain.accounts import SPEECH_SERVER, Role
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.samples import Media, media_of
from studio.domain.voices import Origin, Voice
from studio.providers.reading import Record, language, record, text

_AT_CLONE = "clone/"
"""Before the names of voices of the cloning server: the other one may have the same names."""

_OURS = re.compile("[0-9a-f]{32}")
_HEAD_MAX = 1 << 20


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a voice is spoken again: from its clip and what is said in it, or from the words of its design.

    Without a `ref_text` the clip alone tells how the voice sounds.
    """

    instructions: str = ""
    ref_text: str = ""
    language: Language | None = None

    def written(self) -> str:
        told = {"instructions": self.instructions, "ref_text": self.ref_text, "language": self.language or ""}
        return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A voice with the bytes of its clip."""

    voice: Voice
    clip: bytes

    @property
    def media(self) -> Media:
        return media_of(self.clip) or Media.WAV


def is_ours(voice_id: str) -> bool:
    """Whether the voice was made here, not by a server: those have names that people give."""
    return _OURS.fullmatch(voice_id) is not None


def there(name: str, role: Role) -> str:
    """The id of a voice that a server has."""
    return _AT_CLONE + name if role is Role.CLONE else name


def found_at(voice_id: str) -> tuple[str, Role]:
    """The name of a voice that a server has, and which server that is."""
    at_clone = voice_id.startswith(_AT_CLONE)
    return voice_id.removeprefix(_AT_CLONE), Role.CLONE if at_clone else Role.CUSTOM


def recipe_of(voice: Voice) -> Recipe:
    """Raises CANNOT_SPEAK where there is none."""
    with suppress(ValueError):
        told = json.loads(voice.recipe)
        if isinstance(told, dict):
            known = cast("Record", told)
            said = language(text(known, "language"))
            return Recipe(text(known, "instructions"), text(known, "ref_text"), said)
    raise StudioError(Reason.CANNOT_SPEAK, system=SPEECH_SERVER, detail="the voice has no recipe")


def made(name: str, origin: Origin, model: str, recipe: Recipe, preview_text: str = "") -> Voice:
    return Voice(
        library_id=uuid4(),
        system=SPEECH_SERVER,
        account="",
        voice_id=uuid4().hex,
        name=" ".join(name.split()),
        origin=origin,
        target_model=model,
        language=recipe.language,
        created=datetime.now(UTC),
        description=recipe.instructions,
        preview_text=preview_text,
        recipe=recipe.written(),
    )


def packed(reference: Reference) -> bytes:
    """One line of JSON about the voice, then its clip: what is told of a voice that no server knows."""
    voice = reference.voice
    told: dict[str, Any] = {
        "name": voice.name,
        "origin": voice.origin,
        "model": voice.target_model,
        "created": voice.created.timestamp(),
        "preview_text": voice.preview_text,
        "recipe": voice.recipe,
    }
    return json.dumps(told).encode() + b"\n" + reference.clip


def unpacked(voice_id: str, data: bytes) -> Reference:
    """Raises CANNOT_SPEAK for what `packed` never made."""
    head, _, clip = data.partition(b"\n")
    with suppress(ValueError, OverflowError, OSError):
        told = json.loads(head[:_HEAD_MAX])
        if isinstance(told, dict) and clip:
            return Reference(_read(voice_id, cast("Record", told)), clip)
    raise StudioError(Reason.CANNOT_SPEAK, system=SPEECH_SERVER, detail="its clip is damaged")


def _read(voice_id: str, told: Record) -> Voice:
    """Raises ValueError, OverflowError or OSError."""
    recipe = record({"recipe": json.loads(text(told, "recipe"))}, "recipe")
    return Voice(
        library_id=uuid4(),
        system=SPEECH_SERVER,
        account="",
        voice_id=voice_id,
        name=text(told, "name"),
        origin=Origin(text(told, "origin")),
        target_model=text(told, "model"),
        language=language(text(recipe, "language")),
        created=datetime.fromtimestamp(float(text(told, "created")), UTC),
        description=text(recipe, "instructions"),
        preview_text=text(told, "preview_text"),
        recipe=text(told, "recipe"),
    )
