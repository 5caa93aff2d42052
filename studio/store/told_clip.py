"""A clip and what is known of it in one file, which is there whole or not at all: a line of JSON, then the sound."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from studio.domain.audio import AudioFormat, Clip, Envelope

if TYPE_CHECKING:
    from pathlib import Path

LINE_MAX = 1 << 20
"""Bytes; the outline of a clip takes a few thousand."""


def told(clip: Clip, **more: object) -> bytes:
    import json  # late: the window's start can do without it

    line = {
        "format": clip.format.value,
        "rate_hz": clip.rate_hz,
        "seconds": clip.seconds,
        "channels": clip.channels,
        "envelope": base64.b64encode(clip.envelope.pairs).decode(),
    }
    return json.dumps(line | more).encode() + b"\n" + clip.data


def line_of(path: Path) -> dict[str, Any]:
    """What is known, without the sound. Raises OSError, and ValueError or TypeError for no file of this kind."""
    import json

    with path.open("rb") as file:
        line = json.loads(file.readline(LINE_MAX))
    return dict(line)


def clip_in(path: Path) -> Clip:
    """Raises OSError, and ValueError, KeyError or TypeError for no file of this kind."""
    import json

    line, _, data = path.read_bytes().partition(b"\n")
    known = json.loads(line)
    outline = Envelope(base64.b64decode(known["envelope"]))
    rate_hz, seconds, channels = int(known["rate_hz"]), float(known["seconds"]), int(known["channels"])
    return Clip(data, AudioFormat(known["format"]), rate_hz, seconds, channels, outline)
