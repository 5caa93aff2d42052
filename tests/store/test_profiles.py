"""Profiles of timbre matches, as long as their voices."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.domain.accounts import SPEECH_SERVER
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, Origin
from studio.store import Home, Store
from tests.fakes.voices import voice


def age(place: Home) -> None:
    for path in place.profiles.iterdir():
        os.utime(path, (1, 1))


async def test_saved_is_loaded_also_by_the_next_start(open_store: Callable[..., Store], place: Home) -> None:
    await open_store().profiles.save("tm-1", b"first")
    await open_store().profiles.save("tm-1", b"second")
    assert await open_store().profiles.load("tm-1") == b"second"
    (path,) = place.profiles.iterdir()
    assert (path.name, stat.S_IMODE(path.stat().st_mode)) == ("tm-1.npz", 0o600)


@pytest.mark.parametrize("voice_id", ["../library", "", ".", "声音", "UPPER", "a/b", "n" * 5_000, "\ud83d", "con\0"])
async def test_no_id_leads_out_of_the_folder(store: Store, place: Home, voice_id: str) -> None:
    await store.profiles.save(voice_id, b"profile")
    assert await store.profiles.load(voice_id) == b"profile"
    assert [path.parent for path in place.root.rglob("*.npz")] == [place.profiles]


async def test_capitals_are_another_id(store: Store, place: Home) -> None:
    await store.profiles.save("tm-a", b"small")
    await store.profiles.save("tm-A", b"capital")
    assert await store.profiles.load("tm-a") == b"small"
    assert len({path.name.casefold() for path in place.profiles.iterdir()}) == 2


async def test_a_profile_that_is_gone_is_said_and_makes_no_home(store: Store, place: Home) -> None:
    with pytest.raises(StudioError) as caught:
        await store.profiles.load("tm-1")
    assert caught.value.reason is Reason.CANNOT_SPEAK
    assert not place.root.exists()


async def test_purge_sweeps_those_that_no_voice_can_need(open_store: Callable[..., Store], place: Home) -> None:
    store = open_store()
    kept, deleted = voice(voice_id="tm-kept", origin=Origin.CLONED), voice(voice_id="TM deleted", origin=Origin.CLONED)
    for one in (kept, deleted):
        await store.shelf.add(one, None, ClipKind.SAMPLE, "")
    await store.shelf.add(voice(voice_id="tm-elsewhere", system="qwen"), None, ClipKind.SAMPLE, "")
    await store.shelf.add(voice(voice_id="ss-kept", system=SPEECH_SERVER), None, ClipKind.SAMPLE, "")
    for voice_id in ("tm-kept", "ss-kept", "TM deleted", "tm-elsewhere", "tm-orphan"):
        await store.profiles.save(voice_id, voice_id.encode())
    (place.profiles / "notes.txt").write_text("of the person")
    age(place)
    await store.profiles.save("tm-young", b"its voice is on its way")
    await store.shelf.delete(deleted.library_id)
    await store.shelf.purge()
    assert len(list(place.profiles.glob("*.npz"))) == 4
    for voice_id in ("tm-kept", "ss-kept", "TM deleted", "tm-young"):
        await store.profiles.load(voice_id)
    await open_store(undo_s=0.0).shelf.purge()
    assert {path.name for path in place.profiles.iterdir()} == {
        "tm-kept.npz",
        "ss-kept.npz",
        "tm-young.npz",
        "notes.txt",
    }


async def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Store(Home(tmp_path / "file" / "home"))
    with pytest.raises(StudioError) as caught:
        await store.profiles.save("tm-1", b"profile")
    assert caught.value.reason is Reason.LIBRARY_NOT_WRITABLE
