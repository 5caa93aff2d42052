"""Looking for the words of a query in very many voices without holding up the window.

What is looked through is made once per voice, while nothing else is to be done. A search that takes longer than a
moment goes on in pieces: rows come in their order, so that the first ones stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from studio.domain.bigrams import Bigrams, Library
from studio.domain.search import found as found_in
from studio.domain.search import has_long, haystack, matches, narrows
from studio.domain.voices import Voice
from studio.ui.library.columns import Systems
from studio.ui.library.facets import Census, Facets
from studio.ui.messages import state_word

INDEX_FROM = 4_000
"""Voices; fewer are looked through faster than an index of them is made."""
BLOCK = 64
REMEMBERED = 24

Words = tuple[str, ...]


class Seeker:
    """`voices` by slot; whoever owns the list changes it, and says so by `take_in` and `drop`."""

    def __init__(self, voices: list[Voice]) -> None:
        self._voices = voices
        self._systems: Systems = {}
        self._hays: list[str] = []
        self._stale: set[int] = set()
        self._census = Census()
        self._index: Bigrams | None = None
        self._library = Library()
        self._words: Words = ()
        self._found: list[int] = []
        self._todo: list[int] = []
        self._at = 0
        self._remembered: dict[Words, list[int]] = {}

    # -- searching ----------------------------------------------------------------------------------

    @property
    def done(self) -> bool:
        """Whether all that there is has been looked at."""
        return self._at >= len(self._todo)

    def begin(self, passing: Callable[[], list[int]], words: Words) -> list[int]:
        """The slots found at once; the list grows by what `go_on` finds. `passing` are those that may be found, in
        the order of the rows."""
        narrower = self.done and bool(self._remembered) and narrows(words, self._words)
        before, self._words, self._todo, self._at = self._found, words, [], 0
        known = self._remembered.get(words)
        if known is not None:
            self._found = known
        elif not words:
            self._found = passing()
        elif has_long(words):
            self._found, self._todo = [], passing()
        elif self._index and len(self._stale) < len(self._hays) // 4:
            self._found = self._by_index(self._index, passing(), words)
        else:
            self._found, self._todo = [], before if narrower else passing()
        if self.done:
            self._remember()
        return self._found

    def go_on(self, budget_s: float) -> list[int]:
        """What comes behind the rows found so far."""
        until = perf_counter() + budget_s
        found: list[int] = []
        while not self.done:
            found += self.matching(self._todo[self._at : self._at + BLOCK])
            self._at += BLOCK
            if perf_counter() > until:
                break
        return found

    def note(self, found: list[int]) -> None:
        """They are rows now."""
        self._found += found
        if self.done:
            self._remember()

    def matching(self, slots: list[int]) -> list[int]:
        if not self._words:
            return slots
        if self._stale:
            for slot in self._stale.intersection(slots):
                self._read(slot)
        hays = self._hays
        if has_long(self._words):
            return [slot for slot in slots if found_in(self._voices[slot], hays[slot], self._words)]
        if len(self._words) == 1:
            word = self._words[0]
            return [slot for slot in slots if word in hays[slot]]
        return [slot for slot in slots if matches(hays[slot], self._words)]

    def settle(self, found: list[int]) -> None:
        """What is found now that some voices have changed."""
        self.forget()
        self._found = found
        self._remember()

    def forget(self) -> None:
        """Earlier results hold no more."""
        self._remembered.clear()

    # -- knowing the voices -------------------------------------------------------------------------

    def name_systems(self, systems: Systems) -> None:
        self._systems = systems

    def take_in(self, slots: list[int]) -> None:
        """New or changed voices."""
        if missing := len(self._voices) - len(self._hays):
            self._hays += [""] * missing
        self._stale.update(slots)

    def drop(self, slot: int) -> None:
        self._hays[slot] = ""
        self._stale.discard(slot)
        self._census.drop(slot)

    def catch_up(self, budget_s: float) -> None:
        """Reads voices that nobody has looked for yet."""
        until = perf_counter() + budget_s
        if not self._stale:
            self._make_index()
        while self._stale and perf_counter() < until:
            slots = [self._stale.pop() for _ in range(min(BLOCK, len(self._stale)))]
            for slot in slots:
                self._read(slot)
            if self._index:
                self._index.put(slots, [self._hays[slot] for slot in slots])

    @property
    def behind(self) -> bool:
        """Whether `catch_up` has something to do: voices to read, or an index of them to make."""
        return self.unread or (self._index is None and len(self._hays) >= INDEX_FROM)

    @property
    def unread(self) -> bool:
        return bool(self._stale)

    @property
    def loading(self) -> bool:
        """Whether what the index takes is on its way."""
        return self._library.loading()

    def facets(self) -> Facets:
        return self._census.facets()

    # -- how it is done -----------------------------------------------------------------------------

    def _by_index(self, index: Bigrams, source: list[int], words: Words) -> list[int]:
        """The whole answer where the index gives it; else nothing, and `_todo` to look through."""
        maybe = index.candidates(words, source, self._stale)
        if not self._stale and index.certain(words):
            return maybe
        self._todo = maybe
        return []

    def _remember(self) -> None:
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        self._remembered[self._words] = self._found

    def _read(self, slot: int) -> None:
        voice = self._voices[slot]
        info = self._systems.get(voice.system)
        self._hays[slot] = haystack(voice, info.label if info else "", state_word(voice, info))
        self._census.count(slot, voice)

    def _make_index(self) -> None:
        if self._index is None and len(self._hays) >= INDEX_FROM and self._library.ready():
            self._index = Bigrams()
            self._stale = {slot for slot, hay in enumerate(self._hays) if hay}
            self._index.candidates(("ab", "c"), [0])  # the first use of numpy takes as long as a frame
