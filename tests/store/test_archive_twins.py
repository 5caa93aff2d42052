"""What looks alike in an archive and isn't the same stays apart, however often and in whatever order it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.voices import ClipKind, Voice
from studio.ports import Taken
from studio.store import Home, Store
from tests.fakes.voices import voice
from tests.store.archives import filled, on_disk, sound

IN_USE = {("opentalking", ""): "mine"}


def nothing(_: float | None) -> None:
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "voices.zip"


async def twin(store: Store, account: str) -> Voice:
    (made,) = await filled(store, system="opentalking", region="", account=account, voice_id="female-1")
    return made


async def seen(store: Store) -> list[tuple[str, int]]:
    """Accounts, and how many clips."""
    voices = await store.shelf.voices()
    return sorted([(one.account, len(await store.clips.clips_of(one.library_id))) for one in voices])


# -- clips ----------------------------------------------------------------------------------------------------------


async def test_clips_of_the_same_bytes_but_other_words_or_kind(
    store: Store, elsewhere: Store, path: Path, place: Home
) -> None:
    (one,) = await filled(elsewhere)
    for kind, text in ((ClipKind.SPOKEN, "Hello."), (ClipKind.SPOKEN, "Hallo."), (ClipKind.PREVIEW, "Hallo.")):
        await elsewhere.clips.add_clip(one.library_id, sound(7), kind, text)
    await elsewhere.archive.write([one.library_id], path, nothing)
    assert await store.archive.read(path, {}, nothing) == Taken((one.library_id,), 0, 5)
    told = {(each.kind, each.text) for each in await store.clips.clips_of(one.library_id)}
    assert told == {(each.kind, each.text) for each in await elsewhere.clips.clips_of(one.library_id)}
    disk = on_disk(place)
    assert len(disk) == 5
    assert await store.archive.read(path, {}, nothing) == Taken((), 1, 0)
    assert on_disk(place) == disk


async def test_one_that_is_here_with_other_words_leaves_room_for_the_other(
    store: Store, elsewhere: Store, path: Path
) -> None:
    (one,) = await filled(elsewhere)
    await elsewhere.archive.write([one.library_id], path, nothing)
    await store.shelf.add(one, sound(0), ClipKind.PREVIEW, "Other words.")
    assert await store.archive.read(path, {}, nothing) == Taken((), 1, 2)
    assert len(await store.clips.clips_of(one.library_id)) == 3


# -- voices ---------------------------------------------------------------------------------------------------------


async def test_voices_of_two_accounts_that_are_both_unknown(store: Store, elsewhere: Store, path: Path) -> None:
    first, second = await twin(elsewhere, "theirs-1"), await twin(elsewhere, "theirs-2")
    await elsewhere.archive.write([first.library_id, second.library_id], path, nothing)
    assert await store.archive.read(path, IN_USE, nothing) == Taken((first.library_id, second.library_id), 0, 4)
    assert await seen(store) == [("mine", 2), ("theirs-2", 2)]
    assert await store.archive.read(path, IN_USE, nothing) == Taken((), 2, 0)
    await elsewhere.archive.write([second.library_id, first.library_id], path, nothing)
    assert await store.archive.read(path, IN_USE, nothing) == Taken((), 2, 0)
    assert await seen(store) == [("mine", 2), ("theirs-2", 2)]


@pytest.mark.parametrize("accounts", [("mine", "theirs"), ("theirs", "mine")])
async def test_a_voice_of_the_account_in_use_and_its_twin(
    store: Store, elsewhere: Store, path: Path, accounts: tuple[str, str]
) -> None:
    kept = [await twin(elsewhere, account) for account in accounts]
    await elsewhere.archive.write([one.library_id for one in kept], path, nothing)
    for _ in range(2):
        await store.archive.read(path, IN_USE, nothing)
        assert await seen(store) == [("mine", 2), ("theirs", 2)]


async def test_one_that_a_list_brought_here_has_one_of_them(store: Store, elsewhere: Store, path: Path) -> None:
    kept = [await twin(elsewhere, account) for account in ("theirs-1", "theirs-2", "theirs-3")]
    listed = voice(system="opentalking", region="", account="mine", voice_id="female-1")
    await store.shelf.merge("opentalking", "mine", [listed], [])
    await elsewhere.archive.write([one.library_id for one in kept], path, nothing)
    assert await store.archive.read(path, IN_USE, nothing) == Taken((kept[1].library_id, kept[2].library_id), 1, 6)
    assert await seen(store) == [("mine", 2), ("theirs-2", 2), ("theirs-3", 2)]


async def test_without_an_account_in_use_all_keep_their_own(store: Store, elsewhere: Store, path: Path) -> None:
    kept = [await twin(elsewhere, account) for account in ("", "theirs-1", "theirs-2")]
    await elsewhere.archive.write([one.library_id for one in kept], path, nothing)
    for _ in range(2):
        await store.archive.read(path, {}, nothing)
        assert await seen(store) == [("", 2), ("theirs-1", 2), ("theirs-2", 2)]
