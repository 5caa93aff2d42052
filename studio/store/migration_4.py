"""The fourth step of the library's shape: a catalogue that is joined with the systems' own lists.

Every voice carries the revision that it was changed in last, so that a reader who knows one asks for what came behind
it only. Triggers keep it, whoever writes. What is part of a voice but lies in tables of its own, its tags and whether
it has clips, is kept in its row as well: a hundred thousand voices are read in one go.
"""
# ruff: noqa: S608  (names of this file's own columns are put into its statements, nothing from outside)

from __future__ import annotations

_COLUMNS = (
    "favourite INTEGER NOT NULL DEFAULT 0",
    "rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5)",
    "collection TEXT NOT NULL DEFAULT ''",
    "pitch_hz REAL",  # 0: can't be told; NULL: nobody has asked
    "listed INTEGER",  # when its system's list showed it last
    "gone INTEGER",  # since when the list lacks it
    "changed INTEGER NOT NULL DEFAULT 0",
    "told_description TEXT DEFAULT ''",  # the list's last words; empty: it said none; NULL: those in `description`
    "told_preview_text TEXT DEFAULT ''",
    "unsent TEXT",  # deleted here, not yet at its system: the id in locks.py of the process that is to tell it
    "tag_lines TEXT NOT NULL DEFAULT ''",  # by the triggers: its tags in their order, a line each
    "has_clips INTEGER NOT NULL DEFAULT 0",  # by the triggers
    "revision INTEGER NOT NULL DEFAULT 0",  # by the triggers
)

_SPENDINGS = """
CREATE TABLE spendings (
    spending_id INTEGER PRIMARY KEY,
    system      TEXT NOT NULL,
    account     TEXT NOT NULL,
    region      TEXT NOT NULL DEFAULT '',
    spent       TEXT NOT NULL,
    usd         REAL,
    spent_at    INTEGER NOT NULL,
    library_id  TEXT                    -- no foreign key: what was paid outlives what it was paid for
)"""

# `forgotten` is the revision up to which `purged` was emptied: who knows an older one reads everything anew.
_REVISIONS = (
    "CREATE TABLE revisions (last INTEGER NOT NULL, forgotten INTEGER NOT NULL)",
    "INSERT INTO revisions VALUES (1, 0)",
    "CREATE TABLE purged (revision INTEGER PRIMARY KEY, library_id TEXT NOT NULL)",
)

_FILL = (
    """
UPDATE voices SET
    has_clips = EXISTS (SELECT 1 FROM clips WHERE clips.library_id = voices.library_id AND deleted IS NULL),
    tag_lines = coalesce((
        SELECT group_concat(tag, char(10)) FROM (
            SELECT tag FROM tags WHERE tags.library_id = voices.library_id ORDER BY tag
        )
    ), '')
""",
    "CREATE INDEX voices_by_created ON voices (created)",
    "CREATE INDEX voices_by_revision ON voices (revision)",
    "CREATE INDEX voices_unsent ON voices (unsent) WHERE unsent IS NOT NULL",
    "CREATE INDEX voices_deleted ON voices (deleted) WHERE deleted IS NOT NULL",
)

_NEXT = "UPDATE revisions SET last = last + 1;"
_STAMP = "revision = (SELECT last FROM revisions)"

# `listed` alone is no change but for the first time: else every refresh would change every voice.
_SHOWN = (
    *("name", "target_model", "language", "status", "region", "last_used", "description", "preview_text", "notes"),
    *(
        "recipe",
        "favourite",
        "rating",
        "collection",
        "pitch_hz",
        "gone",
        "changed",
        "tag_lines",
        "has_clips",
        "deleted",
    ),
)
_DIFFERS = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _SHOWN)
_RETAGGED = f"""
    {_NEXT}
    UPDATE voices SET {_STAMP}, tag_lines = coalesce((
        SELECT group_concat(tag, char(10)) FROM (SELECT tag FROM tags WHERE library_id = {{owner}} ORDER BY tag)
    ), '') WHERE library_id = {{owner}};
"""
_HEARD = f"""
    {_NEXT}
    UPDATE voices SET {_STAMP}, has_clips = EXISTS (
        SELECT 1 FROM clips WHERE clips.library_id = voices.library_id AND deleted IS NULL
    ) WHERE library_id IN ({{owners}});
"""

_TRIGGERS = (
    f"""
CREATE TRIGGER voice_came AFTER INSERT ON voices BEGIN
    {_NEXT} UPDATE voices SET {_STAMP} WHERE library_id = NEW.library_id;
END""",
    f"""
CREATE TRIGGER voice_changed AFTER UPDATE ON voices
WHEN OLD.revision = NEW.revision AND ({_DIFFERS} OR (OLD.listed IS NULL) <> (NEW.listed IS NULL)) BEGIN
    {_NEXT} UPDATE voices SET {_STAMP} WHERE library_id = NEW.library_id;
END""",
    f"""
CREATE TRIGGER voice_purged AFTER DELETE ON voices BEGIN
    {_NEXT} INSERT INTO purged SELECT last, OLD.library_id FROM revisions;
END""",
    f"CREATE TRIGGER tag_came AFTER INSERT ON tags BEGIN {_RETAGGED.format(owner='NEW.library_id')} END",
    f"CREATE TRIGGER tag_went AFTER DELETE ON tags BEGIN {_RETAGGED.format(owner='OLD.library_id')} END",
    f"""
CREATE TRIGGER clip_came AFTER INSERT ON clips WHEN NEW.library_id IS NOT NULL BEGIN
    {_HEARD.format(owners="NEW.library_id")}
END""",
    f"""
CREATE TRIGGER clip_changed AFTER UPDATE OF library_id, deleted ON clips BEGIN
    {_HEARD.format(owners="OLD.library_id, NEW.library_id")}
END""",
    f"""
CREATE TRIGGER clip_went AFTER DELETE ON clips WHEN OLD.library_id IS NOT NULL BEGIN
    {_HEARD.format(owners="OLD.library_id")}
END""",
)

STEP: tuple[str, ...] = (
    *(f"ALTER TABLE voices ADD COLUMN {column}" for column in _COLUMNS),
    "ALTER TABLE clips ADD COLUMN partial INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE clips ADD COLUMN narration_id TEXT",  # which text on its way it came of
    "CREATE INDEX clips_by_narration ON clips (narration_id) WHERE narration_id IS NOT NULL",
    _SPENDINGS,
    *_REVISIONS,
    *_FILL,
    *_TRIGGERS,
)
