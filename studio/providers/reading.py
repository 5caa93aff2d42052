"""Reading foreign JSON without trust: a field that is missing or of another type is simply not there."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from math import isfinite
from typing import Any, cast

from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.domain.search import found, haystack, words_of
from studio.domain.voices import Voice
from studio.providers.transport import Answer

Record = dict[str, Any]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
_BEIJING = timezone(timedelta(hours=8))


def text(record: Record, *names: str) -> str:
    """The first of the fields that holds words (or a number, as text); half characters come out as `?`."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value:
            return value if value.isascii() else value.encode("utf-8", "replace").decode()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def number(record: Record, name: str) -> float | None:
    """Also from text; None for what isn't finite."""
    value = record.get(name)
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        return None
    try:
        told = float(value)
    except (ValueError, OverflowError):
        return None
    return told if isfinite(told) else None


def record(parent: Record, name: str) -> Record:
    value = parent.get(name)
    return cast("Record", value) if isinstance(value, dict) else {}


def records(parent: Record, name: str) -> list[Record]:
    """The objects of a list; whatever else is in it is left out."""
    value = parent.get(name)
    if not isinstance(value, list):
        return []
    return [cast("Record", one) for one in cast("list[object]", value) if isinstance(one, dict)]


@lru_cache(maxsize=256)
def language(said: str) -> Language | None:
    """From a code, with a region or without, or from the English name."""
    words = re.split(r"[-_ ]", said.strip().lower())[0]
    return next((one for one in Language if words in (one.value, one.label.lower())), None)


def beijing_moment(said: str) -> datetime | None:
    """Model Studio's `YYYY-MM-DD HH:MM:SS`, which names no zone; Beijing's is inferred (api/dashscope.md 1.5)."""
    if not _MOMENT.fullmatch(said):
        return None
    try:  # `strptime` takes twenty times as long, and lists have thousands
        return datetime.fromisoformat(said).replace(tzinfo=_BEIJING).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def unix_moment(seconds: float | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def narrowed(voices: Iterable[Voice], keyword: str) -> tuple[Voice, ...]:
    """The ones that a keyword finds, where the server can't look for it itself."""
    words = words_of(keyword)
    return tuple(voice for voice in voices if not words or found(voice, haystack(voice), words))


def base64_bytes(answer: Answer, said: str) -> bytes:
    """Raises UNREADABLE for what is no base64."""
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError) as error:
        raise answer.error(Reason.UNREADABLE, detail=f"not base64: {error}") from error
