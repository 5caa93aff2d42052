"""Paid work is sent once, and what became of it is found out, whatever happens to the answer or the program."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from studio.domain.accounts import EVOLINK
from studio.domain.audio import Clip
from studio.domain.briefs import Order
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.voices import ClipKind, Origin, Voice
from studio.flows.rights import statement_of
from studio.words import sentence
from tests.fakes.systems import made_voice
from tests.flows.far import FarStage, clone_brief, far_brief

LOST = StudioError(Reason.ANSWER_LOST, detail="dropped", maybe_done=True)


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[FarStage]:
    made = FarStage()
    yield made
    await made.end()


async def test_a_design_elsewhere_is_in_the_library_at_once_and_shown(stage: FarStage) -> None:
    stage.design.generate(far_brief())
    await stage.until(lambda: stage.design.state.candidates)
    (card,) = stage.design.state.candidates
    (voice,) = await stage.store.shelf.voices()
    assert card.kept
    assert card.voice == voice
    assert (voice.name, voice.region, voice.target_model) == ("Announcer", "intl", "vd-1")
    assert voice.account == await stage.store.accounts.current("model-studio-intl")
    assert [clip.kind for clip in await stage.store.clips.clips_of(voice.library_id)] == [ClipKind.PREVIEW]
    assert await stage.store.tray.candidates() == ()
    assert await stage.store.pending.open() == ()


async def test_discarding_the_card_of_a_kept_voice_leaves_the_voice(stage: FarStage) -> None:
    stage.design.generate(far_brief())
    await stage.until(lambda: stage.design.state.candidates)
    stage.design.discard(stage.design.state.candidates[0].candidate_id)
    await stage.until(lambda: not stage.design.state.candidates)
    assert len(await stage.store.shelf.voices()) == 1
    assert stage.design.state.discarded is None


@pytest.mark.parametrize(
    ("name", "handle"),
    [("Announcer", "Announcer"), ("晚间 新闻", "WanJian_XinWen"), ("!!!", "voice"), ("", "voice"), ("Ünï", "Uni")],
)
async def test_the_vendors_prefix_follows_from_a_name_in_any_script(stage: FarStage, name: str, handle: str) -> None:
    await stage.design.design(far_brief(name=name))
    assert stage.qwen.orders[0].handle == handle


async def test_a_prefix_of_the_persons_own_is_sent_or_refused_before_anything_is(stage: FarStage) -> None:
    await stage.design.design(far_brief(handle="mine_1"))
    assert stage.qwen.orders[0].handle == "mine_1"
    with pytest.raises(StudioError) as refused:
        await stage.design.design(far_brief(handle="mine one"))
    assert refused.value.problems == (Problem(Field.HANDLE, Fault.NOT_PLAIN, limit=16, actual=8),)
    assert len(stage.qwen.orders) == 1


async def test_a_lost_answer_is_adopted_and_never_ordered_again(stage: FarStage) -> None:
    stage.qwen.there = [replace(_listed(stage), voice_id="vd-1-Announcer-old")]
    stage.qwen.lose = LOST
    with pytest.raises(StudioError) as told:
        await stage.design.design(far_brief())
    (voice,) = await stage.store.shelf.voices()
    assert told.value.reason is Reason.PREVIEW_LOST
    assert told.value.voice_id == voice.voice_id == "vd-1-Announcer-1"
    assert (voice.description, voice.preview_text) == ("A composed announcer", "Good evening.")
    assert len(stage.qwen.orders) == 1
    assert await stage.store.pending.open() == ()


async def test_a_lost_answer_that_made_nothing_stays_open_and_is_looked_for_later(stage: FarStage) -> None:
    stage.qwen.refuse = LOST
    with pytest.raises(StudioError) as told:
        await stage.design.design(far_brief())
    assert told.value.reason is Reason.ANSWER_LOST
    (order,) = await stage.store.pending.open()
    stage.qwen.there = [_listed(stage)]
    stage.orders.follow()
    await stage.until(lambda: stage.arrived)
    assert stage.arrived[0].voice_id == "vd-1-Announcer-9"
    await stage.until(lambda: not stage.orders.state.looking)
    assert stage.orders.state.open == ()
    assert order not in await stage.store.pending.open()
    assert len(stage.qwen.orders) == 1


async def test_a_refusal_leaves_no_order(stage: FarStage) -> None:
    stage.qwen.refuse = StudioError(Reason.QUOTA_FULL, system="qwen")
    with pytest.raises(StudioError, match="quota-full"):
        await stage.design.design(far_brief())
    assert await stage.store.pending.open() == ()


async def test_a_gateway_that_gave_up_may_hide_a_voice_so_its_order_stays_open(stage: FarStage) -> None:
    stage.qwen.refuse = StudioError(Reason.SERVER_FAILED, system="qwen", maybe_done=True)
    with pytest.raises(StudioError, match="server-failed") as told:
        await stage.design.design(far_brief())
    assert sentence(told.value) == (
        "Qwen had a fault of its own, and the voice may have been made all the same. "
        "It is looked for, now and at every start; nothing is ordered twice."
    )
    assert len(await stage.store.pending.open()) == 1
    assert stage.qwen.lists == 2


async def test_nothing_is_sent_when_the_list_before_it_finds_nobody(stage: FarStage) -> None:
    stage.qwen.list_fails = StudioError(Reason.UNREACHABLE, system="qwen")
    with pytest.raises(StudioError, match="unreachable"):
        await stage.design.design(far_brief())
    assert stage.qwen.orders == []
    assert await stage.store.pending.open() == ()


async def test_a_fault_of_the_list_alone_does_not_hold_up_an_order(stage: FarStage) -> None:
    stage.qwen.list_fails = StudioError(Reason.UNREADABLE, system="qwen")
    assert (await stage.design.design(far_brief())).voice


async def test_without_a_list_before_it_a_lost_order_can_only_be_told(stage: FarStage) -> None:
    stage.qwen.list_fails = StudioError(Reason.UNREADABLE, system="qwen")
    stage.qwen.lose = LOST
    with pytest.raises(StudioError, match="answer-lost"):
        await stage.design.design(far_brief())
    stage.qwen.list_fails = None
    stage.orders.follow()
    await stage.until(lambda: stage.orders.state.open and not stage.orders.state.looking)
    assert await stage.store.shelf.voices() == ()
    stage.orders.forget(stage.orders.state.open[0].order_id)
    await stage.until(lambda: not stage.orders.state.open)
    assert await stage.store.pending.open() == ()


async def test_an_order_left_by_a_dead_process_is_settled_at_the_next_start(stage: FarStage) -> None:
    stage.qwen.gate.clear()
    stage.design.generate(far_brief())
    await stage.qwen.started.wait()
    again = await stage.restarted()
    again.orders.follow()
    await again.until(lambda: again.arrived)
    assert [voice.voice_id for voice in again.arrived] == ["vd-1-Announcer-1"]
    assert len(again.qwen.orders) == 1
    await again.end()


async def test_giving_up_a_design_looks_for_its_voice(stage: FarStage) -> None:
    left: list[bool] = []
    stage.design.on_left = lambda: left.append(True)
    stage.qwen.gate.clear()
    stage.design.generate(far_brief())
    await stage.qwen.started.wait()
    stage.design.cancel()
    assert left == [True]
    stage.orders.follow()
    await stage.until(lambda: stage.arrived)


async def test_an_order_under_way_is_not_looked_for(stage: FarStage) -> None:
    stage.qwen.gate.clear()
    stage.design.generate(far_brief())
    await stage.qwen.started.wait()
    assert await stage.ordering.left() == ()
    stage.qwen.gate.set()
    await stage.until(lambda: stage.design.state.candidates)


async def test_of_two_orders_alike_each_adopts_its_own_voice(stage: FarStage) -> None:
    stage.qwen.lose = LOST
    for _ in range(2):
        with pytest.raises(StudioError, match="preview-lost"):
            await stage.design.design(far_brief())
    voices = await stage.store.shelf.voices()
    assert sorted(voice.voice_id for voice in voices) == ["vd-1-Announcer-1", "vd-1-Announcer-2"]


async def test_an_old_order_that_no_list_shows_was_not_made(stage: FarStage) -> None:
    account = await stage.store.accounts.current("model-studio-intl")
    created = datetime.now(UTC) - timedelta(minutes=31)
    await stage.store.pending.begin(Order(uuid4(), account, far_brief(), created, frozenset()))
    again = await stage.restarted()
    again.orders.follow()
    await again.until(lambda: again.orders.state.error)
    assert again.orders.state.error
    assert again.orders.state.error.reason is Reason.NOT_MADE
    assert await again.store.pending.open() == ()
    await again.end()


async def test_an_order_of_which_nothing_can_be_found_out_is_told_once_more_and_let_go(stage: FarStage) -> None:
    account = await stage.store.accounts.current("evolink")
    created = datetime.now(UTC) - timedelta(days=3)
    await stage.store.pending.begin(Order(uuid4(), account, far_brief(EVOLINK), created))
    again = await stage.restarted()
    (outcome,) = await again.settled()
    assert outcome.error
    assert (outcome.error.reason, outcome.open) == (Reason.ANSWER_LOST, False)
    assert await again.store.pending.open() == ()
    await again.end()


async def test_orders_of_another_account_wait_for_its_key(stage: FarStage) -> None:
    stage.qwen.refuse = LOST
    with pytest.raises(StudioError):
        await stage.design.design(far_brief())
    await stage.store.accounts.start_anew("model-studio-intl")
    (outcome,) = await stage.settled()
    assert outcome.open
    assert outcome.error
    assert outcome.error.reason is Reason.OTHER_ACCOUNT


async def test_a_voice_that_the_library_can_not_take_is_kept_until_it_can(
    stage: FarStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = StudioError(Reason.DISK_FULL)
    add = stage.store.shelf.add

    async def fail(*_: object) -> None:
        raise full

    monkeypatch.setattr(stage.store.shelf, "add", fail)
    with pytest.raises(StudioError, match="disk-full") as told:
        await stage.design.design(far_brief())
    assert (told.value.voice_id, told.value.retryable) == ("vd-1-Announcer-1", False)
    assert stage.ordering.rescued("vd-1-Announcer-1") == stage.qwen.preview
    monkeypatch.setattr(stage.store.shelf, "add", add)
    (outcome,) = await stage.settled()
    assert outcome.voice
    assert len(await stage.store.clips.clips_of(outcome.voice.library_id)) == 1
    assert await stage.store.pending.open() == ()
    assert len(stage.qwen.orders) == 1


async def test_an_order_is_closed_by_the_write_that_keeps_its_voice(
    stage: FarStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: object) -> None:
        raise AssertionError("a second write could be lost")

    monkeypatch.setattr(stage.store.pending, "done", never)
    await stage.design.design(far_brief())
    await stage.clone.clone(clone_brief())
    assert await stage.store.pending.open() == ()


async def test_a_voice_that_a_list_brought_in_meanwhile_is_the_orders(stage: FarStage) -> None:
    stage.qwen.refuse = LOST
    with pytest.raises(StudioError, match="answer-lost"):
        await stage.design.design(far_brief())
    stage.qwen.there = [_listed(stage)]
    await stage.refreshing.refresh("qwen", "intl", None)
    (outcome,) = await stage.settled()
    assert outcome.voice
    assert outcome.voice.voice_id == "vd-1-Announcer-9"
    assert len(await stage.store.shelf.voices()) == 1


async def test_somebody_elses_voice_of_the_same_words_is_not_adopted(stage: FarStage) -> None:
    stage.qwen.refuse = LOST
    with pytest.raises(StudioError, match="answer-lost"):
        await stage.design.design(far_brief())
    stage.qwen.there = [replace(_listed(stage), voice_id="vd-1-Bob-3", name="Bob")]
    (outcome,) = await stage.settled()
    assert outcome.open
    assert outcome.voice is None


async def test_a_cancelled_begin_leaves_nothing_that_is_never_looked_at(
    stage: FarStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = stage.store.pending.begin

    async def cancelled(order: Order, sample: Clip | None) -> None:
        await begin(order, sample)
        raise asyncio.CancelledError

    monkeypatch.setattr(stage.store.pending, "begin", cancelled)
    with pytest.raises(asyncio.CancelledError):
        await stage.design.design(far_brief())
    assert len(await stage.ordering.left()) == 1


async def test_the_environments_key_settles_nothing_in_a_region_that_is_not_named(
    stage: FarStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    stage.qwen.refuse = LOST
    with pytest.raises(StudioError, match="answer-lost"):
        await stage.design.design(far_brief(region="cn"))
    assert await stage.ordering.left("intl") == ()
    assert len(await stage.ordering.left("cn")) == 1
    assert len(await stage.ordering.left()) == 1


# -- tasks ---------------------------------------------------------------------------------------------------------


async def test_a_task_goes_on_without_the_program_and_is_picked_up(stage: FarStage) -> None:
    stage.evolink.gate.clear()
    stage.design.generate(far_brief(EVOLINK))
    await stage.evolink.started.wait()
    again = await stage.restarted()
    again.evolink.finish("task-1")
    again.orders.follow()
    await again.until(lambda: again.arrived)
    (voice,) = await again.store.shelf.voices()
    assert voice.voice_id == "evo-voice"
    assert len(await again.store.clips.clips_of(voice.library_id)) == 1
    assert len(again.evolink.orders) == 1
    await again.end()


async def test_a_task_that_failed_meanwhile_is_told_and_closed(stage: FarStage) -> None:
    stage.evolink.gate.set()
    stage.design.generate(far_brief(EVOLINK))
    await stage.until(lambda: stage.design.state.error)
    assert stage.design.state.error
    assert stage.design.state.error.reason is Reason.STILL_RUNNING
    stage.evolink.ended["task-1"] = StudioError(Reason.TASK_FAILED, system=EVOLINK)
    stage.orders.follow()
    await stage.until(lambda: stage.orders.state.error)
    assert await stage.store.pending.open() == ()


async def test_open_orders_are_shown_before_their_systems_answer(stage: FarStage) -> None:
    stage.design.generate(far_brief(EVOLINK))
    await stage.evolink.started.wait()
    stage.design.cancel()
    await stage.until(lambda: not stage.tasks.running("design.generate"))
    stage.evolink.resuming.clear()
    stage.orders.follow()
    await stage.until(lambda: stage.orders.state.open)
    stage.evolink.finish("task-1")
    stage.evolink.resuming.set()
    await stage.until(lambda: stage.arrived and not stage.orders.state.open)


async def test_a_sound_that_could_not_be_fetched_now_is_fetched_later(stage: FarStage) -> None:
    stage.evolink.gate.set()
    stage.evolink.finish_for("task-1", far_brief(EVOLINK, model="vd-1", handle="Announcer"), sound=False)
    with_trouble = await stage.design.design(far_brief(EVOLINK))
    assert with_trouble.voice
    assert len(await stage.store.pending.open()) == 1
    stage.evolink.finish_for("task-1", far_brief(EVOLINK, model="vd-1", handle="Announcer"))
    await stage.settled()
    assert len(await stage.store.clips.clips_of(with_trouble.voice.library_id)) == 1
    assert await stage.store.pending.open() == ()
    assert len(await stage.store.shelf.voices()) == 1


async def test_without_a_task_id_the_person_is_asked(stage: FarStage) -> None:
    stage.evolink.lost_before_id = True
    with pytest.raises(StudioError, match="answer-lost"):
        await stage.design.design(far_brief(EVOLINK))
    stage.orders.follow()
    await stage.until(lambda: stage.orders.state.open and not stage.orders.state.looking)
    assert len(stage.evolink.orders) == 1


# -- previews and clones -------------------------------------------------------------------------------------------


async def test_a_voice_whose_preview_is_no_sound_is_kept_and_told(stage: FarStage) -> None:
    stage.qwen.preview = None
    stage.design.generate(far_brief())
    await stage.until(lambda: stage.design.state.error)
    error = stage.design.state.error
    (voice,) = await stage.store.shelf.voices()
    assert error
    assert (error.reason, error.voice_id, error.request_id) == (Reason.PREVIEW_LOST, voice.voice_id, "r-1")
    assert not stage.design.state.generating


async def test_a_clone_is_in_the_library_with_sample_and_right(stage: FarStage) -> None:
    outcome = await stage.clone.clone(clone_brief(transcript="Hello."))
    assert outcome.voice
    assert outcome.voice.origin is Origin.CLONED
    (sample,) = await stage.store.clips.clips_of(outcome.voice.library_id)
    assert (sample.kind, sample.text) == (ClipKind.SAMPLE, "Hello.")
    assert await stage.store.pending.open() == ()


async def test_a_clone_whose_answer_was_lost_is_a_clone_all_the_same(stage: FarStage) -> None:
    stage.qwen.lose = LOST
    outcome = await stage.clone.clone(clone_brief())
    assert outcome.voice
    assert len(await stage.store.clips.clips_of(outcome.voice.library_id)) == 1
    assert len(stage.qwen.orders) == 1


async def test_a_clone_order_survives_without_its_sample(stage: FarStage) -> None:
    stage.qwen.gate.clear()
    stage.clone.clone_voice(clone_brief(sample=None, sample_url="https://example.org/me.wav"))
    await stage.qwen.started.wait()
    again = await stage.restarted()
    again.orders.follow()
    await again.until(lambda: again.arrived)
    assert again.arrived[0].name == "Mine"
    await again.end()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"has_right": False}, Problem(Field.RIGHT, Fault.NOT_ACCEPTED)),
        ({"sample": None}, Problem(Field.SAMPLE, Fault.MISSING)),
        ({"name": " "}, Problem(Field.NAME, Fault.MISSING)),
    ],
)
async def test_a_clone_that_would_be_refused_is_not_sent(
    stage: FarStage, changes: dict[str, object], problem: Problem
) -> None:
    with pytest.raises(StudioError) as refused:
        await stage.clone.clone(clone_brief(**changes))
    assert problem in refused.value.problems
    assert stage.qwen.orders == []
    assert stage.qwen.lists == 0


async def test_fields_that_a_system_lacks_are_left_out(stage: FarStage) -> None:
    await stage.clone.clone(clone_brief(denoise=True))
    (order,) = stage.qwen.orders
    assert order == replace(clone_brief(), model="vc-1", handle="Mine")


def _listed(stage: FarStage) -> Voice:
    return made_voice(stage.qwen.system, far_brief(model="vd-1", handle="Announcer"), 9)


def test_the_statement_of_right_names_the_sample() -> None:
    said = json.loads(statement_of(clone_brief()))
    assert said["said"] == "I have the right to clone this voice"
    assert (said["sample_sha256"], said["sample_name"]) == ("5u0", "me.wav")
    assert statement_of(far_brief()) == ""
