"""A take becomes a voice that says its first words; what can go wrong on the way is told and costs nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.samples import Right
from studio.domain.voices import ClipKind, Voice
from studio.flows.audition import Audible
from tests.flows.far import FarStage, clone_brief, wav


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[FarStage]:
    stage = FarStage()
    yield stage
    await stage.end()


def without_sample(**changes: object) -> CloneBrief:
    return clone_brief(sample=None, **changes)


async def choose_take(stage: FarStage, seconds: float = 0.5) -> None:
    stage.kept_takes.put("Take 1", seconds)
    stage.takes.restore()
    await stage.until(lambda: stage.takes.state.report)


async def test_the_chosen_take_is_what_is_sent(stage: FarStage) -> None:
    cloned: list[Voice] = []
    stage.clone.on_cloned = cloned.append
    await choose_take(stage)
    stage.clone.clone_voice(without_sample())
    await stage.until(lambda: stage.clone.state.cloned)
    (order,) = stage.qwen.orders
    assert isinstance(order, CloneBrief)
    assert order.sample
    assert order.sample.name == "Take 1.wav"
    (take,) = await stage.kept_takes.takes()
    assert take.sent == (order.sample.sha256,)
    assert [voice.name for voice in cloned] == ["Mine"]
    assert not stage.clone.state.speaking


async def test_an_address_goes_before_the_take(stage: FarStage) -> None:
    await choose_take(stage)
    stage.clone.clone_voice(without_sample(sample_url="https://example.org/me.wav"))
    await stage.until(lambda: stage.clone.state.cloned)
    (order,) = stage.qwen.orders
    assert isinstance(order, CloneBrief)
    assert order.sample is None
    assert not stage.kept_takes.changes


async def test_without_take_or_address_nothing_is_sent(stage: FarStage) -> None:
    stage.clone.clone_voice(without_sample())
    await stage.until(lambda: stage.clone.state.error)
    assert stage.clone.state.error
    assert stage.clone.state.error.reason is Reason.BAD_INPUT
    assert not stage.qwen.orders


async def test_the_first_words_are_spoken_once_and_kept(stage: FarStage) -> None:
    played: list[Audible] = []
    stage.clone.on_spoken = played.append
    await choose_take(stage)
    stage.clone.clone_voice(without_sample(), " Hello, this is me. ")
    await stage.until(lambda: stage.clone.state.spoken)
    assert stage.qwen.spoken == ["Hello, this is me."]
    assert stage.clone.state.spoken
    assert played == [stage.clone.state.spoken]
    assert stage.clone.state.cloned
    clips = await stage.store.clips.clips_of(stage.clone.state.cloned.library_id)
    assert {clip.kind for clip in clips} == {ClipKind.SAMPLE, ClipKind.SPOKEN}


async def test_a_voice_that_cannot_speak_is_a_voice_all_the_same(
    stage: FarStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: object) -> None:
        raise StudioError(Reason.RATE_LIMITED)

    monkeypatch.setattr(type(stage.qwen), "speak", refused)
    await choose_take(stage)
    stage.clone.clone_voice(without_sample(), "Hello.")
    await stage.until(lambda: stage.clone.state.mute)
    state = stage.clone.state
    assert state.cloned
    assert state.mute
    assert (state.mute.reason, state.error, state.speaking) == (Reason.RATE_LIMITED, None, False)


async def test_a_cancelled_clone_is_looked_for(stage: FarStage) -> None:
    left: list[None] = []
    stage.clone.on_left = lambda: left.append(None)
    stage.qwen.gate.clear()
    await choose_take(stage)
    stage.clone.clone_voice(without_sample())
    await stage.qwen.started.wait()
    stage.clone.clone_voice(without_sample())
    stage.clone.cancel()
    assert left
    assert not stage.clone.state.cloning
    await stage.until(lambda: not stage.tasks.running("clone.clone"))
    assert len(stage.qwen.orders) == 1, "a second click is not a second order"


async def test_a_clone_that_arrives_late_has_its_sample_all_the_same(stage: FarStage) -> None:
    stage.qwen.lose = StudioError(Reason.TIMED_OUT, maybe_done=True)
    stage.qwen.gate.clear()
    await choose_take(stage)
    cloning = asyncio.ensure_future(stage.clone.clone(clone_brief()))
    await stage.qwen.started.wait()
    stage.qwen.list_fails = StudioError(Reason.SERVER_FAILED)
    stage.qwen.gate.set()
    with pytest.raises(StudioError):
        await cloning
    stage.qwen.list_fails = None
    (order,) = await stage.store.pending.open()
    assert await stage.store.pending.sample(order.order_id)
    later = await stage.restarted()
    (outcome,) = await later.settled()
    assert outcome.voice
    (clip,) = await later.store.clips.clips_of(outcome.voice.library_id)
    assert (await later.store.clips.load(clip)).data == wav()
    assert await later.store.pending.sample(order.order_id) is None
    await later.end()


async def test_a_transcript_that_is_refused_can_be_left_out(stage: FarStage) -> None:
    stage.qwen.refuse = StudioError(Reason.TRANSCRIPT_REFUSED, code="Audio.PreprocessError")
    await choose_take(stage)
    stage.clone.clone_voice(without_sample(transcript="Other words."))
    await stage.until(lambda: stage.clone.state.error)
    stage.qwen.refuse = None
    stage.clone.clone_voice(without_sample())
    await stage.until(lambda: stage.clone.state.cloned)
    assert stage.clone.state.error is None


async def test_a_spoken_consent_is_kept_and_named_by_its_sum(stage: FarStage, tmp_path: Path) -> None:
    path = tmp_path / "Ann agrees.wav"
    path.write_bytes(wav(1.0))
    stage.clone.attach_consent(path)
    await stage.until(lambda: stage.clone.state.consent)
    consent = stage.clone.state.consent
    assert consent
    assert (consent.name, consent.seconds) == ("Ann agrees.wav", 1.0)
    assert [*stage.rights.consents] == [consent.sha256]
    stage.clone.drop_consent()
    assert stage.clone.state.consent is None


async def test_a_consent_that_is_no_sound_is_told(stage: FarStage, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("I agree.")
    stage.clone.attach_consent(path)
    await stage.until(lambda: stage.clone.state.error)
    assert stage.clone.state.consent is None


@pytest.mark.parametrize("day", ["2026-02-30", "21.11.2026", "20261121"])
async def test_a_day_that_is_none_is_refused_before_anything_is_sent(stage: FarStage, day: str) -> None:
    with pytest.raises(StudioError) as caught:
        await stage.clone.clone(replace(clone_brief(), right=Right("Ann Lee", day)))
    assert caught.value.reason is Reason.BAD_INPUT
    assert not stage.qwen.orders
