"""Every way in which a keyring fails, and which one there is, told in time."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from traceback import format_exception

import pytest
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from studio.domain.errors import Reason, StudioError
from studio.store.keys import CALM_S, Keyring
from tests.store.drawer import Drawer

ROOT = Path(__file__).parents[2]
KEY = "sk-planted-0123456789abcdef"
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


# -- a keyring that does what a test wants ----------------------------------------------------------------------------


def over(drawer: Drawer, deadline_s: float = 10.0, clock: Callable[[], float] = time.monotonic) -> Keyring:
    return Keyring(lambda: drawer, deadline_s, clock)


async def test_each_key_is_read_once() -> None:
    drawer = Drawer({"a": KEY})
    keyring = over(drawer)
    assert [await keyring.read("a") for _ in range(3)] == [KEY] * 3
    assert [await keyring.read("b") for _ in range(3)] == [""] * 3
    assert drawer.calls == ["get", "get"]
    drawer.kept["b"] = "set by another process"
    assert await keyring.read("b") == ""
    assert await keyring.read("b", anew=True) == "set by another process"
    assert await keyring.read("b") == "set by another process"
    assert threading.main_thread() not in drawer.threads
    assert all(thread.daemon for thread in drawer.threads)


async def test_saving_and_forgetting_change_what_is_known() -> None:
    drawer = Drawer()
    keyring = over(drawer)
    assert await keyring.read("a") == ""
    await keyring.save("a", KEY)
    assert await keyring.read("a") == KEY
    await keyring.forget("a")
    assert await keyring.read("a") == ""
    assert drawer.kept == {}


async def test_an_answer_that_comes_too_late_is_remembered() -> None:
    drawer = Drawer({"a": KEY})
    drawer.gate.clear()
    keyring = over(drawer, 0.05)
    for _ in range(3):
        with pytest.raises(StudioError) as caught:
            await keyring.read("a")
        assert (caught.value.reason, caught.value.retryable) == (Reason.KEYRING_SLOW, True)
    assert drawer.calls == ["get"]  # nothing is asked behind a call that hangs
    drawer.gate.set()
    await asyncio.to_thread(lambda: [thread.join(10) for thread in drawer.threads])
    assert await keyring.read("a") == KEY
    assert drawer.calls == ["get"]


async def test_cancelling_ends_the_wait_at_once() -> None:
    drawer = Drawer({"a": KEY})
    drawer.gate.clear()
    keyring = over(drawer)
    asking = asyncio.create_task(keyring.read("a"))
    await asyncio.to_thread(drawer.asked.wait, 10)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    drawer.gate.set()
    assert await keyring.read("a") == KEY
    assert drawer.calls == ["get"]


async def test_one_dialog_for_all_who_ask_at_a_time() -> None:
    drawer = Drawer(error=KeyringLocked("dismissed"))
    drawer.gate.clear()
    now = [100.0]
    keyring = over(drawer, clock=lambda: now[0])
    asking = asyncio.gather(*(keyring.read(name) for name in "abcd"), return_exceptions=True)
    await asyncio.to_thread(drawer.asked.wait, 10)
    drawer.gate.set()
    assert [one.reason for one in await asking if isinstance(one, StudioError)] == [Reason.KEYRING_LOCKED] * 4
    with pytest.raises(StudioError):
        await keyring.read("e")  # one account after another
    assert drawer.calls == ["get"]
    drawer.error = None  # the person unlocked it and tries again
    now[0] += CALM_S
    assert await keyring.read("a") == ""


async def test_saving_asks_at_once_and_ends_the_calm() -> None:
    drawer = Drawer(error=KeyringLocked("dismissed"))
    keyring = over(drawer, clock=lambda: 100.0)
    with pytest.raises(StudioError):
        await keyring.read("a")
    drawer.error = None
    await keyring.save("b", KEY)
    assert await keyring.read("a") == ""


async def test_a_slow_keyring_is_waited_for_once_by_those_in_a_row() -> None:
    drawer = Drawer()
    drawer.gate.clear()
    line: list[float] = []
    keyring = over(drawer, 0.2, clock=lambda: 100.0)
    for name in "abc":
        start = time.monotonic()
        with pytest.raises(StudioError) as caught:
            await keyring.read(name)
        assert caught.value.reason is Reason.KEYRING_SLOW
        line.append(time.monotonic() - start)
    assert line[0] >= 0.2 > max(line[1:])
    drawer.gate.set()


class Bus(Exception):
    """What backends let through of their system."""


def undecodable() -> UnicodeDecodeError:
    return UnicodeDecodeError("utf-8", KEY.encode() + b"\xff", len(KEY), len(KEY) + 1, "invalid start byte")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeyringLocked(f"locked with {KEY}"), Reason.KEYRING_LOCKED),
        (InitError("no collection"), Reason.KEYRING_LOCKED),
        (PasswordSetError(f"Can't store {KEY}"), Reason.KEYRING_LOCKED),
        (type("PromptDismissedException", (Exception,), {})("dismissed"), Reason.KEYRING_LOCKED),
        (NoKeyringError("none"), Reason.KEYRING_MISSING),
        (Bus(f"the bus is gone {KEY}"), Reason.KEYRING_MISSING),
        (undecodable(), Reason.KEYRING_MISSING),
    ],
    ids=lambda one: type(one).__name__,
)
async def test_failures_have_a_reason_and_never_the_key(
    error: Exception, reason: Reason, caplog: pytest.LogCaptureFixture
) -> None:
    keyring = over(Drawer(error=error))
    with caplog.at_level(logging.DEBUG), pytest.raises(StudioError) as caught:
        await keyring.save("a", KEY)
    found = caught.value
    assert found.reason is reason
    assert type(error).__name__ in found.detail
    seen = [found.detail, repr(found), repr(keyring), repr(vars(found)), caplog.text]
    assert KEY not in "".join([*seen, *format_exception(found)])
    assert (found.__cause__, found.__context__) == (None, None)


async def test_forgetting_where_there_is_no_keyring_is_fine() -> None:
    keyring = over(Drawer(error=NoKeyringError("none")))
    keyring.hold("a", KEY)
    await keyring.forget("a")
    assert keyring.of_session("a") == ""


async def test_forgetting_a_sessions_key_disturbs_no_keyring_that_has_none() -> None:
    drawer = Drawer()
    keyring = over(drawer)
    await keyring.read("a")
    drawer.error = KeyringLocked("locked since")
    keyring.hold("a", KEY)
    await keyring.forget("a")
    assert drawer.calls == ["get"]


async def test_a_locked_keyring_forgets_nothing() -> None:
    drawer = Drawer({"a": KEY})
    keyring = over(drawer)
    assert await keyring.read("a") == KEY
    drawer.error = KeyringLocked("locked since")
    with pytest.raises(StudioError) as caught:
        await keyring.forget("a")
    assert caught.value.reason is Reason.KEYRING_LOCKED
    assert await keyring.read("a") == KEY


def test_threads_end_when_there_is_nothing_to_ask() -> None:
    async def ask(find: Callable[[], Drawer]) -> None:
        await Keyring(find).read("a")

    drawer = Drawer()
    asyncio.run(ask(lambda: drawer))
    for thread in drawer.threads:
        thread.join(10)
        assert not thread.is_alive()
