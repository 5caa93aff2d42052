"""Where a list ends: after so many voices, or where a server that tells neither counts nor sizes has no more."""

from __future__ import annotations

VOICES_MAX = 20_000
"""A list ends after so many: one of this length was cut, and says nothing of what it lacks."""

ROUND_SIZES = (10, 20, 50, 100)
"""A first page of such a length may be full by the server's own measure, whatever was asked for."""


def ends_here(on_page: int, first: int | None, asked: int) -> bool:
    """Whether a page is too short to be followed by more; `first` is the length of the list's first page, None for
    the first page itself. One question too many costs nothing, one too few loses voices."""
    if first is None:
        return on_page < asked and on_page not in ROUND_SIZES
    return on_page < first
