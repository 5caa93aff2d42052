"""The rights record of a voice as one zip for somebody else: what was said, and the sounds it was said of.

    rights.json                  {"version", "voice", "statements", "samples", "consents"}
        voice                    {"name", "system", "voice_id", "created"}
        statements               newest first: {"said", "time", "own", "whose", "since", "sample_sha256", "sample_name",
                                 "sample_url", "consent_sha256"}; `own`: the person at the computer speaks,
                                 `since` is the day of a written permission, YYYY-MM-DD
        samples, consents        {"sha256", "file"}; the sums are those of the statements, and of the files' bytes
    samples/<sha256>.<format>    what was sent to be cloned
    consents/<sha256>.<format>   a spoken consent

Times are UTC. Nothing in it tells when or where it was made, so the same record gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from studio.store.rows import clean

if TYPE_CHECKING:
    import zipfile
    from datetime import datetime

    from studio.domain.samples import Statement
    from studio.domain.voices import Voice

VERSION = 1

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE_FILE = 3, 0o100644


@dataclass(frozen=True, slots=True)
class Piece:
    """A sound in the record."""

    sha256: str
    suffix: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Record:
    """`samples` and `consents` are those that are still here."""

    voice: Voice
    statements: tuple[Statement, ...]
    samples: tuple[Piece, ...] = ()
    consents: tuple[Piece, ...] = ()


def zipped(record: Record) -> bytes:
    """Stored, not compressed: sound hardly shrinks, and another zlib would give other bytes."""
    import io
    import json
    import zipfile

    samples = {f"samples/{piece.sha256}{piece.suffix}": piece for piece in record.samples}
    consents = {f"consents/{piece.sha256}{piece.suffix}": piece for piece in record.consents}
    told = {
        "version": VERSION,
        "voice": _voice(record.voice),
        "statements": [_statement(one) for one in record.statements],
        "samples": [{"sha256": piece.sha256, "file": name} for name, piece in samples.items()],
        "consents": [{"sha256": piece.sha256, "file": name} for name, piece in consents.items()],
    }
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        text = json.dumps(told, ensure_ascii=False, indent=2)
        made.writestr(_entry(zipfile.ZipInfo("rights.json", _EARLIEST)), clean(text + "\n").encode())
        for name, piece in {**samples, **consents}.items():
            made.writestr(_entry(zipfile.ZipInfo(name, _EARLIEST)), piece.data)
    return sink.getvalue()


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """As if made on one kind of system."""
    info.create_system = _UNIX
    info.external_attr = _READABLE_FILE << 16
    return info


def _voice(voice: Voice) -> dict[str, str]:
    return {
        "name": voice.name,
        "system": voice.system,
        "voice_id": voice.voice_id,
        "created": _time(voice.created),
    }


def _statement(one: Statement) -> dict[str, str | bool]:
    return {
        "said": one.said,
        "time": _time(one.created),
        "own": one.right.own,
        "whose": one.right.whose,
        "since": one.right.since,
        "sample_sha256": one.sample_sha256,
        "sample_name": one.sample_name,
        "sample_url": one.sample_url,
        "consent_sha256": one.right.consent_sha256,
    }


def _time(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()
