"""From the pyramid of an outline to one low and one high for each column of pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.domain.takes import Outline

    Columns = NDArray[np.int8]

Fine = Callable[[int, int, int], "Columns"]
"""Of so many frames, from one to another, as so many columns: finer than the outline's first level."""


def columns_of(outline: Outline, start: float, per_column: float, count: int, fine: Fine | None = None) -> Columns:
    """`count` columns of `per_column` frames from frame `start` on, shape (count, 2); beyond the end they are zero.

    The columns lie on a grid that doesn't move with `start`: what is scrolled by whole columns looks the same.
    """
    import numpy as np

    if per_column <= 0:
        return np.zeros((count, 2), np.int8)
    first = round(start / per_column)
    edges = (first + np.arange(count + 1)) * per_column
    seen = int(np.count_nonzero(edges[:-1] < outline.frames))
    found = np.zeros((count, 2), np.int8)
    if not seen or not outline.levels or not len(outline.levels[0]):
        return found
    edges = np.minimum(edges[: seen + 1], outline.frames)
    if fine and per_column < outline.frames_per_column:
        found[:seen] = _from_sound(fine, edges)
    else:
        level = level_for(outline, per_column)
        found[:seen] = _merged(outline.levels[level], edges / (outline.frames_per_column << level))
    return found


def level_for(outline: Outline, per_column: float) -> int:
    """The coarsest level that still has at least one column for every column of pixels."""
    level, scale = 0, outline.frames_per_column
    while level + 1 < len(outline.levels) and scale * 2 <= per_column:
        level, scale = level + 1, scale * 2
    return level


def joined(columns: Columns) -> Columns:
    """Each column reaches the one before it, so that a steep flank is a line and not two dots."""
    import numpy as np

    lows, highs = columns[:, 0].copy(), columns[:, 1].copy()
    lows[1:] = np.minimum(lows[1:], columns[:-1, 1])
    highs[1:] = np.maximum(highs[1:], columns[:-1, 0])
    return np.stack((lows, highs), axis=1)


def _from_sound(fine: Fine, edges: NDArray[np.float64]) -> Columns:
    """One for each frame at most: what is finer is stretched."""
    import numpy as np

    start, end = int(edges[0]), max(int(np.ceil(edges[-1])), int(edges[0]) + 1)
    found = fine(start, end, min(len(edges) - 1, end - start))
    if not len(found):
        return np.zeros((len(edges) - 1, 2), np.int8)
    return _merged(found, (edges - start) * (len(found) / (end - start)))


def _merged(columns: Columns, edges: NDArray[np.float64]) -> Columns:
    """The extremes between each two edges, which are places in `columns`."""
    import numpy as np

    starts = np.minimum(edges[:-1].astype(np.intp), len(columns) - 1)
    last = min(max(int(np.ceil(edges[-1])), int(starts[-1]) + 1), len(columns))
    part, places = columns[starts[0] : last], starts - starts[0]
    return np.stack((np.minimum.reduceat(part[:, 0], places), np.maximum.reduceat(part[:, 1], places)), axis=1)
