"""The growing outline: what is new alone, a bounded memory, marks where it clipped."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from studio.ui.booth.live_waveform import COLUMNS, MOST_PIXELS, LiveWaveform
from studio.ui.theme import Role, colour

from . import states_booth as states

QUIET = bytes((0xF0, 0x10)) * COLUMNS
FULL = bytes((0x81, 0x7F)) * COLUMNS


class Sound:
    """Remembers from where it was asked."""

    def __init__(self) -> None:
        self.data = b""
        self.asked: list[int] = []

    def __call__(self, start: int) -> bytes:
        self.asked.append(start)
        return self.data[2 * start :]


@pytest.fixture
def wave(qtbot: QtBot) -> LiveWaveform:
    wave = LiveWaveform()
    qtbot.addWidget(wave)
    wave.resize(100, 56)
    wave.show()
    return wave


def inked(wave: LiveWaveform, picture: QImage, x: int) -> QColor:
    return picture.pixelColor(round(x * picture.devicePixelRatio()), round(25 * picture.devicePixelRatio()))


def test_only_what_is_new_is_asked_for(wave: LiveWaveform) -> None:
    sound = Sound()
    sound.data = QUIET * 2 + QUIET[:4]
    wave.pull(sound)
    wave.pull(sound)
    sound.data += QUIET
    wave.pull(sound)
    assert sound.asked == [0, 12, 12]
    assert wave.pixels == ((-16, 16),) * 3


def test_columns_that_make_no_pixel_yet_are_kept_for_the_next(wave: LiveWaveform) -> None:
    sound = Sound()
    for value in (1, 2, 90, 3, 4):
        sound.data += bytes((-value & 0xFF, value))
        wave.pull(sound)
    assert wave.pixels == ((-90, 90),)


def test_it_fills_from_the_left(wave: LiveWaveform) -> None:
    sound = Sound()
    wave.grab()
    sound.data = QUIET * 50
    wave.pull(sound)
    picture = wave.grab().toImage()
    assert inked(wave, picture, 10) == colour(Role.ACCENT, wave.palette())
    assert inked(wave, picture, 80) == colour(Role.RAISED, wave.palette())


def test_then_it_scrolls_and_looks_the_same_drawn_at_once(wave: LiveWaveform, qtbot: QtBot) -> None:
    sound = Sound()
    data = states.outline(17.0, clipped=True)
    for end in range(0, len(data) + 1, 26):
        sound.data = data[:end]
        wave.pull(sound)
        wave.grab()
    sound.data = data
    wave.pull(sound)
    scrolled = wave.grab().toImage()
    wave.resize(90, 56)
    wave.resize(100, 56)
    assert wave.grab().toImage() == scrolled


def test_what_clipped_is_marked(wave: LiveWaveform) -> None:
    sound = Sound()
    sound.data = QUIET * 20 + FULL + QUIET * 20
    wave.pull(sound)
    picture = wave.grab().toImage()
    assert picture.pixelColor(20, 1) == colour(Role.WARN, wave.palette())
    assert picture.pixelColor(10, 1) == colour(Role.RAISED, wave.palette())


def test_an_hour_leaves_as_much_as_a_screen_is_wide(wave: LiveWaveform) -> None:
    sound = Sound()
    sound.data = QUIET * (3600 * 100 // COLUMNS)
    wave.pull(sound)
    assert len(wave.pixels) == MOST_PIXELS


def test_another_take_begins_empty(wave: LiveWaveform) -> None:
    sound = Sound()
    sound.data = QUIET * 3
    wave.pull(sound)
    wave.begin()
    assert wave.pixels == ()
    sound.data = QUIET
    wave.pull(sound)
    assert sound.asked[-1] == 0
    assert len(wave.pixels) == 1
