"""The columns of the table: their words, widths and order, and what a voice says in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QCoreApplication

from studio.domain.limits import SystemInfo
from studio.domain.search import folded
from studio.domain.voices import Voice
from studio.ui.messages import state_of, state_word

Systems = Mapping[str, SystemInfo]
Key = Callable[[Voice], Any]


class Column(IntEnum):
    """The values are places in the model; `SHOWN_FIRST` has the order on the screen."""

    NAME = 0
    DESCRIPTION = 1
    SYSTEM = 2
    STATUS = 3
    LANGUAGE = 4
    CREATED = 5
    FAVOURITE = 6
    RATING = 7
    LAST_USED = 8
    PITCH = 9
    ORIGIN = 10
    TAGS = 11
    COLLECTION = 12
    MODEL = 13


WIDTHS = (104, 200, 96, 118, 72, 80, 26, 70, 80, 60, 72, 100, 100, 140)
SHOWN_FIRST = (Column.FAVOURITE, Column.NAME)
SHOWN = tuple(
    column.name.lower()
    for column in (
        *(Column.FAVOURITE, Column.NAME, Column.DESCRIPTION, Column.SYSTEM, Column.STATUS),
        *(Column.RATING, Column.CREATED),
    )
)
"""Unless the person chose others; as wide as a window of 900 pixels has room for."""
DOWN_FIRST = (Column.CREATED, Column.LAST_USED, Column.RATING, Column.FAVOURITE, Column.STATUS)
"""The first click on these headers puts the newest, best or most urgent on top."""


def title(column: Column) -> str:
    titles = {
        Column.NAME: _tr("Name"),
        Column.DESCRIPTION: _tr("Description"),
        Column.SYSTEM: _tr("System"),
        Column.STATUS: _tr("Status"),
        Column.LANGUAGE: _tr("Language"),
        Column.CREATED: _tr("Created"),
        Column.FAVOURITE: _tr("Favourite"),
        Column.RATING: _tr("Rating"),
        Column.LAST_USED: _tr("Last used"),
        Column.PITCH: _tr("Pitch"),
        Column.ORIGIN: _tr("Origin"),
        Column.TAGS: _tr("Tags"),
        Column.COLLECTION: _tr("Collection"),
        Column.MODEL: _tr("Model"),
    }
    return titles[column]


def by_name(name: str) -> Column | None:
    """As it is remembered."""
    return Column[name.upper()] if name.upper() in Column.__members__ else None


def cell(voice: Voice, column: Column, systems: Systems) -> str:
    """What is read in a cell; a screen reader gets it for stars as well."""
    return _CELLS[column](voice, systems)


def sort_key(column: Column, systems: Systems) -> Key:
    """None for a voice that has nothing to sort by: those come last, whichever way."""
    keys: dict[Column, Key] = {
        Column.NAME: lambda voice: folded(voice.name),
        Column.SYSTEM: lambda voice: folded(_system(voice, systems)),
        Column.STATUS: lambda voice: state_of(voice, systems.get(voice.system)),
        Column.LANGUAGE: lambda voice: voice.language.label if voice.language else None,
        Column.CREATED: lambda voice: voice.created,
        Column.FAVOURITE: lambda voice: voice.favourite,
        Column.RATING: lambda voice: voice.rating or None,
        Column.LAST_USED: lambda voice: voice.last_used,
        Column.PITCH: lambda voice: voice.pitch_hz or None,
    }
    return keys.get(column, lambda voice: folded(_CELLS[column](voice, systems)) or None)


def origin_word(voice_or_origin: str) -> str:
    words = {"designed": _tr("Designed"), "cloned": _tr("Cloned"), "built-in": _tr("Built-in")}
    return words[voice_or_origin]


@lru_cache(maxsize=512)
def _day(when: datetime) -> str:
    """Where the computer is."""
    return when.astimezone().strftime("%Y-%m-%d")


def _system(voice: Voice, systems: Systems) -> str:
    info = systems.get(voice.system)
    return info.label if info else voice.system


def _pitch(voice: Voice, _: Systems) -> str:
    return _tr("{hertz} Hz").format(hertz=round(voice.pitch_hz)) if voice.pitch_hz else ""


def _rating(voice: Voice, _: Systems) -> str:
    return _tr("{rating} of 5").format(rating=voice.rating) if voice.rating else ""


_CELLS: dict[Column, Callable[[Voice, Systems], str]] = {
    Column.NAME: lambda voice, _: voice.name,
    Column.DESCRIPTION: lambda voice, _: " ".join(voice.description[:400].split()),
    Column.SYSTEM: _system,
    Column.STATUS: lambda voice, systems: state_word(voice, systems.get(voice.system)),
    Column.LANGUAGE: lambda voice, _: voice.language.label if voice.language else "",
    Column.CREATED: lambda voice, _: _day(voice.created),
    Column.FAVOURITE: lambda voice, _: _tr("Favourite") if voice.favourite else "",
    Column.RATING: _rating,
    Column.LAST_USED: lambda voice, _: _day(voice.last_used) if voice.last_used else "",
    Column.PITCH: _pitch,
    Column.ORIGIN: lambda voice, _: origin_word(voice.origin),
    Column.TAGS: lambda voice, _: ", ".join(voice.tags),
    Column.COLLECTION: lambda voice, _: voice.collection,
    Column.MODEL: lambda voice, _: voice.target_model,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("columns", text)
