"""Voices of other systems in the library: listed, looked up, checked for use and deleted there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.accounts import EVOLINK, QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.voices import Origin, Status, Voice
from studio.flows.refreshing import Refreshed
from tests.fakes.systems import made_voice
from tests.flows.far import FarStage, far_brief, nowhere


@pytest.fixture
async def stage(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FarStage]:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    made = FarStage()
    yield made
    await made.end()


def listed(number: int, **changes: object) -> Voice:
    return replace(made_voice(QWEN, far_brief(model="vd-1", handle="there"), number), **changes)


async def test_a_list_comes_into_the_library_and_what_it_lacks_is_gone(stage: FarStage) -> None:
    stage.qwen.there = [listed(1), listed(2), listed(3, origin=Origin.BUILT_IN)]
    found = await stage.refreshing.refresh(QWEN, "", None)
    assert [voice.voice_id for voice in found] == ["vd-1-there-1", "vd-1-there-2"]
    assert {voice.region for voice in await stage.store.shelf.voices()} == {"intl"}
    stage.qwen.there.pop(0)
    stage.qwen.there[0] = replace(stage.qwen.there[0], status=Status.REJECTED)
    await stage.refreshing.refresh(QWEN, "intl", None)
    second = await stage.store.shelf.find("qwen:vd-1-there-2")
    assert second.status is Status.REJECTED


async def test_a_search_at_the_system_marks_nothing_as_gone(stage: FarStage) -> None:
    stage.qwen.there = [listed(1)]
    await stage.refreshing.refresh(QWEN, "", None)
    assert await stage.refreshing.refresh(QWEN, "", None, "no such name") == ()
    assert (await stage.store.shelf.find("qwen:vd-1-there-1")).status is Status.READY


@pytest.mark.parametrize(("system", "reason"), [(EVOLINK, Reason.NOT_OFFERED), ("acme", Reason.NO_SUCH_SYSTEM)])
async def test_a_system_without_a_list_says_so(stage: FarStage, system: str, reason: Reason) -> None:
    with pytest.raises(StudioError) as told:
        await stage.refreshing.refresh(system, "", None)
    assert told.value.reason is reason


async def test_all_accounts_with_a_key_are_asked_and_one_fault_holds_up_none(stage: FarStage) -> None:
    stage.qwen.list_fails = StudioError(Reason.TIMED_OUT, system=QWEN)
    told = await stage.refreshing.refresh_all(None, lambda _: None)
    assert told == (Refreshed("model-studio-intl", QWEN, error=stage.qwen.list_fails),)


async def asked(stage: FarStage, region: str = "") -> list[str]:
    return [one.account for one in await stage.refreshing.refresh_all(None, lambda _: None, region)]


async def test_the_environments_key_goes_to_beijing_only_if_that_is_named(stage: FarStage) -> None:
    stage.qwen.there = [listed(1)]
    assert await asked(stage) == ["model-studio-intl"]
    assert await asked(stage, "cn") == ["model-studio-cn"]
    assert await asked(stage, "intl") == ["model-studio-intl"]


async def test_a_voice_that_is_not_here_is_found_at_its_system(stage: FarStage) -> None:
    stage.qwen.there = [listed(1)]
    voice = await stage.remote.find("qwen:vd-1-there-1")
    assert (voice.region, voice.name) == ("intl", "Announcer")
    assert await stage.store.shelf.voices() == (voice,)
    for handle in ("qwen:nobody", "evolink:nobody", "acme:nobody", "nobody", "qwen:"):
        with pytest.raises(StudioError) as told:
            await stage.remote.find(handle)
        assert told.value.reason is Reason.NO_SUCH_VOICE


async def test_without_a_region_a_handle_means_international(stage: FarStage) -> None:
    stage.qwen.there = [listed(1)]
    far = await stage.remote.find("qwen:vd-1-there-1", "cn")
    near = await stage.remote.find("qwen:vd-1-there-1")
    assert (far.region, near.region) == ("cn", "intl")
    assert await stage.remote.find(str(far.library_id), "cn") == far
    with pytest.raises(StudioError) as told:  # the environment's key would go to Beijing unasked
        await stage.remote.find(str(far.library_id))
    assert told.value.problems == (Problem(Field.REGION, Fault.NOT_OFFERED),)


async def test_a_look_brings_the_library_up_to_date_or_says_why_not(stage: FarStage) -> None:
    stage.qwen.there = [listed(1, status=Status.IN_REVIEW)]
    stage.qwen.status = Status.IN_REVIEW
    await stage.remote.find("qwen:vd-1-there-1")
    stage.qwen.status = Status.READY
    voice, trouble = await stage.remote.look("qwen:vd-1-there-1")
    assert (voice.status, trouble) == (Status.READY, None)
    stage.qwen.there = []
    voice, trouble = await stage.remote.look("qwen:vd-1-there-1")
    assert (voice.status, trouble) == (Status.GONE, None)
    await stage.store.accounts.start_anew("model-studio-intl")
    _, trouble = await stage.remote.look(str(voice.library_id))
    assert trouble
    assert trouble.reason is Reason.OTHER_ACCOUNT


async def test_deleting_here_deletes_there_and_says_what_stays(stage: FarStage) -> None:
    stage.qwen.there = [listed(1)]
    voice = await stage.remote.find("qwen:vd-1-there-1")
    await stage.remote.remove(voice)
    assert stage.qwen.deleted == ["vd-1-there-1"]
    assert await stage.store.shelf.voices() == ()
    assert stage.remote.deletion_note(voice) == "A copy stays there."


async def test_what_can_not_be_deleted_there_stays_here(stage: FarStage) -> None:
    stage.qwen.there = [listed(1), listed(2, origin=Origin.BUILT_IN)]
    own, built_in = [await stage.remote.find(f"qwen:vd-1-there-{number}") for number in (1, 2)]
    stage.qwen.refuse = StudioError(Reason.TIMED_OUT, system=QWEN)
    for voice, reason in ((own, Reason.TIMED_OUT), (built_in, Reason.NOT_DELETABLE)):
        with pytest.raises(StudioError) as told:
            await stage.remote.remove(voice)
        assert told.value.reason is reason
    assert len(await stage.store.shelf.voices()) == 2


async def test_voices_of_another_account_are_neither_spoken_with_nor_deleted(stage: FarStage) -> None:
    stage.qwen.there = [listed(1)]
    voice = await stage.remote.find("qwen:vd-1-there-1")
    await stage.store.accounts.start_anew("model-studio-intl")
    for work in (stage.saying.say(voice, "Hello.", nowhere), stage.remote.remove(voice)):
        with pytest.raises(StudioError) as told:
            await work
        assert told.value.reason is Reason.OTHER_ACCOUNT
    assert stage.qwen.spoken == stage.qwen.deleted == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.IN_REVIEW, Reason.IN_REVIEW),
        (Status.REJECTED, Reason.REJECTED),
        (Status.GONE, Reason.GONE_THERE),
    ],
)
async def test_a_voice_that_is_not_ready_says_so(stage: FarStage, status: Status, reason: Reason) -> None:
    stage.qwen.there = [listed(1)]
    voice = await stage.remote.find("qwen:vd-1-there-1")
    with pytest.raises(StudioError) as told:
        await stage.saying.say(replace(voice, status=status), "Hello.", nowhere)
    assert told.value.reason is reason


async def test_the_window_brings_every_account_up_to_date(stage: FarStage) -> None:
    stage.qwen.there = [listed(1)]
    stage.library.update()
    assert stage.library.state.refreshing
    await stage.until(lambda: not stage.library.state.refreshing)
    assert stage.library.state.refreshed == (Refreshed("model-studio-intl", QWEN, 1),)
    assert [voice.voice_id for voice in stage.library.state.voices] == ["vd-1-there-1"]


async def test_a_list_comes_in_page_by_page_and_what_came_stays(stage: FarStage) -> None:
    stage.qwen.there = [listed(number) for number in range(5)]
    stage.qwen.page_size, stage.qwen.pages_before_failure = 2, 2
    stage.qwen.list_fails = StudioError(Reason.TIMED_OUT, system=QWEN)
    told: list[Refreshed] = []
    await stage.refreshing.refresh_all(None, told.append)
    assert [(one.voices, one.done) for one in told] == [(0, False), (2, False), (4, False), (4, True)]
    assert told[-1].error is stage.qwen.list_fails
    assert len(await stage.store.shelf.voices()) == 4
    stage.qwen.list_fails = None
    assert len(await stage.refreshing.refresh(QWEN, "", None)) == 5
    assert {voice.status for voice in await stage.store.shelf.voices()} == {Status.READY}


async def test_a_refresh_that_is_cancelled_keeps_its_pages_and_marks_nothing_as_gone(stage: FarStage) -> None:
    stage.qwen.there = [listed(number) for number in range(3)]
    await stage.refreshing.refresh(QWEN, "", None)
    stage.qwen.there.append(listed(9))
    stage.qwen.paging.clear()
    stage.library.update()
    await stage.until(lambda: stage.library.state.refreshed)
    stage.library.cancel_update()
    assert stage.library.state.refresh_stopped
    await stage.until(lambda: stage.library.state.complete and not stage.tasks.running("library.update"))
    assert {voice.status for voice in await stage.store.shelf.voices()} == {Status.READY}


async def test_a_review_is_followed_to_its_end_also_after_a_restart(
    stage: FarStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.flows.reviews.SHORTEST_PAUSE_S", 0.005)
    stage.qwen.status = Status.IN_REVIEW
    await stage.design.design(far_brief())
    stage.reviews.follow()
    again = await stage.restarted()
    ended: list[tuple[str, Status]] = []
    again.reviews.on_ended = lambda voice, status: ended.append((voice.name, status))
    again.qwen.status = Status.READY
    again.reviews.follow()
    await again.until(lambda: ended)
    assert ended == [("Announcer", Status.READY)]
    assert (await again.store.shelf.voices())[0].status is Status.READY
    await again.until(lambda: not again.tasks.running("reviews.follow"))
    await again.end()
