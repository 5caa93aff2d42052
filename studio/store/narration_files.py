"""The folder of narrations, one folder each.

    narration.json   whose text it is, its parts, and the owner of the process that is at work on it
    part-00001.clip  a part that is spoken: a line of JSON, then the sound
    heard-00002.wav  what came so far of the part under way: mono 16-bit WAV that grows

A part is done once its file is there, so nothing is ever between spoken and known to be. Every function blocks on the
disk and, where it doesn't say otherwise, raises OSError.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from studio.domain.audio import AudioFormat, Clip
from studio.domain.narrations import Narration
from studio.domain.raw_wav import FRAME_BYTES, HEADER_BYTES, header
from studio.store.files import PART_SUFFIX, make_private_folder, sync_folder, write_whole
from studio.store.raw_wav import frames_in, rate_in
from studio.store.rows import as_written, record_from, record_json
from studio.store.told_clip import clip_in, line_of, told

if TYPE_CHECKING:
    from pathlib import Path

FACTS = "narration.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A narration as it is on disk; `owner` is who is at work on it, empty for nobody."""

    narration: Narration
    owner: str = ""


class NarrationFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, narration_id: UUID) -> Path:
        return self._folder / str(narration_id)

    def heard(self, narration_id: UUID, done: int) -> Path:
        """Where the sound of the part behind so many done ones grows."""
        return self.of(narration_id) / f"heard-{done + 1:05d}.wav"

    def ids(self) -> list[UUID]:
        found: list[UUID] = []
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(ValueError):
                    found += [UUID(entry.name)] if entry.is_dir(follow_symlinks=False) else []
        return found

    def make(self, kept: Kept) -> None:
        make_private_folder(self.of(kept.narration.narration_id))
        self.write(kept)
        sync_folder(self._folder)

    def write(self, kept: Kept) -> None:
        """Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        write_whole(self.of(kept.narration.narration_id) / FACTS, _facts(kept).encode())

    def read(self, narration_id: UUID) -> Kept | None:
        """None where there is none that can be read."""
        folder = self.of(narration_id)
        try:
            kept = _kept_from((folder.name, (folder / FACTS).read_text("utf-8")))
        except FileNotFoundError:
            return None
        prices: list[object] = []
        with suppress(FileNotFoundError, ValueError, TypeError):
            prices.extend(
                line_of(_part(folder, number)).get("price_usd") for number in range(len(kept.narration.parts))
            )
        done = len(prices)
        known = [price for price in prices if isinstance(price, (int, float))]
        heard_s = self._heard_s(narration_id, done)
        price_usd = sum(known) if known else None
        return replace(kept, narration=replace(kept.narration, done=done, heard_s=heard_s, price_usd=price_usd))

    def add_part(self, narration: Narration, clip: Clip, price_usd: float | None) -> None:
        """Whole or not at all; what was heard of it isn't needed any more. Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        write_whole(_part(self.of(narration.narration_id), narration.done), told(clip, price_usd=price_usd))
        with suppress(OSError):
            self.heard(narration.narration_id, narration.done).unlink(missing_ok=True)

    def sound(self, narration: Narration) -> tuple[Clip, ...]:
        """Raises ValueError, KeyError or TypeError, too, for a part that this program can't have written."""
        folder = self.of(narration.narration_id)
        parts = [clip_in(_part(folder, number)) for number in range(narration.done)]
        heard = self.heard(narration.narration_id, narration.done)
        frames, rate_hz = frames_in(heard), rate_in(heard) if narration.heard_s else None
        if not frames or rate_hz is None:
            return tuple(parts)
        with heard.open("rb") as file:
            file.seek(HEADER_BYTES)
            data = file.read(frames * FRAME_BYTES)
        whole = header(rate_hz, len(data)) + data
        return (*parts, Clip(whole, AudioFormat.WAV, rate_hz, len(data) / FRAME_BYTES / rate_hz))

    def remove(self, narration_id: UUID) -> None:
        """At once or not at all; what can't be removed now is swept later. Raises nothing."""
        gone = self._folder / f".{uuid4().hex}{PART_SUFFIX}"
        with suppress(OSError):
            os.replace(self.of(narration_id), gone)
            shutil.rmtree(gone, ignore_errors=True)

    def sweep(self) -> None:
        """The rest of narrations that were removed."""
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            rest = [entry.name for entry in entries if entry.name.endswith(PART_SUFFIX)]
            for name in rest:
                shutil.rmtree(self._folder / name, ignore_errors=True)

    def _heard_s(self, narration_id: UUID, done: int) -> float:
        heard = self.heard(narration_id, done)
        frames = frames_in(heard)
        rate_hz = rate_in(heard) if frames else None
        return frames / rate_hz if rate_hz else 0.0


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number + 1:05d}.clip"


def _facts(kept: Kept) -> str:
    narration = kept.narration
    record = {
        "library_id": str(narration.library_id),
        "text": narration.text,
        "parts": list(narration.parts),
        "created": narration.created.astimezone(UTC).isoformat(),
        "owner": kept.owner,
        "told": narration.told,
    }
    return record_json(record)


@as_written
def _kept_from(name_and_text: tuple[str, str]) -> Kept:
    name, text = name_and_text
    record = record_from(text)
    owner, created = str(record["owner"]), datetime.fromisoformat(record["created"])
    if (owner and not owner.isalnum()) or created.tzinfo is None:  # the owner names a file
        raise ValueError(owner)
    parts = tuple(map(str, record["parts"]))
    narration = Narration(UUID(name), UUID(record["library_id"]), str(record["text"]), parts, created)
    return Kept(replace(narration, told=record.get("told") is True), owner)
