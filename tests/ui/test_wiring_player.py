"""From the strip's buttons to what sounds, with real flows on a real library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.limits import Speech
from studio.domain.memory import Memory
from studio.flows.audition import Audible
from studio.ui.window import Window

from .behind import Studio


@pytest.fixture
async def studio(home: Path, open_window: Callable[..., Window]) -> AsyncIterator[Studio]:
    made = Studio(open_window(Memory(voice_name="Guide")))
    yield made
    await made.end()


async def test_play_begins_anew_and_stop_silences(studio: Studio) -> None:
    await studio.generated()
    strip = studio.window.strip
    studio.card.play.click()
    await studio.until(lambda: studio.player.played)
    strip.play.click()
    await studio.until(lambda: len(studio.player.played) == 2)
    assert studio.audition.state.playing
    strip.stop.click()
    await studio.until(lambda: studio.player.silenced == 2)
    assert studio.status == "Stopped"


async def test_previous_and_next(studio: Studio) -> None:
    await studio.generated()
    preview = studio.design.state.candidates[0].preview
    strip = studio.window.strip
    studio.audition.play_all([Audible(preview, "first"), Audible(preview, "second")])
    strip.keys.next.click()
    assert (strip.title.text(), strip.queue.text()) == ("second", "2 of 2")
    strip.keys.previous.click()
    assert (strip.title.text(), strip.queue.text()) == ("first", "1 of 2")


async def test_stop_ends_speech_that_is_heard_while_it_comes(studio: Studio) -> None:
    await studio.kept()
    voice = studio.library.state.voices[0]
    studio.here.gate.clear()
    studio.here.info = replace(studio.here.info, speech=Speech(part_max=200, text_max=9_000))
    studio.speaking.speak(voice.library_id, "This is a sentence of forty letters or so. " * 100)
    await studio.until(lambda: studio.audition.state.live)
    assert studio.window.strip.title.text() == "Guide"
    studio.window.strip.stop.click()
    await studio.until(lambda: not studio.speaking.state.speaking)
    assert studio.here.cancelled == 1
    assert not studio.audition.state.playing


async def test_volume_and_loop_of_the_last_time(home: Path, open_window: Callable[..., Window]) -> None:
    first = Studio(open_window())
    first.desk.remember(volume=30, loop=True)
    first.desk.save_now()
    await first.end()
    again = Studio(open_window())
    assert (again.player.volume, again.audition.state.loop) == (0.3, True)
    assert (again.window.strip.volume.value(), again.window.strip.loop.isChecked()) == (30, True)
    await again.end()
