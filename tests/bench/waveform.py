"""An hour-long take in the editor: its first picture, then panned and zoomed, beside a bare widget that is repainted.

`python -m tests.bench.waveform` plays it in a process of its own; figures go to stdout as JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from tests.bench.report import Row

RATE_HZ, SECONDS, BASE = 48_000, 3600, 256
RUNS, FRAMES = 5, 240
WIDTH, HEIGHT = 1200, 420
FRAME_MS = "16.7"


def measure() -> list[Row]:
    found = subprocess.run(
        [sys.executable, "-m", "tests.bench.waveform"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
        env={**os.environ},
    )
    figures: dict[str, list[float]] = json.loads(found.stdout)
    rows = [Row("an hour's outline to its first picture", "ms", figures["first"], aim="300")]
    for what, words in (
        ("pan", "pan"),
        ("zoom", "zoom, an hour to 20 ms and back"),
        ("fine", "pan, drawn from the file's samples"),
        ("playhead", "playhead moves"),
        ("drag", "handle dragged"),
    ):
        rows.append(Row(f"{words}: a frame", "ms", figures[what], figures["bare"], aim=FRAME_MS))
        rows.append(Row(f"{words}: 99th percentile", "ms", figures[f"{what}-99"], figures["bare-99"], aim=FRAME_MS))
    return rows


def main() -> None:
    from PySide6.QtWidgets import QApplication

    from studio.ui import theme

    app = QApplication([])
    theme.prepare(app)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(Measured(app, Path(folder)).figures()), flush=True)


class Measured:
    """Every run in turn with its floor."""

    def __init__(self, app, folder: Path) -> None:
        from studio.domain.takes import Take

        self._app = app
        raw = folder / "raw.wav"
        _write_hour(raw)
        self._take = Take(uuid4(), "An hour", datetime.now(UTC), RATE_HZ, RATE_HZ * SECONDS, raw)
        self._figures: dict[str, list[float]] = {}

    def figures(self) -> dict[str, list[float]]:
        outline = _outline()
        bare = _bare()
        for _ in range(RUNS):
            editor = self._editor()
            self._note("first", _ms(partial(self._first_picture, editor, outline)))
            self._frames("bare", lambda _: bare.repaint())
            for name, step in self._steps(editor).items():
                self._frames(name, step)
            editor.close()
            editor.deleteLater()
            self._app.processEvents()
        return self._figures

    def _editor(self):
        from studio.audio.darkroom import SoundDarkroom
        from studio.ui.sound.editor import SoundEditor

        editor = SoundEditor()
        editor.set_fine(SoundDarkroom().fine)
        editor.resize(WIDTH, HEIGHT)
        editor.show()
        self._settle()
        return editor

    def _first_picture(self, editor, outline) -> None:
        """What the flow does once the outline is there, until it is on the screen."""
        from studio.flows.takes import TakesState

        editor.render_takes(TakesState(takes=(self._take,), chosen=self._take, outline=outline))
        editor.layout().activate()
        editor.view.repaint()

    def _steps(self, editor) -> dict[str, Callable[[int], None]]:
        from studio.ui.sound.grips import Grip
        from studio.ui.sound.scale import Shown

        view, whole = editor.view, Shown.whole(float(SECONDS))
        minute, second = whole.fitted(1000.0, 1060.0), whole.fitted(1000.0, 1001.0)
        factor = (SECONDS / 0.02) ** (2 / FRAMES)

        def shown(part: Shown) -> None:
            view.show_part(part)
            view.repaint()

        def zoom(frame: int) -> None:
            if frame == 0:
                view.show_part(whole)
            view.zoom(factor if frame < FRAMES / 2 else 1 / factor, 1234.5)
            view.repaint()

        def playhead(frame: int) -> None:
            if frame == 0:
                view.show_part(minute)
            view.render_playhead(1000.0 + frame * 0.03)
            self._app.processEvents()  # strips only, as in the window: a repaint would be of the whole

        def drag(frame: int) -> None:
            editor.draft.move(Grip.START, 1000.0 + frame * 0.1)
            view.repaint()

        return {
            "pan": lambda frame: shown(minute.moved(frame * 0.7)),
            "zoom": zoom,
            "fine": lambda frame: shown(second.moved(frame * 0.02)),
            "playhead": playhead,
            "drag": drag,
        }

    def _frames(self, name: str, step: Callable[[int], None]) -> None:
        times = [_ms(partial(step, frame)) for frame in range(FRAMES)]
        self._note(name, statistics.median(times))
        self._note(f"{name}-99", statistics.quantiles(times, n=100)[98])

    def _note(self, name: str, figure: float) -> None:
        self._figures.setdefault(name, []).append(figure)

    def _settle(self) -> None:
        from PySide6.QtTest import QTest

        QTest.qWait(100)


def _bare():
    """The floor: a widget of the same size that is filled with one colour."""
    from PySide6.QtGui import QPainter
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    class Bare(QWidget):
        def paintEvent(self, event: object) -> None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), self.palette().base())
            painter.end()

    bare = Bare()
    bare.resize(WIDTH, HEIGHT)
    bare.show()
    QTest.qWaitForWindowExposed(bare)
    return bare


def _ms(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _outline():
    """Syllables of unlike height for an hour: 675,000 columns of 256 frames, and the levels above them."""
    import numpy as np

    from studio.domain.takes import Outline

    columns = -(-RATE_HZ * SECONDS // BASE)
    at_s = np.arange(columns) * (BASE / RATE_HZ)
    chance = np.random.default_rng(4).random(columns)
    high = np.round(100 * np.abs(np.sin(at_s * 9)) * np.clip(np.sin(at_s * 1.1), 0.02, None) * (0.6 + 0.4 * chance))
    levels = [np.stack((-high, high), axis=1).astype(np.int8)]
    while len(levels[-1]) > 1:
        finer = levels[-1]
        even = np.concatenate((finer, finer[-1:])) if len(finer) % 2 else finer
        pairs = even.reshape(-1, 2, 2)
        levels.append(np.stack((pairs[:, :, 0].min(axis=1), pairs[:, :, 1].max(axis=1)), axis=1))
    return Outline(tuple(levels), BASE, RATE_HZ * SECONDS, RATE_HZ)


def _write_hour(path: Path) -> None:
    """A file with holes: an hour of silence that takes no room, with a header before it."""
    import struct

    data = 2 * RATE_HZ * SECONDS
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + data, b"WAVE", b"fmt ", 16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16, b"data", data
    )
    with path.open("wb") as file:
        file.write(head)
        file.truncate(len(head) + data)


if __name__ == "__main__":
    main()
