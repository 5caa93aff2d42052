"""What was said of the right to a voice, spoken consents, and the record of both."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from studio.domain.audio import AudioFormat, Clip
from studio.domain.errors import Reason, StudioError
from studio.domain.samples import Right, Statement
from studio.domain.voices import ClipKind, Origin, Voice
from studio.store import Home, Store
from tests.fakes.voices import clip, voice

SAMPLE = clip(b"sample bytes", format=AudioFormat.MP3)
SPOKEN = clip(b"I agree.", format=AudioFormat.WAV, rate_hz=48_000, seconds=2.5, channels=2)


def said(**more: str) -> str:
    return json.dumps({"said": "I have the right", "sample_sha256": "brief's", "sample_name": "me.mp3", **more})


async def cloned(store: Store, statement: str, sample: Clip | None = SAMPLE, **fields: Any) -> Voice:
    made = voice(origin=Origin.CLONED, name="Ann", created=datetime(2026, 11, 21, 8, tzinfo=UTC), **fields)
    return await store.shelf.add(made, sample, ClipKind.SAMPLE, "", statement)


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


async def exported(store: Store, made: Voice, path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    await store.rights.export(made, path)
    with zipfile.ZipFile(path) as record:
        assert record.testzip() is None
        content = {name: record.read(name) for name in record.namelist()}
    return json.loads(content.pop("rights.json")), content


async def test_statements_come_newest_first(open_store: Callable[..., Store]) -> None:
    store = open_store()
    made = await cloned(store, said(whose="Ann Lee", since="2026-11-01", consent_sha256="c0"))
    await store.shelf.add(made, None, ClipKind.SAMPLE, "", said(sample_url="https://a/b.wav", sample_sha256=""))
    newer, older = await open_store().rights.of(made.library_id)
    assert newer == Statement("I have the right", "", "me.mp3", "https://a/b.wav", Right(), newer.created)
    total = sha256(SAMPLE.data).hexdigest()
    right = Right("Ann Lee", "2026-11-01", "c0")
    assert older == Statement("I have the right", total, "me.mp3", "", right, older.created)
    assert older.created <= newer.created <= datetime.now(UTC)
    assert await store.rights.of(uuid4()) == ()


async def test_what_the_first_version_wrote_reads(store: Store) -> None:
    made = await cloned(store, json.dumps({"said": "I have the right", "sample_sha256": "x"}))
    (statement,) = await store.rights.of(made.library_id)
    assert (statement.said, statement.sample_name, statement.right) == ("I have the right", "", Right())


@pytest.mark.parametrize("written", ["", "[]", "1", '{"said": '])
async def test_what_nobody_wrote_is_damage(store: Store, place: Home, written: str) -> None:
    import sqlite3

    made = await cloned(store, said())
    with sqlite3.connect(place.database) as connection:
        connection.execute("UPDATE rights SET statement = ?", (written,))
    connection.close()
    with refused(Reason.LIBRARY_DAMAGED):
        await store.rights.of(made.library_id)


# -- consents ---------------------------------------------------------------------------------------------------------


async def test_a_consent_is_known_by_its_sum_and_there_once(open_store: Callable[..., Store], place: Home) -> None:
    store = open_store()
    total = await store.rights.keep_consent(SPOKEN)
    assert total == await open_store().rights.keep_consent(SPOKEN) == sha256(SPOKEN.data).hexdigest()
    assert await store.rights.keep_consent(replace(SPOKEN, format=AudioFormat.M4A)) == total
    assert await open_store().rights.consent(total) == SPOKEN
    (path,) = place.rights.iterdir()
    assert (path.name, stat.S_IMODE(path.stat().st_mode)) == (f"{total}.wav", 0o600)
    assert stat.S_IMODE(place.rights.stat().st_mode) == 0o700


async def test_a_consent_whose_file_is_gone_is_said_and_can_be_kept_again(store: Store, place: Home) -> None:
    total = await store.rights.keep_consent(SPOKEN)
    (place.rights / f"{total}.wav").unlink()
    for unknown in (total, "0" * 64, "../library.db", ""):
        with refused(Reason.NO_SUCH_CLIP):
            await store.rights.consent(unknown)
    assert await store.rights.keep_consent(SPOKEN) == total
    assert await store.rights.consent(total) == SPOKEN


# -- the record -------------------------------------------------------------------------------------------------------


async def test_the_record_has_statements_samples_and_consents(store: Store, tmp_path: Path) -> None:
    consent = await store.rights.keep_consent(SPOKEN)
    await store.rights.keep_consent(clip(b"of somebody else"))
    made = await cloned(store, said(whose="Ann Lée", since="2026-11-01", consent_sha256=consent), voice_id="v:1")
    await store.clips.add_clip(made.library_id, clip(), ClipKind.SPOKEN, "Hello.")
    (statement,) = await store.rights.of(made.library_id)
    total = sha256(SAMPLE.data).hexdigest()
    told, files = await exported(store, made, tmp_path / "record.zip")
    assert files == {f"samples/{total}.mp3": SAMPLE.data, f"consents/{consent}.wav": SPOKEN.data}
    assert told == {
        "version": 1,
        "voice": {"name": "Ann", "system": "on-device", "voice_id": "v:1", "created": "2026-11-21T08:00:00+00:00"},
        "statements": [
            {
                "said": "I have the right",
                "time": statement.created.isoformat(),
                "own": False,
                "whose": "Ann Lée",
                "since": "2026-11-01",
                "sample_sha256": total,
                "sample_name": "me.mp3",
                "sample_url": "",
                "consent_sha256": consent,
            }
        ],
        "samples": [{"sha256": total, "file": f"samples/{total}.mp3"}],
        "consents": [{"sha256": consent, "file": f"consents/{consent}.wav"}],
    }


async def test_the_same_record_is_the_same_bytes(open_store: Callable[..., Store], tmp_path: Path) -> None:
    store = open_store()
    consent = await store.rights.keep_consent(SPOKEN)
    made = await cloned(store, said(consent_sha256=consent))
    for number in (2, 1):
        sample = clip(f"sample {number}".encode(), format=AudioFormat.WAV)
        await store.shelf.add(made, sample, ClipKind.SAMPLE, "", said())
    for name in ("one.zip", "two.zip"):
        await open_store().rights.export(made, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert len(zipfile.ZipFile(tmp_path / "one.zip").namelist()) == 5


async def test_what_is_gone_is_left_out(store: Store, place: Home, tmp_path: Path) -> None:
    made = await cloned(store, said(consent_sha256="0" * 64))
    for path in place.clips.iterdir():
        path.unlink()
    told, files = await exported(store, made, tmp_path / "record.zip")
    assert files == {}
    assert (told["samples"], told["consents"]) == ([], [])
    assert told["statements"][0]["sample_sha256"] == sha256(SAMPLE.data).hexdigest()


async def test_a_sample_that_was_deleted_is_not_handed_out(store: Store, tmp_path: Path) -> None:
    made = await cloned(store, said())
    (sample,) = await store.clips.clips_of(made.library_id)
    await store.clips.delete_clip(sample.clip_id)
    assert (await exported(store, made, tmp_path / "record.zip"))[1] == {}


@pytest.mark.parametrize("name", ["missing/record.zip", "."])
async def test_what_cannot_be_written_is_said_and_leaves_nothing(store: Store, tmp_path: Path, name: str) -> None:
    made = await cloned(store, said())
    before = sorted(os.listdir(tmp_path))
    with refused(Reason.NOT_WRITABLE):
        await store.rights.export(made, tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == before
