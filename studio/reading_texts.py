"""Texts to read into the microphone, one for each language: many sounds of it in 15 to 20 calm seconds."""

from __future__ import annotations

from functools import lru_cache

from studio.assets import asset
from studio.domain.languages import Language


@lru_cache(maxsize=len(Language))
def reading_text(language: Language) -> str:
    """Read from its file at the first call."""
    return asset("texts", f"{language.value}.txt").read_text("utf-8").strip()
