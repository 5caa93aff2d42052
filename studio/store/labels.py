"""What a person says of voices: favourite, rating, collection and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.store.rows import clean
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection
    from uuid import UUID

    from studio.ports import Labels

RATING_MAX = 5
TAGS_MAX = 100
"""Of one voice: its row has them all, and is written anew for each."""

TAG_MAX = 200
"""Characters."""

_SAY = """
UPDATE voices SET favourite = coalesce(:favourite, favourite), rating = coalesce(:rating, rating),
    collection = coalesce(:collection, collection)
WHERE library_id = :library_id
"""
_TAG = f"""
INSERT OR IGNORE INTO tags SELECT library_id, ? FROM voices WHERE library_id = ?
    AND (SELECT count(*) FROM tags WHERE tags.library_id = voices.library_id) < {TAGS_MAX}
"""  # noqa: S608
_UNTAG = "DELETE FROM tags WHERE tag = ? AND library_id = ?"


def label(connection: Connection, library_ids: Sequence[UUID], labels: Labels) -> None:
    """All in one transaction; an empty collection takes a voice out of the one it is in."""
    with transaction(connection):
        put_labels(connection, library_ids, labels)


def put_labels(connection: Connection, library_ids: Sequence[UUID], labels: Labels) -> None:
    """Within the caller's transaction. A rating beyond 0 to 5 is a bug (ValueError)."""
    if labels.rating is not None and not 0 <= labels.rating <= RATING_MAX:
        raise ValueError(f"a rating is 0 to {RATING_MAX}, not {labels.rating}")
    ids = [str(library_id) for library_id in library_ids]
    said = {
        "favourite": labels.favourite,
        "rating": labels.rating,
        "collection": None if labels.collection is None else line(labels.collection),
    }
    if any(value is not None for value in said.values()):
        connection.executemany(_SAY, [said | {"library_id": library_id} for library_id in ids])
    for tag in filter(None, map(line, labels.drop_tags)):
        connection.executemany(_UNTAG, [(tag, library_id) for library_id in ids])
    put_tags(connection, ids, labels.add_tags)


def put_tags(connection: Connection, library_ids: Sequence[str], tags: Sequence[str]) -> None:
    """Within the caller's transaction. A voice that has TAGS_MAX keeps those; what is longer than TAG_MAX is cut."""
    for tag in filter(None, map(tag_of, tags)):
        connection.executemany(_TAG, [(tag, library_id) for library_id in library_ids])


def tag_of(words: str) -> str:
    return line(words)[:TAG_MAX].rstrip()


def line(words: str) -> str:
    """A tag is one line, since a voice's row has a line for each."""
    return clean(" ".join(words.split()))
