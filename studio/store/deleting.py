"""Voices that are hidden, come back, or go for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.store.rows import now
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection
    from uuid import UUID

    from studio.store.locks import Owners

REMEMBERED = 10_000
"""Voices that are gone for good, of which a reader who knew them hears one by one."""

_HIDE = "UPDATE voices SET deleted = ?, unsent = ? WHERE library_id = ? AND deleted IS NULL"
_SENT = "UPDATE voices SET unsent = NULL WHERE library_id = ?"
_RESTORE = "UPDATE voices SET deleted = NULL, unsent = NULL WHERE library_id = ?"
_BRING_BACK = "UPDATE voices SET deleted = NULL, unsent = NULL WHERE unsent = ?"

_OVER = """
SELECT clip_id, file FROM clips
WHERE library_id IN (SELECT library_id FROM voices WHERE deleted <= :before AND unsent IS NULL)
    OR clip_id IN (SELECT clip_id FROM candidates WHERE discarded <= :before)
    OR deleted <= :before
"""
_OLDEST_REMEMBERED = "SELECT revision FROM purged ORDER BY revision DESC LIMIT 1 OFFSET ?"


def hide(connection: Connection, library_ids: Sequence[UUID], teller: str | None) -> None:
    """All or none. `teller` is the process that is to tell their systems. Raises NO_SUCH_VOICE if one isn't here."""
    wanted = sorted(set(map(str, library_ids)))
    moment = now()
    with transaction(connection):
        hidden = connection.executemany(_HIDE, [(moment, teller, library_id) for library_id in wanted]).rowcount
        if hidden < len(wanted):
            raise StudioError(Reason.NO_SUCH_VOICE, detail=", ".join(wanted[:3]))


def sent(connection: Connection, library_ids: Sequence[UUID]) -> None:
    with transaction(connection):
        connection.executemany(_SENT, [(str(library_id),) for library_id in library_ids])


def restore(connection: Connection, library_ids: Sequence[UUID]) -> None:
    """All that are here. Raises NO_SUCH_VOICE if one is purged, when the others are back."""
    wanted = sorted(set(map(str, library_ids)))
    with transaction(connection):
        back = connection.executemany(_RESTORE, [(library_id,) for library_id in wanted]).rowcount
    if back < len(wanted):
        raise StudioError(Reason.NO_SUCH_VOICE, detail=", ".join(wanted[:3]))


def bring_back(connection: Connection, owners: Owners) -> None:
    """Voices that a process hid and died before it told their systems. Raises OSError."""
    with transaction(connection):
        for (teller,) in connection.execute("SELECT DISTINCT unsent FROM voices WHERE unsent IS NOT NULL").fetchall():
            if owners.gone(teller):
                connection.execute(_BRING_BACK, (teller,))


def forget(connection: Connection, before: int) -> list[str]:
    """Removes the rows whose time to undo is over and returns the names of their clip files."""
    with transaction(connection):
        over = connection.execute(_OVER, {"before": before}).fetchall()
        connection.execute("DELETE FROM candidates WHERE discarded <= ?", (before,))
        connection.executemany("DELETE FROM clips WHERE clip_id = ?", [(row["clip_id"],) for row in over])
        connection.execute("DELETE FROM voices WHERE deleted <= ? AND unsent IS NULL", (before,))
        _remember_less(connection)
    return [row["file"] for row in over]


def _remember_less(connection: Connection) -> None:
    oldest = connection.execute(_OLDEST_REMEMBERED, (REMEMBERED,)).fetchone()
    if oldest:
        connection.execute("DELETE FROM purged WHERE revision <= ?", tuple(oldest))
        connection.execute("UPDATE revisions SET forgotten = ?", tuple(oldest))
