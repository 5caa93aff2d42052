"""Servers of one's own in the accounts: their addresses are known at the start, set one by one or all at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.domain.accounts import Place, Role
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Field
from studio.flows.accounts import AccountsFlow
from tests.flows.far import FarStage

NAME = "speech-server"
DESIGN, CLONE = "http://gpu.lan:8091", "http://gpu.lan:8092"


class Stage(FarStage):
    def __init__(self) -> None:
        super().__init__()
        self.changed: list[str] = []
        self.accounts = AccountsFlow(self.store.accounts, self.systems, self.tasks)
        self.accounts.on_changed = self.changed.append

    async def idle(self) -> None:
        names = ("accounts.look", f"accounts.place.{NAME}")
        await self.until(lambda: not any(map(self.tasks.running, names)))


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Stage]:
    made = Stage()
    yield made
    await made.end()


async def test_what_no_server_is_set_for_is_known_without_asking_for_a_key(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = stage.accounts.state
    assert state.without(Role.DESIGN) == state.without(Role.CLONE) == frozenset({NAME})
    await stage.store.accounts.set_place(NAME, Place(urls=((Role.CLONE, CLONE),)))
    monkeypatch.setenv("VOICE_STUDIO_SPEECH_CUSTOM_URL", "http://127.0.0.1:7788")
    stage.accounts.look()
    await stage.idle()
    state = stage.accounts.state
    assert (state.without(Role.CLONE), state.without(Role.CUSTOM)) == (frozenset(), frozenset())
    assert state.without(Role.DESIGN) == frozenset({NAME})


async def test_a_wrong_address_of_the_environment_is_no_error_of_the_start(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICE_STUDIO_SPEECH_DESIGN_URL", "nowhere")
    stage.accounts.look()
    await stage.idle()
    assert stage.accounts.state.error is None
    assert stage.accounts.state.without(Role.DESIGN) == frozenset({NAME})


async def test_addresses_are_saved_together_or_refused(stage: Stage) -> None:
    stage.accounts.set_urls(NAME, ((Role.DESIGN, DESIGN), (Role.CLONE, f"{CLONE}/v1/")))
    await stage.idle()
    card = stage.accounts.state.card(NAME)
    assert card.saved
    assert card.standing.urls == ((Role.DESIGN, DESIGN), (Role.CLONE, CLONE))
    assert stage.changed == [NAME]
    assert stage.accounts.state.without(Role.DESIGN) == frozenset()
    stage.accounts.set_urls(NAME, ((Role.DESIGN, "gpu"),))
    await stage.idle()
    error = stage.accounts.state.card(NAME).error
    assert error
    assert error.problems[0].field is Field.BASE_URL
    assert (await stage.store.accounts.access(NAME)).url(Role.CLONE) == f"{CLONE}/v1"


async def test_one_address_leaves_the_others(stage: Stage) -> None:
    await stage.accounts.set_url(NAME, DESIGN, Role.DESIGN)
    standing = await stage.accounts.set_url(NAME, CLONE, Role.CLONE)
    assert standing.urls == ((Role.DESIGN, DESIGN), (Role.CLONE, CLONE))
    standing = await stage.accounts.set_url(NAME, "", Role.DESIGN)
    assert standing.urls == ((Role.CLONE, CLONE),)
    assert (await stage.accounts.set_url("noiz", "https://voices.example.org/v1")).place == Place(
        "https://voices.example.org/v1"
    )
    with pytest.raises(StudioError, match=f"^{Reason.BAD_INPUT.value}"):
        await stage.accounts.set_url(NAME, CLONE)
