from __future__ import annotations

import pytest

from studio.flows.refreshing import LONGEST_LIST
from studio.providers import model_studio, noiz_list, opentalking_answers
from studio.providers.pages import VOICES_MAX, ends_here


@pytest.mark.parametrize(
    ("on_page", "first", "ends"),
    [
        (1, None, True),
        (9, None, True),
        (10, None, False),
        (11, None, True),
        (20, None, False),
        (50, None, False),
        (99, None, True),
        (100, None, False),
        (1_000, None, False),
        (10, 10, False),
        (9, 10, True),
        (50, 10, False),
        (50, 100, True),
    ],
)
def test_a_page_that_may_be_full_is_followed_by_another_question(on_page: int, first: int | None, ends: bool) -> None:
    assert ends_here(on_page, first, 100) is ends


def test_every_list_ends_where_the_flows_take_it_as_cut() -> None:
    assert VOICES_MAX == LONGEST_LIST == 20_000
    assert model_studio.VOICES_MAX == noiz_list.VOICES_MAX == opentalking_answers.VOICES_MAX == VOICES_MAX
