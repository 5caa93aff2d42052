"""Sound that is still arriving, as a person hears it: from the first piece, whole, and quiet in the gaps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest

from studio.audio.player import PortAudioPlayer
from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from tests.audio.listening import RATE_HZ, Ears, PrivateServer, best_correlation, listening, loud_seconds
from tests.audio.test_player import EDGE, cancelled, noise, speech_like


class Sender:
    """Pieces in the order in which they are put in; `closed` is set once nobody asks any more."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Pcm | StudioError | None] = asyncio.Queue()
        self.closed = asyncio.Event()

    def put(self, *pieces: Pcm | StudioError | None) -> None:
        for piece in pieces:
            self._queue.put_nowait(piece)

    async def pieces(self) -> AsyncIterator[Pcm]:
        try:
            while (piece := await self._queue.get()) is not None:
                if isinstance(piece, StudioError):
                    raise piece
                yield piece
        finally:
            self.closed.set()


def cut(clip: Pcm, piece_s: float) -> list[Pcm]:
    step = round(piece_s * clip.rate_hz)
    return [Pcm(clip.samples[at : at + step], clip.rate_hz) for at in range(0, clip.frames, step)]


async def until(player: PortAudioPlayer, position_s: float) -> None:
    async with asyncio.timeout(10):
        while player.position_s() < position_s:  # noqa: ASYNC110 - the player has a position, no event
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(("rate_hz", "piece_s"), [(48_000, 0.02), (24_000, 0.1), (22_050, 0.013), (16_000, 5.0)])
async def test_all_pieces_are_heard_as_one(player: PortAudioPlayer, ears: Ears, rate_hz: int, piece_s: float) -> None:
    clip, sender, start = speech_like(1.2, rate_hz), Sender(), ears.now()
    sender.put(*cut(clip, piece_s), None)
    await player.play_live(sender.pieces(), "")
    heard = ears.since(start)
    found = best_correlation(clip, heard)
    assert found.corr > 0.99
    assert loud_seconds(heard) == pytest.approx(clip.seconds, abs=0.01)
    assert sender.closed.is_set()


@pytest.mark.parametrize("channels", [2, 5])
async def test_pieces_of_several_channels(player: PortAudioPlayer, ears: Ears, channels: int) -> None:
    clip, sender, start = noise(0.5, 24_000, channels), Sender(), ears.now()
    sender.put(*cut(clip, 0.1), None)
    await player.play_live(sender.pieces(), "")
    assert best_correlation(clip, ears.since(start)).corr > 0.99


async def test_it_begins_with_the_first_piece(player: PortAudioPlayer, ears: Ears) -> None:
    first, rest, sender, start = noise(0.5, seed=1), noise(0.4, seed=2), Sender(), ears.now()
    task = asyncio.create_task(player.play_live(sender.pieces(), ""))
    sender.put(first)
    await until(player, 0.45)
    sender.put(rest, None)
    await task
    heard = ears.since(start)
    one, two = best_correlation(first, heard), best_correlation(rest, heard)
    assert min(one.corr, two.corr) > 0.99
    assert two.start >= one.start + first.frames


async def test_a_gap_is_silent_and_has_no_edges(player: PortAudioPlayer, ears: Ears) -> None:
    tone = (0.5 * np.sin(2 * np.pi * 220 * np.arange(RATE_HZ // 2) / RATE_HZ)).astype(np.float32)[:, None]
    piece, sender, start = Pcm(tone, RATE_HZ), Sender(), ears.now()
    task = asyncio.create_task(player.play_live(sender.pieces(), ""))
    sender.put(Pcm(piece.samples[:-55], RATE_HZ))  # it breaks off at a crest
    await until(player, 0.49)
    await asyncio.sleep(0.4)
    assert player.position_s() == pytest.approx(0.5, abs=0.01)  # a gap doesn't count
    sender.put(piece, None)
    await task
    heard = ears.since(start)
    assert 0.3 < loud_seconds(heard) - 1.0 < 3.0
    assert np.abs(np.diff(heard)).max() < 0.03  # of the tone itself 0.0144; of a step at a crest 0.5


async def test_a_sender_that_is_too_slow_does_not_stutter(player: PortAudioPlayer, ears: Ears) -> None:
    """Small pieces after a gap wait for one another, and the end of them all waits for nothing."""
    clip, sender, start = noise(1.2), Sender(), ears.now()
    pieces = cut(clip, 0.1)
    task = asyncio.create_task(player.play_live(sender.pieces(), ""))
    sender.put(*pieces[:4])
    await until(player, 0.39)
    for piece in pieces[4:]:
        sender.put(piece)
        await asyncio.sleep(0.11)
    sender.put(None)
    await task
    heard = ears.since(start)
    loud = np.abs(heard) > 0.01
    gaps = [len(run) for run in "".join("x" if one else " " for one in loud).strip().split("x") if len(run) > EDGE]
    assert 1 <= len(gaps) <= 4
    assert best_correlation(Pcm(clip.samples[: 4 * 4_800], RATE_HZ), heard).corr > 0.98


async def test_nothing_comes(player: PortAudioPlayer, ears: Ears) -> None:
    sender, start = Sender(), ears.now()
    sender.put(None)
    await player.play_live(sender.pieces(), "")
    assert loud_seconds(ears.since(start)) == 0.0


async def test_less_than_the_resampler_holds_back(player: PortAudioPlayer, ears: Ears) -> None:
    clip, sender, start = noise(0.01, 24_000), Sender(), ears.now()
    sender.put(clip, None)
    await player.play_live(sender.pieces(), "")
    assert best_correlation(clip, ears.since(start)).corr > 0.9


async def test_an_error_comes_after_what_was_there_has_sounded(player: PortAudioPlayer, ears: Ears) -> None:
    clip, sender, start = noise(0.6), Sender(), ears.now()
    broken = StudioError(Reason.SERVER_FAILED)
    sender.put(clip, broken)
    with pytest.raises(StudioError) as caught:
        await player.play_live(sender.pieces(), "")
    assert caught.value is broken
    assert best_correlation(clip, ears.since(start)).corr > 0.99


async def test_stop_is_silence_and_the_sender_is_told(player: PortAudioPlayer, ears: Ears) -> None:
    sender = Sender()
    sender.put(noise(5.0))
    task = asyncio.create_task(player.play_live(sender.pieces(), ""))
    await until(player, 0.3)
    pressed = ears.now()
    await cancelled(task)
    assert sender.closed.is_set()
    await asyncio.sleep(0.4)
    assert loud_seconds(ears.since(pressed)) < 0.1
    assert player.position_s() == 0.0


async def test_stop_before_the_first_piece(player: PortAudioPlayer, ears: Ears) -> None:
    sender, start = Sender(), ears.now()
    for wait_s in (0.0, 0.001, 0.05):
        task = asyncio.create_task(player.play_live(sender.pieces(), ""))
        await asyncio.sleep(wait_s)
        await cancelled(task)
    assert loud_seconds(ears.since(start)) == 0.0


async def test_a_clip_takes_over(player: PortAudioPlayer, ears: Ears) -> None:
    """Also while it waits for its first piece; what comes afterwards isn't heard."""
    for first in ([noise(3.0, seed=1)], []):
        clip, sender, start = noise(0.5, seed=2), Sender(), ears.now()
        sender.put(*first)
        live = asyncio.create_task(player.play_live(sender.pieces(), ""))
        if first:
            await until(player, 0.2)
        else:
            await asyncio.sleep(0.05)
        playing = asyncio.create_task(player.play(clip, ""))
        await asyncio.sleep(0)
        sender.put(noise(2.0, seed=3), None)
        await asyncio.gather(live, playing)
        heard = ears.since(start)
        assert best_correlation(clip, heard).corr > 0.99
        assert best_correlation(noise(2.0, seed=3), heard).corr < 0.3


async def test_closing_in_the_middle(ears: Ears) -> None:
    player, sender = PortAudioPlayer(), Sender()
    sender.put(noise(5.0))
    task = asyncio.create_task(player.play_live(sender.pieces(), ""))
    await until(player, 0.2)
    await player.aclose()
    await asyncio.wait_for(task, 2.0)
    assert sender.closed.is_set()


# -- devices that go away ---------------------------------------------------------------------------------


async def test_a_chosen_device_is_unplugged(player: PortAudioPlayer, private_server: PrivateServer) -> None:
    sender = Sender()
    sender.put(noise(20.0))
    task = asyncio.create_task(player.play_live(sender.pieces(), "second"))
    await until(player, 0.3)
    private_server.unplug("second")
    with pytest.raises(StudioError) as caught:
        await task
    assert caught.value.reason is Reason.DEVICE_LOST
    assert sender.closed.is_set()


async def test_a_killed_server(player: PortAudioPlayer, private_server: PrivateServer) -> None:
    """While it sounds, and while it waits for the first piece."""
    for first in ([noise(20.0)], []):
        private_server.restore()
        sender = Sender()
        sender.put(*first)
        task = asyncio.create_task(player.play_live(sender.pieces(), ""))
        if first:
            await until(player, 0.3)
        else:
            await asyncio.sleep(0.2)
        private_server.kill()
        sender.put(noise(1.0), None)
        with pytest.raises(StudioError) as caught:
            await asyncio.wait_for(task, 8.0)
        assert caught.value.reason in {Reason.DEVICE_LOST, Reason.NO_OUTPUT_DEVICE}


async def test_no_output_at_all(player: PortAudioPlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    sender = Sender()
    sender.put(noise(0.3), None)
    with pytest.raises(StudioError) as caught:
        await player.play_live(sender.pieces(), "")
    assert caught.value.reason is Reason.NO_OUTPUT_DEVICE


# -- volume -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("live", [False, True])
async def test_the_volume_is_the_cube_of_the_slider(player: PortAudioPlayer, ears: Ears, live: bool) -> None:
    clip, sender, start = noise(0.5), Sender(), ears.now()
    player.set_volume(0.5)
    sender.put(clip, None)
    await (player.play_live(sender.pieces(), "") if live else player.play(clip, ""))
    heard = ears.since(start)
    assert np.abs(heard).max() == pytest.approx(np.abs(clip.samples).max() / 8, rel=0.05)
    assert best_correlation(clip, heard).corr > 0.99


async def test_another_volume_comes_without_a_click(player: PortAudioPlayer) -> None:
    tone = (0.5 * np.sin(2 * np.pi * 110 * np.arange(RATE_HZ * 2) / RATE_HZ)).astype(np.float32)[:, None]
    with listening() as ears:
        start = ears.now()
        task = asyncio.create_task(player.play(Pcm(tone, RATE_HZ), ""))
        await until(player, 0.5)
        player.set_volume(0.0)
        await until(player, 1.0)
        player.set_volume(1.0)
        await task
        heard = ears.since(start)
    assert np.abs(np.diff(heard)).max() < 0.02  # of the tone itself 0.0072
    sounding = np.flatnonzero(np.abs(heard) > 0.01)
    assert np.diff(sounding).max() > 0.3 * RATE_HZ
