"""The Library at 1,000, 10,000 and 100,000 voices: from a key to the painted result, beside a bare table.

`python -m tests.bench.library COUNT` plays it in a process of its own; figures go to stdout as JSON. A key is what is
typed into the search field; it ends when rows and count are painted. The floor is a table of as many rows and columns
of one unchanging word, that is reset and painted.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from tests.bench.report import Row
from tests.bench.voices import voices

COUNTS = {1_000: "16", 10_000: "16", 100_000: "25"}
RUNS = 5
WIDTH, HEIGHT = 1100, 650
TYPED = ("museum", "calm d", "zither", "小雨", "рассказчик", "warm steady", "7f3", "Straßen")
"""As a person types them, letter by letter, and takes them back with Backspace."""
FLOOR_FRAMES = 60


def measure() -> list[Row]:
    return [row for count, aim in COUNTS.items() for row in _rows(count, aim)]


def _rows(count: int, aim: str) -> list[Row]:
    command = [sys.executable, "-m", "tests.bench.library", str(count)]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=300)
    figures: dict[str, list[float]] = json.loads(found.stdout)
    made = [
        Row(f"{count:,}: {words}", "ms", figures[what], figures["floor"], aim=aim if aimed else "")
        for what, words, aimed in (
            ("typed", "key to painted result", True),
            ("back", "Backspace to painted result", True),
            ("whole", "key to the last row found", False),
            ("filter", "filter to painted result", False),
            ("sort", "click on a header to painted result", False),
            ("first", "first state to painted rows", False),
            ("changed", "one voice changed, painted", False),
            ("page", "a page of 100 more, painted", False),
        )
    ]
    nineties = [
        Row(f"{count:,}: {words}, 99th percentile", "ms", figures[what], figures["floor-99"], aim=aim)
        for what, words in (("typed-99", "key to painted result"), ("back-99", "Backspace to painted result"))
    ]
    return [*made[:1], nineties[0], made[1], nineties[1], *made[2:]]


def main() -> None:
    from PySide6.QtWidgets import QApplication

    from studio.ui import theme

    app = QApplication([])
    theme.prepare(app)
    print(json.dumps(Measured(app, int(sys.argv[1])).figures()), flush=True)


class Measured:
    """Every run in turn with its floor."""

    def __init__(self, app: Any, count: int) -> None:
        self._app = app
        self._voices = voices(count)
        self._page = voices(100, seed=7)
        self._times: dict[str, list[list[float]]] = {}

    def figures(self) -> dict[str, list[float]]:
        bare = self._shown(_bare(len(self._voices)))
        for _ in range(RUNS):
            frames = [_ms(partial(self._reset, bare)) for _ in range(FLOOR_FRAMES)]
            self._note("floor", frames)
            self._tab = self._shown(_tab())
            self._state = _state(self._voices)
            self._note("first", [_ms(lambda: self._drawn(lambda: self._tab.render(self._state)))])
            self._settle()
            self._note_search()
            self._note_choices()
            self._note_changes()
            self._tab.close()
            self._tab.deleteLater()
            self._app.processEvents()
        medians = {name: [statistics.median(times) for times in runs] for name, runs in self._times.items()}
        return medians | {f"{name}-99": _ninety_ninth(runs) for name, runs in self._times.items()}

    def _note_search(self) -> None:
        typed: list[float] = []
        back: list[float] = []
        whole: list[float] = []
        for query in TYPED:
            for end in range(1, len(query) + 1):
                began = time.perf_counter()
                typed.append(self._search(query[:end]))
                while self._tab.table.voices.searching():
                    self._app.processEvents()
                whole.append((time.perf_counter() - began) * 1000)
            back += [self._search(query[:end]) for end in range(len(query) - 1, -1, -1)]
        for name, times in (("typed", typed), ("back", back), ("whole", whole)):
            self._note(name, times)

    def _note_choices(self) -> None:
        from studio.domain.search import Filter
        from studio.ui.library.columns import Column

        table = self._tab.table
        wanted = (Filter(system="qwen"), Filter(tag="museum", favourite=True), Filter())
        self._note("filter", [self._timed(lambda one=one: table.apply(one)) for one in wanted])
        columns = (Column.NAME, Column.RATING, Column.PITCH, Column.STATUS, Column.CREATED)
        self._note("sort", [self._timed(lambda one=one: table.header.sort_by(one)) for one in columns])

    def _note_changes(self) -> None:
        times: list[float] = []
        for number in range(20):
            place = number * 7 % len(self._state.voices)
            changed = list(self._state.voices)
            changed[place] = replace(changed[place], notes=f"note {number}")
            times.append(self._render(tuple(changed)))
        self._note("changed", times)
        self._note("page", [self._render((*self._page[:at], *self._voices)) for at in (20, 50, 100)])

    def _search(self, query: str) -> float:
        took = self._timed(lambda: self._tab.search.setText(query))
        self._app.processEvents()  # the rest of the search, and what else was put off
        return took

    def _render(self, those: tuple[Any, ...]) -> float:
        self._state = replace(self._state, voices=those)
        return self._timed(lambda: self._tab.render(self._state))

    def _timed(self, work: Callable[[], object]) -> float:
        return _ms(lambda: self._drawn(work))

    def _drawn(self, work: Callable[[], object]) -> None:
        """What is asked for, laid out and painted, as the next turn of the loop does it."""
        work()
        self._app.sendPostedEvents()

    def _reset(self, bare: Any) -> None:
        bare.model().beginResetModel()
        bare.model().endResetModel()
        self._app.sendPostedEvents()

    def _settle(self) -> None:
        """Every voice is read."""
        seeker = self._tab.table.voices.rows.seeker
        while seeker.behind:
            self._app.processEvents()

    def _shown(self, widget: Any) -> Any:
        from PySide6.QtTest import QTest

        widget.resize(WIDTH, HEIGHT)
        widget.show()
        QTest.qWaitForWindowExposed(widget)
        return widget

    def _note(self, name: str, times: list[float]) -> None:
        self._times.setdefault(name, []).append(times)


def _ninety_ninth(runs: list[list[float]]) -> list[float]:
    """Of all runs together: one has too few keys for it."""
    every = [time for times in runs for time in times]
    return [statistics.quantiles(every, n=100)[98]]


def _tab() -> Any:
    from studio.domain.memory import Memory
    from studio.ui.library.tab import LibraryTab
    from tests.ui.systems import EVERY

    made = LibraryTab(Memory())
    made.render_systems(EVERY)
    return made


def _state(those: tuple[Any, ...]) -> Any:
    from studio.flows.library_state import LibraryState

    return LibraryState(voices=those, loaded=True, complete=True)


def _bare(rows: int) -> Any:
    """The floor: as many rows of one word, in Qt's table with Qt's own drawing."""
    from PySide6.QtCore import QAbstractTableModel, Qt
    from PySide6.QtWidgets import QTableView

    class Same(QAbstractTableModel):
        def rowCount(self, parent: object = None) -> int:
            return rows

        def columnCount(self, parent: object = None) -> int:
            return 7

        def data(self, index: object, role: int = 0) -> str | None:
            return "voice" if role == Qt.ItemDataRole.DisplayRole else None

    bare = QTableView()
    bare.setModel(Same(bare))
    bare.setShowGrid(False)
    bare.verticalHeader().hide()
    return bare


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
