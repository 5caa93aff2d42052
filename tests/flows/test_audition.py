"""One clip sounds at a time, and a failure leaves the next click working."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, StoredClip
from studio.flows import audition
from studio.flows.audition import Audible, AuditionFlow
from studio.tasks import TaskOwner
from tests.fakes.sound import FakeClips, FakeCodec, FakePlayer


def audible(title: str = "Calm man", seconds: float = 2.0) -> Audible:
    stored = StoredClip(
        uuid4(), ClipKind.PREVIEW, "Hello.", "a.wav", AudioFormat.WAV, 24_000, seconds, 1, datetime.now(UTC)
    )
    return Audible(stored, title)


class Stage:
    def __init__(self) -> None:
        self.player, self.codec = FakePlayer(), FakeCodec()
        self.bugs: list[str] = []
        self.tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        self.flow = AuditionFlow(self.player, self.codec, FakeClips(), self.tasks)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    yield stage
    assert await stage.tasks.aclose() == ()
    assert stage.bugs == []


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_play_to_the_end(stage: Stage) -> None:
    clip = audible()
    stage.flow.play(clip)
    await settled()
    assert stage.flow.state.playing
    assert stage.flow.sounds(clip.clip.clip_id)
    stage.player.ended.set()
    await settled()
    assert not stage.flow.state.playing
    assert stage.flow.state.audible is clip


async def test_a_second_clip_silences_the_first(stage: Stage) -> None:
    first, second = audible("first"), audible("second")
    stage.flow.play(first)
    await settled()
    stage.flow.play(second)
    await settled()
    assert stage.player.silenced == 1
    assert stage.flow.sounds(second.clip.clip_id)
    assert not stage.flow.sounds(first.clip.clip_id)


async def test_toggle_stops_the_clip_that_sounds(stage: Stage) -> None:
    clip = audible()
    stage.flow.toggle(clip)
    await settled()
    stage.flow.toggle(clip)
    await settled()
    assert stage.player.silenced == 1
    assert not stage.flow.state.playing


async def test_a_clip_is_decoded_once_and_ahead(stage: Stage) -> None:
    clip = audible()
    stage.flow.prepare(clip)
    await settled()
    stage.flow.play(clip)
    await settled()
    stage.flow.seek(clip, 0.5)
    await settled()
    assert stage.codec.decoded == 1
    assert stage.player.played == [("", 0.0), ("", 1.0)]


async def test_what_is_kept_decoded_is_bounded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audition, "DECODED_AHEAD_BYTES", 300_000)
    clips = [audible(seconds=1.0) for _ in range(5)]  # 96,000 bytes each once decoded
    for clip in [*clips, clips[4], clips[0]]:
        stage.flow.prepare(clip)
        await settled()
    assert stage.codec.decoded == 6


@pytest.mark.parametrize("reason", [Reason.NO_OUTPUT_DEVICE, Reason.NO_SOUND_SYSTEM, Reason.DEVICE_LOST])
async def test_a_failure_is_state_and_the_next_click_works(stage: Stage, reason: Reason) -> None:
    stage.player.error = StudioError(reason)
    stage.flow.play(audible())
    await settled()
    assert stage.flow.state.error is stage.player.error
    assert not stage.flow.state.playing
    stage.player.error = None
    stage.flow.play(audible())
    await settled()
    assert stage.flow.state.error is None
    assert stage.flow.state.playing


async def test_a_clip_that_cannot_be_read_is_said(stage: Stage) -> None:
    stage.codec.error = StudioError(Reason.UNREADABLE_AUDIO)
    stage.flow.play(audible())
    await settled()
    assert stage.flow.state.error is stage.codec.error
    stage.flow.prepare(audible())
    await settled()
    assert stage.player.played == []


async def test_another_device_takes_over_where_the_clip_is(stage: Stage) -> None:
    stage.flow.find_devices()
    await settled()
    assert [device.name for device in stage.flow.state.devices] == ["System default", "Headphones"]
    stage.flow.play(audible())
    await settled()
    stage.player.position = 0.75
    stage.flow.choose_device("phones")
    await settled()
    assert stage.player.played == [("", 0.0), ("phones", 0.75)]
    assert stage.flow.state.device_id == "phones"


async def test_choosing_a_device_in_silence_plays_nothing(stage: Stage) -> None:
    stage.flow.choose_device("phones")
    await settled()
    assert stage.player.played == []
