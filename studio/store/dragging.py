"""Copies of clips under names that a person knows them by, for dragging them out of the window.

Copies and not links: whoever gets such a file may write into it. They lie in a folder of the process that made them
and go when it is gone.
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.domain.file_names import safe_name
from studio.store.files import PART_SUFFIX, PRIVATE_FILE, disk_failure, make_private_folder, tighten

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.voices import StoredClip
    from studio.store.clips import ClipFolder
    from studio.store.locks import Owners

_OWNER = re.compile("[0-9a-f]{32}")


class DragFolder:
    """Every method blocks on the disk."""

    def __init__(self, folder: Path, clips: ClipFolder, owners: Owners) -> None:
        self._folder = folder
        self._clips = clips
        self._owners = owners

    def put(self, stored: StoredClip, name: str) -> Path:
        """Raises NO_SUCH_CLIP, LIBRARY_NOT_WRITABLE or DISK_FULL."""
        source = self._clips.path(stored)
        try:
            place = self._folder / self._owners.mine() / str(stored.clip_id)
            make_private_folder(place)
            copy = place / safe_name(name, stored.format.suffix)
            part = place / f".{os.urandom(16).hex()}{PART_SUFFIX}"
            try:
                shutil.copyfile(source, part)
                tighten(part, PRIVATE_FILE)
                os.replace(part, copy)
            finally:
                part.unlink(missing_ok=True)
        except FileNotFoundError as error:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=str(error)) from error
        except OSError as error:
            raise disk_failure(error) from error
        return copy

    def sweep(self) -> None:
        """Removes what processes that are gone have left. Raises OSError."""
        if not self._folder.is_dir():
            return
        for place in list(self._folder.iterdir()):
            if _OWNER.fullmatch(place.name) and self._owners.gone(place.name):
                shutil.rmtree(place, ignore_errors=True)
