"""Libraries with something in them, and archives that somebody has tampered with."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.domain.voices import ClipKind, Voice
from studio.store import Home
from studio.store.archive import LibraryArchive
from studio.store.store import Store
from tests.fakes.voices import clip, voice


def archive_of(store: Store) -> LibraryArchive:
    return store.archive  # type: ignore[return-value]


async def filled(store: Store, how_many: int = 1, **changes: Any) -> list[Voice]:
    """Voices with a preview and a spoken take each."""
    made: list[Voice] = []
    for number in range(how_many):
        kept = await store.shelf.add(
            voice(name=f"Voice {number}", **changes), sound(number), ClipKind.PREVIEW, "Good evening."
        )
        await store.clips.add_clip(kept.library_id, sound(number, 1), ClipKind.SPOKEN, "Hello.", price_usd=0.5)
        made.append(kept)
    return made


def sound(*numbers: int) -> Any:
    return clip(bytes(numbers) + bytes(2_000))


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Another archive, of the same entries as changed."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    other = path.with_name("rewritten.zip")
    with zipfile.ZipFile(other, "w") as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return other


def retold(path: Path, name: str = "voices/000001.json", **changes: Any) -> Path:
    """One in which something else is said."""

    def change(entries: dict[str, bytes]) -> None:
        entries[name] = json.dumps(json.loads(entries[name]) | changes).encode()

    return rewritten(path, change)


def on_disk(place: Home) -> set[str]:
    folders = (place.clips, place.rights, place.imports)
    return {str(path.relative_to(place.root)) for folder in folders for path in folder.glob("*")}
