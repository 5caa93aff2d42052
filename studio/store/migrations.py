"""The shape of the library file, in numbered steps; PRAGMA user_version says how many of them were made.

Times are whole microseconds since 1970-01-01 UTC. Enumerations are their values. Ids are UUIDs as text with hyphens.
A step that was released is never changed: a new one is added behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.store import migration_4
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

_ACCOUNTS = """
CREATE TABLE accounts (
    account TEXT PRIMARY KEY,           -- random; several may stand for one system and region
    system  TEXT NOT NULL,
    region  TEXT NOT NULL DEFAULT '',
    label   TEXT NOT NULL DEFAULT '',
    created INTEGER NOT NULL
)"""

# No foreign key to accounts: a voice and its clips outlive the account that made them.
_VOICES = """
CREATE TABLE voices (
    library_id   TEXT PRIMARY KEY,
    system       TEXT NOT NULL,
    account      TEXT NOT NULL,
    voice_id     TEXT NOT NULL,
    name         TEXT NOT NULL,
    origin       TEXT NOT NULL CHECK (origin IN ('designed', 'cloned', 'built-in')),
    target_model TEXT NOT NULL,
    language     TEXT NOT NULL,
    created      INTEGER NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('ready', 'in-review', 'rejected', 'gone', 'unknown')),
    region       TEXT NOT NULL DEFAULT '',
    last_used    INTEGER,
    description  TEXT NOT NULL DEFAULT '',
    preview_text TEXT NOT NULL DEFAULT '',
    notes        TEXT NOT NULL DEFAULT '',
    recipe       TEXT NOT NULL DEFAULT '',
    deleted      INTEGER,               -- hidden since then; removed once the time to undo is over
    UNIQUE (system, account, voice_id)
)"""

# A clip without a voice belongs to a candidate.
_CLIPS = """
CREATE TABLE clips (
    clip_id    TEXT PRIMARY KEY,
    library_id TEXT REFERENCES voices (library_id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('preview', 'sample', 'spoken')),
    text       TEXT NOT NULL,
    file       TEXT NOT NULL UNIQUE,    -- a name in clips/
    format     TEXT NOT NULL,
    rate_hz    INTEGER NOT NULL,
    seconds    REAL NOT NULL,
    channels   INTEGER NOT NULL,
    created    INTEGER NOT NULL,
    envelope   BLOB NOT NULL,
    sha256     TEXT NOT NULL,
    price_usd  REAL,
    deleted    INTEGER                  -- as voices.deleted
)"""

_CANDIDATES = """
CREATE TABLE candidates (
    candidate_id TEXT PRIMARY KEY,
    brief        TEXT NOT NULL,         -- JSON
    voice        TEXT NOT NULL,         -- JSON, keys as the columns of voices
    clip_id      TEXT NOT NULL REFERENCES clips (clip_id),
    seed         INTEGER,
    understood   TEXT NOT NULL,         -- JSON array
    unused_words TEXT NOT NULL,         -- JSON array
    created      INTEGER NOT NULL,
    discarded    INTEGER                -- as voices.deleted
)"""

_ORDERS = """
CREATE TABLE orders (
    order_id TEXT PRIMARY KEY,
    account  TEXT NOT NULL,
    brief    TEXT NOT NULL,             -- JSON
    created  INTEGER NOT NULL,
    owner    TEXT NOT NULL,             -- the id in locks.py of the process that carries it out
    kind     TEXT NOT NULL DEFAULT 'design',
    state    TEXT NOT NULL DEFAULT 'begun',
    task_id  TEXT                       -- at the system, where it works by tasks
)"""

_RIGHTS = """
CREATE TABLE rights (
    rights_id     INTEGER PRIMARY KEY,
    library_id    TEXT REFERENCES voices (library_id) ON DELETE SET NULL,
    sample_sha256 TEXT NOT NULL,
    statement     TEXT NOT NULL,        -- JSON
    created       INTEGER NOT NULL
)"""

_TAGS = """
CREATE TABLE tags (
    library_id TEXT NOT NULL REFERENCES voices (library_id) ON DELETE CASCADE,
    tag        TEXT NOT NULL,
    PRIMARY KEY (library_id, tag)
) WITHOUT ROWID"""

_INDEXES = (
    "CREATE INDEX clips_by_voice ON clips (library_id)",
    "CREATE INDEX candidates_by_clip ON candidates (clip_id)",
    "CREATE INDEX rights_by_voice ON rights (library_id)",
    "CREATE INDEX rights_by_sample ON rights (sample_sha256)",
)

# Systems elsewhere: an order's kind says how its brief reads, and a voice came into this library at a time of its own.
_ELSEWHERE = (
    "ALTER TABLE orders ADD COLUMN known TEXT",  # JSON array of fingerprints; NULL where there is no list
    "ALTER TABLE voices ADD COLUMN added INTEGER",  # by this computer's clock; NULL for those of the first step
)

# Someone's word in their own voice that it may be cloned. Statements name it by its sum.
_CONSENTS = """
CREATE TABLE consents (
    sha256   TEXT PRIMARY KEY,
    file     TEXT NOT NULL UNIQUE,      -- a name in rights/
    format   TEXT NOT NULL,
    rate_hz  INTEGER NOT NULL,
    seconds  REAL NOT NULL,
    channels INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    envelope BLOB NOT NULL
)"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (_ACCOUNTS, _VOICES, _CLIPS, _CANDIDATES, _ORDERS, _RIGHTS, _TAGS, *_INDEXES),
    _ELSEWHERE,
    (_CONSENTS,),
    migration_4.STEP,
)
LATEST = len(MIGRATIONS)


def check(connection: Connection) -> int:
    """The version found, having changed nothing. Raises LIBRARY_TOO_NEW, or LIBRARY_DAMAGED for a foreign file."""
    with transaction(connection, "BEGIN DEFERRED"):
        version = _version(connection)
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version > LATEST:
        raise StudioError(Reason.LIBRARY_TOO_NEW, detail=f"library version {version}, this program knows {LATEST}")
    if version < 0 or bool(version) != bool(tables):
        raise StudioError(Reason.LIBRARY_DAMAGED, detail="an SQLite database, but not a library of Voice Studio")
    return version


def migrate(connection: Connection, before: Callable[[int], None] = lambda _: None) -> None:
    """All missing steps in one transaction; a second process at the same moment waits and finds them made.

    `before` is told the version of a library that is about to be changed: nobody writes to it then, all may read.
    """
    with transaction(connection):
        version = _version(connection)
        if 0 < version < LATEST:
            before(version)
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")


def _version(connection: Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
