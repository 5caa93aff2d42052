"""The voices as rows: which there are, in which order, which of them are shown. Nothing of Qt; on one thread.

Each voice has a slot, a number that it keeps while it is in the library. A new tuple of voices is compared with the
one before by identity, so that what a change costs is what has changed, and a look at the rest.
"""

from __future__ import annotations

from bisect import insort_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum
from itertools import compress
from operator import is_
from typing import Any
from uuid import UUID

from studio.domain.search import Filter, Test, criteria_of, words_of
from studio.domain.voices import Origin, Voice
from studio.ui.library.columns import Column, Systems, sort_key
from studio.ui.library.seeking import Seeker

FEW = 64
"""Voices that are put in their places one by one; more are sorted."""
MANY = 256
"""Voices that are looked at before the rows are drawn; of more the rest comes in behind."""


class Change(Enum):
    """What a new tuple of voices means for the rows that are shown."""

    NONE = "none"
    CELLS = "cells"
    ROWS = "rows"


class Rows:
    """`shown` are slots in the order of the rows; more may follow at its end while `seeking`."""

    def __init__(self) -> None:
        self.voices: list[Voice] = []
        self.shown: list[int] = []
        self.filter = Filter()
        self.column, self.down = Column.CREATED, True
        self.systems: Systems = {}
        self.seeker = Seeker(self.voices)
        self.totals = {False: 0, True: 0}
        self._given: tuple[Voice, ...] = ()
        self._slots: dict[int, int] = {}
        self._free: list[int] = []
        self._tests: tuple[Test, ...] = criteria_of(self.filter, {})
        self._passes = bytearray()
        self._newest: list[int] = []
        self._order: list[int] = []
        self._keys: list[Any] = []
        self._by_id: dict[UUID, int] = {}
        self._base: list[int] | None = None

    # -- what there is ------------------------------------------------------------------------------

    def render_voices(self, voices: tuple[Voice, ...], systems: Systems) -> Change:
        anew = systems != self.systems
        if anew:
            self._forget_all(systems)
        elif voices is self._given:
            return Change.NONE
        came, went = self._difference(voices)
        self._given = voices
        if not came and not went and not anew:
            return Change.NONE
        self._count(came, [self.voices[slot] for slot in went])
        touched, moved = self._take_in(came, went)
        self._put_in_order(moved)
        return self._show_changed(touched, anew or bool(moved) or len(went) > len(touched))

    def apply(self, wanted: Filter) -> None:
        """Begins to look for what the filter lets through; `seeker.go_on` tells what it finds."""
        before, self.filter = self.filter, wanted
        if replace(before, query=wanted.query) != wanted:
            self._tests = criteria_of(wanted, self.systems)
            self._pass_all()
        self.seek()

    def sort(self, column: Column, *, down: bool) -> None:
        if column is not self.column:
            self.column = column
            key = sort_key(column, self.systems)
            self._keys = [key(voice) for voice in self.voices]
        self.down = down
        self._sort_all()
        self._base = None
        self.seeker.forget()
        self.seek()

    def seek(self) -> None:
        """Anew, in the order of now."""
        self.shown = self.seeker.begin(self._passing, words_of(self.filter.query))

    # -- questions ----------------------------------------------------------------------------------

    def voice(self, row: int) -> Voice | None:
        return self.voices[self.shown[row]] if 0 <= row < len(self.shown) else None

    def slot_of(self, library_id: UUID | None) -> int:
        """-1 for a voice that isn't here."""
        if library_id is None:
            return -1
        slot = self._by_id.get(library_id, -1)
        if not (0 <= slot < len(self.voices) and self.voices[slot].library_id == library_id and self._is_used(slot)):
            number = library_id.int
            found = (slot for slot in self._newest if self.voices[slot].library_id.int == number)
            slot = self._by_id[library_id] = next(found, -1)
        return slot

    def row_of(self, library_id: UUID | None) -> int:
        """-1 for a voice that isn't shown."""
        return self.row_of_slot(self.slot_of(library_id))

    def row_of_slot(self, slot: int) -> int:
        if slot < 0:
            return -1
        try:
            return self.shown.index(slot)
        except ValueError:
            return -1

    # -- how it is done -----------------------------------------------------------------------------

    def _forget_all(self, systems: Systems) -> None:
        """Words and order are told with the systems' names."""
        self._take_in([], list(self._slots.values()))
        self.totals = {False: 0, True: 0}
        self.systems, self._given = systems, ()
        self._tests = criteria_of(self.filter, systems)
        self.seeker.name_systems(systems)

    def _difference(self, voices: tuple[Voice, ...]) -> tuple[list[Voice], list[int]]:
        """The voices that came, and the slots of those that went; a changed voice is in both."""
        given, slots = self._given, self._slots
        first = _alike(given, voices)
        last = min(_alike(given[::-1], voices[::-1]), min(len(given), len(voices)) - first)
        came = [voice for voice in voices[first : len(voices) - last] if id(voice) not in slots]
        there = set(map(id, voices[first : len(voices) - last]))
        return came, [slots[id(voice)] for voice in given[first : len(given) - last] if id(voice) not in there]

    def _take_in(self, came: list[Voice], went: list[int]) -> tuple[list[int], list[int]]:
        """The slots of what came, and those whose place in the order isn't right any more."""
        replaced = {self.voices[slot].library_id.int: slot for slot in went}  # the hash of a UUID is Python's
        key = sort_key(self.column, self.systems)
        for slot in went:
            del self._slots[id(self.voices[slot])]
        touched: list[int] = []
        moved: list[int] = []
        for voice in came:
            slot = replaced.pop(voice.library_id.int, -1) if replaced else -1
            told = key(voice)
            if slot < 0:
                slot = self._free.pop() if self._free else self._grow(voice)
                moved.append(slot)
            elif self._keys[slot] != told or self.voices[slot].created != voice.created:
                moved.append(slot)
            self.voices[slot], self._keys[slot] = voice, told
            self._slots[id(voice)] = slot
            touched.append(slot)
        for slot in replaced.values():
            self._passes[slot] = 0
            self.seeker.drop(slot)
        self._leave_out({*replaced.values(), *moved})
        self._free.extend(replaced.values())
        self.seeker.take_in(touched)
        return touched, moved

    def _count(self, came: list[Voice], went: list[Voice]) -> None:
        for voices, sign in ((came, 1), (went, -1)):
            built_in = sum(voice.origin is Origin.BUILT_IN for voice in voices)
            self.totals[True] += sign * built_in
            self.totals[False] += sign * (len(voices) - built_in)

    def _grow(self, voice: Voice) -> int:
        self.voices.append(voice)
        self._keys.append(None)
        self._passes.append(0)
        return len(self.voices) - 1

    def _leave_out(self, slots: set[int]) -> None:
        if slots:
            self._newest = [slot for slot in self._newest if slot not in slots]
            self._order = [slot for slot in self._order if slot not in slots]

    def _put_in_order(self, slots: list[int]) -> None:
        """New ones, or ones that were taken out."""
        voices = self.voices
        if len(slots) <= FEW:
            for slot in slots:
                insort_right(self._newest, slot, key=lambda one: -voices[one].created.timestamp())
                self._order.insert(self._place(slot), slot)
        else:
            self._newest += slots
            self._newest.sort(key=lambda slot: voices[slot].created, reverse=True)
            self._sort_all()

    def _sort_all(self) -> None:
        if self.column is Column.CREATED:
            self._order = self._newest[:] if self.down else self._newest[::-1]
            return
        keys = self._keys
        known = [slot for slot in self._newest if keys[slot] is not None]
        known.sort(key=keys.__getitem__, reverse=self.down)
        self._order = known + [slot for slot in self._newest if keys[slot] is None]

    def _place(self, slot: int) -> int:
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._before(self._order[middle], slot) else (low, middle)
        return low

    def _before(self, one: int, other: int) -> bool:
        mine, its = self._keys[one], self._keys[other]
        if mine == its:
            newer = self.voices[one].created > self.voices[other].created
            return newer or self.voices[one].created == self.voices[other].created
        if mine is None or its is None:
            return its is None
        return (mine > its) is self.down

    def _show_changed(self, touched: list[int], moved: bool) -> Change:
        """Voices that were in the rows, or are now, are all that is looked at."""
        self._base = None
        passing = self._pass_some(touched)
        if not self.seeker.done or len(touched) > MANY:
            self.seeker.forget()
            self.seek()
            return Change.ROWS
        before = set(self.shown)
        now = set(self.seeker.matching(passing))
        if not moved and now == before.intersection(touched):
            self.seeker.settle(self.shown)
            return Change.CELLS
        now |= before.difference(touched)
        self.shown = [slot for slot in self._order if slot in now]
        self.seeker.settle(self.shown)
        return Change.ROWS

    def _pass_all(self) -> None:
        self._base = None
        self.seeker.forget()
        self._passes = bytearray(len(self.voices))
        for slot in self._passed(self._newest):
            self._passes[slot] = 1

    def _pass_some(self, slots: list[int]) -> list[int]:
        passing = self._passed(slots)
        for slot in slots:
            self._passes[slot] = 0
        for slot in passing:
            self._passes[slot] = 1
        return passing

    def _passed(self, slots: Iterable[int]) -> list[int]:
        voices = self.voices
        for test in self._tests:
            slots = [slot for slot in slots if test(voices[slot])]
        return list(slots)

    def _passing(self) -> list[int]:
        if self._base is None:
            self._base = list(compress(self._order, map(self._passes.__getitem__, self._order)))
        return self._base

    def _is_used(self, slot: int) -> bool:
        return self._slots.get(id(self.voices[slot])) == slot


def _alike(some: Sequence[Voice], others: Sequence[Voice]) -> int:
    """How many are the same at the beginning."""
    same = list(map(is_, some, others))
    return same.index(False) if False in same else len(same)
