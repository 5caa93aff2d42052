"""What the window remembers, and the addresses set by hand, in settings.json. No secret is ever in it."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from studio.domain.languages import Language
from studio.domain.memory import Memory
from studio.store.files import PRIVATE_FILE, tighten, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.domain.accounts import Place
    from studio.store.paths import Home

_LARGEST = 2**31 - 1  # of an int in Qt


_PLACES = "accounts"
_URLS = "urls"
_PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Addresses:
    """What stands in the file, unchecked: the places of accounts by name, and the proxy."""

    places: Mapping[str, Place]
    proxy: str = ""


class SettingsFile:
    """Implements `ports.MemoryFile`. Fields that this version doesn't know are left as they are."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._turn = threading.Lock()

    def load(self) -> Memory:
        """A field of the wrong type is as at a first start; a damaged file is moved aside, not deleted. Blocks."""
        record = self._read()
        known: dict[str, Any] = {name: read(record[name]) for name, read in _READERS.items() if name in record}
        return Memory(**{name: value for name, value in known.items() if value is not None})

    def save(self, memory: Memory) -> None:
        """Whole or not at all; safe on any thread. Blocks. Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        remembered = {field.name: getattr(memory, field.name) for field in fields(memory)}
        self._rewrite(lambda record: record | remembered)

    def addresses(self) -> Addresses:
        """Blocks."""
        record = self._read()
        places = {name: _place(_object(told)) for name, told in _object(record.get(_PLACES)).items()}
        return Addresses(places, _text(record.get(_PROXY)) or "")

    def save_place(self, name: str, place: Place) -> None:
        """As `save`."""

        def changed(record: dict[str, Any]) -> dict[str, Any]:
            places = _object(record.get(_PLACES))
            before = _object(places.get(name))
            said: dict[str, Any] = {"base_url": place.base_url, "workspace": place.workspace}
            if place.urls or _URLS in before:
                said[_URLS] = {role.value: url for role, url in place.urls}
            return record | {_PLACES: places | {name: before | said}}

        self._rewrite(changed)

    def save_proxy(self, proxy: str) -> None:
        """As `save`."""
        self._rewrite(lambda record: record | {_PROXY: proxy})

    def _rewrite(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        import json

        with self._turn:
            self._home.make()
            write_whole(self._home.settings, json.dumps(change(self._read()), indent=1).encode())

    def _read(self) -> dict[str, Any]:
        import json

        try:
            tighten(self._home.settings, PRIVATE_FILE)
            record = json.loads(self._home.settings.read_bytes())
        except OSError:
            return {}
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            return cast("dict[str, Any]", record)
        self._move_aside()
        return {}

    def _move_aside(self) -> None:
        aside = f"settings.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.json"
        try:
            os.replace(self._home.settings, self._home.root / aside)
        except OSError:
            return  # read again, and found damaged again, at the next start


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _place(known: dict[str, Any]) -> Place:
    from studio.domain.accounts import Place, Role

    place = Place(_text(known.get("base_url")) or "", _text(known.get("workspace")) or "")
    urls = _object(known.get(_URLS))
    for role in Role:
        place = place.with_url(role, _text(urls.get(role.value)) or "")
    return place


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _LARGEST else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _language(value: object) -> Language | None:
    try:
        return Language(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _words(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    words = [_text(one) for one in cast("list[object]", value)]
    return None if None in words else tuple(one for one in words if one is not None)


def _numbers(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list):
        return None
    numbers = [_number(one) for one in cast("list[object]", value)]
    return None if None in numbers else tuple(one for one in numbers if one is not None)


def _named_numbers(value: object) -> tuple[tuple[str, tuple[int, ...]], ...] | None:
    if not isinstance(value, list):
        return None
    named: list[tuple[str, tuple[int, ...]]] = []
    for pair in cast("list[object]", value):
        if not isinstance(pair, list) or len(cast("list[object]", pair)) != 2:
            return None
        name, numbers = _text(cast("list[object]", pair)[0]), _numbers(cast("list[object]", pair)[1])
        if name is None or numbers is None:
            return None
        named.append((name, numbers))
    return tuple(named)


_TEXTS = (
    *("description", "preview_text", "voice_name", "system", "region", "model", "handle", "text_to_speak"),
    *("clone_system", "clone_region", "clone_model", "clone_url", "clone_name", "clone_transcript", "clone_language"),
    *("clone_first_words", "reading_language", "input_device", "output_device", "geometry", "recovered_told"),
    *("voices_sort", "export_format", "export_level"),
)
_READERS: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(_TEXTS, _text),
    "language": _language,
    "rate_hz": _number,
    "clone_strength": _number,
    "clone_speaks": _flag,
    "count_in": _flag,
    "volume": _number,
    "loop": _flag,
    "tab": _number,
    "splitters": _named_numbers,
    "column_widths": _numbers,
    "voices_columns": _words,
    "voices_sort_down": _flag,
}
