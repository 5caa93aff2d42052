from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from studio.providers.noiz_list import Page, every_item


def nothing(_: float | None) -> None: ...


def items(first: int, end: int) -> list[dict[str, Any]]:
    return [{"voice_id": f"v{number}"} for number in range(first, end)]


class Shelf:
    """A server's list, and the `skip` of every question."""

    def __init__(self, give: Callable[[int, int], Page]) -> None:
        self.give = give
        self.skips: list[int] = []

    async def ask(self, skip: int, limit: int) -> Page:
        assert limit == 100
        self.skips.append(skip)
        return self.give(skip, limit)

    async def found(self) -> list[str]:
        return [item["voice_id"] for item in await every_item(self.ask, nothing)]


def by_page(count: int, *, total: int | None = None) -> Shelf:
    return Shelf(lambda skip, limit: Page(items(skip * limit, min(count, (skip + 1) * limit)), total))


async def test_skip_is_a_page_number_and_the_total_ends_it() -> None:
    shelf = by_page(200, total=200)
    assert len(await shelf.found()) == 200
    assert shelf.skips == [0, 1]


async def test_a_short_page_ends_a_list_without_a_total() -> None:
    shelf = by_page(230)
    assert len(await shelf.found()) == 230
    assert shelf.skips == [0, 1, 2]


async def test_an_empty_page_ends_a_list_whatever_its_total_says() -> None:
    shelf = by_page(100, total=500)
    assert len(await shelf.found()) == 100
    assert shelf.skips == [0, 1]


async def test_a_total_smaller_than_the_list_is_not_believed() -> None:
    shelf = by_page(230, total=1)
    assert len(await shelf.found()) == 230


async def test_a_server_that_gives_ten_and_tells_no_total_is_followed_to_its_end() -> None:
    for count, asked in ((30, [0, 1, 2, 3]), (25, [0, 1, 2]), (10, [0, 1]), (9, [0])):
        shelf = Shelf(lambda skip, _, count=count: Page(items(skip * 10, min(count, skip * 10 + 10))))
        assert len(await shelf.found()) == count
        assert shelf.skips == asked
    shelf = Shelf(lambda skip, _: Page(items(skip, min(35, skip + 10))))
    assert len(await shelf.found()) == 35
    assert shelf.skips == [0, 1, 10, 20, 30]


async def test_a_server_that_counts_voices_instead_of_pages_is_noticed() -> None:
    shelf = Shelf(lambda skip, limit: Page(items(skip, min(250, skip + limit)), 250))
    assert await shelf.found() == [f"v{number}" for number in range(250)]
    assert shelf.skips == [0, 1, 100, 200]


async def test_a_server_that_gives_fewer_than_asked_for_is_followed_to_its_total() -> None:
    shelf = Shelf(lambda skip, _: Page(items(skip * 50, min(120, skip * 50 + 50)), 120))
    assert len(await shelf.found()) == 120


async def test_a_list_that_repeats_itself_ends_after_two_pages_of_nothing_new() -> None:
    shelf = Shelf(lambda skip, limit: Page(items(0, 100), 5_000))
    assert len(await shelf.found()) == 100
    assert len(shelf.skips) == 3


async def test_a_list_that_never_ends_is_left_at_its_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.providers.noiz_list.VOICES_MAX", 250)
    shelf = by_page(10**9)
    assert len(await shelf.found()) == 250
    assert len(shelf.skips) == 3


async def test_items_without_an_id_are_left_out_and_progress_follows_the_total() -> None:
    parts: list[float | None] = []
    shelf = Shelf(lambda skip, limit: Page([{}, {"voice_id": None}, *items(skip * 98, min(150, skip * 98 + 98))], 150))
    assert len(await every_item(shelf.ask, parts.append)) == 150
    assert parts == [None, 98 / 150]
