"""The board: voices held, voices that will expire, candidates that lost, and what was spent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.domain.accounts import QWEN, account_info
from studio.domain.errors import Reason, StudioError
from studio.domain.spending import Spending, Spent
from studio.domain.voices import ClipKind, Origin, Voice
from tests.fakes.systems import FarSystem, made_voice
from tests.fakes.voices import clip
from tests.flows.far import FarStage, far_brief

NOW = datetime.now(UTC)


class Keeping(FarSystem):
    """Holds three voices, for a year."""

    @property
    def info(self):  # type: ignore[no-untyped-def]
        return replace(super().info, voices_max=3, retention_days=365)


@pytest.fixture
async def stage(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FarStage]:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    made = FarStage(Keeping())
    yield made
    await made.end()


async def shelve(stage: FarStage, number: int, *, heard: bool = True, **changes: object) -> Voice:
    account = await stage.store.accounts.current("model-studio-intl")
    made = replace(made_voice(QWEN, far_brief(model="vd-1", handle="there"), number), account=account, region="intl")
    stage.qwen.there.append(replace(made, **changes))
    await stage.store.shelf.merge(QWEN, account, [replace(made, **changes)], ())
    if heard:
        shelved = await stage.store.shelf.find(f"qwen:{made.voice_id}")
        await stage.store.clips.add_clip(shelved.library_id, clip(), ClipKind.PREVIEW, "")
    stage.library.refresh()
    await stage.tasks.wait("library.refresh")
    return await stage.store.shelf.find(f"qwen:{made.voice_id}")


async def load(stage: FarStage) -> None:
    stage.usage.load()
    await stage.tasks.wait("usage.load")


async def test_the_board_counts_what_an_account_holds(stage: FarStage) -> None:
    for number in (1, 2, 3):
        await shelve(stage, number)
    await shelve(stage, 4, origin=Origin.BUILT_IN)
    await load(stage)
    (row,) = stage.usage.state.usages
    assert (row.system, row.voices, row.voices_max, row.nearly_full) == (QWEN, 3, 3, True)
    assert dict(stage.usage.state.labels)[row.account] == "Alibaba Model Studio · International"


async def test_voices_that_will_be_deleted_are_told_the_nearest_first(stage: FarStage) -> None:
    old = await shelve(stage, 1, created=NOW - timedelta(days=350, hours=1))
    older = await shelve(stage, 2, created=NOW - timedelta(days=400))
    await shelve(stage, 3, created=NOW - timedelta(days=100))
    await load(stage)
    (row,) = stage.usage.state.usages
    assert [(one.voice.voice_id, one.days) for one in row.expiring] == [(older.voice_id, 0), (old.voice_id, 14)]


async def test_a_word_keeps_a_voice_alive_and_is_paid_for(stage: FarStage) -> None:
    old = await shelve(stage, 1, created=NOW - timedelta(days=350))
    await load(stage)
    stage.usage.keep_alive(old.library_id)
    stage.usage.keep_alive(old.library_id)
    await stage.until(lambda: stage.usage.state.kept == (old.library_id,))
    assert stage.qwen.spoken == ["Hello."]
    await stage.until(lambda: stage.usage.state.usages[0].expiring == ())
    (spending,) = await stage.store.ledger.spendings()
    assert (spending.spent, spending.library_id) == (Spent.SPEECH, old.library_id)
    assert stage.usage.state.usages[0].usd == pytest.approx(6 * 0.13 / 10_000)


async def test_what_can_not_be_kept_alive_is_said(stage: FarStage) -> None:
    old = await shelve(stage, 1, created=NOW - timedelta(days=350))
    await stage.store.accounts.start_anew("model-studio-intl")
    stage.usage.keep_alive(old.library_id)
    await stage.until(lambda: stage.usage.state.error)
    assert stage.usage.state.error
    assert stage.usage.state.error.reason is Reason.OTHER_ACCOUNT
    assert stage.usage.state.keeping == ()


async def test_candidates_that_lost_are_those_beside_a_chosen_one(stage: FarStage) -> None:
    winner, loser = await shelve(stage, 1), await shelve(stage, 2)
    await shelve(stage, 3, description="Other words")
    await shelve(stage, 4, target_model="vd-realtime")  # remade for another model
    await shelve(stage, 5, heard=False)  # known from a list: nobody here can tell whether it was used
    await load(stage)
    assert stage.usage.state.usages[0].losers == ()
    await stage.store.shelf.annotate(winner.library_id, "the one")
    stage.library.refresh()
    await stage.tasks.wait("library.refresh")
    await load(stage)
    assert [one.library_id for one in stage.usage.state.usages[0].losers] == [loser.library_id]


async def test_spending_is_summed_with_what_has_no_price(stage: FarStage) -> None:
    account = await stage.store.accounts.current("model-studio-intl")
    last_year = NOW - timedelta(days=400)
    for usd, when in ((0.2, NOW), (0.01, last_year), (None, NOW)):
        await stage.store.ledger.note(Spending(QWEN, account, Spent.DESIGN, usd, when))
    await load(stage)
    (row,) = stage.usage.state.usages
    assert (row.usd, row.usd_this_month, row.unpriced) == (pytest.approx(0.21), pytest.approx(0.2), 1)


async def test_a_design_that_was_paid_for_is_noted(stage: FarStage) -> None:
    await stage.design.design(far_brief())
    (spending,) = await stage.store.ledger.spendings()
    assert (spending.spent, spending.usd, spending.region) == (Spent.DESIGN, 0.2, "intl")


async def test_a_refused_design_costs_nothing(stage: FarStage) -> None:
    stage.qwen.refuse = StudioError(Reason.CONTENT_REFUSED, system=QWEN)
    with pytest.raises(StudioError):
        await stage.design.design(far_brief())
    assert await stage.store.ledger.spendings() == ()


async def test_an_account_whose_voices_are_gone_is_still_named_by_its_region(stage: FarStage) -> None:
    account = await stage.store.accounts.current("model-studio-cn")
    await stage.store.ledger.note(Spending(QWEN, account, Spent.SPEECH, 0.1, NOW, region="cn"))
    await load(stage)
    (row,) = stage.usage.state.usages
    assert (row.voices, row.region) == (0, "cn")
    assert dict(stage.usage.state.labels) == {account: account_info("model-studio-cn").label}
