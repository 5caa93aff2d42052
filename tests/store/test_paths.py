"""One home, private, wherever it is."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.voices import Designed
from studio.store import Home, Store, find_home
from studio.store.files import write_whole
from tests.fakes.voices import brief, clip, voice


def modes(root: Path) -> dict[str, int]:
    return {str(path.relative_to(root)): stat.S_IMODE(path.stat().st_mode) for path in [root, *root.rglob("*")]}


def test_the_variable_moves_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICE_STUDIO_HOME", str(tmp_path / "elsewhere"))
    assert find_home().root == tmp_path / "elsewhere"
    monkeypatch.setenv("VOICE_STUDIO_HOME", "~/voices")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_home().root == tmp_path / "voices"


def test_a_relative_home_stays_where_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOICE_STUDIO_HOME", "here")
    assert find_home().root == tmp_path / "here"


def test_without_the_variable_it_is_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICE_STUDIO_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert find_home().root.name == "voice-studio"


def point(folder: Path, target: str) -> None:
    folder.mkdir(exist_ok=True)
    write_whole(folder / "location.txt", target.encode())


def test_a_pointer_leads_to_where_the_library_was_moved(home: Path, tmp_path: Path) -> None:
    point(home, f"{tmp_path / 'second'}\n")
    point(tmp_path / "second", str(tmp_path / "Ünï third"))
    assert find_home() == Home(tmp_path / "Ünï third")
    assert find_home().moved


def test_pointers_that_lead_in_circles_or_nowhere_end(home: Path, tmp_path: Path) -> None:
    point(home, str(tmp_path / "second"))
    point(tmp_path / "second", str(home))
    assert find_home().root in (home, tmp_path / "second")
    for odd in ("", "here", "\0", "../there"):
        point(home, odd)
        assert find_home() == Home(home)


async def test_a_disk_that_is_missing_gets_no_empty_library(home: Path, tmp_path: Path) -> None:
    mounted = tmp_path / "disk"
    await asyncio.to_thread(point, home, str(mounted))
    place = await asyncio.to_thread(find_home)
    for _ in range(2):
        store = Store(place)
        with pytest.raises(StudioError, match=f"library-not-writable.*{mounted}"):
            await store.shelf.voices()
        with pytest.raises(StudioError, match=f"library-not-writable.*{mounted}"):
            await store.takes.begin("Take 1", 48_000, "")
        await store.aclose()
        assert not await asyncio.to_thread(place.database.exists)
        await asyncio.to_thread(mounted.mkdir, exist_ok=True)  # the mount point alone is no library either


async def test_the_folder_that_was_left_gets_no_empty_library(home: Path, tmp_path: Path) -> None:
    await asyncio.to_thread(point, home, str(tmp_path / "second"))
    store = Store(Home(home))
    with pytest.raises(StudioError, match=r"library-not-writable.*moved away"):
        await store.shelf.voices()
    await store.aclose()
    assert os.listdir(home) == ["location.txt"]


async def test_making_a_store_touches_no_disk(store: Store, place: Home) -> None:
    assert store.home == place
    assert not place.root.exists()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_folders_and_files_are_private(place: Home, umask: int) -> None:
    async def look() -> dict[str, int]:
        store = Store(place)
        await store.tray.put(brief(), Designed(voice(), clip()))
        await store.pending.abandoned()
        found = modes(place.root)
        await store.aclose()
        return found

    before = os.umask(umask)
    try:
        Store(place).memory.save(Memory())
        found = asyncio.run(look())
    finally:
        os.umask(before)
    assert {
        "library.db",
        "library.db-wal",
        "library.db-shm",
        "settings.json",
        "clips",
        "takes",
        "rights",
        "profiles",
    } <= found.keys()
    wrong = {
        name: oct(mode) for name, mode in found.items() if mode != (0o700 if (place.root / name).is_dir() else 0o600)
    }
    assert not wrong


async def test_what_was_wider_is_made_private(open_store: Callable[..., Store], place: Home) -> None:
    first = open_store()
    await first.tray.put(brief(), Designed(voice(), clip()))
    for path in [place.root, *place.root.rglob("*")]:
        if path.parent == place.locks:  # of a living process, and empty
            continue
        path.chmod(0o777 if path.is_dir() else 0o666)
    second = open_store()
    await second.shelf.purge()
    assert {mode for name, mode in modes(place.root).items() if (place.root / name).is_file()} == {0o600}
    assert {mode for name, mode in modes(place.root).items() if (place.root / name).is_dir()} == {0o700}


async def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Store(Home(tmp_path / "file" / "home"))
    with pytest.raises(StudioError) as caught:
        await store.shelf.voices()
    await store.aclose()
    assert caught.value.reason is Reason.LIBRARY_NOT_WRITABLE
