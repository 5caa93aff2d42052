"""Values of an archive's JSON, checked: anything else raises ValueError or TypeError."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from studio.store.rows import clean

_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
"""Times that every system can show in every zone; odder ones are taken for these."""


def moment(told: Any) -> datetime:
    when = datetime.fromisoformat(text(told))
    if when.tzinfo is None:
        raise ValueError(told)
    return min(max(when, _EARLIEST), _LATEST).astimezone(UTC)


def moment_or_none(told: Any) -> datetime | None:
    return None if told is None else moment(told)


def text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError(repr(told)[:80])
    return clean(told)


def sha256(told: Any) -> str:
    if len(text(told)) != 64 or not set(told) <= set("0123456789abcdef"):
        raise ValueError(told[:80])
    return told


def flag(told: Any) -> bool:
    if not isinstance(told, bool):
        raise TypeError(repr(told)[:80])
    return told


def whole(told: Any, lowest: int, highest: int) -> int:
    if isinstance(told, bool) or not isinstance(told, int):
        raise TypeError(repr(told)[:80])
    if not lowest <= told <= highest:
        raise ValueError(told)
    return told


def number(told: Any) -> float:
    if isinstance(told, bool) or not isinstance(told, (int, float)):
        raise TypeError(repr(told)[:80])
    if not math.isfinite(told) or told < 0:
        raise ValueError(told)
    return float(told)


def number_or_none(told: Any) -> float | None:
    return None if told is None else number(told)


def items(told: Any) -> list[Any]:
    if not isinstance(told, list):
        raise TypeError(repr(told)[:80])
    return told  # pyright: ignore[reportUnknownVariableType]
