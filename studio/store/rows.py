"""Domain values as rows of the library, and back; `briefs.py` has the ones that are kept as JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from studio.domain.audio import AudioFormat, Envelope
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.voices import ClipKind, Origin, Status, StoredClip, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Value = str | int | float | bytes | None

_Read = TypeVar("_Read")
_Made = TypeVar("_Made")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Row(Protocol):
    """A row of SQLite or a JSON object: values by the column's name."""

    def __getitem__(self, column: str, /) -> Any: ...


def clean(text: str) -> str:
    """UTF-8 can't hold a lone surrogate: halves that belong together are joined, others become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def moment(when: datetime) -> int:
    """Microseconds since 1970 in UTC; a time without a zone is a bug (TypeError)."""
    return (when - _EPOCH) // _MICROSECOND


def moment_from(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def now() -> int:
    return moment(datetime.now(UTC))


def as_written(read: Callable[[_Read], _Made]) -> Callable[[_Read], _Made]:
    """A row that this program can't have written is damage, in words: LIBRARY_DAMAGED."""

    @wraps(read)
    def reading(row: _Read) -> _Made:
        try:
            return read(row)
        except (ValueError, KeyError, IndexError, TypeError, OverflowError) as error:
            raise StudioError(Reason.LIBRARY_DAMAGED, detail=repr(error)) from error

    return reading


# -- voices -------------------------------------------------------------------------------------------------------


def voice_record(voice: Voice) -> dict[str, Value]:
    """Keys as the columns of `voices` that a maker or a list fills; what is said of a voice later has its own ways."""
    return {
        "library_id": str(voice.library_id),
        "system": clean(voice.system),
        "account": clean(voice.account),
        "voice_id": clean(voice.voice_id),
        "name": clean(voice.name),
        "origin": voice.origin.value,
        "target_model": clean(voice.target_model),
        "language": voice.language.value if voice.language else "",
        "created": moment(voice.created),
        "status": voice.status.value,
        "region": clean(voice.region),
        "last_used": moment(voice.last_used) if voice.last_used else None,
        "description": clean(voice.description),
        "preview_text": clean(voice.preview_text),
        "notes": clean(voice.notes),
        "recipe": clean(voice.recipe),
    }


@as_written
def voice_from(row: Row) -> Voice:
    """Of a `voice_record`; `reading.py` has those of the library's rows."""
    last_used = row["last_used"]
    return Voice(
        library_id=UUID(row["library_id"]),
        system=row["system"],
        account=row["account"],
        voice_id=row["voice_id"],
        name=row["name"],
        origin=Origin(row["origin"]),
        target_model=row["target_model"],
        language=Language(row["language"]) if row["language"] else None,
        created=moment_from(row["created"]),
        status=Status(row["status"]),
        region=row["region"],
        last_used=None if last_used is None else moment_from(last_used),
        description=row["description"],
        preview_text=row["preview_text"],
        notes=row["notes"],
        recipe=row["recipe"],
    )


# -- clips --------------------------------------------------------------------------------------------------------


def clip_record(stored: StoredClip) -> dict[str, Value]:
    """Keys as the columns of `clips`, but for the voice and the sum."""
    return {
        "clip_id": str(stored.clip_id),
        "kind": stored.kind.value,
        "text": clean(stored.text),
        "file": stored.file,
        "format": stored.format.value,
        "rate_hz": stored.rate_hz,
        "seconds": stored.seconds,
        "channels": stored.channels,
        "created": moment(stored.created),
        "envelope": stored.envelope.pairs,
        "partial": stored.partial,
        "narration_id": str(stored.narration_id) if stored.narration_id else None,
        "price_usd": stored.price_usd,
    }


@as_written
def clip_from(row: Row) -> StoredClip:
    return StoredClip(
        clip_id=UUID(row["clip_id"]),
        kind=ClipKind(row["kind"]),
        text=row["text"],
        file=row["file"],
        format=AudioFormat(row["format"]),
        rate_hz=row["rate_hz"],
        seconds=row["seconds"],
        channels=row["channels"],
        created=moment_from(row["created"]),
        envelope=Envelope(row["envelope"]),
        partial=bool(row["partial"]),
        narration_id=UUID(row["narration_id"]) if row["narration_id"] else None,
        price_usd=row["price_usd"],
    )


# -- JSON in columns ------------------------------------------------------------------------------------------------


def record_json(record: Mapping[str, object] | Sequence[str]) -> str:
    import json

    return clean(json.dumps(record, ensure_ascii=False))


def record_from(text: str) -> dict[str, Any]:
    import json

    return json.loads(text)


def words_from(text: str) -> tuple[str, ...]:
    import json

    return tuple(json.loads(text))
