"""What a start loads: nothing for --version, no Qt for commands, nothing heavy before the window has painted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("numpy", "httpx", "keyring", "soundfile", "sounddevice", "soxr", "pykakasi", "pulsectl", "PySide6.QtNetwork")


def loaded_after(code: str) -> set[str]:
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(ended.stdout.splitlines())


def test_the_version_costs_nothing() -> None:
    loaded = loaded_after("from studio.main import main\nassert main(['--version']) == 0")
    assert "voice-studio 0.1.0" in loaded
    assert loaded.isdisjoint({"asyncio", "argparse", "PySide6", "numpy", "sqlite3", "studio.cli"})


@pytest.mark.usefixtures("home")
def test_commands_load_no_qt() -> None:
    loaded = loaded_after("from studio.main import main\nassert main(['voices']) == 0")
    assert "studio.cli" in loaded
    assert not [name for name in loaded if name.startswith(("PySide6", "qasync", "studio.ui"))]


@pytest.mark.usefixtures("home")
def test_sums_are_done_by_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    count = "import numpy\nimport threading, os\nthreads = len(os.listdir('/proc/self/task'))\n"
    code = "from studio.main import main\nmain(['voices'])\n" + count + "assert threads == threading.active_count()"
    loaded_after(code)


@pytest.mark.usefixtures("home")
def test_the_window_paints_before_anything_heavy() -> None:
    loaded = loaded_after("from studio import main\nmain.painted()")
    assert "studio.ui.window" in loaded
    assert loaded.isdisjoint({*HEAVY, "asyncio", "qasync", "sqlite3"})


@pytest.mark.usefixtures("home")
def test_the_flows_behind_the_window_bring_nothing_heavy() -> None:
    loaded = loaded_after("from studio import main\napp, window = main.painted()\nmain.Stage(window)")
    assert "studio.flows.design" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_the_assets_are_found() -> None:
    from studio.assets import asset

    assert asset("icons").is_dir()
    assert isinstance(asset("icons", "play.svg"), Path)
