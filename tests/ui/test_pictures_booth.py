"""One picture for each state of the recording part of the Clone tab, to be looked at by a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Meter, Step
from studio.flows.booth import BoothState
from studio.ui.booth.panel import BoothPanel
from studio.ui.booth.takes_list import TakesList

from . import states_booth as states
from .drawing import drawn


class Booth(QWidget):
    """Panel and takes, one above the other as in the tab."""

    def __init__(self) -> None:
        super().__init__()
        self.meter, self.sound = Meter(), b""
        self.panel, self.takes = BoothPanel(self), TakesList(self)
        self.panel.set_sources(lambda: self.meter, lambda start: self.sound[2 * start :])
        self.panel.render_limits(states.STRICT)
        column = QVBoxLayout(self)
        column.addWidget(self.panel)
        column.addWidget(self.takes)
        column.addStretch(1)

    def show_booth(self, state: BoothState, meter: Meter = states.SPOKEN, sound: bytes = b"") -> None:
        self.meter, self.sound = meter, sound
        self.panel.render_booth(state)


def no_device(booth: Booth) -> None:
    booth.show_booth(BoothState(searched=True, open=True))


def missing(booth: Booth) -> None:
    booth.show_booth(states.heard(listening=False, missing=True, device_name="Studio condenser, left"))
    booth.panel.reading.show_text(False)


def searching(booth: Booth) -> None:
    booth.show_booth(BoothState(open=True))


def denied(booth: Booth) -> None:
    booth.show_booth(states.heard(listening=False, error=StudioError(Reason.INPUT_DENIED, detail="Permission denied")))


def monitoring(booth: Booth) -> None:
    booth.show_booth(states.heard())
    booth.takes.render_takes(states.takes())


def silent(booth: Booth) -> None:
    booth.show_booth(states.heard(silent=True, device_id="camera"), states.HUSHED)


def counting_in(booth: Booth) -> None:
    booth.panel.set_count_in(True)
    booth.show_booth(states.heard(step=Step.COUNTING_IN, count_in=3))


def too_short(booth: Booth) -> None:
    booth.show_booth(states.recording(0.8), replace(states.SPOKEN, seconds=2.1), states.outline(2.1))


def recording(booth: Booth) -> None:
    booth.show_booth(states.recording(9.0), replace(states.SPOKEN, seconds=14.7), states.outline(14.7))


def long(booth: Booth) -> None:
    booth.show_booth(states.recording(9.0), replace(states.SPOKEN, seconds=72.4), states.outline(72.4))


def paused(booth: Booth) -> None:
    state = states.recording(5.0, step=Step.PAUSED)
    booth.show_booth(state, replace(states.SPOKEN, seconds=8.3), states.outline(8.3))


def clipped(booth: Booth) -> None:
    booth.show_booth(states.recording(9.0), replace(states.LOUD, seconds=11.0), states.outline(11, clipped=True))


def dropouts(booth: Booth) -> None:
    meter = replace(states.SPOKEN, seconds=14.7, dropouts=2)
    booth.show_booth(states.recording(9.0, dropouts=1), meter, states.outline(14.7))


def lost(booth: Booth) -> None:
    booth.show_booth(states.heard(listening=False, error=StudioError(Reason.INPUT_LOST)))
    booth.takes.render_takes(states.takes(takes=(states.take(1),), chosen=states.take(1)))


def importing(booth: Booth) -> None:
    booth.show_booth(states.heard())
    state = states.takes(importing="An interview in the old harbour hall.m4a", progress=0.4)
    booth.panel.render_import(state)
    booth.takes.render_takes(state)


def not_readable(booth: Booth) -> None:
    booth.show_booth(states.heard())
    booth.panel.render_import(states.takes(error=StudioError(Reason.ENCRYPTED_FILE)))


def recovered(booth: Booth) -> None:
    booth.show_booth(states.heard())
    booth.takes.render_takes(states.takes(chosen=states.RECOVERED, deleted=states.take(9)))
    booth.takes.rows.setFocus()


def renaming(booth: Booth) -> None:
    monitoring(booth)
    booth.takes.rename.click()


STAGES: dict[str, Callable[[Booth], None]] = {
    "booth-no-device": no_device,
    "booth-missing": missing,
    "booth-searching": searching,
    "booth-denied": denied,
    "booth-monitoring": monitoring,
    "booth-silent": silent,
    "booth-counting-in": counting_in,
    "booth-too-short": too_short,
    "booth-recording": recording,
    "booth-long": long,
    "booth-paused": paused,
    "booth-clipped": clipped,
    "booth-dropouts": dropouts,
    "booth-lost": lost,
    "booth-importing": importing,
    "booth-not-readable": not_readable,
    "booth-recovered": recovered,
    "booth-renaming": renaming,
}


def shown(qtbot: QtBot, name: str, width: int) -> Booth:
    booth = Booth()
    qtbot.addWidget(booth)
    booth.resize(width, 640)
    booth.show()
    booth.activateWindow()
    qtbot.waitUntil(booth.isActiveWindow)
    STAGES[name](booth)
    QApplication.processEvents()
    if booth.panel.pulling:
        qtbot.waitUntil(lambda: booth.panel.meter.figures.text() != "")
    return booth


@pytest.mark.parametrize("name", STAGES)
def test_the_booth_is_drawn(name: str, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    drawn(shown(qtbot, name, 720), name, qapp, tmp_path)


@pytest.mark.parametrize("name", ["booth-missing", "booth-monitoring", "booth-dropouts", "booth-importing"])
def test_the_booth_has_room_in_the_smallest_window_and_for_german(
    name: str, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    booth = shown(qtbot, name, 440)
    assert booth.minimumSizeHint().width() <= 440
    drawn(booth, f"{name}-small-german", qapp, tmp_path)
