"""What making a voice cost, as far as the vendor tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.domain.accounts import QWEN
from studio.domain.spending import Spent, spending_of
from tests.fakes.systems import info
from tests.fakes.voices import voice
from tests.flows.far import clone_brief, far_brief


def test_a_design_and_a_clone_have_the_price_of_their_model() -> None:
    made = voice(system=QWEN, account="a-1")
    design = spending_of(far_brief(model="vd-1"), made, info(QWEN))
    clone = spending_of(clone_brief(model="vc-1"), made, info(QWEN))
    assert design
    assert clone
    assert (design.spent, design.usd, design.account, design.library_id) == (
        Spent.DESIGN,
        0.2,
        "a-1",
        made.library_id,
    )
    assert (clone.spent, clone.usd) == (Spent.CLONE, 0.01)


@pytest.mark.parametrize("price", [0.0, None])
def test_what_is_free_is_no_spending_and_what_has_no_price_is_one(price: float | None) -> None:
    told = info(QWEN)
    told = replace(told, designs=tuple(replace(one, price_usd=price) for one in told.designs))
    spending = spending_of(far_brief(), voice(system=QWEN), told)
    assert (spending is None) is (price == 0.0)
    assert spending is None or spending.usd is None


def test_a_system_without_a_key_costs_nothing() -> None:
    assert spending_of(far_brief(), voice(system=QWEN), replace(info(QWEN), needs_key=False)) is None
