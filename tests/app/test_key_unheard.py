"""Whoever listens on the accessibility bus hears what is written elsewhere, but never a key."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.elsewhere import KEYS
from tests.app.outside import SYSTEM_PYTHON, Program
from tests.fakes.gate import PLANTED_KEY

HEARING = Path(__file__).with_name("hearing.py")
CLIPBOARD = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
app.clipboard().setText(sys.argv[1])
print("ready", flush=True)
app.exec()
"""


@contextmanager
def running(*command: str | Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has said in its first line that it is there."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        assert "ready" in process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


def heard_until(ears: subprocess.Popen[str], mark: str) -> str:
    """All texts up to the one that has the mark in it."""
    said = ""
    assert ears.stdout
    while mark not in said:
        said += json.loads(ears.stdout.readline())[1]
    return said


@pytest.mark.usefixtures("home")
def test_nobody_hears_a_key() -> None:
    with Program(environment=dict.fromkeys(KEYS, "")) as program, running(SYSTEM_PYTHON, HEARING) as ears:
        program.label("Ready")
        program.type("Preview text", "before it")
        assert heard_until(ears, "before it")
        program.press("Settings")  # with the cursor in the first key
        program.label("Keys are kept")
        xdotool("type", "--delay", "20", PLANTED_KEY)
        xdotool("key", "--delay", "20", "Return")
        program.label("Key in the keyring, ending …d856")  # it was typed there, and is cleared now
        with running(sys.executable, "-c", CLIPBOARD, PLANTED_KEY):
            xdotool("key", "--delay", "20", "ctrl+v", "Return")
            program.label("Saved")
        program.type_in("EvoLink", "API key", PLANTED_KEY, role="password")
        program.type("Preview text", "after it")
        said = heard_until(ears, "after it")
        program.press_in("Alibaba Model Studio", "Forget key")
        program.label("No key")
        assert program.close() == []
    assert said.replace("before it", "").strip() == "after it"
