"""One clip sounds at a time, and a failure leaves the next click working."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest

from studio.domain.audio import AudioFormat, Pcm
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


# -- one after the other --------------------------------------------------------------------------------------


async def test_all_play_in_turn_and_the_last_ends_it(stage: Stage) -> None:
    clips = [audible(str(number), seconds=1.0 + number) for number in range(3)]
    stage.flow.play_all(clips)
    for place in range(3):
        await settled()
        assert (stage.flow.state.place, stage.flow.state.audible) == (place, clips[place])
        assert stage.flow.state.playing
        await stage.player.end()
    await settled()
    assert not stage.flow.state.playing
    assert [round(pcm.seconds) for pcm in stage.player.sounds] == [1, 2, 3]
    assert stage.codec.decoded == 3  # each is ready before its turn


async def test_next_and_previous_stay_within_the_queue(stage: Stage) -> None:
    clips = [audible(str(number)) for number in range(2)]
    stage.flow.play_all(clips)
    stage.flow.previous()
    assert stage.flow.state.place == 0
    stage.flow.next()
    await settled()
    assert stage.flow.state.audible is clips[1]
    stage.flow.next()
    assert stage.flow.state.place == 1
    stage.flow.set_loop(True)
    stage.flow.next()
    assert stage.flow.state.place == 0
    await settled()
    assert len(stage.player.played) == 2  # what was passed over at once was never begun


async def test_a_looped_queue_begins_anew(stage: Stage) -> None:
    clips = [audible(str(number)) for number in range(2)]
    stage.flow.set_loop(True)
    stage.flow.play_all(clips)
    for place in (0, 1, 0, 1):
        await settled()
        assert stage.flow.state.place == place
        await stage.player.end()
    await settled()
    stage.flow.set_loop(False)
    assert stage.flow.state.playing
    stage.flow.stop()


async def test_loop_can_be_turned_off_while_it_sounds(stage: Stage) -> None:
    stage.flow.set_loop(True)
    stage.flow.play(audible())
    for _ in range(3):
        await settled()
        assert stage.flow.state.playing
        await stage.player.end()
    await settled()
    stage.flow.set_loop(False)
    await stage.player.end()
    await settled()
    assert not stage.flow.state.playing
    assert len(stage.player.played) == 4


async def test_a_broken_clip_is_passed_over_and_said(stage: Stage) -> None:
    stage.codec.error = StudioError(Reason.UNREADABLE_AUDIO)
    stage.flow.play_all([audible("broken"), audible("broken, too")])
    await settled()
    assert not stage.flow.state.playing
    assert stage.flow.state.error is stage.codec.error
    stage.flow.set_loop(True)  # nor for ever
    stage.flow.next()
    await settled()
    assert not stage.flow.state.playing
    assert stage.player.played == []


async def test_without_a_loudspeaker_the_queue_stops(stage: Stage) -> None:
    stage.player.error = StudioError(Reason.NO_OUTPUT_DEVICE)
    stage.flow.play_all([audible(), audible()])
    await settled()
    assert (stage.flow.state.place, len(stage.player.played)) == (0, 1)
    assert not stage.flow.state.playing


async def test_the_queue_goes_on_after_a_stop_and_ends_with_another_clip(stage: Stage) -> None:
    clips = [audible(str(number)) for number in range(3)]
    stage.flow.play_all(clips)
    stage.flow.stop()
    stage.flow.toggle(clips[2])
    await settled()
    assert (stage.flow.state.queue, stage.flow.state.place) == (tuple(clips), 2)
    stage.flow.play(audible("another"))
    await settled()
    assert stage.flow.state.queue == ()


# -- sound that is still arriving ----------------------------------------------------------------------------------


class Arriving:
    def __init__(self) -> None:
        self.more: asyncio.Queue[Pcm | None] = asyncio.Queue()
        self.closed = False

    async def pieces(self) -> AsyncIterator[Pcm]:
        try:
            while piece := await self.more.get():
                yield piece
        finally:
            self.closed = True


async def test_live_sound_is_heard_and_its_take_is_offered(stage: Stage) -> None:
    sound, take = Arriving(), audible("Mira")
    stage.flow.play_live("Mira", sound.pieces())
    sound.more.put_nowait(Pcm(np.zeros((10, 1), np.float32), 24_000))
    await settled()
    assert (stage.flow.state.live, stage.flow.state.audible, stage.flow.state.playing) == ("Mira", None, True)
    assert len(stage.player.live) == 1
    sound.more.put_nowait(None)
    stage.flow.offer(take)
    await settled()
    assert stage.flow.state.live == "Mira"
    await stage.player.end()
    await settled()
    assert (stage.flow.state.live, stage.flow.state.audible, stage.flow.state.playing) == (None, take, False)
    assert stage.codec.decoded == 1


async def test_stopping_live_sound_ends_its_pieces(stage: Stage) -> None:
    sound = Arriving()
    stage.flow.play_live("Mira", sound.pieces())
    await settled()
    stage.flow.stop()
    await settled()
    assert sound.closed
    assert not stage.flow.state.playing
    take = audible("Mira")
    stage.flow.offer(take)
    assert stage.flow.state.audible is take


async def test_a_take_is_not_offered_over_another_clip(stage: Stage) -> None:
    sound, other = Arriving(), audible("other")
    stage.flow.play_live("Mira", sound.pieces())
    await settled()
    stage.flow.play(other)
    await settled()
    assert sound.closed
    stage.flow.offer(audible("Mira"))
    assert stage.flow.state.audible is other
    stage.player.ended.set()
    await settled()
    assert stage.flow.state.audible is other


async def test_live_sound_that_fails_is_said(stage: Stage) -> None:
    stage.player.error = StudioError(Reason.DEVICE_LOST)
    sound = Arriving()
    sound.more.put_nowait(None)
    stage.flow.play_live("Mira", sound.pieces())
    await settled()
    assert stage.flow.state.error is stage.player.error
    assert not stage.flow.state.playing


# -- ahead of the click ---------------------------------------------------------------------------------------------


async def test_the_newest_asked_are_decoded_first(stage: Stage) -> None:
    first, second = [audible(seconds=number) for number in (1.0, 2.0)], [audible(seconds=3.0)]
    stage.flow.prepare_all(first)
    stage.flow.prepare_all(second)
    await settled()
    assert stage.codec.lengths == [3.0, 1.0, 2.0]
    assert stage.flow.state.devices


async def test_no_more_is_decoded_ahead_than_can_be_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audition, "DECODED_AHEAD_BYTES", 300_000)
    clips = [audible(seconds=1.0) for _ in range(5)]  # 96,000 bytes each once decoded
    stage.flow.prepare_all(clips)
    await settled()
    assert stage.codec.decoded == 3
    stage.flow.play(clips[0])
    await settled()
    assert stage.codec.decoded == 3
    stage.flow.prepare_all([audible(seconds=60.0)])
    await settled()
    assert stage.codec.decoded == 4


async def test_the_volume_goes_to_the_player(stage: Stage) -> None:
    stage.flow.set_volume(0.4)
    assert (stage.player.volume, stage.flow.state.volume) == (0.4, 0.4)
    stage.flow.set_volume(7)
    assert (stage.player.volume, stage.flow.state.volume) == (1.0, 1.0)
