"""The ways in which a made voice comes into the library: kept from the tray, or added after an order.

(system, account, voice_id) is one voice however often it comes; `merging.py` has those that a system's list tells of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from studio.store.clips import insert_clip
from studio.store.rows import clean, now, record_from, voice_record

if TYPE_CHECKING:
    from sqlite3 import Connection

    from studio.domain.voices import Voice
    from studio.store.clips import WrittenClip

COLUMNS = """library_id, system, account, voice_id, name, origin, target_model, language, created,
     status, region, last_used, description, preview_text, notes, recipe, added"""
VALUES = """:library_id, :system, :account, :voice_id, :name, :origin, :target_model, :language, :created,
     :status, :region, :last_used, :description, :preview_text, :notes, :recipe,
     CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"""
_INSERT = f"""
INSERT INTO voices ({COLUMNS}) VALUES ({VALUES})
ON CONFLICT (system, account, voice_id) DO UPDATE SET deleted = NULL, unsent = NULL,"""  # noqa: S608

# Also one that was just deleted comes back, with one more clip.
KEEP = f"{_INSERT} name = excluded.name"

_FOLLOWED = ", ".join(
    f"{column} = iif(excluded.{column} = '', {column}, excluded.{column})"
    for column in ("target_model", "language", "region", "recipe", "description", "preview_text")
)
_ADD = f"""{_INSERT} added = excluded.added, status = excluded.status, gone = NULL, {_FOLLOWED},
    name = iif(name = '', excluded.name, name)"""

THE_VOICE = "SELECT library_id FROM voices WHERE system = :system AND account = :account AND voice_id = :voice_id"

_SAME_CLIP = "UPDATE clips SET deleted = NULL WHERE library_id = ? AND sha256 = ?"
_STATE = """
INSERT INTO rights (library_id, sample_sha256, statement, created)
SELECT :library_id, :sample_sha256, :statement, :created WHERE NOT EXISTS (
    SELECT 1 FROM rights
    WHERE library_id = :library_id AND sample_sha256 = :sample_sha256 AND statement = :statement
)
"""


def add(connection: Connection, voice: Voice, written: WrittenClip | None, statement: str) -> tuple[str, bool]:
    """Within the caller's transaction. The voice's library id here, and whether the clip is among its clips now: one
    of the same bytes is there once.
    """
    record = voice_record(voice)
    connection.execute(_ADD, record)
    (owner,) = connection.execute(THE_VOICE, record).fetchone()
    taken = bool(written) and not connection.execute(_SAME_CLIP, (owner, written.sha256)).rowcount
    if written and taken:
        insert_clip(connection, written, UUID(owner))
    if statement:
        sample = written.sha256 if written else record_from(statement).get("sample_sha256", "")
        said = {"library_id": owner, "sample_sha256": sample, "statement": clean(statement), "created": now()}
        connection.execute(_STATE, said)
    return owner, taken
