"""The folder of clip files, and what a crash leaves in it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

from studio.domain.voices import ClipKind, Designed
from studio.store import Home, Store
from studio.store.clips import HALF_WRITTEN_AGE_S, ClipFolder
from tests.fakes.voices import brief, clip, voice


def leave(path: Path, age_s: float) -> Path:
    path.write_bytes(b"left behind")
    os.utime(path, (time.time() - age_s, time.time() - age_s))
    return path


def test_a_written_clip_is_named_by_its_id(tmp_path: Path) -> None:
    written = ClipFolder(tmp_path).write(clip(b"data"), ClipKind.SAMPLE, "text")
    assert written.stored.file == f"{written.stored.clip_id}.pcm"
    assert (tmp_path / written.stored.file).read_bytes() == b"data"
    assert [path.name for path in tmp_path.iterdir()] == [written.stored.file]


async def test_what_is_half_written_goes_and_no_clip_ever(store: Store, place: Home) -> None:
    stored = (await store.tray.put(brief(), Designed(voice(), clip()))).preview
    os.utime(place.clips / stored.file, (0, 0))
    orphan = leave(place.clips / "orphan.wav", HALF_WRITTEN_AGE_S + 60)
    old = [leave(place.clips / ".half.part", HALF_WRITTEN_AGE_S + 60)]
    old.append(leave(place.root / ".half.part", HALF_WRITTEN_AGE_S + 60))
    young = [leave(place.clips / name, 60) for name in ("orphan2.wav", ".half2.part")]
    young.append(orphan)  # its row may be in the copy of the library that is put back tomorrow
    mine = leave(place.root / "notes of the person.txt", HALF_WRITTEN_AGE_S + 60)
    (place.clips / "folder").mkdir()
    await store.shelf.purge()
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in [*young, mine])
    assert await store.clips.load(stored) == clip()


async def test_several_may_tidy_at_once(open_store: Callable[..., Store], place: Home) -> None:
    stores = [open_store() for _ in range(4)]
    await asyncio.gather(*(store.shelf.voices() for store in stores))
    for number in range(300):
        leave(place.clips / f".{number}.part", HALF_WRITTEN_AGE_S + 60)
    await asyncio.gather(*(store.shelf.purge() for store in stores))
    assert not os.listdir(place.clips)


def test_removing_what_is_gone_is_fine(tmp_path: Path) -> None:
    ClipFolder(tmp_path).remove(["never-was.wav"])
