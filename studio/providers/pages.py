"""Lists in pages: where one ends, and the voices that its pages bring."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from studio.domain.voices import Voice
from studio.ports import Page, no_page
from studio.providers.reading import Record, narrowed

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


Items = Callable[[list[Record]], Awaitable[None]]
"""Awaited with what is new on each page of a list, as the system tells it, before the next page is asked for."""


async def no_items(_: list[Record]) -> None:
    """Whoever wants the whole list alone."""


class Gathered:
    """The voices that pages bring, those alone that a keyword finds; each id once, and told to `page` as they come."""

    def __init__(self, page: Page = no_page, keyword: str = "") -> None:
        self._page = page
        self._keyword = keyword
        self._found: dict[str, Voice] = {}

    @property
    def voices(self) -> tuple[Voice, ...]:
        return tuple(self._found.values())

    async def add(self, voices: Iterable[Voice]) -> None:
        came = {voice.voice_id: voice for voice in voices if voice.voice_id not in self._found}
        new = {voice.voice_id: voice for voice in narrowed(came.values(), self._keyword)}
        self._found |= new
        if new:
            await self._page(tuple(new.values()))
