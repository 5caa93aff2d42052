"""Takes are listed when they are whole, and recovered when whoever made them has died."""

from __future__ import annotations

import asyncio
import json
import os
import random
import stat
import subprocess
import wave
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import header
from studio.domain.samples import Media
from studio.domain.takes import Edit, Source, Take
from studio.store import Home, Store
from studio.store.clips import HALF_WRITTEN_AGE_S
from studio.store.take_files import ORIGINAL_MAX
from tests.store.sounds import counted, write_take

Child = Callable[..., subprocess.Popen[str]]
Opened = Callable[..., Store]


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


def samples(path: Path) -> bytes:
    with wave.open(str(path)) as file:
        assert file.getparams()[:3] == (1, 2, file.getframerate())
        assert path.stat().st_size == 44 + 2 * file.getnframes()
        return file.readframes(file.getnframes())


async def recorded(store: Store, frames: int = 4_800, name: str = "Take 1", **changes: Any) -> Take:
    take = await store.takes.begin(name, 48_000, "What was read.")
    await asyncio.to_thread(take.path.write_bytes, header(48_000, 2 * frames) + counted(0, frames))
    return await store.takes.finish(replace(take, frames=frames, **changes))


async def left(open_store: Opened, frames: int = 4_800, *, more: bytes = b"") -> Take:
    """A take whose process has ended in the middle."""
    dead = open_store()
    take = await dead.takes.begin("Take 1", 48_000, "What was read.")
    await asyncio.to_thread(write_take, take.path, frames, more=more)
    await dead.aclose()
    return take


# -- recorded to the end --------------------------------------------------------------------------------------------


async def test_a_take_comes_back_as_it_was_finished(open_store: Opened, place: Home) -> None:
    made = await recorded(open_store(), dropouts=2, source=Source("mp3", "mp3", 2, 44_100, None, Media.MP3, 9))
    assert await open_store().takes.takes() == (made,)
    assert (made.name, made.transcript, made.seconds, made.dropouts) == ("Take 1", "What was read.", 0.1, 2)
    assert made.path == place.takes / str(made.take_id) / "raw.wav"
    assert not made.recovered


async def test_an_empty_library_is_listed_without_making_one(store: Store, place: Home) -> None:
    assert await store.takes.takes() == ()
    await store.takes.purge()
    with refused(Reason.NO_SUCH_TAKE):
        await store.takes.find("0123456789")
    with refused(Reason.NO_SUCH_TAKE):
        await store.takes.delete(uuid4())
    assert not place.root.exists()


async def test_newest_first(store: Store) -> None:
    made = [await recorded(store, name=name) for name in ("one", "two", "three")]
    assert await store.takes.takes() == tuple(reversed(made))


async def test_files_are_private(store: Store, place: Home) -> None:
    made = await recorded(store)
    await store.takes.purge()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (made.path.parent, *made.path.parent.iterdir())}
    assert modes == {str(made.take_id): 0o700, "raw.wav": 0o600, "take.json": 0o600}


async def test_a_take_that_is_being_made_is_nobodys_to_see(open_store: Opened) -> None:
    store = open_store()
    take = await store.takes.begin("Take 1", 48_000, "")
    await asyncio.to_thread(write_take, take.path, 4_801, more=b"\1")
    before = take.path.read_bytes()
    for one in (store, open_store()):
        assert await one.takes.takes() == ()
        await one.takes.purge()
    with refused(Reason.NO_SUCH_TAKE):
        await open_store().takes.change(take)
    assert take.path.read_bytes() == before


async def test_one_that_is_never_finished_is_gone_when_deleted(store: Store, place: Home) -> None:
    take = await store.takes.begin("Take 1", 48_000, "")
    await asyncio.to_thread(write_take, take.path, 100)
    await store.takes.delete(take.take_id)
    assert list(place.takes.iterdir()) == []


async def test_found_by_its_id_and_its_first_digits(store: Store) -> None:
    made = await recorded(store)
    await recorded(store)
    whole = str(made.take_id)
    for handle in (whole, whole.upper(), whole.replace("-", ""), whole[:8], f" {whole[:13]} "):
        assert await store.takes.find(handle) == made
    for handle in ("", whole[:7], "Take 1", whole + "0", "zzzzzzzz", "x" * 100_000):
        with refused(Reason.NO_SUCH_TAKE):
            await store.takes.find(handle)


# -- changed ----------------------------------------------------------------------------------------------------------


async def test_name_words_recipe_and_sums_change_and_nothing_else(open_store: Opened) -> None:
    store = open_store()
    made = await recorded(store)
    edit = Edit(0.01, 0.09, clean=True, gain_db=3.5, fade_in_s=0.01, fade_out_s=0.02)
    wanted = replace(made, name="新名", transcript="Other words.", edit=edit, sent=("a1", "b2"))
    raw = made.path.read_bytes()
    await store.takes.change(replace(wanted, frames=1, rate_hz=8_000, recovered=True, path=Path("elsewhere")))
    assert await open_store().takes.takes() == (wanted,)
    assert made.path.read_bytes() == raw


async def test_a_sum_that_was_sent_stays_sent(store: Store) -> None:
    made = await recorded(store)
    await store.takes.change(replace(made, sent=("a1",)))
    await store.takes.change(replace(made, sent=("b2",)))
    assert (await store.takes.takes())[0].sent == ("a1", "b2")


async def test_of_many_changes_at_once_the_last_one_stays(store: Store) -> None:
    made = await recorded(store)
    tasks = [asyncio.ensure_future(store.takes.change(replace(made, name=str(number)))) for number in range(30)]
    await asyncio.sleep(0)
    for task in tasks[:-1]:
        task.cancel()
    await asyncio.wait(tasks)
    assert (await store.takes.takes())[0].name == "29"


async def test_changing_what_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    made = await recorded(store)
    other = replace(made, take_id=uuid4())
    for call in (store.takes.change(other), store.takes.finish(other), store.takes.restore(other.take_id)):
        with refused(Reason.NO_SUCH_TAKE):
            await call


# -- deleted ----------------------------------------------------------------------------------------------------------


async def test_a_deleted_take_comes_back_until_it_is_purged(open_store: Opened, place: Home) -> None:
    store = open_store()
    made = await recorded(store)
    for _ in range(2):
        await store.takes.delete(made.take_id)
    assert await store.takes.takes() == ()
    await store.takes.purge()
    await store.takes.restore(made.take_id)
    assert await open_store().takes.takes() == (made,)
    await store.takes.delete(made.take_id)
    await open_store(undo_s=0.0).takes.purge()
    assert list(place.takes.iterdir()) == []
    with refused(Reason.NO_SUCH_TAKE):
        await store.takes.restore(made.take_id)


async def test_purge_sweeps_up_after_crashes_and_nothing_else(store: Store, place: Home) -> None:
    made = await recorded(store)
    empty, young, mine = place.takes / str(uuid4()), place.takes / str(uuid4()), place.takes / "mine"
    for folder in (empty, young, mine, place.takes / ".0123.part"):
        folder.mkdir()
        (folder / "x").write_bytes(b"x")
    os.utime(empty, (1, 1))
    os.utime(mine, (1, 1))
    await store.takes.purge()
    assert set(place.takes.iterdir()) == {made.path.parent, young, mine}
    assert (mine / "x").exists()
    assert HALF_WRITTEN_AGE_S > 60


# -- originals --------------------------------------------------------------------------------------------------------


async def test_an_original_is_copied_whole(open_store: Opened, tmp_path: Path) -> None:
    store = open_store()
    file = tmp_path / "声音 of mine.MP3"
    file.write_bytes(os.urandom(3_000_000))
    begun = await store.takes.begin("声音", 44_100, "")
    await asyncio.to_thread(write_take, begun.path, 10)
    begun = replace(begun, source=Source("mp3", media=Media.MP3), frames=10)
    with_original = await store.takes.keep_original(begun, file)
    made = await store.takes.finish(with_original)
    assert made.original
    assert made.original == made.path.parent / "original.mp3"
    assert made.original.read_bytes() == file.read_bytes()
    assert stat.S_IMODE(made.original.stat().st_mode) == 0o600
    assert await open_store().takes.takes() == (made,)


async def test_what_nobody_takes_is_not_copied(store: Store, tmp_path: Path) -> None:
    made = await recorded(store, source=Source("flac", media=None))
    big = tmp_path / "big.wav"
    with big.open("wb") as file:
        file.truncate(ORIGINAL_MAX + 1)
    assert await store.takes.keep_original(made, tmp_path / "big.wav") == made
    wav = replace(made, source=Source("wav", media=Media.WAV))
    assert await store.takes.keep_original(wav, big) == wav
    os.mkfifo(tmp_path / "pipe")
    for gone in ("gone.wav", "pipe", "."):
        with refused(Reason.FILE_GONE):
            await store.takes.keep_original(wav, tmp_path / gone)
    assert {path.name for path in made.path.parent.iterdir()} == {"raw.wav", "take.json"}


# -- recovered --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [b"", b"\x7f"])
async def test_a_take_of_a_dead_process_is_mended_in_place(open_store: Opened, more: bytes) -> None:
    take = await left(open_store, more=more)
    store = open_store()
    expected = replace(take, frames=4_800, recovered=True)
    assert await store.takes.takes() == (expected,)
    assert samples(take.path) == counted(0, 4_800)
    changed = replace(expected, name="Kept")
    await store.takes.change(changed)
    assert await open_store().takes.takes() == (changed,)


async def test_without_a_single_sample_it_is_removed(open_store: Opened, place: Home) -> None:
    await left(open_store, 0, more=b"\1")
    dead = open_store()
    await dead.takes.begin("never written", 48_000, "")
    await dead.aclose()
    assert await open_store().takes.takes() == ()
    assert list(place.takes.iterdir()) == []


async def test_the_rate_is_what_the_sound_was_written_with(open_store: Opened) -> None:
    take = await left(open_store)
    await asyncio.to_thread(write_take, take.path, 4_800, 24_000)
    assert (await open_store().takes.takes())[0].seconds == 0.2


@pytest.mark.parametrize("facts", [None, b"", b"{", b"[]", b"\xff\xfe", b'{"name": 1}'])
async def test_damaged_facts_hide_no_sound(open_store: Opened, facts: bytes | None) -> None:
    take = await left(open_store)
    path = take.path.with_name("take.json")
    path.unlink()
    if facts is not None:
        path.write_bytes(facts)
    (found,) = await open_store().takes.takes()
    assert (found.take_id, found.frames, found.rate_hz, found.recovered) == (take.take_id, 4_800, 48_000, True)
    assert found.name.startswith("Take 20")
    assert samples(take.path) == counted(0, 4_800)
    assert await open_store().takes.takes() == (found,)
    aside = path.with_name("take.json.damaged")
    assert (aside.read_bytes() if facts is not None else None) == facts


async def test_a_header_that_was_never_written_is_made_of_the_facts(open_store: Opened) -> None:
    take = await left(open_store)
    take.path.write_bytes(bytes(44) + counted(0, 500))
    assert (await open_store().takes.takes())[0].frames == 500
    assert samples(take.path) == counted(0, 500)


async def test_a_finished_take_that_lost_its_end_is_told_as_recovered(open_store: Opened) -> None:
    made = await recorded(open_store())
    os.truncate(made.path, 44 + 2 * 1_000 + 1)
    (found,) = await open_store().takes.takes()
    assert (found.frames, found.recovered) == (1_000, True)
    assert samples(made.path) == counted(0, 1_000)


async def test_a_finished_take_that_lost_its_sound_is_not_shown_and_not_removed(open_store: Opened) -> None:
    made = await recorded(open_store())
    made.path.unlink()
    assert await open_store().takes.takes() == ()
    assert made.path.with_name("take.json").exists()


async def test_what_cannot_be_mended_now_is_offered_all_the_same(
    open_store: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = await left(open_store, more=b"\1")
    store = open_store()

    def full(*_: object, **__: object) -> None:
        raise StudioError(Reason.DISK_FULL)

    with monkeypatch.context() as patched:
        patched.setattr("studio.store.take_files.write_whole", full)
        (found,) = await store.takes.takes()
        assert (found.frames, found.recovered) == (4_800, True)
        with refused(Reason.DISK_FULL):
            await store.takes.begin("Take 2", 48_000, "")
    assert await store.takes.takes() == (replace(take, frames=4_800, recovered=True),)
    assert json.loads(take.path.with_name("take.json").read_text())["state"] == "done"


async def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Store(Home(tmp_path / "file" / "home"))
    with refused(Reason.LIBRARY_NOT_WRITABLE):
        await store.takes.begin("Take 1", 48_000, "")
    with refused(Reason.LIBRARY_NOT_WRITABLE):
        await store.takes.takes()
    await store.aclose()


async def test_a_damaged_library_hides_no_take(open_store: Opened, place: Home) -> None:
    made = await recorded(open_store())
    place.database.write_bytes(b"no database" * 100)
    assert await open_store().takes.takes() == (made,)


def killed_in_the_middle(child: Child, rate_hz: int, chance: random.Random) -> tuple[str, int]:
    """The id of a take whose recorder was killed, and how many samples were in its file for sure."""
    process = child("record", rate_hz)
    assert process.stdout
    said = [process.stdout.readline() for _ in range(chance.randint(2, 120))]
    process.kill()
    said += [line for line in process.stdout.readlines() if line.endswith("\n")]
    process.wait()
    return said[0].strip(), int(said[-1])


async def test_kill_9_loses_no_sample_that_was_on_disk(open_store: Opened, child: Child) -> None:
    chance = random.Random(20261121)  # noqa: S311
    for rate_hz in (48_000, 24_000, 44_100, 16_000):
        take_id, sure = await asyncio.to_thread(killed_in_the_middle, child, rate_hz, chance)
        take = await open_store().takes.find(take_id)
        assert sure <= take.frames <= sure + 1_000
        assert (take.rate_hz, take.recovered, take.transcript) == (rate_hz, True, "It was read aloud.")
        assert samples(take.path) == counted(0, take.frames)
    assert len(await open_store().takes.takes()) == 4


async def test_several_that_recover_at_once_find_the_same(open_store: Opened, child: Child, place: Home) -> None:
    takes = [await left(open_store, 100 + number, more=b"\1") for number in range(20)]
    others = [child("recover") for _ in range(2)]
    for other in others:
        assert other.stdout
        assert other.stdout.readline() == "here\n"
    for other in others:
        assert other.stdin
        other.stdin.write("go\n")
        other.stdin.flush()
    mine = await open_store().takes.takes()
    expected = [f"{take.take_id} {take.frames} True" for take in mine]
    assert {take.take_id for take in mine} == {take.take_id for take in takes}
    for other in others:
        assert other.stdout
        assert [other.stdout.readline().strip() for _ in takes] == expected
    for take in mine:
        assert samples(take.path) == counted(0, take.frames)
    assert not [path for path in place.locks.iterdir() if path.name in {take.take_id.hex for take in mine}]


async def test_created_is_now(store: Store) -> None:
    before = datetime.now(UTC)
    take = await store.takes.begin("Take 1", 48_000, "")
    assert before <= take.created <= datetime.now(UTC)


async def test_a_file_that_was_being_read_is_thrown_away(open_store: Opened, place: Home) -> None:
    """It is still where it was; half of it under a recording's name would only mislead."""
    dead = open_store()
    take = await dead.takes.begin("Lecture", 48_000, "", Source("mp3", "mp3", 2, 96_000, None, Media.MP3, 9))
    await asyncio.to_thread(write_take, take.path, 4_800)
    await dead.aclose()
    assert await open_store().takes.takes() == ()
    assert not take.path.parent.exists()


async def test_a_take_that_a_full_disk_left_unfinished_is_listed_by_the_same_process(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = await store.takes.begin("Take 1", 48_000, "")
    await asyncio.to_thread(write_take, take.path, 4_800)
    monkeypatch.setattr("studio.store.take_files.write_whole", full)
    with refused(Reason.DISK_FULL):
        await store.takes.finish(replace(take, frames=4_800))
    monkeypatch.undo()
    (offered,) = await store.takes.takes()
    assert (offered.take_id, offered.frames) == (take.take_id, 4_800)


def full(*_: object) -> None:
    raise StudioError(Reason.DISK_FULL)
