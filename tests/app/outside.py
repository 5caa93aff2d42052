"""The program as a stranger meets it: a process of its own, worked through the accessibility bus."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

# Lines of libraries about this machine's buses and its speed, none of our doing: Qt's bridge tells when it is asked
# for a widget that has just gone, ALSA of every underrun that the playing thread recovers from, asyncio (in development
# mode) of steps that took long.
FOREIGN = ("qt.accessibility.atspi:", "ALSA lib pcm.c", "Executing <")
DRIVER = Path(__file__).with_name("atspi_driver.py")
SYSTEM_PYTHON = "/usr/bin/python3"


class Program:
    """`with Program() as program:` starts the window and waits until the bus knows it."""

    def __init__(self, *, environment: dict[str, str] | None = None) -> None:
        command = [sys.executable, "-X", "dev", "-m", "studio"]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", **(environment or {})},
            stderr=subprocess.PIPE,
            text=True,
        )
        self._driver = subprocess.Popen(
            [SYSTEM_PYTHON, str(DRIVER), "Voice Studio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def press(self, name: str) -> None:
        self._do("press", name)

    def type(self, name: str, text: str) -> None:
        self._do("type", name, text)

    def text(self, name: str) -> str:
        return self._do("text", name)

    def tab(self, name: str) -> None:
        self._do("tab", name)

    def label(self, start: str, seconds: float = 10) -> str:
        """The text of the first showing label that starts so, waited for."""
        return self._do("label", start, seconds)

    def choose(self, label: str, item: str) -> None:
        """The item of the combo box with this label that holds these words."""
        self._do("choose", label, item)

    def chosen(self, label: str) -> str:
        return self._do("chosen", label)

    def check(self, name: str) -> None:
        self._do("check", name)

    def press_in(self, group: str, name: str) -> None:
        self._do("press_in", group, name)

    def type_in(self, group: str, name: str, text: str, *, role: str = "text") -> None:
        self._do("type_in", group, role, name, text)

    def rows(self, name: str, count: int) -> list[list[str]]:
        """The table's cells once it has `count` rows."""
        return self._do("wait_rows", name, count)

    def select_row(self, name: str, row: int) -> None:
        self._do("select_row", name, row)

    def shows(self, role: str, name: str) -> bool:
        return self._do("shows", role, name)

    def children(self) -> list[int]:
        """The processes that the program has started."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text().split()]

    def close(self) -> list[str]:
        """Ends as Ctrl+C in the terminal does; returns the complaints on stderr. The exit code must be 0."""
        words = self.end(signal.SIGINT)
        assert self.process.returncode == 0, words
        return [line for line in words.splitlines() if not line.startswith(FOREIGN)]

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals) -> str:
        for stream in (self._driver.stdin, self._driver.stdout):
            if stream:
                stream.close()
        self._driver.wait(10)
        if self.process.poll() is None:
            self.process.send_signal(how)
        if self.process.stderr is None or self.process.stderr.closed:
            return ""
        try:
            words = self.process.communicate(timeout=10)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return words

    def _do(self, what: str, *arguments: object) -> Any:
        assert self._driver.stdin
        print(json.dumps({"do": what, "with": arguments}), file=self._driver.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        assert self._driver.stdout
        line = self._driver.stdout.readline()
        if not line:
            raise AssertionError("the driver ended: " + self.end(signal.SIGKILL))
        answer = json.loads(line)
        if not answer["ok"]:
            raise AssertionError(f"{answer['error']}; the program: {self.process.poll()} {self.end(signal.SIGKILL)}")
        return answer.get("value")
