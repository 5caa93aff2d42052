"""Finding a voice as one types: every word of the query somewhere in what is known of the voice, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.domain.languages import Language
from studio.domain.limits import SystemInfo
from studio.domain.voices import Origin, Status, Voice
from studio.domain.whereabouts import Whereabouts, whereabouts_of

PART_OF_AN_ID = 200
"""Characters at each end of an id that is too long to be looked through with every key."""

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
        *(voice.origin.value, *_ends(voice.voice_id), str(voice.library_id)),
    )
    return folded("\n".join(known))


def words_of(query: str) -> tuple[str, ...]:
    return tuple(folded(query).split())


def matches(hay: str, words: tuple[str, ...]) -> bool:
    """Whether every word is in the haystack."""
    return all(word in hay for word in words)


def has_long(words: tuple[str, ...]) -> bool:
    """Whether the haystack alone can't tell: a pasted id may be longer than its part there. Ask `found` then."""
    return any(len(word) > PART_OF_AN_ID for word in words)


def found(voice: Voice, hay: str, words: tuple[str, ...]) -> bool:
    """Whether every word is in the voice's haystack, or is long and in its whole id."""
    return all(word in hay or _in_id(voice.voice_id, word) for word in words)


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


def _ends(voice_id: str) -> tuple[str, ...]:
    if len(voice_id) <= 2 * PART_OF_AN_ID:
        return (voice_id,)
    return voice_id[:PART_OF_AN_ID], voice_id[-PART_OF_AN_ID:]


def _in_id(voice_id: str, word: str) -> bool:
    return len(word) > PART_OF_AN_ID and len(voice_id) > 2 * PART_OF_AN_ID and word in folded(voice_id)


def _names(language: Language | None) -> tuple[str, ...]:
    return (language.label, language.value) if language else ()
