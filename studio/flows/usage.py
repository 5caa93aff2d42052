"""Voices held, voices that will expire, and what was spent: the board per account."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from studio.domain.errors import StudioError
from studio.domain.spending import Usage

KEEP_ALIVE_TEXT = {"zh": "你好。", "ja": "こんにちは。", "ko": "안녕하세요."}
KEEP_ALIVE_ELSE = "Hello."
"""What a voice says to be kept: as short as a sentence can be."""


@dataclass(frozen=True, slots=True)
class UsageState:
    """`usages` has a row for every system and account; `labels` is how each account is called, by its random id.
    `keeping` are the ids of voices that are being kept alive, `kept` those that were."""

    usages: tuple[Usage, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    loaded: bool = False
    keeping: tuple[UUID, ...] = ()
    kept: tuple[UUID, ...] = ()
    error: StudioError | None = None
