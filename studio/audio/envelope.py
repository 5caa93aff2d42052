"""The outline of a sound, small enough to be stored beside every clip and drawn without decoding it."""

from __future__ import annotations

from studio.domain.audio import Envelope, Pcm

COLUMNS = 1_000


def envelope(pcm: Pcm, columns: int = COLUMNS) -> Envelope:
    """Lowest and highest sample of each of `columns` equal parts, mixed to mono; a column per frame if shorter."""
    import numpy as np

    if not pcm.frames:
        return Envelope()
    mono = pcm.samples[:, 0] if pcm.channels == 1 else pcm.samples.mean(axis=1, dtype=np.float32)
    starts = np.linspace(0, pcm.frames, min(columns, pcm.frames), endpoint=False).astype(np.intp)
    outline = np.stack((np.minimum.reduceat(mono, starts), np.maximum.reduceat(mono, starts)), axis=1)
    return Envelope(np.rint(np.clip(outline, -1.0, 1.0) * 127).astype(np.int8).tobytes())
