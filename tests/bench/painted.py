"""Starts the program, or the bare window that is its floor, and says on stdout when it has painted.

`python -m tests.bench.painted bare|studio`: one line, the monotonic time of the first paint.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMainWindow


def say_when_painted(window_class: type[QMainWindow]) -> None:
    handle = window_class.event
    said: list[float] = []

    def event(self: QMainWindow, event: QEvent) -> bool:
        handled = handle(self, event)
        if event.type() == QEvent.Type.Paint and not said:
            said.append(time.monotonic())
            print(said[0], flush=True)
        return handled

    window_class.event = event


def bare() -> None:
    class Bare(QMainWindow):
        pass

    say_when_painted(Bare)
    app = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(1100, 720)
    window.show()
    sys.exit(app.exec())


def studio() -> None:
    from studio import main
    from studio.ui.window import Window

    say_when_painted(Window)
    sys.exit(main.main([]))


bare() if sys.argv[1] == "bare" else studio()
