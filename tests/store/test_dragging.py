"""Clips as files under names that a person knows them by."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.errors import Reason
from studio.domain.voices import ClipKind
from studio.store import Home, Store
from tests.fakes.voices import clip
from tests.store.test_shelf import kept, refused


def left(place: Home) -> list[Path]:
    return [path for path in (place.root / "drag").rglob("*") if path.is_file()]


async def test_a_copy_under_a_good_name(store: Store, place: Home) -> None:
    made = await kept(store)
    (stored,) = await store.clips.clips_of(made.library_id)
    path = await store.clips.as_file(stored, "con: Anna 声音?")
    assert path.name == "con- Anna 声音-.pcm"
    assert path.read_bytes() == clip().data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"somebody writes into it")
    assert await store.clips.load(stored) == clip()
    assert await store.clips.as_file(stored, "con: Anna 声音?") == path
    assert path.read_bytes() == clip().data
    assert left(place) == [path]


async def test_two_clips_of_one_name(store: Store, place: Home) -> None:
    made = await kept(store)
    for text in ("one", "two"):
        await store.clips.add_clip(made.library_id, clip(text.encode()), ClipKind.SPOKEN, text)
    paths = [await store.clips.as_file(one, "Anna") for one in await store.clips.clips_of(made.library_id)]
    assert [path.read_bytes() for path in paths] == [clip().data, b"two", b"one"]
    assert len(left(place)) == 3


async def test_they_are_there_as_long_as_their_process(open_store: Callable[..., Store], place: Home) -> None:
    store, other = open_store(), open_store()
    made = await kept(store)
    (stored,) = await store.clips.clips_of(made.library_id)
    path = await store.clips.as_file(stored, "Anna")
    await other.shelf.purge()
    assert left(place) == [path]
    (place.root / "drag" / "mine.txt").write_text("of the person")
    await store.aclose()
    await other.shelf.purge()
    assert [one.name for one in left(place)] == ["mine.txt"]


async def test_a_clip_that_is_gone_is_said(store: Store, place: Home) -> None:
    made = await kept(store)
    (stored,) = await store.clips.clips_of(made.library_id)
    (place.clips / stored.file).unlink()
    with refused(Reason.NO_SUCH_CLIP):
        await store.clips.as_file(stored, "Anna")
    assert left(place) == []


async def test_a_full_or_closed_disk_is_said(store: Store, place: Home) -> None:
    made = await kept(store)
    (stored,) = await store.clips.clips_of(made.library_id)
    (place.root / "drag").write_text("in the way")
    with refused(Reason.LIBRARY_NOT_WRITABLE):
        await store.clips.as_file(stored, "Anna")


@pytest.mark.parametrize("name", ["../library.db", ".."])
async def test_nothing_else_is_given_out(store: Store, name: str) -> None:
    made = await kept(store)
    (stored,) = await store.clips.clips_of(made.library_id)
    with refused(Reason.NO_SUCH_CLIP):
        await store.clips.as_file(replace(stored, file=name), "Anna")
