"""What is known of a take, as JSON beside its sound, and back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from studio.domain.samples import Media
from studio.domain.takes import Edit, Source, Take
from studio.store.raw_wav import frames_in
from studio.store.rows import as_written, record_from, record_json

if TYPE_CHECKING:
    from pathlib import Path

RAW = "raw.wav"

_RECORDING, _DONE = "recording", "done"


@dataclass(frozen=True, slots=True)
class Kept:
    """A take as it is on disk. `owner` is who makes it, nobody once it is finished; `deleted` hides it since then."""

    take: Take
    owner: str = ""
    finished: bool = True
    deleted: datetime | None = None

    def whole(self) -> bool:
        """Finished, with every sample that was counted. Raises OSError."""
        return self.finished and 0 < frames_in(self.take.path) >= self.take.frames


def facts_json(kept: Kept) -> str:
    take = kept.take
    record = {
        "take_id": str(take.take_id),
        "state": _DONE if kept.finished else _RECORDING,
        "owner": kept.owner,
        "name": take.name,
        "created": take.created.astimezone(UTC).isoformat(),
        "deleted": kept.deleted and kept.deleted.astimezone(UTC).isoformat(),
        "rate_hz": take.rate_hz,
        "frames": take.frames,
        "dropouts": take.dropouts,
        "recovered": take.recovered,
        "transcript": take.transcript,
        "source": asdict(take.source),
        "original": take.original and take.original.name,
        "edit": asdict(take.edit),
        "sent": list(take.sent),
    }
    return record_json(record)


def kept_from(folder: Path, text: str) -> Kept:
    """Raises LIBRARY_DAMAGED for what this program can't have written."""
    return _kept_from((folder, text))


@as_written
def _kept_from(folder_and_text: tuple[Path, str]) -> Kept:
    folder, text = folder_and_text
    record = record_from(text)
    take = Take(
        take_id=UUID(folder.name),
        name=str(record["name"]),
        created=_time(record["created"]),
        rate_hz=_positive(record["rate_hz"]),
        frames=int(record["frames"]),
        path=folder / RAW,
        source=_source_from(record["source"]),
        original=_original_in(folder, record["original"]),
        transcript=str(record["transcript"]),
        dropouts=int(record["dropouts"]),
        recovered=bool(record["recovered"]),
        edit=_edit_from(record["edit"]),
        sent=tuple(map(str, record["sent"])),
    )
    owner, deleted = str(record["owner"]), record["deleted"]
    if owner and not owner.isalnum():  # it names a file
        raise ValueError(owner)
    return Kept(take, owner, record["state"] == _DONE, deleted and _time(deleted))


def _source_from(record: dict[str, Any]) -> Source:
    media, depth = record["media"], record["bit_depth"]
    return Source(
        container=str(record["container"]),
        encoding=str(record["encoding"]),
        channels=int(record["channels"]),
        rate_hz=int(record["rate_hz"]),
        bit_depth=None if depth is None else int(depth),
        media=Media(media) if media else None,
        size=int(record["size"]),
        broken=bool(record.get("broken", False)),  # takes of the first builds say nothing of it
    )


def _edit_from(record: dict[str, Any]) -> Edit:
    end = record["end_s"]
    return Edit(
        start_s=float(record["start_s"]),
        end_s=None if end is None else float(end),
        clean=bool(record["clean"]),
        gain_db=float(record["gain_db"]),
        fade_in_s=float(record["fade_in_s"]),
        fade_out_s=float(record["fade_out_s"]),
    )


def _original_in(folder: Path, name: str | None) -> Path | None:
    path = folder / str(name)
    return path if name and path.parent == folder and path.is_file() else None


def _time(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(text)
    return when.astimezone(UTC)


def _positive(value: Any) -> int:
    if int(value) < 1:
        raise ValueError(value)
    return int(value)
