"""Finding a voice as one types: every word of the query somewhere in what is known of the voice, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.domain.languages import Language
from studio.domain.limits import SystemInfo
from studio.domain.voices import Origin, Status, Voice
from studio.domain.whereabouts import Whereabouts, whereabouts_of

MOST_OF_AN_ID = 200

Test = Callable[[Voice], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which voices are shown: those that fit all of it; what is empty or None asks for nothing.

    `built_in` shows the voices of the systems themselves, else those are left out. `ready` asks for voices that can
    be spoken with. The query is what the person typed.
    """

    query: str = ""
    built_in: bool = False
    system: str = ""
    origin: Origin | None = None
    ready: bool = False
    whereabouts: Whereabouts | None = None
    language: Language | None = None
    tag: str = ""
    collection: str = ""
    favourite: bool = False
    has_clips: bool = False


def folded(text: str) -> str:
    """The same for capital and small, full-width and ordinary letters, composed and decomposed accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


def haystack(voice: Voice, *more: str) -> str:
    """All searchable words of a voice, and `more` that are known of it, folded; made once per voice, not per key."""
    known = (
        *(voice.name, voice.description, voice.preview_text, voice.notes, *voice.tags, voice.collection),
        *(voice.system, voice.target_model, *_names(voice.language), *more),
        *(voice.voice_id[:MOST_OF_AN_ID], str(voice.library_id)),
    )
    return folded("\n".join(known))


def words_of(query: str) -> tuple[str, ...]:
    return tuple(folded(query).split())


def matches(hay: str, words: tuple[str, ...]) -> bool:
    """Whether every word is in the haystack."""
    return all(word in hay for word in words)


def narrows(words: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether all that has `words` has the words before as well: a query that was typed on."""
    return all(any(old in new for new in words) for old in before)


def criteria_of(wanted: Filter, systems: Mapping[str, SystemInfo]) -> tuple[Test, ...]:
    """What a voice has to pass, but for the query; nothing is asked that the filter leaves open."""
    asked: tuple[tuple[object, Test], ...] = (
        (True, lambda voice: (voice.origin is Origin.BUILT_IN) is wanted.built_in),
        (wanted.system, lambda voice: voice.system == wanted.system),
        (wanted.origin, lambda voice: voice.origin is wanted.origin),
        (wanted.ready, lambda voice: voice.status is Status.READY),
        (wanted.whereabouts, lambda voice: whereabouts_of(voice, systems.get(voice.system)) is wanted.whereabouts),
        (wanted.language, lambda voice: voice.language is wanted.language),
        (wanted.tag, lambda voice: wanted.tag in voice.tags),
        (wanted.collection, lambda voice: voice.collection == wanted.collection),
        (wanted.favourite, lambda voice: voice.favourite),
        (wanted.has_clips, lambda voice: voice.has_clips),
    )
    return tuple(test for value, test in asked if value)


def _names(language: Language | None) -> tuple[str, ...]:
    return (language.label, language.value) if language else ()
