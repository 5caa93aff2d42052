"""All pages of Noiz's list of voices (seed 003): `skip` is a page number, unless the server shows otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from studio.ports import Progress
from studio.providers.pages import VOICES_MAX, Items, ends_here, no_items
from studio.providers.reading import Record, text

PAGE_SIZE = 100
IDLE_PAGES = 2


@dataclass(frozen=True, slots=True)
class Page:
    """`total` is the whole list's length, where the server tells it."""

    items: list[Record]
    total: int | None = None


async def every_item(
    ask: Callable[[int, int], Awaitable[Page]], progress: Progress, items: Items = no_items
) -> list[Record]:
    """`ask(skip, limit)` gives one page. Each voice id comes once; what has none is left out.

    The list ends with the total, with a short page where no total is told, with an empty page, with two pages of
    nothing new, or after 20,000 voices.
    """
    found: dict[str, Record] = {}
    stride = number = idle = size = 0
    progress(None)
    while len(found) < VOICES_MAX and idle < IDLE_PAGES:
        page = await ask(number * (stride or 1), PAGE_SIZE)
        named = {voice_id: item for item in page.items if (voice_id := text(item, "voice_id"))}
        new = [voice_id for voice_id in named if voice_id not in found][: VOICES_MAX - len(found)]
        found |= {voice_id: named[voice_id] for voice_id in new}
        await items([named[voice_id] for voice_id in new])
        idle = 0 if new else idle + 1
        if _was_last(page, len(found), size or None):
            break
        if page.total:
            progress(min(len(found) / page.total, 1.0))
        if number == 1 and not stride and len(new) <= 1:
            stride = size  # nearly all of page 0 again: this server counts voices, not pages
            continue
        size = size or len(page.items)
        number += 1
    return list(found.values())


def _was_last(page: Page, found: int, first: int | None) -> bool:
    """A total that is less than what came is a word without meaning."""
    if not page.items:
        return True
    if page.total and page.total >= found:
        return page.total == found
    return ends_here(len(page.items), first, PAGE_SIZE)
