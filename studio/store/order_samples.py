"""The sample of an order under way, beside the library: a clone that arrives late gets it, as every other one does.

A file is one line of JSON that says what the sound is, and the sound.
"""

from __future__ import annotations

import base64
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from studio.domain.audio import AudioFormat, Clip, Envelope
from studio.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path
    from uuid import UUID

SUFFIX = ".sample"
LEFT_BEHIND_S = 3_600.0
"""A file is there before its order's row: one that is older than this and has none has lost it."""


class OrderSamples:
    """Every method blocks on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, order_id: UUID, clip: Clip) -> None:
        """On disk when it returns. Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        import json  # late: the window's start can do without it

        told = {
            "format": clip.format.value,
            "rate_hz": clip.rate_hz,
            "seconds": clip.seconds,
            "channels": clip.channels,
            "envelope": base64.b64encode(clip.envelope.pairs).decode(),
        }
        write_whole(self._of(order_id), json.dumps(told).encode() + b"\n" + clip.data)

    def read(self, order_id: UUID) -> Clip | None:
        """None where there is none, or none that can be read: the voice comes without it then."""
        import json

        try:
            line, _, data = self._of(order_id).read_bytes().partition(b"\n")
            told = json.loads(line)
            envelope = Envelope(base64.b64decode(told["envelope"]))
            rate_hz, seconds, channels = int(told["rate_hz"]), float(told["seconds"]), int(told["channels"])
            return Clip(data, AudioFormat(told["format"]), rate_hz, seconds, channels, envelope)
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
