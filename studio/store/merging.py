"""What a system's list tells of its voices, brought into the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.voices import Status
from studio.store.rows import clean, moment, now, voice_record
from studio.store.transactions import transaction
from studio.store.voice_rows import COLUMNS, VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from sqlite3 import Connection

    from studio.domain.voices import Origin, Voice
    from studio.store.rows import Row, Value

FRESH_S = 300.0
"""A voice that came in this short a while ago may not be in its system's list yet."""

_KNOWN = """
SELECT library_id, status, gone, target_model, language, region, description, preview_text,
    told_description, told_preview_text, changed, listed
FROM voices WHERE system = :system AND account = :account AND voice_id = :voice_id
"""
_COME = f"""
INSERT INTO voices ({COLUMNS}, listed, told_description, told_preview_text)
VALUES ({VALUES}, :listed, iif(:description = '', '', NULL), iif(:preview_text = '', '', NULL))
"""  # noqa: S608
_FOLLOW = """
UPDATE voices SET status = :status, gone = :gone, target_model = :target_model, language = :language,
    region = :region, description = :description, preview_text = :preview_text,
    told_description = :told_description, told_preview_text = :told_preview_text, changed = :changed, listed = :listed
WHERE library_id = :library_id
"""
_LISTED = "UPDATE voices SET listed = :listed WHERE library_id = :library_id"
_GONE = """
UPDATE voices SET status = :status, gone = :now
WHERE system = :system AND account = :account AND origin = :origin AND status <> :status
    AND coalesce(added, 0) < :fresh AND coalesce(listed, 0) < :since
"""


def merge(
    connection: Connection,
    system: str,
    account: str,
    listed: Sequence[Voice],
    gone: Sequence[Origin],
    since: datetime | None = None,
) -> None:
    """As `ports.Shelf.merge`, in one transaction. Of a voice that comes twice the first word counts."""
    system, account, present = clean(system), clean(account), now()
    begun = present if since is None else moment(since)
    told: dict[Value, dict[str, Value]] = {}
    for voice in listed:
        record = voice_record(voice) | {"system": system, "account": account, "listed": max(present, begun)}
        told.setdefault(record["voice_id"], record)
    lacking = {
        "system": system,
        "account": account,
        "status": Status.GONE.value,
        "now": present,
        "since": begun,
        "fresh": present - round(FRESH_S * 1e6),
    }
    with transaction(connection):
        for record in told.values():
            _tell(connection, record, None if since is None else begun)
        connection.executemany(_GONE, [lacking | {"origin": origin.value} for origin in set(gone)])


def _tell(connection: Connection, told: dict[str, Value], begun: int | None) -> None:
    """A voice that was told of since the list was begun is left as it is: paging may repeat."""
    known = connection.execute(_KNOWN, told).fetchone()
    if known is None:
        connection.execute(_COME, told)
    elif begun is None or (known["listed"] or 0) < begun:
        news = _news(known, told)
        connection.execute(_FOLLOW if news else _LISTED, {**dict(known), **news, "listed": told["listed"]})


def _news(known: Row, told: dict[str, Value]) -> dict[str, Value]:
    """The columns that are different now; hidden voices stay hidden, names and notes the person's own."""
    news: dict[str, Value] = {}
    if told["status"] != known["status"]:
        news = {"status": told["status"], "gone": told["listed"] if told["status"] == Status.GONE.value else None}
    for column in ("target_model", "language", "region"):
        if told[column] not in ("", known[column]):
            news[column] = told[column]
            if known[column] and column != "region":
                news["changed"] = True
    for column in ("description", "preview_text"):
        news |= _words(known, column, told[column])
    return news


def _words(known: Row, column: str, words: Value) -> dict[str, Value]:
    """Words that came from a list follow it; a person's own stay, and what the list says instead is noted beside."""
    own, last, noted = known[column], known[f"told_{column}"], f"told_{column}"
    if words in ("", last) or (last is None and words == own):
        return {}
    if words == own:
        return {noted: None}
    if not own:
        return {column: words, noted: None}
    return {column if last is None else noted: words, "changed": True}
