"""A process on a session bus of its own, whose keyring is locked, frozen or empty; prints what it is told of it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time

import secretstorage

from studio.domain.errors import StudioError
from studio.store.keys import Keyring

KEY = "sk-planted-0123456789"
NAME = "voice-studio-test"


def serving() -> bool:
    asked = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]
    asked += ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
    return b"true" in subprocess.run(asked, capture_output=True).stdout


def lock() -> None:
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()


async def outcome(work: object) -> str:
    try:
        return f"answered {await work!r}"
    except StudioError as error:
        return f"{error.reason.value}: {error.detail}"


async def main(daemon: subprocess.Popen[bytes], state: str, deadline_s: float) -> None:
    """What a program would meet that starts now: nothing is remembered."""
    if state != "empty":
        await Keyring().save(NAME, KEY)
    if state == "locked":
        await asyncio.to_thread(lock)
    if state == "frozen":
        daemon.send_signal(signal.SIGSTOP)
    keyring = Keyring(deadline_s=deadline_s)
    print(await outcome(keyring.read(NAME)))
    print(await outcome(keyring.save(NAME, KEY)))
    print(await outcome(keyring.forget(NAME)))


def started(state: str) -> subprocess.Popen[bytes]:
    unlocked = [] if state == "empty" else ["--unlock"]
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", *unlocked, "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin
    daemon.stdin.write(b"test")
    daemon.stdin.close()
    while not serving():
        time.sleep(0.02)
    return daemon


if __name__ == "__main__":
    keeper = started(sys.argv[1])
    try:
        asyncio.run(main(keeper, sys.argv[1], float(sys.argv[2])))
    finally:
        keeper.kill()
        keeper.wait()
