"""Keys set, tested and forgotten, in the real keyring of the test's own session."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.domain.accounts import KeySource, Place, Probed
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.flows.accounts import AccountsFlow
from tests.flows.far import FarStage

WORKS = ("key", "place", "account", "test")
INTL, CN = "model-studio-intl", "model-studio-cn"


class Stage(FarStage):
    def __init__(self) -> None:
        super().__init__()
        self.changed: list[str] = []
        self.accounts = AccountsFlow(self.store.accounts, self.systems, self.tasks)
        self.accounts.on_changed = self.changed.append

    async def idle(self) -> None:
        names = [f"accounts.{what}.{name}" for what in WORKS for name in (INTL, CN, "noiz")]
        await self.until(lambda: not any(map(self.tasks.running, names)))


@pytest.fixture
async def stage(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    for variable in ("DASHSCOPE_API_KEY", "EVOLINK_API_KEY", "NOIZ_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    made = Stage()
    yield made
    for name in (INTL, CN, "noiz"):
        await made.store.accounts.forget_key(name)
    await made.end()


async def test_a_pasted_key_is_trimmed_kept_and_told_by_its_end(stage: Stage) -> None:
    stage.accounts.save_key(INTL, "  sk-planted-0123456789\n")
    await stage.idle()
    card = stage.accounts.state.card(INTL)
    assert card.saved
    assert not card.replaced
    assert (card.standing.source, card.standing.ending) == (KeySource.KEYRING, "6789")
    assert "planted" not in repr(stage.accounts.state)
    assert (await stage.store.accounts.access(INTL)).key == "sk-planted-0123456789"
    assert stage.changed == [INTL]


@pytest.mark.parametrize(
    ("text", "fault"), [("  ", Fault.MISSING), ("sk-a\nsk-b", Fault.NOT_PLAIN), ("sk ä", Fault.NOT_PLAIN)]
)
async def test_what_is_no_key_is_refused(stage: Stage, text: str, fault: Fault) -> None:
    stage.accounts.save_key("noiz", text)
    await stage.idle()
    error = stage.accounts.state.card("noiz").error
    assert error
    assert error.problems == (Problem(Field.API_KEY, fault),)
    assert stage.changed == []


async def test_a_replaced_key_may_be_another_accounts(stage: Stage) -> None:
    before = await stage.store.accounts.current(INTL)
    for key in ("sk-first-00000001", "sk-second-0000002"):
        stage.accounts.save_key(INTL, key)
        await stage.idle()
    assert stage.accounts.state.card(INTL).replaced
    assert await stage.store.accounts.current(INTL) == before
    stage.accounts.another_account(INTL)
    await stage.idle()
    assert await stage.store.accounts.current(INTL) != before
    assert not stage.accounts.state.card(INTL).replaced


async def test_a_test_tells_what_it_found_or_why_not(stage: Stage) -> None:
    stage.accounts.test(INTL)
    assert stage.accounts.state.card(INTL).testing
    await stage.idle()
    assert stage.accounts.state.card(INTL).probed == Probed(voices=0)
    stage.qwen.refuse = StudioError(Reason.KEY_REFUSED, system="qwen")
    stage.accounts.test(INTL)
    await stage.idle()
    card = stage.accounts.state.card(INTL)
    assert card.probed is None
    assert card.error is stage.qwen.refuse


async def test_a_test_waits_for_the_address_and_does_not_go_to_the_old_one(stage: Stage) -> None:
    stage.accounts.set_place(INTL, "ftp://example.org")
    stage.accounts.test(INTL)
    await stage.idle()
    card = stage.accounts.state.card(INTL)
    assert not card.testing
    assert card.error
    assert card.error.problems[0].field is Field.BASE_URL
    assert stage.qwen.lists == 0
    stage.accounts.set_place(INTL, "https://voices.example.org")
    stage.accounts.test(INTL)
    await stage.idle()
    assert stage.accounts.state.card(INTL).probed == Probed(voices=0)


async def test_the_other_region_is_tried_on_demand_and_keeps_a_key_that_works(stage: Stage) -> None:
    stage.accounts.save_key(INTL, "sk-of-beijing-0001")
    await stage.idle()
    stage.qwen.refuse = StudioError(Reason.KEY_REFUSED, system="qwen")
    stage.accounts.try_other_region(INTL)
    await stage.idle()
    assert (await stage.store.accounts.standing(CN)).source is KeySource.NONE
    stage.qwen.refuse = None
    stage.accounts.try_other_region(INTL)
    await stage.idle()
    assert stage.accounts.state.card(INTL).other_region_works
    assert (await stage.store.accounts.standing(CN)).source is KeySource.KEYRING


async def test_addresses_and_a_proxy_are_kept_or_refused(stage: Stage) -> None:
    stage.accounts.set_place("noiz", " https://voices.example.org/v1/ ")
    await stage.idle()
    assert stage.accounts.state.card("noiz").standing.base_url == "https://voices.example.org/v1"
    stage.accounts.set_place("noiz", "ftp://example.org")
    await stage.idle()
    error = stage.accounts.state.card("noiz").error
    assert error
    assert error.problems[0].field is Field.BASE_URL
    stage.accounts.set_proxy("http://proxy.example.org:3128")
    await stage.until(lambda: stage.accounts.state.proxy)
    assert await stage.store.accounts.proxy() == "http://proxy.example.org:3128"
    assert (await stage.store.accounts.standing("noiz")).place == Place("https://voices.example.org/v1")
