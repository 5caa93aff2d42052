"""Record, Pause and Stop: what can be pressed when, and what it asks for."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.takes import Step
from studio.ui.booth.record_buttons import RecordButtons


@pytest.fixture
def buttons(qtbot: QtBot) -> RecordButtons:
    buttons = RecordButtons()
    qtbot.addWidget(buttons)
    return buttons


@pytest.mark.parametrize(
    ("step", "record", "pause", "stop", "words"),
    [
        (Step.IDLE, True, False, False, "Pause"),
        (Step.COUNTING_IN, False, False, True, "Pause"),
        (Step.STARTING, False, False, True, "Pause"),
        (Step.RECORDING, False, True, True, "Pause"),
        (Step.PAUSED, False, True, True, "Resume"),
    ],
)
def test_buttons_are_what_can_be_done(
    buttons: RecordButtons, step: Step, record: bool, pause: bool, stop: bool, words: str
) -> None:
    buttons.render_step(step, missing=False, focus=False)
    assert [one.isEnabled() for one in buttons.in_order()] == [record, pause, stop]
    assert (buttons.pause.text(), buttons.pause.accessibleName()) == (words, "Pause")


def test_a_microphone_that_is_not_there_records_nothing(buttons: RecordButtons, qtbot: QtBot) -> None:
    buttons.render_step(Step.IDLE, missing=True, focus=False)
    with qtbot.assertNotEmitted(buttons.record_asked):
        buttons.toggle()


def test_the_keys_do_what_the_buttons_do(buttons: RecordButtons, qtbot: QtBot) -> None:
    buttons.render_step(Step.IDLE, missing=False, focus=False)
    with qtbot.assertNotEmitted(buttons.pause_asked):
        buttons.toggle_pause()
    with qtbot.waitSignal(buttons.record_asked):
        buttons.toggle()
    buttons.render_step(Step.RECORDING, missing=False, focus=False)
    with qtbot.waitSignal(buttons.pause_asked):
        buttons.toggle_pause()
    buttons.render_step(Step.PAUSED, missing=False, focus=False)
    with qtbot.waitSignal(buttons.resume_asked):
        buttons.toggle_pause()
    with qtbot.waitSignal(buttons.stop_asked):
        buttons.toggle()
