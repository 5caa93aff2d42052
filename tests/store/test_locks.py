"""A lock lives as long as its process."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from studio.store import Home
from studio.store.locks import FileLock, Owners


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    held = FileLock.take(tmp_path / "lock", create=True)
    assert held
    assert FileLock.take(tmp_path / "lock", create=True) is None
    held.remove()
    assert not (tmp_path / "lock").exists()
    again = FileLock.take(tmp_path / "lock", create=True)
    assert again
    again.remove()


def test_an_owner_keeps_its_id(tmp_path: Path) -> None:
    owners = Owners(tmp_path)
    assert owners.mine() == owners.mine()
    assert [path.name for path in tmp_path.iterdir()] == [owners.mine()]
    assert not owners.gone(owners.mine())
    owners.release()
    assert not list(tmp_path.iterdir())


def test_a_living_owner_is_seen_from_outside_and_a_released_one_is_gone(tmp_path: Path) -> None:
    one, other = Owners(tmp_path), Owners(tmp_path)
    name = one.mine()
    other.sweep()
    assert not other.gone(name)
    one.release()
    assert other.gone(name)


def test_an_owner_without_a_file_is_gone(tmp_path: Path) -> None:
    assert Owners(tmp_path).gone("never-was")


def test_a_killed_owner_is_gone_and_its_file_removed(place: Home, child: Callable[..., subprocess.Popen[str]]) -> None:
    process = child("order", 0)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    place.make()
    owners = Owners(place.locks)
    mine = owners.mine()
    waiting = child("claim")
    assert waiting.stdin
    assert waiting.stdout
    assert waiting.stdout.readline() == "here\n"
    waiting.stdin.write("go\n")
    waiting.stdin.flush()
    assert waiting.stdout.readline() == "held\n"
    names = {path.name for path in place.locks.iterdir()} - {mine}
    assert len(names) == 1
    assert not owners.gone(*names)
    waiting.kill()
    waiting.wait()
    owners.sweep()
    assert [path.name for path in place.locks.iterdir()] == [mine]
    owners.release()
