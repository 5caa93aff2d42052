"""The form of raw takes: mono 16-bit WAV with 44 bytes before the first sample (RIFF, fmt and data, nothing else)."""

from __future__ import annotations

import struct

HEADER_BYTES = 44
FRAME_BYTES = 2
STREAMING = 0xFFFFFFFF
"""A size that isn't known yet, or doesn't fit: readers go on to the file's end."""


def header(rate_hz: int, data_bytes: int) -> bytes:
    riff_bytes = min(data_bytes + HEADER_BYTES - 8, STREAMING)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, rate_hz * FRAME_BYTES, FRAME_BYTES, 16)
    riff = struct.pack("<4sI4s", b"RIFF", riff_bytes, b"WAVE")
    return riff + form + struct.pack("<4sI", b"data", min(data_bytes, STREAMING))
