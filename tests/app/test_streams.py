"""Whatever becomes of a command and its streams: one document where it was asked for, and a telling exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.elsewhere import Commands, until
from tests.fakes.exchange import held
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.noiz import Noiz
from tests.fakes.server import ThreadedServer

STUDIO = f"{sys.executable} -m studio"


def shell(words: str) -> subprocess.CompletedProcess[str]:
    script = f"set -o pipefail; {words}"
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, env=dict(os.environ))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"{STUDIO} show nobody --json 2>&-", 6),
        (f"{STUDIO} show nobody --json 2>/dev/full", 6),
        (f"{STUDIO} accounts set-key noiz --json <&-", 2),
    ],
)
def test_a_stream_that_is_closed_or_full_takes_nothing_from_the_document(home: Path, words: str, code: int) -> None:
    ended = shell(words)
    assert ended.returncode == code
    assert json.loads(ended.stdout)["error"]["reason"] in ("no-such-voice", "bad-input")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"{STUDIO} show nobody --json | true", 6),
        (f"{STUDIO} voices --json | true", 0),
        (f"{STUDIO} voices --json >&-", 0),
        (f"{STUDIO} voices --json >/dev/full", 1),
    ],
)
def test_a_reader_that_has_gone_changes_no_exit_code(home: Path, words: str, code: int) -> None:
    ended = shell(words)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("asked_to_end", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_says_so(home: Path, asked_to_end: signal.Signals) -> None:
    with ThreadedServer(Noiz(PLANTED_KEY)) as server:
        server.fail(held())
        commands = Commands({"VOICE_STUDIO_NOIZ_URL": server.url})
        process = commands.start("voices", "--system", "noiz", "--refresh", "--json")
        until(lambda: server.requests)
        process.send_signal(asked_to_end)
        said, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert json.loads(said)["error"]["reason"] == "interrupted"


def test_a_bug_is_told_in_the_document_too(home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from studio.store.shelf import LibraryShelf\n"
        "async def broken(self):\n    raise ValueError('planted')\n"
        "LibraryShelf.voices = broken\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{Path.cwd()}"}
    ended = subprocess.run(
        [sys.executable, "-m", "studio", "voices", "--json"], capture_output=True, text=True, env=environment
    )
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["error"]["reason"] == "bug"
    assert "planted" in ended.stderr


def test_a_key_longer_than_any_is_refused_whole(home: Path) -> None:
    ended = shell(f"head -c 200000 /dev/zero | tr '\\0' a | {STUDIO} accounts set-key evolink --json")
    assert ended.returncode == 2
    assert "4096 are allowed" in json.loads(ended.stdout)["error"]["message"]
