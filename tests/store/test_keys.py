"""Which keyring there is, told in time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASK = "from studio.store.keys import probe; found = probe({deadline}); print(found.backend, found.problem, sep='|')"

FROZEN = """
import time
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 9
    def __init__(self):
        time.sleep(600)
    get_password = set_password = delete_password = None
"""


def ask(tmp_path: Path, backend: str = "", deadline: float = 30.0) -> tuple[str, str]:
    """In a process without a session bus; returns the name and the problem."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DBUS_")}
    environment |= {
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)]),
        "PYTHON_KEYRING_BACKEND": backend,
    }
    if not backend:
        del environment["PYTHON_KEYRING_BACKEND"]
    ran = subprocess.run(
        [sys.executable, "-c", ASK.format(deadline=deadline)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    name, problem = ran.stdout.strip().split("|")
    return name, problem


def test_no_keyring(tmp_path: Path) -> None:
    assert ask(tmp_path) == ("", "No keyring service was found on this computer.")


def test_a_keyring_that_is_not_the_systems_own(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(FROZEN.replace("600", "0"))
    name, problem = ask(tmp_path, "plain.Keyring")
    assert not name
    assert "plain Keyring" in problem


@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "no.such.Keyring", "keyring.backends.fail.Nothing"]
)
def test_a_configuration_without_use(tmp_path: Path, backend: str) -> None:
    name, problem = ask(tmp_path, backend)
    assert not name
    assert "config" in problem


def test_a_frozen_keyring_holds_up_nothing(tmp_path: Path) -> None:
    (tmp_path / "frozen.py").write_text(FROZEN)
    start = time.monotonic()
    name, problem = ask(tmp_path, "frozen.Keyring", deadline=0.2)
    assert not name
    assert "did not answer" in problem
    assert time.monotonic() - start < 20


def test_importing_the_probe_loads_no_keyring() -> None:
    code = "import sys, studio.store.keys; sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT)}).returncode == 0
