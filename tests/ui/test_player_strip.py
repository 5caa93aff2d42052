"""The strip under every tab: what sounds, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from studio.ui.window import Window

from . import states


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
    assert window.strip.status.width() >= 220
