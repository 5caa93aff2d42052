"""Voices with all that belongs to them, out of the library's rows for an archive, and from one into the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from studio.domain.audio import AudioFormat, Envelope
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import StoredClip
from studio.store import reading
from studio.store.archive_format import Archived, ArchivedClip, Said, Sound
from studio.store.clips import WrittenClip, insert_clip
from studio.store.labels import put_tags
from studio.store.rows import as_written, clip_from, moment, moment_from, record_from, record_json, voice_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Connection

    from studio.domain.voices import Voice
    from studio.store.rows import Row

_SHOWN = "SELECT 1 FROM voices WHERE library_id = ? AND deleted IS NULL"
_CLIPS = "SELECT * FROM clips WHERE library_id = ? AND deleted IS NULL ORDER BY created, rowid"
_SAID = "SELECT statement, sample_sha256, created FROM rights WHERE library_id = ? ORDER BY rights_id"
_CONSENT = "SELECT * FROM consents WHERE sha256 = ?"
_FILES = "SELECT sha256, kind, text, file FROM clips WHERE library_id = ? ORDER BY rowid DESC"

_IDENTITY = "SELECT library_id, deleted FROM voices WHERE system = ? AND account = ? AND voice_id = ?"
_INSERT = """
INSERT INTO voices
    (library_id, system, account, voice_id, name, origin, target_model, language, created, status, region, last_used,
     description, preview_text, notes, recipe, favourite, rating, collection, pitch_hz, listed, gone, changed, added)
VALUES
    (:library_id, :system, :account, :voice_id, :name, :origin, :target_model, :language, :created, :status, :region,
     :last_used, :description, :preview_text, :notes, :recipe, :favourite, :rating, :collection, :pitch_hz, :listed,
     :gone, :changed, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER))
"""
_COMPLETE = """
UPDATE voices SET deleted = NULL, unsent = NULL,
    name = iif(name = '', :name, name),
    target_model = iif(target_model = '', :target_model, target_model),
    language = iif(language = '', :language, language),
    region = iif(region = '', :region, region),
    description = iif(description = '', :description, description),
    preview_text = iif(preview_text = '', :preview_text, preview_text),
    notes = iif(notes = '', :notes, notes),
    recipe = iif(recipe = '', :recipe, recipe),
    collection = iif(collection = '', :collection, collection),
    rating = iif(rating = 0, :rating, rating),
    favourite = max(favourite, :favourite),
    pitch_hz = coalesce(pitch_hz, :pitch_hz)
WHERE library_id = :library_id
"""
_SAME_CLIP = """
SELECT clip_id FROM clips WHERE library_id = ? AND sha256 = ? AND kind = ? AND text = ? ORDER BY rowid LIMIT 1
"""
_SHOW = "UPDATE clips SET deleted = NULL WHERE clip_id = ? AND deleted IS NOT NULL"
_NEW_FILE = "UPDATE clips SET file = ? WHERE clip_id = ?"
_SAY = "INSERT INTO rights (library_id, sample_sha256, statement, created) VALUES (?, ?, ?, ?)"
_CONSENTED = """
INSERT INTO consents (sha256, file, format, rate_hz, seconds, channels, created, envelope)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING
"""


ClipIdentity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PutIn:
    """What became of a voice: its id here, whether it wasn't seen here before, and how many clips came to it."""

    library_id: UUID
    new: bool
    clips: int


def archived(connection: Connection, library_id: UUID) -> Archived | None:
    """`file` of its sounds are names in the library's folders; None for a voice that isn't there, or is hidden."""
    owner = str(library_id)
    if not connection.execute(_SHOWN, (owner,)).fetchone():
        return None
    said = tuple(map(_said_from, connection.execute(_SAID, (owner,)).fetchall()))
    sums = sorted({str(one.statement.get("consent_sha256", "")) for one in said})
    consents = [row for one in sums for row in connection.execute(_CONSENT, (one,)).fetchall()]
    return Archived(
        voice=reading.by_id(connection, owner),
        clips=tuple(map(_clip_from, connection.execute(_CLIPS, (owner,)).fetchall())),
        said=said,
        consents=tuple(map(_sound_from, consents)),
    )


def accounts_known(connection: Connection) -> frozenset[str]:
    return frozenset(account for (account,) in connection.execute("SELECT account FROM accounts"))


def is_here(connection: Connection, system: str, account: str, voice_id: str) -> bool:
    """Hidden or not."""
    return bool(connection.execute(_IDENTITY, (system, account, voice_id)).fetchone())


def files_here(connection: Connection, voice: Voice, in_use: str) -> dict[ClipIdentity, str]:
    """The names of the clip files that a voice has here; `in_use` is the account in use for it."""
    found = _match(connection, voice, in_use)
    if found is None:
        return {}
    rows = connection.execute(_FILES, (found["library_id"],))
    return {(row["sha256"], row["kind"], row["text"]): row["file"] for row in rows}


def clip_identity(clip: ArchivedClip) -> ClipIdentity:
    """What makes it the same clip of a voice: the same bytes may have been made of other words, or for another end."""
    return clip.sound.sha256, clip.kind.value, clip.text


def put_in(
    connection: Connection, one: Archived, in_use: str, known: frozenset[str], brought: Mapping[str, str]
) -> PutIn:
    """Within the caller's transaction. `brought` has the names in the library's folders of what was brought for it,
    by their names in the archive; `known` are the accounts of this library.
    """
    found = _match(connection, one.voice, in_use)
    voice = one.voice if one.voice.account in known or not in_use else replace(one.voice, account=in_use)
    new = found is None or found["deleted"] is not None
    owner = found["library_id"] if found else _free_id(connection, voice.library_id)
    connection.execute(_COMPLETE if found else _INSERT, _record(voice) | {"library_id": owner})
    put_tags(connection, [owner], voice.tags)
    clips = sum(_put_clip(connection, owner, clip, brought) for clip in one.clips)
    for consent in one.consents:
        if consent.file in brought:
            connection.execute(_CONSENTED, _consent_values(consent, brought[consent.file]))
    _put_said(connection, owner, one)
    return PutIn(UUID(owner), new, clips)


def _match(connection: Connection, voice: Voice, in_use: str) -> Row | None:
    """The very voice, or else the one of that id under the account in use, where there is one."""
    for account in dict.fromkeys((voice.account, in_use or voice.account)):
        found = connection.execute(_IDENTITY, (voice.system, account, voice.voice_id)).fetchone()
        if found:
            return found
    return None


def _free_id(connection: Connection, library_id: UUID) -> str:
    taken = connection.execute("SELECT 1 FROM voices WHERE library_id = ?", (str(library_id),)).fetchone()
    return str(uuid4() if taken else library_id)


def _record(voice: Voice) -> dict[str, object]:
    labels = {
        "favourite": voice.favourite,
        "rating": voice.rating,
        "collection": voice.collection,
        "pitch_hz": voice.pitch_hz,
        "listed": voice.listed and moment(voice.listed),
        "gone": voice.gone and moment(voice.gone),
        "changed": voice.changed,
    }
    return {**voice_record(voice), **labels}


def _put_clip(connection: Connection, owner: str, clip: ArchivedClip, brought: Mapping[str, str]) -> bool:
    """The same one is there once; if its file was lost, it has one again."""
    sound, file = clip.sound, brought.get(clip.sound.file)
    if same := connection.execute(_SAME_CLIP, (owner, *clip_identity(clip))).fetchone():
        connection.execute(_SHOW, (same["clip_id"],))
        if file:
            connection.execute(_NEW_FILE, (file, same["clip_id"]))
        return file is not None
    if not sound.file:
        return False
    if file is None:  # it was here a moment ago, and somebody has removed it since
        raise StudioError(Reason.LIBRARY_BUSY, detail=f"{sound.file} of {owner}", retryable=True)
    stored = StoredClip(
        clip_id=uuid4(),
        kind=clip.kind,
        text=clip.text,
        file=file,
        format=sound.format,
        rate_hz=sound.rate_hz,
        seconds=sound.seconds,
        channels=sound.channels,
        created=sound.created,
        envelope=sound.envelope,
        partial=clip.partial,
        price_usd=clip.price_usd,
    )
    insert_clip(connection, WrittenClip(stored, sound.sha256), UUID(owner))
    return True


def _put_said(connection: Connection, owner: str, one: Archived) -> None:
    there = [(row["sample_sha256"], record_from(row["statement"])) for row in connection.execute(_SAID, (owner,))]
    for said in one.said:
        told = (said.sample_sha256, dict(said.statement))
        if told not in there:
            there.append(told)
            values = (owner, said.sample_sha256, record_json(said.statement), moment(said.created))
            connection.execute(_SAY, values)


@as_written
def _clip_from(row: Row) -> ArchivedClip:
    stored = clip_from(row)
    return ArchivedClip(_sound_from(row), stored.kind, stored.text, stored.partial, stored.price_usd)


@as_written
def _sound_from(row: Row) -> Sound:
    return Sound(
        file=row["file"],
        sha256=row["sha256"],
        format=AudioFormat(row["format"]),
        rate_hz=row["rate_hz"],
        seconds=row["seconds"],
        channels=row["channels"],
        created=moment_from(row["created"]),
        envelope=Envelope(row["envelope"]),
    )


@as_written
def _said_from(row: Row) -> Said:
    return Said(record_from(row["statement"]), row["sample_sha256"], moment_from(row["created"]))


def _consent_values(sound: Sound, file: str) -> tuple[object, ...]:
    form = (sound.format.value, sound.rate_hz, sound.seconds, sound.channels)
    return (sound.sha256, file, *form, moment(sound.created), sound.envelope.pairs)
