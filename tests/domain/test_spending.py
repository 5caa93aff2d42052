"""What making a voice cost, as far as the vendor tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from studio.domain.accounts import QWEN
from studio.domain.spending import Spending, Spent, spending_of, usage_of
from tests.fakes.systems import info
from tests.fakes.voices import voice
from tests.flows.far import clone_brief, far_brief


def test_a_design_and_a_clone_have_the_price_of_their_model() -> None:
    made = voice(system=QWEN, account="a-1", region="intl")
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
    assert (design.region, clone.region) == ("intl", "intl")


@pytest.mark.parametrize("price", [0.0, None])
def test_what_is_free_is_no_spending_and_what_has_no_price_is_one(price: float | None) -> None:
    told = info(QWEN)
    told = replace(told, designs=tuple(replace(one, price_usd=price) for one in told.designs))
    spending = spending_of(far_brief(), voice(system=QWEN), told)
    assert (spending is None) is (price == 0.0)
    assert spending is None or spending.usd is None


def test_a_system_without_a_key_costs_nothing() -> None:
    assert spending_of(far_brief(), voice(system=QWEN), replace(info(QWEN), needs_key=False)) is None


def test_a_region_is_known_from_voices_or_from_what_was_paid() -> None:
    now = datetime.now(UTC)
    paid = [
        Spending(QWEN, "old", Spent.SPEECH, 0.1, now, region=""),
        Spending(QWEN, "old", Spent.SPEECH, 0.1, now, region="cn"),
        Spending(QWEN, "held", Spent.DESIGN, 0.2, now),
        Spending(QWEN, "lost", Spent.DESIGN, 0.2, now),
    ]
    rows = usage_of([voice(system=QWEN, account="held", region="intl")], paid, {QWEN: info(QWEN)}, now)
    assert {row.account: (row.region, row.voices) for row in rows} == {
        "old": ("cn", 0),
        "held": ("intl", 1),
        "lost": ("", 0),
    }
