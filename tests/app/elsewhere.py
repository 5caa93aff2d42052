"""The program in a process of its own, with pretend systems for the vendors' servers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes.gate import PLANTED_KEY

DESCRIPTION = "A composed middle-aged male announcer with a deep, rich and magnetic voice."
TEXT = "Dear listeners, hello everyone. Welcome to the evening news."
KEYS = ("DASHSCOPE_API_KEY", "EVOLINK_API_KEY", "NOIZ_API_KEY")


@dataclass
class Commands:
    """Runs commands against base URLs; everything printed is searched for the key."""

    urls: Mapping[str, str]
    keys: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(KEYS, PLANTED_KEY))

    def run(self, *words: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            self._argv(words), capture_output=True, text=True, timeout=90, env=self._environment(), input=given
        )
        assert PLANTED_KEY not in ended.stdout + ended.stderr
        return ended

    def document(self, *words: str | Path) -> Any:
        """The one JSON document of a command that ends well."""
        ended = self.run(*words, "--json")
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    def failure(self, code: int, *words: str | Path) -> Any:
        """What the JSON document of a command that fails says."""
        ended = self.run(*words, "--json")
        assert ended.returncode == code, ended.stdout + ended.stderr
        return json.loads(ended.stdout)["error"]

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._argv(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self._environment()
        )

    def _argv(self, words: tuple[str | Path, ...]) -> list[str]:
        return [sys.executable, "-X", "dev", "-m", "studio", *map(str, words)]

    def _environment(self) -> dict[str, str]:
        bare = {name: value for name, value in os.environ.items() if name not in KEYS}
        return {**bare, **self.urls, **self.keys}


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)


def design(system: str, output: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return ("design", "--system", system, "--description", DESCRIPTION, "--text", TEXT, "--output", output, *more)


def until(true: Callable[[], object]) -> None:
    """Looks again and again, for twenty seconds at most."""
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.02)
