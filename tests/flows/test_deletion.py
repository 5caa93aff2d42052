"""Deletions: asked once, undone for a while, and only then told to the voices' systems."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.accounts import QWEN
from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, Origin, Voice
from studio.store import Store
from tests.fakes.systems import made_voice
from tests.fakes.voices import clip, voice
from tests.flows.far import FarStage, far_brief
from tests.flows.kept import Kept


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Kept]:
    stage = Kept()
    yield stage
    await stage.end()


async def test_delete_can_be_undone(stage: Kept) -> None:
    kept = await stage.chosen()
    stage.deletion.ask([kept.library_id])
    await stage.until(lambda state: stage.deletion.state.waiting and not state.voices)
    assert stage.state.chosen is None
    assert await stage.flow.search("") == ()
    stage.deletion.undo()
    await stage.until(lambda state: state.voices and state.chosen and state.clips)
    assert stage.state.voices == (kept,)
    assert stage.deletion.state.waiting == ()


async def test_a_spoken_take_is_deleted_and_brought_back(stage: Kept) -> None:
    kept = await stage.chosen()
    stage.speaking.speak(kept.library_id, "Any text.")
    await stage.until(lambda state: len(state.clips) == 2)
    take = stage.state.clips[1]
    stage.deletion.delete_clip(take)
    await stage.until(lambda state: len(state.clips) == 1)
    assert stage.deletion.state.clip == take
    stage.deletion.undo()
    await stage.until(lambda state: len(state.clips) == 2)
    assert stage.deletion.state.clip is None


async def test_deleting_keeps_the_sample_unless_that_is_asked_for(stage: Kept) -> None:
    kept, take = await stage.cloned()
    stage.deletion.ask([kept.library_id])
    await stage.until(lambda state: stage.deletion.state.waiting and not state.voices)
    assert stage.deletion.state.samples == (take,)
    assert await stage.store.takes.takes() == (take,)
    stage.deletion.delete_sample()
    await stage.until(lambda _: stage.deletion.state.samples_deleted == (take,))
    assert stage.deletion.state.samples == ()
    assert await stage.store.takes.takes() == ()
    assert stage.samples_told == 1


async def test_other_voices_of_the_sample_are_told(stage: Kept) -> None:
    kept, take = await stage.cloned(name="Ann")
    for name, data in (("Ann two", b"what was sent"), ("Bo", b"something else")):
        sample = clip(data, format=AudioFormat.WAV)
        await stage.store.shelf.add(voice(name=name, origin=Origin.CLONED), sample, ClipKind.SAMPLE, "", '{"said": ""}')
    stage.flow.refresh()
    await stage.until(lambda state: len(state.voices) == 3)
    stage.deletion.ask([kept.library_id])
    await stage.until(lambda _: stage.deletion.state.waiting)
    assert (stage.deletion.state.samples, [one.name for one in stage.deletion.state.made_alike]) == (
        (take,),
        ["Ann two"],
    )
    stage.deletion.delete_sample()
    await stage.until(lambda _: stage.deletion.state.samples_deleted)
    assert [one.name for one in stage.deletion.state.made_alike] == ["Ann two"]
    stage.deletion.undo()
    await stage.until(lambda state: len(state.voices) == 3 and stage.samples_told == 2)
    assert stage.deletion.state.made_alike == ()


async def test_undo_brings_the_sample_back_too(stage: Kept) -> None:
    kept, take = await stage.cloned()
    stage.deletion.ask([kept.library_id])
    await stage.until(lambda _: stage.deletion.state.samples)
    stage.deletion.delete_sample()
    await stage.until(lambda _: stage.deletion.state.samples_deleted)
    stage.deletion.undo()
    await stage.until(lambda state: state.chosen == kept and stage.samples_told == 2)
    assert await stage.store.takes.takes() == (take,)
    assert (stage.deletion.state.samples, stage.deletion.state.samples_deleted) == ((), ())


async def test_a_sample_that_is_gone_meanwhile_is_no_error(stage: Kept) -> None:
    kept, take = await stage.cloned()
    stage.deletion.ask([kept.library_id])
    await stage.until(lambda _: stage.deletion.state.samples)
    await stage.store.takes.delete(take.take_id)
    elsewhere = Store(undo_s=0.0)
    await elsewhere.takes.purge()
    await elsewhere.aclose()
    stage.deletion.delete_sample()
    await stage.until(lambda _: stage.deletion.state.samples_deleted)
    assert stage.deletion.state.error is None


async def test_the_takes_of_other_voices_are_not_offered(stage: Kept) -> None:
    await stage.cloned()
    other = await stage.store.shelf.add(
        voice(origin=Origin.CLONED),
        clip(b"other", format=AudioFormat.WAV),
        ClipKind.SAMPLE,
        "",
        json.dumps({"said": ""}),
    )
    by_address = await stage.keep(origin=Origin.CLONED)
    for one in (other, by_address):
        stage.flow.refresh()
        await stage.until(lambda state, one=one: one in state.voices)
        stage.deletion.ask([one.library_id])
        await stage.until(lambda _, one=one: stage.deletion.state.waiting == (one,))
        assert stage.deletion.state.samples == ()
        stage.deletion.delete_sample()
    assert len(await stage.store.takes.takes()) == 1


# -- voices of other systems ------------------------------------------------------------------------------------------


def listed(number: int, **changes: object) -> Voice:
    return replace(made_voice(QWEN, far_brief(model="vd-1", handle="there"), number), **changes)


async def far_voices(stage: FarStage, *numbers: int) -> list[Voice]:
    stage.qwen.there = [listed(number) for number in numbers]
    await stage.refreshing.refresh(QWEN, "", None)
    stage.library.refresh()
    await stage.until(lambda: len(stage.library.state.voices) == len(numbers))
    return [await stage.store.shelf.find(f"qwen:vd-1-there-{number}") for number in numbers]


@pytest.fixture
async def far(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FarStage]:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    made = FarStage(undo_s=60.0)
    yield made
    await made.end()


@pytest.fixture
async def hasty(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FarStage]:
    """The time to undo is over at once."""
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    made = FarStage()
    yield made
    await made.end()


async def test_a_voice_elsewhere_is_asked_about_and_told_after_the_time_to_undo(hasty: FarStage) -> None:
    (there,) = await far_voices(hasty, 1)
    hasty.deletion.ask([there.library_id])
    assert hasty.deletion.state.asked == (there,)
    hasty.deletion.decline()
    assert hasty.deletion.state.asked == ()
    hasty.deletion.ask([there.library_id])
    hasty.deletion.confirm()
    assert hasty.deletion.state.waiting == (there,)
    await hasty.until(lambda: hasty.deletion.state.deleted)
    assert hasty.qwen.deleted == ["vd-1-there-1"]
    await hasty.until(lambda: not hasty.library.state.voices)


async def test_nothing_is_sent_while_it_can_be_undone(far: FarStage) -> None:
    first, second = await far_voices(far, 1, 2)
    far.deletion.ask([first.library_id, second.library_id])
    far.deletion.confirm()
    await far.until(lambda: not far.library.state.voices)
    far.deletion.undo()
    await far.until(lambda: len(far.library.state.voices) == 2)
    assert far.qwen.deleted == []
    assert far.deletion.state.waiting == ()
    assert far.library.state.chosen == first


async def test_each_deletion_has_its_own_time_and_the_last_is_undone_first(far: FarStage) -> None:
    first, second = await far_voices(far, 1, 2)
    far.deletion.ask([first.library_id])
    far.deletion.confirm()
    await far.until(lambda: len(far.library.state.voices) == 1)
    far.deletion.ask([second.library_id])
    far.deletion.confirm()
    await far.until(lambda: not far.library.state.voices)
    assert far.deletion.state.waiting == (second,)
    far.deletion.undo()
    assert far.deletion.state.waiting == (first,)
    assert 0 < far.deletion.state.left_s <= 60
    far.deletion.undo()
    await far.until(lambda: len(far.library.state.voices) == 2)
    assert far.deletion.state.waiting == ()
    assert far.qwen.deleted == []


async def test_a_deleted_take_leaves_the_undo_of_a_voice(far: FarStage) -> None:
    first, second = await far_voices(far, 1, 2)
    take = await far.store.clips.add_clip(second.library_id, clip(), ClipKind.SPOKEN, "Any text.")
    far.deletion.ask([first.library_id])
    far.deletion.confirm()
    far.deletion.delete_clip(take)
    assert far.deletion.state.clip == take
    far.deletion.undo()
    assert (far.deletion.state.clip, far.deletion.state.waiting) == (None, (first,))
    await far.until(lambda: not far.tasks.running("deletion.undo.2"))
    assert await far.store.clips.clips_of(second.library_id) == (take,)


async def test_closing_the_window_tells_at_once(far: FarStage) -> None:
    (there,) = await far_voices(far, 1)
    far.deletion.ask([there.library_id])
    far.deletion.confirm()
    await far.until(lambda: not far.library.state.voices)
    await far.deletion.aclose()
    assert far.qwen.deleted == ["vd-1-there-1"]


async def test_what_can_not_be_told_before_the_end_comes_back(far: FarStage) -> None:
    (there,) = await far_voices(far, 1)
    far.qwen.deleting.clear()
    far.deletion.ask([there.library_id])
    far.deletion.confirm()
    await far.until(lambda: not far.library.state.voices)
    await far.deletion.aclose(0.01)
    await far.tasks.aclose()
    assert [one.library_id for one in await far.store.shelf.voices()] == [there.library_id]
    assert far.qwen.deleted == []


async def test_a_voice_that_its_system_keeps_comes_back_with_the_reason(hasty: FarStage) -> None:
    first, second = await far_voices(hasty, 1, 2)
    hasty.qwen.refuse = StudioError(Reason.TIMED_OUT, system=QWEN)
    hasty.deletion.ask([first.library_id, second.library_id])
    hasty.deletion.confirm()
    await hasty.until(lambda: len(hasty.deletion.state.kept_there) == 2 and len(hasty.library.state.voices) == 2)
    assert [one.name for one, _ in hasty.deletion.state.kept_there] == [first.name, second.name]
    assert hasty.deletion.state.deleting == hasty.deletion.state.deleted == ()


async def test_built_in_voices_are_not_deleted(far: FarStage) -> None:
    far.qwen.there = [listed(1, origin=Origin.BUILT_IN)]
    await far.refreshing.refresh(QWEN, "", Origin.BUILT_IN)
    far.library.refresh()
    await far.until(lambda: far.library.state.voices)
    far.deletion.ask([far.library.state.voices[0].library_id])
    assert far.deletion.state.asked == ()
