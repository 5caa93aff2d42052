"""The ways in which a voice comes into the library: kept from the tray, added after an order, listed by its system.

(system, account, voice_id) is one voice however often it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.voices import Status
from studio.store.rows import clean, now, voice_record
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from studio.domain.voices import Origin, Voice

FRESH_S = 300.0
"""A voice that came in this short a while ago may not be in its system's list yet."""

_INSERT = """
INSERT INTO voices
    (library_id, system, account, voice_id, name, origin, target_model, language, created,
     status, region, last_used, description, preview_text, notes, recipe, added)
VALUES
    (:library_id, :system, :account, :voice_id, :name, :origin, :target_model, :language, :created,
     :status, :region, :last_used, :description, :preview_text, :notes, :recipe,
     CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER))
ON CONFLICT (system, account, voice_id) DO UPDATE SET"""

# Also one that was just deleted comes back, with one more clip.
KEEP = f"{_INSERT} name = excluded.name, deleted = NULL"

_FOLLOWED = ", ".join(
    f"{column} = iif(excluded.{column} = '', {column}, excluded.{column})"
    for column in ("target_model", "language", "region")
)
ADD = f"""{_INSERT} deleted = NULL, added = excluded.added, status = excluded.status, {_FOLLOWED},
    name = iif(name = '', excluded.name, name),
    recipe = iif(excluded.recipe = '', recipe, excluded.recipe),
    description = iif(excluded.description = '', description, excluded.description),
    preview_text = iif(excluded.preview_text = '', preview_text, excluded.preview_text)"""

# A row that says the same already is not written again: most of a long list hasn't changed.
_MERGE = f"""{_INSERT} status = excluded.status, {_FOLLOWED},
    description = iif(description = '', excluded.description, description),
    preview_text = iif(preview_text = '', excluded.preview_text, preview_text)
WHERE status <> excluded.status
    OR excluded.target_model NOT IN ('', target_model)
    OR excluded.language NOT IN ('', language)
    OR excluded.region NOT IN ('', region)
    OR (description = '' AND excluded.description <> '')
    OR (preview_text = '' AND excluded.preview_text <> '')"""

THE_VOICE = "SELECT * FROM voices WHERE system = :system AND account = :account AND voice_id = :voice_id"
MARK = "UPDATE voices SET status = ? WHERE library_id = ?"

_MAY_BE_GONE = """
SELECT library_id, voice_id FROM voices
WHERE system = ? AND account = ? AND origin = ? AND status <> ? AND coalesce(added, 0) < ?
"""


def merge(connection: Connection, system: str, account: str, listed: Sequence[Voice], gone: Sequence[Origin]) -> None:
    """As `ports.Shelf.merge`, in one transaction."""
    records = [voice_record(voice) | {"system": clean(system), "account": clean(account)} for voice in listed]
    still_there = {record["voice_id"] for record in records}
    fresh = now() - round(FRESH_S * 1e6)
    with transaction(connection):
        connection.executemany(_MERGE, records)
        for origin in set(gone):
            asked = (clean(system), clean(account), origin.value, Status.GONE.value, fresh)
            rows = connection.execute(_MAY_BE_GONE, asked).fetchall()
            left = [row["library_id"] for row in rows if row["voice_id"] not in still_there]
            connection.executemany(MARK, [(Status.GONE.value, library_id) for library_id in left])
