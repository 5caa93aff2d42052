"""Files that are no archives, or not whole, or made by somebody who means harm: nothing of them is taken in."""

from __future__ import annotations

import asyncio
import json
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import Reason, StudioError
from studio.ports import Taken
from studio.store import Home, Store, archive_reading
from studio.store import archive as archives
from tests.store.archives import filled, on_disk, retold, rewritten

Change = Callable[[dict[str, bytes]], None]

VOICE = "voices/000001.json"


@pytest.fixture
async def path(open_store: Callable[..., Store], tmp_path: Path) -> Path:
    """An archive of two voices with two clips each."""
    store = Store(Home(tmp_path / "elsewhere"))
    made = tmp_path / "voices.zip"
    kept = await filled(store, 2)
    await store.archive.write([one.library_id for one in kept], made, lambda _: None)
    await store.aclose()
    return made


async def reason_of(store: Store, place: Home, path: Path) -> Reason:
    """Why it is refused; nothing came of it."""
    with pytest.raises(StudioError) as caught:
        await store.archive.read(path, {}, lambda _: None)
    assert on_disk(place) == set()
    if caught.value.reason is not Reason.DISK_FULL:
        assert await store.shelf.voices() == ()
    return caught.value.reason


async def test_no_file_at_all(store: Store, place: Home, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("missing.zip", ".", "pipe", "zero\0"):
        assert await reason_of(store, place, tmp_path / name) is Reason.FILE_GONE


@pytest.mark.parametrize("data", [b"", b"PK", b"RIFF1234WAVE", b"PK\5\6" + bytes(18), b"PK\3\4" + bytes(5_000)])
async def test_another_file(store: Store, place: Home, tmp_path: Path, data: bytes) -> None:
    other = tmp_path / "other.zip"
    await asyncio.to_thread(other.write_bytes, data)
    assert await reason_of(store, place, other) is Reason.NOT_AN_ARCHIVE


async def test_another_zip(store: Store, place: Home, path: Path) -> None:
    for change in (
        lambda entries: entries.pop("archive.json"),
        lambda entries: entries.update({"archive.json": b'{"kind": "photos", "format": 1}'}),
        lambda entries: entries.update({"archive.json": b"[]"}),
        lambda entries: entries.update({"archive.json": b"{"}),
    ):
        assert await reason_of(store, place, rewritten(path, change)) is Reason.NOT_AN_ARCHIVE


async def test_a_newer_one(store: Store, place: Home, path: Path) -> None:
    assert await reason_of(store, place, retold(path, "archive.json", format=2)) is Reason.ARCHIVE_TOO_NEW
    for odd in (0, "1", True, None):
        assert await reason_of(store, place, retold(path, "archive.json", format=odd)) is Reason.ARCHIVE_DAMAGED


async def test_cut_off_anywhere(store: Store, place: Home, path: Path, tmp_path: Path) -> None:
    whole = await asyncio.to_thread(path.read_bytes)
    cut = tmp_path / "cut.zip"
    for size in (len(whole) - 1, len(whole) - 22, len(whole) // 2, 200):
        await asyncio.to_thread(cut.write_bytes, whole[:size])
        assert await reason_of(store, place, cut) is Reason.ARCHIVE_DAMAGED


async def test_one_wrong_byte_in_any_entry(store: Store, place: Home, path: Path, tmp_path: Path) -> None:
    whole = await asyncio.to_thread(path.read_bytes)
    with zipfile.ZipFile(path) as archive:
        starts = {info.filename: info.header_offset + 30 + len(info.filename) + 40 for info in archive.infolist()}
    wrong = tmp_path / "wrong.zip"
    for name, at in starts.items():
        if name != "README.txt":
            await asyncio.to_thread(wrong.write_bytes, whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
            assert await reason_of(store, place, wrong) is Reason.ARCHIVE_DAMAGED, name


async def test_damage_is_found_in_clips_that_are_here_already(store: Store, path: Path, place: Home) -> None:
    await store.archive.read(path, {}, lambda _: None)
    before = on_disk(place)

    def change(entries: dict[str, bytes]) -> None:
        entries["clips/000001.pcm"] = b"\1" * len(entries["clips/000001.pcm"])

    with pytest.raises(StudioError, match="archive-damaged"):
        await store.archive.read(rewritten(path, change), {}, lambda _: None)
    assert on_disk(place) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"system": 5},
        {"voice_id": None},
        {"library_id": "1"},
        {"origin": "stolen"},
        {"rating": 6},
        {"rating": True},
        {"favourite": 1},
        {"pitch_hz": float("nan")},
        {"pitch_hz": -1},
        {"created": "yesterday"},
        {"created": "2026-01-01T00:00:00"},
        {"tags": "calm"},
        {"tags": [5]},
        {"clips": {}},
        {"clips": [{}]},
        {"statements": [{"statement": {"said": []}, "sample_sha256": "", "created": "2026-01-01T00:00:00+00:00"}]},
        {"statements": [{"statement": "x", "sample_sha256": "", "created": "2026-01-01T00:00:00+00:00"}]},
        {"profile": {"file": "profiles/gone.npz", "sha256": "0" * 64}},
        {"profile": {"file": "../x", "sha256": "0" * 64}},
    ],
)
async def test_what_cannot_be_said_of_a_voice(store: Store, place: Home, path: Path, changes: dict[str, Any]) -> None:
    assert await reason_of(store, place, retold(path, **changes)) is Reason.ARCHIVE_DAMAGED


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "../../library.db"},
        {"file": "clips/999999.pcm"},
        {"file": VOICE},
        {"sha256": "../x"},
        {"sha256": "0" * 64},
        {"format": "exe"},
        {"seconds": float("inf")},
        {"seconds": 10**400},
        {"rate_hz": 0},
        {"channels": 10**9},
        {"envelope": "%"},
        {"envelope": "AAAA"},
        {"kind": "other"},
    ],
)
async def test_what_cannot_be_said_of_a_clip(store: Store, place: Home, path: Path, changes: dict[str, Any]) -> None:
    def change(entries: dict[str, bytes]) -> None:
        told = json.loads(entries[VOICE])
        told["clips"][0] |= changes
        entries[VOICE] = json.dumps(told).encode()

    assert await reason_of(store, place, rewritten(path, change)) is Reason.ARCHIVE_DAMAGED


async def test_json_that_is_none(store: Store, place: Home, path: Path) -> None:
    for odd in (b"", b"[" * 100_000, b'{"a": ' * 100_000, b"\xff\xfe", b"9" * 5_000, b"null"):
        other = rewritten(path, lambda entries, odd=odd: entries.update({VOICE: odd}))
        assert await reason_of(store, place, other) is Reason.ARCHIVE_DAMAGED


async def test_a_clip_of_two_voices(store: Store, place: Home, path: Path) -> None:
    def change(entries: dict[str, bytes]) -> None:
        told = json.loads(entries["voices/000002.json"])
        told["clips"] = json.loads(entries[VOICE])["clips"]
        entries["voices/000002.json"] = json.dumps(told).encode()

    assert await reason_of(store, place, rewritten(path, change)) is Reason.ARCHIVE_DAMAGED


# -- harm -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../x", "/x", "clips/../../x", "..\\x", "C:/x", "a\\b", "clips/..", "/etc/passwd", "clips/x:y"]
)
async def test_names_that_lead_out(store: Store, place: Home, path: Path, name: str) -> None:
    other = rewritten(path, lambda entries: entries.update({name: b"x"}))
    assert await reason_of(store, place, other) is Reason.ARCHIVE_DAMAGED


async def test_names_that_come_twice(store: Store, place: Home, path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(VOICE, b"{}")
    assert await reason_of(store, place, path) is Reason.ARCHIVE_DAMAGED


async def test_strange_files_in_it_are_left_alone(store: Store, path: Path) -> None:
    other = rewritten(path, lambda entries: entries.update({"__MACOSX/._voices": b"x", "voices/": b"", "n.txt": b"y"}))
    assert len((await store.archive.read(other, {}, lambda _: None)).voices) == 2


async def test_packed_anew_by_hand(store: Store, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "packed.zip"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(archive.namelist(), reverse=True):
            made.writestr(name, archive.read(name))
    assert len((await store.archive.read(other, {}, lambda _: None)).voices) == 2


async def test_a_bomb(store: Store, place: Home, path: Path, tmp_path: Path) -> None:
    """A gigabyte of nothing in a megabyte."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            made.writestr(name, archive.read(name))
        with made.open("clips/bomb.wav", "w") as file:
            for _ in range(200):
                file.write(bytes(1 << 20))
    assert await reason_of(store, place, bomb) is Reason.ARCHIVE_DAMAGED


async def test_an_entry_that_is_longer_than_it_says(store: Store, place: Home, path: Path) -> None:
    """The directory and the entry say 10 bytes, there are more; no more than what was said is ever read."""
    whole = bytearray(await asyncio.to_thread(path.read_bytes))
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("clips/000001.pcm")
    size = struct.pack("<L", info.file_size)
    at = whole.rfind(b"PK\1\2", 0, whole.rfind(b"clips/000001.pcm"))
    assert whole[at + 24 : at + 28] == size
    whole[at + 24 : at + 28] = struct.pack("<L", 10)
    await asyncio.to_thread(path.write_bytes, bytes(whole))
    assert await reason_of(store, place, path) is Reason.ARCHIVE_DAMAGED


async def test_encrypted_and_oddly_packed(store: Store, place: Home, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "odd.zip"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w", zipfile.ZIP_BZIP2) as made:
        for name in archive.namelist():
            made.writestr(name, archive.read(name))
    assert await reason_of(store, place, other) is Reason.ARCHIVE_DAMAGED
    whole = bytearray(await asyncio.to_thread(path.read_bytes))
    at = whole.rfind(b"PK\1\2", 0, whole.rfind(b"clips/000001.pcm"))
    whole[at + 8] |= 1
    await asyncio.to_thread(path.write_bytes, bytes(whole))
    assert await reason_of(store, place, path) is Reason.ARCHIVE_DAMAGED


async def test_too_much_of_it(store: Store, place: Home, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, value in (("ENTRIES_MAX", 5), ("DIRECTORY_MAX", 100), ("JSON_MAX", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(archive_reading, limit, value)
            assert await reason_of(store, place, path) is Reason.ARCHIVE_DAMAGED


async def test_a_profile_that_is_too_big(
    store: Store, place: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Store(Home(tmp_path / "third"))
    (one,) = await filled(other)
    await other.profiles.save(one.voice_id, bytes(100))
    await other.archive.write([one.library_id], tmp_path / "with.zip", lambda _: None)
    await other.aclose()
    monkeypatch.setattr(archives, "PROFILE_MAX", 99)
    assert await reason_of(store, place, tmp_path / "with.zip") is Reason.ARCHIVE_DAMAGED


async def test_a_full_disk_takes_in_nothing(
    store: Store, place: Home, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    real = os.fsync

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        real(descriptor)

    await store.shelf.voices()
    monkeypatch.setattr("studio.store.arrivals.os.fsync", full)
    assert await reason_of(store, place, path) is Reason.DISK_FULL
    assert await store.shelf.voices() == ()
    monkeypatch.undo()
    assert isinstance(await store.archive.read(path, {}, lambda _: None), Taken)


async def test_tags_beyond_measure_are_left_out(store: Store, path: Path) -> None:
    tags = [f"{number:05d} {'x' * 300}" for number in range(2_000)]
    await store.archive.read(retold(path, tags=["00000 " + "x" * 400, *tags]), {}, lambda _: None)
    one = next(one for one in await store.shelf.voices() if one.tags)
    assert one.tags == tuple(tag[:200] for tag in tags[:100])
    await store.archive.read(retold(path, tags=["another"]), {}, lambda _: None)
    assert (await store.shelf.find(str(one.library_id))).tags == one.tags
