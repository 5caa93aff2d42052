"""Which systems, languages, tags and so on occur among the voices: only those can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from studio.domain.languages import Language
from studio.domain.voices import Origin, Voice


@dataclass(frozen=True, slots=True)
class Facets:
    """In the order in which they are offered; built-in voices have an origin and a system, too."""

    systems: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    languages: tuple[Language, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


class Census:
    """Each voice is counted once, by its slot."""

    def __init__(self) -> None:
        self._counted: dict[int, Voice] = {}
        self._counts: Counter[tuple[str, Hashable]] = Counter()

    def count(self, slot: int, voice: Voice) -> None:
        if self._counted.get(slot) is not voice:
            self.drop(slot)
            self._counted[slot] = voice
            self._counts.update(_traits(voice))

    def drop(self, slot: int) -> None:
        if before := self._counted.pop(slot, None):
            self._counts.subtract(_traits(before))

    def facets(self) -> Facets:
        found: dict[str, set[Hashable]] = {}
        for (kind, value), count in self._counts.items():
            if count > 0 and value:
                found.setdefault(kind, set()).add(value)
        return Facets(
            tuple(sorted(map(str, found.get("system", ())))),
            tuple(origin for origin in Origin if origin in found.get("origin", ())),
            tuple(language for language in Language if language in found.get("language", ())),
            tuple(sorted(map(str, found.get("tag", ())), key=str.casefold)),
            tuple(sorted(map(str, found.get("collection", ())), key=str.casefold)),
        )


def _traits(voice: Voice) -> Iterator[tuple[str, Hashable]]:
    yield "system", voice.system
    yield "origin", voice.origin
    yield "language", voice.language
    yield "collection", voice.collection
    for tag in voice.tags:
        yield "tag", tag
