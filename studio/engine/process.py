"""The worker as the program sees it: a child process, a thread that reads it and one that writes to it.

No call here waits for the child but `start` and `end`, which are for a thread.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING

from studio.engine import protocol
from studio.engine.protocol import Kind, Message, Value

if TYPE_CHECKING:
    from pathlib import Path

Command = tuple[str, ...]
OnMessage = Callable[[Message | None], None]
Out = tuple[Kind, int, dict[str, Value]]

_GRACE_S = 0.4


def default_command() -> Command:
    """Without positions in tracebacks and with UTF-8 everywhere: a smaller child that is the same on all systems."""
    return (sys.executable, "-X", "utf8", "-X", "no_debug_ranges", "-m", "studio.engine.worker")


class Child:
    """`on_message` is called in the reading thread, with None as the last thing when the child has ended."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, on_message: OnMessage) -> None:
        self._process = process
        self._folder = folder
        self._on_message = on_message
        self._out: SimpleQueue[Out | None] = SimpleQueue()
        self._threads = (
            threading.Thread(target=self._read, name="engine-reader", daemon=True),
            threading.Thread(target=self._write, name="engine-writer", daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @classmethod
    def start(cls, command: Command, on_message: OnMessage) -> Child:
        """The folder for the worker's data is added to the command.

        Blocks for as long as the system takes. Raises OSError when there is no such command.
        """
        from studio.engine import datadir

        folder = datadir.make()
        try:
            return cls(_started((*command, str(folder))), folder, on_message)
        except OSError:
            datadir.remove(folder)
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Until the last message has been handed over."""
        return self._threads[0].is_alive()

    def send(self, kind: Kind, number: int, **more: Value) -> None:
        """Returns at once; a child that is gone says so by its end."""
        self._out.put((kind, number, more))

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """Closes the child's input, waits, kills if it must, and leaves nothing behind; the exit code."""
        self._out.put(None)
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        _remove(self._folder)  # a killed child could not
        return self._process.returncode

    def _read(self) -> None:
        pipe = self._process.stdout
        while pipe and (message := protocol.read(pipe)):
            self._on_message(message)
        self._on_message(None)

    def _write(self) -> None:
        pipe = self._process.stdin
        while pipe and (out := self._out.get()):
            kind, number, more = out
            with suppress(OSError, ValueError):
                protocol.write(pipe, kind, number, b"", **more)
        if pipe:
            with suppress(OSError):
                pipe.close()


def _started(command: Command) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=-1,
        env={name: value for name, value in os.environ.items() if not name.upper().endswith("_API_KEY")},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows, no console window flashes up
    )


def _remove(folder: Path) -> None:
    from studio.engine import datadir

    datadir.remove(folder)
