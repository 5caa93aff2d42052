"""Keys in a real keyring: an unlocked one, a locked, an empty and a frozen one, and none at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from studio.store.keys import Keyring

ROOT = Path(__file__).parents[2]
KEY = "sk-planted-0123456789abcdef"


@pytest.fixture
async def name() -> AsyncIterator[str]:
    """A user name of our own, which the keyring doesn't know afterwards."""
    made = f"test-{uuid4().hex}"
    yield made
    await Keyring().forget(made)


async def test_a_key_outlives_the_session_until_it_is_forgotten(name: str) -> None:
    assert await Keyring().read(name) == ""
    await Keyring().save(name, KEY)
    keyring = Keyring()
    assert await keyring.read(name) == KEY
    await keyring.save(name, KEY + "2")
    assert await Keyring().read(name) == KEY + "2"
    await keyring.forget(name)
    await keyring.forget(name)
    assert await keyring.read(name) == ""
    assert await Keyring().read(name) == ""


async def test_a_saved_key_takes_the_place_of_the_sessions(name: str) -> None:
    keyring = Keyring()
    keyring.hold(name, "for-now")
    assert (keyring.of_session(name), await keyring.read(name)) == ("for-now", "")
    await keyring.save(name, KEY)
    assert (keyring.of_session(name), await keyring.read(name)) == ("", KEY)


async def test_a_sessions_key_is_in_no_keyring(name: str) -> None:
    keyring = Keyring()
    keyring.hold(name, KEY)
    assert await Keyring().read(name) == ""
    await keyring.forget(name)
    assert keyring.of_session(name) == ""


def told(tmp_path: Path, state: str, deadline_s: float) -> list[str]:
    """By `secrets_child.py` on a bus and in a home of its own, without a display to ask on."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    child = [sys.executable, str(Path(__file__).with_name("secrets_child.py")), state, str(deadline_s)]
    ran = subprocess.run(
        ["dbus-run-session", "--", *child],
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    assert "planted" not in ran.stdout + ran.stderr
    return ran.stdout.splitlines()


@pytest.mark.parametrize(("state", "words"), [("locked", "KeyringLocked: "), ("empty", "InitError: ")])
def test_a_keyring_that_does_not_open(tmp_path: Path, state: str, words: str) -> None:
    read, saved, forgotten = told(tmp_path, state, 30)
    for one in (read, saved, forgotten):
        assert one.startswith(f"keyring-locked: {words}")


def test_a_frozen_keyring_is_slow_and_lets_the_program_end(tmp_path: Path) -> None:
    assert [one.split(":")[0] for one in told(tmp_path, "frozen", 0.3)] == ["keyring-slow"] * 3


@pytest.mark.parametrize("backend", ["fail", "null"])
def test_without_a_keyring_nothing_is_written_anywhere(tmp_path: Path, backend: str) -> None:
    code = (
        "import asyncio\nfrom studio.store.keys import Keyring\nfrom studio.domain.errors import StudioError\n"
        "for work in (Keyring().read('a'), Keyring().save('a', 'sk-planted')):\n"
        "    try: asyncio.run(work)\n"
        "    except StudioError as error: print(error.reason.value)\n"
        "asyncio.run(Keyring().forget('a'))"
    )
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTHON_KEYRING_BACKEND"] = f"keyring.backends.{backend}.Keyring"
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert ran.stdout.split() == ["keyring-missing"] * 2, ran.stderr
    assert not list(tmp_path.iterdir())


PLAIN = """
from keyring.backend import KeyringBackend
from keyring.backends import chainer
class Keyring(KeyringBackend):
    priority = {priority}
    def get_password(self, service, username):
        return "from a file"
    def set_password(self, service, username, password):
        raise SystemExit("written to a file")
"""


@pytest.mark.parametrize("priority", [0.5, 9])
def test_a_file_in_a_chain_is_never_used(tmp_path: Path, priority: float) -> None:
    """keyrings.alt brings such backends: alone they are no keyring, beside a real one they stay unused."""
    (tmp_path / "plain.py").write_text(PLAIN.format(priority=priority))
    code = (
        "import asyncio, plain, keyring\nfrom keyring.backends import chainer\n"
        "from studio.store.keys import own_backend\n"
        "keyring.set_keyring(chainer.ChainerBackend())\n"
        "print(type(own_backend()).__module__)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert ran.stdout.strip() == "keyring.backends.SecretService", ran.stderr
    no_bus = {name: value for name, value in environment.items() if not name.startswith(("DBUS_", "XDG_RUNTIME"))}
    ran = subprocess.run([sys.executable, "-c", code], env=no_bus, capture_output=True, text=True)
    assert "keyring-missing: Only the system's own keyring" in ran.stderr
