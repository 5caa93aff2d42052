"""Voices out of one library and into another: all of them or none, and never twice."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, Origin, Status, Voice
from studio.ports import Labels, Taken
from studio.store import Home, Store
from tests.fakes.voices import clip, voice
from tests.store.archives import filled, on_disk, sound

Opened = Callable[..., Store]
Child = Callable[..., subprocess.Popen[str]]

STATEMENT = json.dumps({"said": "It is my voice.", "own": True, "whose": "", "consent_sha256": ""})


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


def nothing(_: float | None) -> None:
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "voices.zip"


async def taken_in(store: Store, path: Path, **accounts: str) -> Taken:
    in_use = {(system, "intl"): account for system, account in accounts.items()}
    return await store.archive.read(path, in_use, nothing)


async def clips(store: Store, one: Voice) -> list[tuple[Any, ...]]:
    """All that is known of its clips but ids and names of files, with their sound."""
    stored = await store.clips.clips_of(one.library_id)
    loaded = [await store.clips.load(each) for each in stored]
    return sorted(
        (each.kind, each.text, each.partial, each.price_usd, each.created, each.envelope.pairs, sounds.data)
        for each, sounds in zip(stored, loaded, strict=True)
    )


async def rich(store: Store) -> Voice:
    """A cloned voice about which everything is known."""
    consent = await store.rights.keep_consent(sound(9))
    said = json.dumps({"said": "She agreed.", "own": False, "whose": "Anna", "consent_sha256": consent})
    one = voice(system="qwen", region="intl", account="theirs", origin=Origin.CLONED, last_used=datetime.now(UTC))
    kept = await store.shelf.add(one, sound(1), ClipKind.SAMPLE, "Read aloud.", said)
    await store.clips.add_clip(kept.library_id, sound(2), ClipKind.SPOKEN, "Hel", partial=True, price_usd=0.01)
    await store.shelf.label([kept.library_id], Labels(True, 4, "Book one", ("calm", "Über 60", "低い")))
    await store.shelf.annotate(kept.library_id, "For the\nnarrator.")
    await store.shelf.set_pitch(kept.library_id, 121.5)
    await store.profiles.save(kept.voice_id, b"numbers")
    await store.shelf.merge("qwen", "theirs", [replace(kept, description="Other words")], [], datetime.now(UTC))
    return await store.shelf.find(str(kept.library_id))


# -- there and back -------------------------------------------------------------------------------------------------


async def test_a_voice_comes_with_all_that_belongs_to_it(store: Store, elsewhere: Store, path: Path) -> None:
    one = await rich(elsewhere)
    seen: list[float | None] = []
    await elsewhere.archive.write([one.library_id], path, seen.append)
    assert seen == [1.0]
    assert await store.archive.read(path, {}, nothing) == Taken((one.library_id,), 0, 2)
    assert await store.shelf.voices() == (one,)
    assert (one.tags, one.favourite, one.rating, one.pitch_hz) == (("calm", "Über 60", "低い"), True, 4, 121.5)
    assert one.listed
    assert await clips(store, one) == await clips(elsewhere, one)
    (said,) = await store.rights.of(one.library_id)
    assert (said,) == await elsewhere.rights.of(one.library_id)
    assert (await store.rights.consent(said.right.consent_sha256)).data == sound(9).data
    assert await store.profiles.load(one.voice_id) == b"numbers"


async def test_taken_in_twice_changes_nothing(store: Store, elsewhere: Store, path: Path, place: Home) -> None:
    kept = [await rich(elsewhere), *await filled(elsewhere, 3)]
    await elsewhere.archive.write([one.library_id for one in kept], path, nothing)
    assert await taken_in(store, path) == Taken(tuple(one.library_id for one in kept), 0, 8)
    before, disk = await store.shelf.changes(0), on_disk(place)
    assert await taken_in(store, path) == Taken((), 4, 0)
    assert (await store.shelf.changes(before.revision)).voices == ()
    assert [len(await store.rights.of(one.library_id)) for one in kept] == [1, 0, 0, 0]
    assert on_disk(place) == disk
    assert len(disk) == 9


async def test_the_library_that_it_came_from_stays_as_it_is(store: Store, path: Path, place: Home) -> None:
    kept = [await rich(store), *await filled(store, 2)]
    await store.archive.write([one.library_id for one in kept], path, nothing)
    before, disk = await store.shelf.changes(0), on_disk(place)
    assert await taken_in(store, path) == Taken((), 3, 0)
    assert (await store.shelf.changes(before.revision)).voices == ()
    assert on_disk(place) == disk


async def test_what_the_person_has_stays_and_what_is_missing_comes(
    store: Store, elsewhere: Store, path: Path, place: Home
) -> None:
    one = await rich(elsewhere)
    here = replace(one, library_id=uuid4(), name="Mine", description="", preview_text="My words.")
    kept = await store.shelf.add(here, sound(1), ClipKind.SAMPLE, "Read aloud.")
    await store.shelf.annotate(kept.library_id, "My notes.")
    await store.shelf.label([kept.library_id], Labels(rating=1, add_tags=("mine",)))
    await elsewhere.archive.write([one.library_id], path, nothing)
    assert await taken_in(store, path) == Taken((), 1, 1)
    (now,) = await store.shelf.voices()
    assert (now.library_id, now.name, now.notes, now.rating) == (kept.library_id, "Mine", "My notes.", 1)
    assert (now.preview_text, now.description) == ("My words.", one.description)
    assert (set(now.tags), now.collection) == ({"mine", *one.tags}, "Book one")
    assert len(await store.clips.clips_of(kept.library_id)) == 2


async def test_a_lost_clip_comes_back(store: Store, path: Path, place: Home) -> None:
    (one,) = await filled(store)
    await store.archive.write([one.library_id], path, nothing)
    before = await clips(store, one)
    for file in place.clips.iterdir():
        file.unlink()
    assert await taken_in(store, path) == Taken((), 1, 2)
    assert await clips(store, one) == before
    assert len(list(place.clips.iterdir())) == 2


async def test_a_deleted_voice_comes_back_with_its_clips(open_store: Opened, path: Path) -> None:
    store = open_store(undo_s=0.0)
    hidden, purged = await filled(store, 2)
    await store.archive.write([hidden.library_id, purged.library_id], path, nothing)
    await store.shelf.delete(purged.library_id)
    await store.shelf.purge()
    await store.shelf.delete(hidden.library_id)
    assert await taken_in(store, path) == Taken((hidden.library_id, purged.library_id), 0, 2)
    assert {one.library_id for one in await store.shelf.voices()} == {hidden.library_id, purged.library_id}
    await store.shelf.purge()
    assert [len(await store.clips.clips_of(one.library_id)) for one in (hidden, purged)] == [2, 2]


async def test_an_account_that_is_not_known_here_is_the_one_in_use(store: Store, elsewhere: Store, path: Path) -> None:
    one = await rich(elsewhere)
    await elsewhere.archive.write([one.library_id], path, nothing)
    assert await taken_in(store, path, qwen="mine") == Taken((one.library_id,), 0, 2)
    (now,) = await store.shelf.voices()
    assert now == replace(one, account="mine")
    assert await taken_in(store, path, qwen="mine") == Taken((), 1, 0)


async def test_the_same_voice_under_the_account_in_use_is_not_doubled(
    store: Store, elsewhere: Store, path: Path
) -> None:
    one = await rich(elsewhere)
    listed = replace(one, library_id=uuid4(), account="mine", tags=(), name="Listed")
    await store.shelf.merge("qwen", "mine", [listed], [])
    await elsewhere.archive.write([one.library_id], path, nothing)
    assert await taken_in(store, path, qwen="mine") == Taken((), 1, 2)
    (now,) = await store.shelf.voices()
    assert (now.account, now.name, now.has_clips) == ("mine", "Listed", True)


async def test_a_known_account_stays(store: Store, path: Path) -> None:
    account = await store.accounts.current("model-studio-intl")
    one = await store.shelf.add(voice(system="qwen", region="intl", account=account), None, ClipKind.PREVIEW, "")
    await store.archive.write([one.library_id], path, nothing)
    await store.shelf.delete(one.library_id)
    await taken_in(store, path, qwen="another")
    assert [each.account for each in await store.shelf.voices()] == [account]


async def test_an_id_that_another_voice_has_is_not_taken(store: Store, elsewhere: Store, path: Path) -> None:
    (one,) = await filled(elsewhere)
    await store.shelf.add(voice(library_id=one.library_id), None, ClipKind.PREVIEW, "")
    await elsewhere.archive.write([one.library_id], path, nothing)
    (came,) = (await taken_in(store, path)).voices
    assert came != one.library_id
    assert len(await store.shelf.voices()) == 2


async def test_odd_ids_and_words_survive(store: Store, elsewhere: Store, path: Path) -> None:
    one = voice(
        voice_id="v" * 700_000, name="\0 ‮\n名", description="</script>' --", created=datetime(1, 1, 1, tzinfo=UTC)
    )
    kept = await elsewhere.shelf.add(one, None, ClipKind.PREVIEW, "")
    await elsewhere.archive.write([kept.library_id], path, nothing)
    await taken_in(store, path)
    (now,) = await store.shelf.voices()
    assert (now.voice_id, now.name, now.description) == (one.voice_id, one.name, one.description)
    assert now.created.year == 1970


# -- writing --------------------------------------------------------------------------------------------------------


async def test_the_file_tells_of_itself_and_has_no_key(store: Store, path: Path) -> None:
    one = await rich(store)
    await store.archive.write([one.library_id, one.library_id], path, nothing)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        readme = archive.read("README.txt").decode()
        told = json.loads(archive.read("voices/000001.json"))
        head = json.loads(archive.read("archive.json"))
    assert names[:2] == ["archive.json", "README.txt"]
    assert (head["kind"], head["format"]) == ("voice-studio-voices", 1)
    for field in {*told, *told["clips"][0], *told["statements"][0], *told["consents"][0]}:
        assert field in readme
    assert {each["sha256"] for each in told["clips"]} == {hashlib.sha256(sound(n).data).hexdigest() for n in (1, 2)}
    assert _mode(path) == 0o666 & ~_umask()


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def _in(folder: Path) -> set[Path]:
    return {*folder.iterdir()}


async def test_clips_that_were_lost_are_told_of(store: Store, elsewhere: Store, path: Path, place: Home) -> None:
    (one,) = await filled(store)
    first, _ = await store.clips.clips_of(one.library_id)
    (place.clips / first.file).unlink()
    await store.archive.write([one.library_id], path, nothing)
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("voices/000001.json"))
    assert sorted(bool(each["file"]) for each in told["clips"]) == [False, True]
    assert await taken_in(elsewhere, path) == Taken((one.library_id,), 0, 1)


async def test_a_file_that_is_there_is_replaced_once_the_new_one_is_whole(store: Store, path: Path) -> None:
    (one,) = await filled(store)
    await asyncio.to_thread(path.write_bytes, b"old")
    with refused(Reason.NO_SUCH_VOICE):
        await store.archive.write([uuid4()], path, nothing)
    assert await asyncio.to_thread(path.read_bytes) == b"old"
    await store.archive.write([one.library_id], path, nothing)
    assert zipfile.is_zipfile(path)


async def test_nothing_is_left_of_a_file_that_could_not_be_written(store: Store, tmp_path: Path, path: Path) -> None:
    (one,) = await filled(store)
    (tmp_path / "file").write_text("no folder")
    with refused(Reason.NOT_WRITABLE):
        await store.archive.write([one.library_id], tmp_path / "file" / "voices.zip", nothing)
    with refused(Reason.NOT_WRITABLE):
        await store.archive.write([one.library_id], tmp_path, nothing)
    before = _in(tmp_path)
    with refused(Reason.NO_SUCH_VOICE):
        await store.archive.write([uuid4()], path, nothing)
    assert _in(tmp_path) == before


async def test_cancelled_writing_leaves_nothing(store: Store, path: Path, tmp_path: Path) -> None:
    kept = await filled(store, 5)
    before = _in(tmp_path)
    writing: asyncio.Task[None]

    def stop(done: float | None) -> None:
        if done and done > 0.3:
            writing.cancel()

    writing = asyncio.create_task(store.archive.write([one.library_id for one in kept], path, stop))
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert _in(tmp_path) == before


async def test_cancelled_taking_in_leaves_nothing(store: Store, elsewhere: Store, path: Path, place: Home) -> None:
    kept = await filled(elsewhere, 5)
    await elsewhere.archive.write([one.library_id for one in kept], path, nothing)
    reading: asyncio.Task[Taken]
    reading = asyncio.create_task(
        store.archive.read(path, {}, lambda _: None if reading.cancelling() else (reading.cancel(), None)[1])
    )
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await store.shelf.voices() == ()
    assert on_disk(place) == set()
    assert len((await taken_in(store, path)).voices) == 5


async def test_every_kind_of_clip_keeps_its_form(store: Store, elsewhere: Store, path: Path) -> None:
    (one,) = await filled(elsewhere)
    for form in AudioFormat:
        of_its_own = clip(form.value.encode() * 9, format=form, rate_hz=8_000, channels=2, seconds=0.25)
        await elsewhere.clips.add_clip(one.library_id, of_its_own, ClipKind.SPOKEN, form)
    await elsewhere.archive.write([one.library_id], path, nothing)
    await taken_in(store, path)
    stored = {each.text: each for each in await store.clips.clips_of(one.library_id)}
    for form in AudioFormat:
        here = stored[form]
        assert (here.format, here.rate_hz, here.channels, here.seconds) == (form, 8_000, 2, 0.25)
        assert here.file.endswith(form.suffix)
    assert {one.status for one in await store.shelf.voices()} == {Status.READY}


# -- kill -9 --------------------------------------------------------------------------------------------------------


def killed_in_the_middle(child: Child, path: Path, seconds: float) -> list[str]:
    """The accounts of which all was taken in, as it said."""
    process = child("take_in", path, script="moving_child.py")
    assert process.stdout
    process.stdout.readline()
    time.sleep(seconds)  # anywhere
    process.kill()
    said = process.stdout.readlines()
    process.wait()
    return [line.split()[1] for line in said if line.endswith("\n")]


def all_or_nothing(place: Home, said: list[str], how_many: int) -> None:
    with closing(sqlite3.connect(place.database)) as library:
        assert library.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        voices = dict(library.execute("SELECT account, count(*) FROM voices GROUP BY account").fetchall())
        clips = library.execute("SELECT file, sha256 FROM clips").fetchall()
    assert set(voices.values()) <= {how_many}
    assert set(said) <= voices.keys()
    assert len(clips) == 2 * how_many * len(voices)
    for file, expected in clips:
        assert hashlib.sha256((place.clips / file).read_bytes()).hexdigest() == expected


async def test_kill_9_takes_in_all_or_nothing(
    store: Store, elsewhere: Store, place: Home, path: Path, child: Child
) -> None:
    chance = random.Random(20261123)  # noqa: S311
    kept = await filled(elsewhere, 12, account="theirs")
    await elsewhere.archive.write([one.library_id for one in kept], path, nothing)
    for _ in range(20):
        said = await asyncio.to_thread(killed_in_the_middle, child, path, chance.uniform(0, 0.2))
        await asyncio.to_thread(all_or_nothing, place, said, len(kept))
    await store.archive.read(path, {}, nothing)
    await asyncio.to_thread(all_or_nothing, place, [], len(kept))
    here = {stored.file for one in await store.shelf.voices() for stored in await store.clips.clips_of(one.library_id)}
    assert {f"clips/{file}" for file in here} == on_disk(place)  # what dead processes left is gone
