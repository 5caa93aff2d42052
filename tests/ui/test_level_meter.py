"""The level: held peaks, a light that stays, figures that change slowly enough to be read and heard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from studio.domain.takes import Meter
from studio.ui.booth.level_meter import BAR, LevelMeter, PeakHold, decibels
from studio.ui.theme import Role, colour

from . import states_booth as states


@pytest.fixture
def meter(qtbot: QtBot) -> LevelMeter:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.resize(400, 60)
    meter.show()
    return meter


def test_a_peak_is_held_for_a_second_and_a_half() -> None:
    hold = PeakHold()
    assert [hold.at(-6.0, 0.0), hold.at(-30.0, 1.0), hold.at(-31.0, 1.5), hold.at(-32.0, 1.6)] == [-6, -6, -6, -32]


def test_a_higher_peak_is_held_from_then_on() -> None:
    hold = PeakHold()
    assert [hold.at(-20.0, 0.0), hold.at(-6.0, 1.0), hold.at(-30.0, 2.4), hold.at(-30.0, 2.6)] == [-20, -6, -6, -30]


@pytest.mark.parametrize(
    ("dbfs", "words"), [(-9.34, "−9.3"), (0.0, "0.0"), (-0.04, "0.0"), (1.0, "0.0"), (-120.0, "−∞"), (-60.0, "−60.0")]
)
def test_decibels_are_written_with_a_true_minus(dbfs: float, words: str) -> None:
    assert decibels(dbfs) == words


def test_figures_are_told_twice_a_second_at_most(meter: LevelMeter) -> None:
    meter.render_meter(states.SPOKEN, 10.0)
    assert (meter.figures.text(), meter.bar.value(), meter.bar.text()) == ("Peak −9.3 · RMS −21.4", -9, "-9 dBFS")
    loud = replace(states.SPOKEN, peak_dbfs=-3.0, rms_dbfs=-12.0)
    meter.render_meter(loud, 10.4)
    assert meter.bar.value() == -9
    meter.render_meter(loud, 10.5)
    assert (meter.figures.text(), meter.bar.value()) == ("Peak −3.0 · RMS −12.0", -3)


def test_a_screen_reader_finds_a_named_level_between_silence_and_full_scale(meter: LevelMeter) -> None:
    meter.render_meter(states.SPOKEN, 10.0)
    bar = QAccessible.queryAccessibleInterface(meter.bar)
    assert bar.text(QAccessible.Text.Name) == "Input level"
    value = bar.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (-60, -9, 0)


def test_the_clip_light_stays_until_it_is_clicked(meter: LevelMeter, qtbot: QtBot) -> None:
    assert (meter.clip.text(), meter.clip.lit) == ("Clip", False)
    meter.render_meter(states.LOUD, 1.0)
    meter.rest()
    assert (meter.clip.text(), meter.clip.lit) == ("Clipped", True)
    assert meter.clip.accessibleName() == "Clip light"
    assert "too loud" in meter.clip.accessibleDescription()
    meter.clip.setFocus()
    with qtbot.waitSignal(meter.clip_reset_asked):
        qtbot.keyClick(meter.clip, Qt.Key.Key_Space)
    assert not meter.clip.lit


def test_peak_and_rms_are_drawn_one_in_the_other(meter: LevelMeter) -> None:
    meter.render_meter(replace(states.SPOKEN, peak_dbfs=-15.0, rms_dbfs=-30.0), 1.0)
    picture = meter.bar.grab().toImage()

    def at(dbfs: float) -> str:
        return picture.pixelColor(round(meter.bar.place(dbfs)), BAR // 2).name()

    palette = meter.palette()
    assert at(-45.0) == colour(Role.ACCENT, palette).name()
    assert at(-3.0) == colour(Role.RAISED, palette).name()
    assert at(-22.0) not in (at(-45.0), at(-3.0))
    assert at(-14.9) == colour(Role.TEXT, palette).name()  # the held peak


def test_what_is_too_loud_is_in_another_colour(meter: LevelMeter) -> None:
    meter.render_meter(Meter(peak_dbfs=-1.0, rms_dbfs=-4.0, flowing=True), 1.0)
    picture = meter.bar.grab().toImage()
    assert picture.pixelColor(round(meter.bar.place(-5.0)), BAR // 2) == colour(Role.WARN, meter.palette())


def test_without_a_microphone_there_is_no_figure(meter: LevelMeter) -> None:
    meter.render_meter(states.SPOKEN, 1.0)
    meter.rest()
    assert (meter.figures.text(), meter.bar.value()) == ("", -60)
