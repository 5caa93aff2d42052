"""The strip under every tab: what sounds, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.flows.audition import Audible, AuditionState
from studio.ui.window import Window

from . import states
from .drawing import German, drawn


def queue(place: int, count: int = 12, **changes: object) -> AuditionState:
    clips = tuple(Audible(states.clip(number), f"Candidate {number}") for number in range(1, count + 1))
    state = replace(states.sounding(states.clip(1)), audible=clips[place], queue=clips, place=place)
    return replace(state, **changes)  # pyright: ignore[reportArgumentType]


LIVE = replace(states.sounding(states.clip(1)), audible=None, live="Old sailor")


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    window = open_window()
    window.render_design(states.design(candidates=states.three()))
    return window


def test_the_strip_shows_what_sounds(window: Window, qtbot: QtBot) -> None:
    assert not window.strip.play.isEnabled()
    heard = states.sounding(states.clip(1))
    window.render_audition(heard)
    assert (window.strip.title.text(), window.strip.time.text()) == ("Announcer", "0:00 / 0:07")
    window.playhead.moved.emit(3.4)
    assert window.strip.time.text() == "0:03 / 0:07"
    with qtbot.waitSignal(window.strip.play_asked) as asked:
        window.strip.play.click()
    assert asked.args == [heard.audible]


def test_output_devices(window: Window, qtbot: QtBot) -> None:
    combo = window.strip.device
    assert [combo.itemText(row) for row in range(combo.count())] == ["System default"]
    window.render_audition(states.sounding(states.clip(1)))
    assert [combo.itemText(row) for row in range(combo.count())] == ["System default", "Studio headphones"]
    with qtbot.waitSignal(window.strip.device_picked) as picked:
        combo.choose("hp")
    assert picked.args == ["hp"]
    window.render_audition(replace(states.sounding(states.clip(1)), device_id="gone"))
    assert combo.currentText() == "Not connected"


def test_no_loudspeaker_is_said_in_place(window: Window) -> None:
    window.render_audition(replace(states.sounding(states.clip(1), playing=False), error=states.NO_LOUDSPEAKER))
    assert window.strip.note.sentence.text() == ("No loudspeaker or headphones found. Connect one and play again.")


def test_a_long_name_gives_way_to_the_news(window: Window, qtbot: QtBot) -> None:
    window.resize(900, 600)
    heard = states.sounding(states.clip(1), "The announcer of the museum by the river, who is never in a hurry")
    window.render_audition(heard)
    qtbot.waitUntil(lambda: window.strip.title.shown_text().startswith("The"))
    assert window.strip.title.shown_text().endswith("…")
    assert window.strip.layout().minimumSize().width() <= 900
    assert window.strip.status.width() >= 200


# -- keys ------------------------------------------------------------------------------------------------------


def test_play_and_stop_are_always_there(window: Window, qtbot: QtBot) -> None:
    strip = window.strip
    for state in (AuditionState(), states.sounding(states.clip(1)), LIVE, queue(3)):
        window.render_audition(state)
        assert (strip.play.accessibleName(), strip.stop.accessibleName()) == ("Play", "Stop")
        assert strip.play.isVisible()
        assert strip.stop.isVisible()
        assert strip.stop.isEnabled() is state.playing
        assert strip.play.isEnabled() is (state.audible is not None)
    with qtbot.waitSignal(strip.stop_asked):
        strip.stop.click()


def test_the_keyboard_stays_in_the_strip_when_a_key_goes(window: Window) -> None:
    heard = states.sounding(states.clip(1))
    window.render_audition(heard)
    window.strip.stop.setFocus()
    window.render_audition(replace(heard, playing=False))
    assert window.strip.play.hasFocus()
    window.render_audition(queue(3))
    window.strip.keys.next.setFocus()
    window.render_audition(queue(11))
    assert window.strip.play.hasFocus()


def test_a_queue_has_places(window: Window, qtbot: QtBot) -> None:
    strip = window.strip
    window.render_audition(states.sounding(states.clip(1)))
    assert not strip.keys.next.isVisible()
    window.render_audition(queue(0))
    assert (strip.title.text(), strip.queue.text()) == ("Candidate 1", "1 of 12")
    assert (strip.keys.previous.isEnabled(), strip.keys.next.isEnabled()) == (False, True)
    window.render_audition(queue(11))
    assert (strip.keys.previous.isEnabled(), strip.keys.next.isEnabled()) == (True, False)
    window.render_audition(queue(11, loop=True))
    with qtbot.waitSignal(strip.next_asked):
        strip.keys.next.click()
    with qtbot.waitSignal(strip.previous_asked):
        strip.keys.previous.click()


def test_live_sound_has_a_time_and_no_length(window: Window) -> None:
    strip = window.strip
    window.render_audition(states.sounding(states.clip(1)))
    window.render_audition(LIVE)
    window.playhead.moved.emit(64.2)
    assert (strip.title.text(), strip.time.text()) == ("Old sailor", "1:04")
    assert strip.waveform.part is None
    strip.waveform.seek_asked.emit(0.5)  # and nothing to seek in
    window.render_audition(AuditionState())
    assert (strip.title.text(), strip.time.text()) == ("", "")


# -- how it sounds ---------------------------------------------------------------------------------------------


def test_loop_and_volume_are_shown_and_asked_for(window: Window, qtbot: QtBot) -> None:
    strip = window.strip
    asked: list[object] = []
    strip.loop_asked.connect(asked.append)
    strip.volume_picked.connect(asked.append)
    window.render_audition(replace(states.sounding(states.clip(1)), loop=True, volume=0.4))
    assert (strip.loop.isChecked(), strip.volume.value()) == (True, 40)
    assert asked == []
    assert (strip.loop.accessibleName(), strip.volume.accessibleName()) == ("Loop playback", "Volume")
    strip.loop.click()
    strip.volume.setValue(55)
    assert asked == [False, 0.55]
    assert strip.volume.toolTip() == "Volume: 55 %"
    qtbot.keyClick(strip.volume, Qt.Key.Key_Right)
    assert strip.volume.value() == 56


# -- room ------------------------------------------------------------------------------------------------------


STRIPS = {"clip": states.sounding(states.clip(1)), "queue": queue(9), "live": LIVE}


@pytest.mark.parametrize("name", STRIPS)
@pytest.mark.parametrize("german", [False, True])
def test_there_is_room_in_the_narrowest_window(
    name: str, german: bool, open_window: Callable[..., Window], qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    translator = German()
    if german:
        QCoreApplication.installTranslator(translator)
    try:
        window = open_window(Memory())
        window.resize(900, 600)
        window.render_audition(STRIPS[name])
        window.strip.say("Asking the systems for their voices…")
        qtbot.waitUntil(lambda: window.strip.width() == 900)
        assert window.strip.layout().minimumSize().width() <= 900
        for part in (window.strip.keys, window.strip.waveform, window.strip.status, window.strip.sound):
            assert part.width() >= part.minimumSizeHint().width()
        drawn(window.strip, f"strip-{name}{'-german' if german else ''}", qapp, tmp_path)
    finally:
        QCoreApplication.removeTranslator(translator)
