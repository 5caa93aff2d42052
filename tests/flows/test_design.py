"""A description becomes candidates, with a real library on disk; only the maker of voices is a stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field
from studio.domain.voices import Candidate, Voice
from studio.flows.design import DesignFlow, DesignState
from studio.flows.ordering import Ordering
from studio.store import Store
from studio.tasks import TaskOwner
from tests.fakes.voices import FakeSystem, brief


class Stage:
    """A flow with its library; `restarted` is the next start of the program on the same library."""

    def __init__(self) -> None:
        self.store = Store()
        self.system = FakeSystem()
        self.ended = False
        self.bugs: list[str] = []
        self.shown: list[DesignState] = []
        self.kept: list[Voice] = []
        self.tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        systems = {ON_DEVICE: self.system}
        store = self.store
        kept = (store.shelf, store.clips, store.ledger)
        ordering = Ordering(systems, store.accounts, store.pending, *kept)
        self.flow = DesignFlow(systems, self.store.tray, self.store.clips, ordering, self.tasks)
        self.flow.show = self.shown.append
        self.made: list[Candidate] = []
        self.flow.on_made = self.made.append
        self.flow.on_kept = self.kept.append

    @property
    def state(self) -> DesignState:
        return self.flow.state

    async def until(self, true: Callable[[DesignState], object]) -> None:
        async with asyncio.timeout(5):
            while not true(self.state):  # noqa: ASYNC110 - the flow has one listener, and it is under test
                await asyncio.sleep(0.001)

    async def generated(self, count: int = 1) -> None:
        await self.until(lambda state: len(state.candidates) == count and not state.generating)

    async def end(self) -> None:
        if self.ended:
            return
        self.ended = True
        assert await self.tasks.aclose() == ()
        await self.store.aclose()
        assert self.bugs == []

    async def restarted(self) -> Stage:
        await self.end()
        return Stage()


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Stage]:
    stage = Stage()
    yield stage
    await stage.end()


async def test_a_brief_becomes_a_candidate_on_disk(stage: Stage) -> None:
    stage.flow.generate(brief())
    assert stage.state.generating
    await stage.generated()
    (candidate,) = stage.state.candidates
    assert candidate.brief == brief()
    assert candidate.voice.account
    assert candidate.seed == 7
    assert candidate.understood == ("male",)
    assert candidate.unused_words == ("purple",)
    assert await stage.store.tray.candidates() == (candidate,)
    assert stage.made == [candidate]
    assert any(state.progress == 0.5 for state in stage.shown)


async def test_problems_stop_before_anything_is_asked(stage: Stage) -> None:
    stage.flow.generate(brief(description="", preview_text="x" * 61))
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.BAD_INPUT
    assert [(one.field, one.fault) for one in stage.state.error.problems] == [
        (Field.DESCRIPTION, Fault.MISSING),
        (Field.PREVIEW_TEXT, Fault.TOO_LONG),
    ]
    assert stage.system.asked == []
    assert not stage.state.generating


async def test_an_unknown_system_is_said(stage: Stage) -> None:
    stage.flow.generate(brief(system="elsewhere"))
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NO_SUCH_SYSTEM


async def test_a_failure_becomes_state_and_retry_asks_again(stage: Stage) -> None:
    stage.system.error = StudioError(Reason.ENGINE_STOPPED, retryable=True)
    stage.flow.generate(brief(seed=3))
    await stage.until(lambda state: state.error)
    assert stage.state.error is stage.system.error
    stage.system.error = None
    stage.flow.retry()
    await stage.generated()
    assert stage.state.error is None
    assert [one.seed for one in stage.system.asked] == [3, 3]


async def test_retry_without_anything_asked_does_nothing(stage: Stage) -> None:
    stage.flow.retry()
    assert stage.shown == []


async def test_cancel_reaches_the_maker_and_leaves_no_order(stage: Stage) -> None:
    stage.system.gate.clear()
    stage.flow.generate(brief())
    await stage.until(lambda state: state.progress == 0.5)
    stage.flow.cancel()
    assert not stage.state.generating
    await stage.until(lambda _: stage.system.cancelled)
    assert stage.system.cancelled == 1
    assert stage.state.error is None
    again = await stage.restarted()
    assert await again.store.pending.abandoned() == ()
    await again.end()


async def test_a_second_click_is_not_a_second_voice(stage: Stage) -> None:
    stage.system.gate.clear()
    stage.flow.generate(brief(name="first"))
    await stage.until(lambda state: state.progress == 0.5)
    stage.flow.generate(brief(name="second"))
    await asyncio.sleep(0.05)
    assert stage.state.generating
    stage.system.gate.set()
    await stage.generated()
    assert [one.voice.name for one in stage.state.candidates] == ["first"]


async def test_again_is_the_same_words_with_a_new_seed(stage: Stage) -> None:
    stage.flow.generate(brief(seed=3))
    await stage.generated()
    stage.flow.again(stage.state.candidates[0].candidate_id)
    await stage.generated(2)
    assert [one.seed for one in stage.system.asked] == [3, None]


async def test_again_waits_its_turn(stage: Stage) -> None:
    stage.flow.generate(brief())
    await stage.generated()
    stage.system.gate.clear()
    stage.flow.generate(brief(name="second"))
    stage.flow.again(stage.state.candidates[0].candidate_id)
    stage.system.gate.set()
    await stage.generated(2)
    assert stage.state.candidates[0].voice.name == "second"


async def test_cancel_frees_the_window_after_a_bug(stage: Stage) -> None:
    stage.system.error = ValueError("bug")  # type: ignore[assignment]
    stage.flow.generate(brief())
    await stage.until(lambda _: stage.bugs)
    assert stage.state.generating
    stage.flow.cancel()
    assert not stage.state.generating
    stage.bugs.clear()


async def test_candidates_survive_the_end_of_the_program(stage: Stage) -> None:
    stage.flow.generate(brief(name="one"))
    await stage.generated(1)
    stage.flow.generate(brief(name="two"))
    await stage.generated(2)
    before = stage.state.candidates
    again = await stage.restarted()
    again.flow.restore()
    await again.until(lambda state: state.candidates)
    assert again.state.candidates == before
    await again.end()


async def test_keep_moves_the_candidate_to_the_library(stage: Stage) -> None:
    stage.flow.generate(brief())
    await stage.generated()
    candidate = stage.state.candidates[0]
    stage.flow.keep(candidate.candidate_id, "  Night reader ")
    await stage.until(lambda state: state.kept)
    assert stage.state.candidates == ()
    (voice,) = await stage.store.shelf.voices()
    assert voice.name == "Night reader"
    assert stage.kept == [voice]
    (clip,) = await stage.store.clips.clips_of(voice.library_id)
    assert clip.clip_id == candidate.preview.clip_id


async def test_two_clicks_on_keep_keep_one_voice(stage: Stage) -> None:
    stage.flow.generate(brief())
    await stage.generated()
    candidate = stage.state.candidates[0]
    stage.flow.keep(candidate.candidate_id, "")
    stage.flow.keep(candidate.candidate_id, "")
    await stage.until(lambda state: not state.candidates)
    await asyncio.sleep(0.05)
    assert len(await stage.store.shelf.voices()) == 1


async def test_a_card_kept_in_another_window_goes(stage: Stage) -> None:
    stage.flow.generate(brief())
    await stage.generated()
    candidate = stage.state.candidates[0]
    await stage.store.tray.keep(candidate.candidate_id, "")
    stage.flow.discard(candidate.candidate_id)
    await stage.until(lambda state: not state.candidates)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NO_SUCH_VOICE


async def test_discard_can_be_taken_back(stage: Stage) -> None:
    stage.flow.generate(brief())
    await stage.generated()
    candidate = stage.state.candidates[0]
    stage.flow.discard(candidate.candidate_id)
    await stage.until(lambda state: state.discarded)
    assert stage.state.candidates == ()
    stage.flow.take_back()
    await stage.until(lambda state: state.candidates)
    assert stage.state.candidates == (candidate,)
    assert stage.state.discarded is None


async def test_keep_at_once_is_what_commands_do(stage: Stage) -> None:
    designed = (await stage.flow.design(brief(name="From a command"))).designed
    assert designed
    voice = await stage.flow.keep_at_once(brief(), designed)
    assert (await stage.store.shelf.find(str(voice.library_id))).name == "From a command"
    assert await stage.store.tray.candidates() == ()
