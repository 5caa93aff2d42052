"""The sample of an order under way, beside the library: a clone that arrives late gets it, as every other one does."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from studio.store.files import write_whole
from studio.store.told_clip import clip_in, told

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path
    from uuid import UUID

    from studio.domain.audio import Clip

SUFFIX = ".sample"
LEFT_BEHIND_S = 3_600.0
"""A file is there before its order's row: one that is older than this and has none has lost it."""


class OrderSamples:
    """Every method blocks on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, order_id: UUID, clip: Clip) -> None:
        """On disk when it returns. Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        write_whole(self._of(order_id), told(clip))

    def read(self, order_id: UUID) -> Clip | None:
        """None where there is none, or none that can be read: the voice comes without it then."""
        try:
            return clip_in(self._of(order_id))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def remove(self, order_id: UUID) -> None:
        with suppress(OSError):
            self._of(order_id).unlink()

    def sweep(self, open_orders: Container[str]) -> None:
        """Files of orders that are no more."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                known = entry.name.removesuffix(SUFFIX) in open_orders
                if not known and entry.stat().st_mtime < time.time() - LEFT_BEHIND_S:
                    os.unlink(entry.path)

    def _of(self, order_id: UUID) -> Path:
        return self._folder / f"{order_id}{SUFFIX}"
