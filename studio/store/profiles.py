"""What timbre matches are spoken with: a file each, as long as its voice is in the library."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.store.clips import HALF_WRITTEN_AGE_S, tidy
from studio.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.store.paths import Home

SUFFIX = ".npz"

_PLAIN = re.compile("[a-z0-9][a-z0-9_-]{0,99}")
"""Names that are the same on every disk, those that don't tell capitals from small letters too."""


class FileProfiles:
    """Implements `ports.Profiles`."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def save(self, voice_id: str, data: bytes) -> None:
        """Whole or not at all. Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        await asyncio.to_thread(self._save, voice_id, data)

    async def load(self, voice_id: str) -> bytes:
        return await asyncio.to_thread(self._load, voice_id)

    def path_of(self, voice_id: str) -> Path:
        """Where it lies, or would. Touches no disk."""
        return self._home.profiles / _name(voice_id)

    def sweep(self, voice_ids: Iterable[str]) -> None:
        """Removes those of all other voices, unless they are so young that their voice may be on its way.

        Blocks. Raises OSError.
        """
        wanted = {_name(voice_id) for voice_id in voice_ids}
        oldest = time.time() - HALF_WRITTEN_AGE_S
        tidy(self._home.profiles)
        for path in self._home.profiles.glob(f"*{SUFFIX}"):
            if path.name not in wanted:
                with suppress(OSError):  # another process sweeps too; what can't be removed costs room and nothing else
                    if path.stat().st_mtime < oldest:
                        path.unlink()

    def _save(self, voice_id: str, data: bytes) -> None:
        self._home.make()
        write_whole(self._home.profiles / _name(voice_id), data)

    def _load(self, voice_id: str) -> bytes:
        try:
            return (self._home.profiles / _name(voice_id)).read_bytes()
        except OSError as error:
            raise StudioError(Reason.CANNOT_SPEAK, detail=str(error)) from error


def _name(voice_id: str) -> str:
    """The id itself where it can be a file's name, else its sum: no id leads out of the folder."""
    if _PLAIN.fullmatch(voice_id):
        return f"{voice_id}{SUFFIX}"
    from hashlib import sha256

    return f"sum-{sha256(voice_id.encode('utf-8', 'surrogatepass')).hexdigest()}{SUFFIX}"
