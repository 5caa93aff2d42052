"""The outline: merged to the width, sought by a click, a playhead that costs no new drawing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.domain.audio import Envelope
from studio.ui.waveform import Waveform, merged

from . import states


def test_merging_keeps_the_extremes() -> None:
    pairs = bytes(value & 0xFF for value in (-1, 1, -100, 2, -3, 90, -4, 4))
    assert merged(Envelope(pairs), 2) == [(-100, 2), (-4, 90)]


def test_a_short_outline_is_stretched() -> None:
    pairs = bytes(value & 0xFF for value in (-1, 1, -2, 2))
    assert merged(Envelope(pairs), 4) == [(-1, 1), (-1, 1), (-2, 2), (-2, 2)]


@pytest.mark.parametrize(("envelope", "columns"), [(Envelope(), 100), (states.envelope(), 0)])
def test_nothing_to_merge(envelope: Envelope, columns: int) -> None:
    assert merged(envelope, columns) == []


def test_a_click_seeks(qtbot: QtBot) -> None:
    wave = Waveform()
    qtbot.addWidget(wave)
    wave.resize(200, wave.height())
    wave.render_envelope(states.envelope())
    with qtbot.waitSignal(wave.seek_asked) as asked:
        qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    assert asked.args == [pytest.approx(0.25, abs=0.01)]


def test_an_empty_one_seeks_nothing(qtbot: QtBot) -> None:
    wave = Waveform()
    qtbot.addWidget(wave)
    with qtbot.assertNotEmitted(wave.seek_asked):
        qtbot.mouseClick(wave, Qt.MouseButton.LeftButton)


def test_what_has_sounded_is_brighter(qtbot: QtBot) -> None:
    wave = Waveform()
    qtbot.addWidget(wave)
    wave.resize(200, wave.height())
    wave.render_envelope(Envelope(bytes((0x81, 0x7F)) * 200))
    wave.render_position(0.5)
    picture = wave.grab().toImage()
    assert picture.pixelColor(20, 20) != picture.pixelColor(180, 20)
