"""A library whose writers are killed at random moments, and what must be true of it then.

Shared by the tests, which do it some times, and the benchmark command, which does it two hundred.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from studio.store import Home, Store
from tests.store.dying_child import LISTED, PAGE

Start = Callable[..., subprocess.Popen[str]]
Said = list[list[str]]

AT_MOST_S = 0.15
"""Several rounds of what a child does."""


@dataclass
class Deaths:
    """`start` runs a script of this folder on the library; call its methods one after another, on any thread.

    `said` is what the children that keep voices have acknowledged so far, `stays` and `went` the voices of the
    children that delete, as they must be from then on, `pages` the turn in which each page of the list was told last.
    """

    place: Home
    start: Start
    chance: random.Random
    said: Said = field(default_factory=list)
    stays: set[str] = field(default_factory=set)
    went: set[str] = field(default_factory=set)
    turn: int = 0
    pages: dict[int, int] = field(default_factory=dict)

    def keep(self) -> None:
        """While candidates are put, kept, and given clips."""
        lines = self.chance.randint(1, 6)
        self.said += killed(self.start("churn"), self.chance.uniform(0, 0.01), lines)
        self.check()

    def refresh(self) -> None:
        """While a list comes in pages that repeat: each page is there whole or not at all, each voice once."""
        said = killed(self.start("refresh", self.turn, script="dying_child.py"), self.chance.uniform(0, AT_MOST_S))
        told = [(int(turn), int(start)) for what, turn, start in said if what == "told"]
        telling = [(int(turn), int(start)) for what, turn, start in said if what == "telling"]
        with self._library() as library:
            rows = library.execute(
                "SELECT voice_id, description, status, changed FROM voices WHERE account = 'listed'"
            ).fetchall()
        turns = {voice_id: int(words.removeprefix("Turn ")) for voice_id, words, _, _ in rows}
        assert len(rows) == len(turns) <= LISTED
        assert {status for _, _, status, _ in rows} <= {"ready"}
        for start in range(0, LISTED, PAGE):
            page = {turns.get(f"listed-{number}", 0) for number in range(start, start + PAGE)}
            last = max((turn for turn, of in told if of == start), default=self.pages.get(start, 0))
            begun = max((turn for turn, of in telling if of == start), default=last)
            assert page in ({last}, {begun})
            self.pages[start] = page.pop()
        self.turn = max([self.turn, *(turn for turn, _ in telling)])
        self.check()

    def delete(self) -> None:
        """While voices are hidden, brought back, told to their system, and purged."""
        seed = self.chance.getrandbits(32)
        said = killed(self.start("delete", seed, script="dying_child.py"), self.chance.uniform(0, AT_MOST_S))
        steps: dict[str, list[tuple[str, str]]] = {}
        for what, step, library_id in said:
            steps.setdefault(library_id, []).append((what, step))
        for library_id, done in steps.items():
            self._check_steps(library_id, done)
        self.check()

    def _check_steps(self, library_id: str, steps: list[tuple[str, str]]) -> None:
        """What was acknowledged last is so, or what was begun behind it."""
        did = [step for what, step in steps if what == "did"]
        possible = {_state(did[-1] if did else "")}
        if steps[-1][0] == "do":
            possible.add(_state(steps[-1][1]))
        with self._library() as library:
            found = library.execute("SELECT deleted, unsent FROM voices WHERE library_id = ?", (library_id,)).fetchone()
            clips = library.execute("SELECT file FROM clips WHERE library_id = ?", (library_id,)).fetchall()
        assert _found(found) in possible
        assert len(clips) == bool(found)
        (self.stays if found and not (found[0] and not found[1]) else self.went).add(library_id)

    def check(self) -> None:
        """The file is whole, no clip is without its sound, and nothing that was acknowledged is missing or twice."""
        with self._library() as library:
            check_sound(self.place, library)
            check_there(library, self.said)

    async def settle(self) -> None:
        """The next start: what no system was told of is back, what was told is gone, and nothing else has changed."""
        store = Store(self.place, undo_s=0)
        await store.shelf.purge()
        here = {str(one.library_id): one for one in await store.shelf.voices()}
        await store.aclose()
        assert self.stays <= here.keys()
        assert all(here[library_id].has_clips for library_id in self.stays)
        assert not self.went & here.keys()

    @contextmanager
    def _library(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.place.database)) as library:
            yield library


def killed(child: subprocess.Popen[str], after_s: float, lines: int = 1) -> Said:
    """What the child had said when it died, `after_s` behind so many lines; a line that was cut off isn't said."""
    assert child.stdout
    said = [child.stdout.readline() for _ in range(lines)]
    time.sleep(after_s)  # anywhere between two acknowledgements
    child.kill()
    said += child.stdout.readlines()
    child.wait()
    assert said[0], "it died by itself"
    return [line.split() for line in said if line.endswith("\n") and line != "here\n"]


def _state(step: str) -> str:
    return {"": "none", "add": "here", "restore": "here", "hide": "unsent", "send": "sent", "purge": "none"}[step]


def _found(row: tuple[int | None, str | None] | None) -> str:
    if row is None:
        return "none"
    deleted, unsent = row
    return "here" if deleted is None else "unsent" if unsent else "sent"


def check_sound(place: Home, library: sqlite3.Connection) -> None:
    assert library.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert library.execute("PRAGMA foreign_key_check").fetchall() == []
    for file, expected in library.execute("SELECT file, sha256 FROM clips"):
        assert hashlib.sha256((place.clips / file).read_bytes()).hexdigest() == expected
    stray = "SELECT * FROM clips WHERE library_id IS NULL AND clip_id NOT IN (SELECT clip_id FROM candidates)"
    assert library.execute(stray).fetchall() == []
    wrong = """
        SELECT library_id FROM voices WHERE revision = 0 OR revision > (SELECT last FROM revisions) OR has_clips <>
            EXISTS (SELECT 1 FROM clips WHERE clips.library_id = voices.library_id AND deleted IS NULL)
    """
    assert library.execute(wrong).fetchall() == []


def check_there(library: sqlite3.Connection, said: Said) -> None:
    voices = {one for (one,) in library.execute("SELECT library_id FROM voices")}
    waiting = {one for (one,) in library.execute("SELECT candidate_id FROM candidates")}
    clips = dict(library.execute("SELECT clip_id, library_id FROM clips"))
    for what, first, second in said:
        if what == "candidate":
            assert first in waiting or second in voices
        elif what == "voice":
            assert first in voices
            assert clips[second] == first
        else:
            assert clips[first] == second
