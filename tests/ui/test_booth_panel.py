"""The recording part: which microphone, what is said of it, what its buttons and keys ask for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import SampleLimits
from studio.domain.takes import Meter, Step
from studio.flows.booth import BoothState
from studio.reading_texts import reading_text
from studio.ui.booth.panel import BoothPanel

from . import states_booth as states


class Microphone:
    """What the panel pulls, and how often it did."""

    def __init__(self) -> None:
        self.now, self.sound, self.pulled = states.SPOKEN, b"", 0

    def meter(self) -> Meter:
        self.pulled += 1
        return self.now

    def outline(self, start: int) -> bytes:
        return self.sound[2 * start :]


@pytest.fixture
def microphone() -> Microphone:
    return Microphone()


@pytest.fixture
def panel(qtbot: QtBot, microphone: Microphone) -> BoothPanel:
    panel = BoothPanel()
    qtbot.addWidget(panel)
    panel.set_sources(microphone.meter, microphone.outline)
    panel.render_limits(states.STRICT)
    panel.resize(700, 420)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def items(panel: BoothPanel) -> list[str]:
    return [panel.device.itemText(row) for row in range(panel.device.count())]


# -- microphones --------------------------------------------------------------------------------------


def test_microphones_are_listed_by_name_the_default_first(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_booth(states.heard(device_id="desk"))
    assert items(panel) == ["System default", "Desk microphone", "Webcam Microphone Analog Stereo"]
    assert panel.device.currentText() == "Desk microphone"
    with qtbot.waitSignal(panel.device_picked) as picked:
        panel.device.choose("")
    assert picked.args == [""]


def test_one_that_is_not_there_stays_chosen_and_nothing_is_recorded(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_booth(states.heard(missing=True, listening=False, device_id="usb", device_name="Field recorder"))
    assert panel.device.currentText() == "Field recorder (not connected)"
    assert panel.note.sentence.text() == (
        "“Field recorder” is not connected. Connect it or choose another one; nothing is recorded in its place."
    )
    assert not panel.buttons.record.isEnabled()
    with qtbot.waitSignal(panel.device_picked) as picked:
        panel.device.choose("")
    assert picked.args == [""]
    with qtbot.assertNotEmitted(panel.device_picked):
        panel.device.setCurrentIndex(panel.device.count() - 1)


def test_before_the_search_is_over_nobody_is_told_that_there_is_none(panel: BoothPanel) -> None:
    panel.render_booth(BoothState(open=True))
    assert items(panel) == ["Looking for microphones…"]
    assert panel.note.isHidden()


def test_a_trouble_is_told_until_it_is_over(panel: BoothPanel) -> None:
    panel.render_booth(states.heard(silent=True))
    assert panel.note.sentence.text() == (
        "Nothing arrives from this microphone. Check its switch, its cable, or choose another one."
    )
    panel.render_booth(states.heard())
    assert panel.note.isHidden()


def test_one_that_was_busy_can_be_tried_again(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_booth(states.heard(device_id="desk", error=StudioError(Reason.INPUT_BUSY), listening=False))
    with qtbot.waitSignal(panel.device_picked) as picked:
        panel.note.buttons["retry"].click()
    assert picked.args == ["desk"]


# -- a take -------------------------------------------------------------------------------------------


def test_what_is_read_is_asked_for_with_the_recording(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_booth(states.heard())
    with qtbot.waitSignal(panel.record_asked) as asked:
        panel.buttons.record.click()
    assert asked.args == [reading_text(Language.EN)]
    panel.reading.show_text(False)
    with qtbot.waitSignal(panel.record_asked) as asked:
        panel.buttons.record.click()
    assert asked.args == [""]


def test_while_it_records_nothing_else_can_be_chosen(panel: BoothPanel) -> None:
    panel.render_booth(states.recording())
    assert [one.isEnabled() for one in (panel.device, panel.file, panel.count_in)] == [False] * 3
    panel.render_booth(states.heard())
    assert [one.isEnabled() for one in (panel.device, panel.file, panel.count_in)] == [True] * 3


def test_pause_resume_and_stop_are_passed_on(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_booth(states.recording())
    with qtbot.waitSignals([panel.pause_asked, panel.stop_asked]):
        panel.buttons.pause.click()
        panel.buttons.stop.click()
    panel.render_booth(states.recording(step=Step.PAUSED))
    with qtbot.waitSignal(panel.resume_asked):
        panel.buttons.pause.click()


def test_r_records_and_stops_and_p_pauses(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_booth(states.heard())
    panel.count_in.setFocus()
    with qtbot.waitSignal(panel.record_asked):
        qtbot.keyClick(panel.count_in, Qt.Key.Key_R)
    panel.render_booth(states.recording())
    with qtbot.waitSignal(panel.pause_asked):
        qtbot.keyClick(panel.buttons.stop, Qt.Key.Key_P)
    with qtbot.waitSignal(panel.stop_asked):
        qtbot.keyClick(panel.buttons.stop, Qt.Key.Key_R)
    assert [one.toolTip() for one in panel.buttons.in_order()] == ["Record: R", "Pause and go on: P", "Stop: R"]


def test_letters_that_are_typed_record_nothing(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_booth(states.heard())
    with qtbot.assertNotEmitted(panel.record_asked):
        qtbot.keyClicks(panel.reading.editor, "rp")
        qtbot.keyClick(panel.buttons.record, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert "rp" in panel.reading.text()


def test_the_cursor_goes_to_what_can_be_pressed(panel: BoothPanel) -> None:
    panel.render_booth(states.heard())
    panel.buttons.record.setFocus()
    panel.render_booth(states.recording())
    assert panel.buttons.stop.hasFocus()
    panel.buttons.pause.setFocus()
    panel.render_booth(states.recording(step=Step.PAUSED))
    assert panel.buttons.pause.hasFocus()
    panel.render_booth(states.heard())
    assert panel.buttons.record.hasFocus()


def test_a_cursor_elsewhere_is_left_alone(panel: BoothPanel, qtbot: QtBot) -> None:
    other = BoothPanel()
    qtbot.addWidget(other)
    panel.buttons.record.setFocus()
    other.render_booth(states.recording())
    assert QApplication.focusWidget() is panel.buttons.record


def test_the_count_in_is_remembered_by_who_hears_of_it(panel: BoothPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.count_in_picked):
        panel.set_count_in(True)
    with qtbot.waitSignal(panel.count_in_picked) as picked:
        panel.count_in.click()
    assert picked.args == [False]


# -- what moves ---------------------------------------------------------------------------------------


def test_nothing_is_pulled_without_a_microphone(panel: BoothPanel, microphone: Microphone) -> None:
    assert not panel.pulling
    panel.render_booth(states.heard())
    assert panel.pulling
    panel.render_booth(BoothState(searched=True))
    assert not panel.pulling
    assert panel.meter.figures.text() == ""


def test_nothing_is_pulled_while_nobody_looks(panel: BoothPanel) -> None:
    panel.render_booth(states.recording())
    panel.hide()
    assert not panel.pulling
    panel.show()
    assert panel.pulling


def test_the_level_is_shown_before_anything_is_recorded(
    panel: BoothPanel, microphone: Microphone, qtbot: QtBot
) -> None:
    panel.render_booth(states.heard())
    qtbot.waitUntil(lambda: panel.meter.figures.text() == "Peak −9.3 · RMS −21.4")
    assert panel.live.isHidden()


def test_a_take_is_seen_to_grow(panel: BoothPanel, microphone: Microphone, qtbot: QtBot) -> None:
    microphone.now = replace(states.SPOKEN, seconds=12.5)
    microphone.sound = states.outline(12.5)
    panel.render_booth(states.recording(9.0))
    qtbot.waitUntil(lambda: panel.elapsed.clock.shown == "0:12.5")
    assert panel.elapsed.words.text() == "A good length. 10 to 20 s are best."
    assert len(panel.live.pixels) == 250


def test_the_next_take_begins_with_nothing_drawn(panel: BoothPanel, microphone: Microphone, qtbot: QtBot) -> None:
    microphone.sound = states.outline(5)
    panel.render_booth(states.recording())
    qtbot.waitUntil(lambda: panel.live.pixels != ())
    panel.render_booth(states.heard())
    microphone.sound = b""
    panel.render_booth(states.recording(take=states.take(6)))
    assert panel.live.pixels == ()


def test_drop_outs_are_told_when_they_happen(panel: BoothPanel, microphone: Microphone, qtbot: QtBot) -> None:
    microphone.now = replace(states.SPOKEN, dropouts=2)
    panel.render_booth(states.recording(dropouts=1))
    qtbot.waitUntil(lambda: panel.elapsed.dropouts.text() == "2 drop-outs: the computer lost sound for a moment")
    panel.render_booth(states.heard(dropouts=2))
    assert panel.elapsed.dropouts.isHidden()


def test_limits_and_clip_light_are_passed_on(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_limits(SampleLimits(seconds_max=30.0))
    assert panel.elapsed.words.text() == "10 to 20 s are best; this system takes up to 30 s."
    panel.render_limits(None)
    assert panel.elapsed.words.text() == "10 to 20 s are best."
    with qtbot.waitSignal(panel.clip_reset_asked):
        panel.meter.clip.click()


def test_a_file_takes_the_place_of_the_button_while_it_is_read(panel: BoothPanel, qtbot: QtBot) -> None:
    panel.render_import(states.takes(importing="interview.mp3"))
    assert (panel.importing.isHidden(), panel.file.isHidden()) == (False, True)
    with qtbot.waitSignal(panel.cancel_import_asked):
        panel.importing.cancel.click()
    panel.render_import(states.takes())
    assert (panel.importing.isHidden(), panel.file.isHidden()) == (True, False)
    with qtbot.waitSignal(panel.choose_file_asked) as asked:
        panel.file.chosen.emit(Path("interview.mp3"))
    assert asked.args == [Path("interview.mp3")]


def test_the_cursor_is_on_cancel_meanwhile(panel: BoothPanel) -> None:
    panel.render_booth(states.heard())
    panel.file.setFocus()
    panel.render_import(states.takes(importing="interview.mp3"))
    assert panel.importing.cancel.hasFocus()
    panel.render_import(states.takes())
    assert panel.file.hasFocus()


def test_a_file_that_cannot_be_read_says_why(panel: BoothPanel) -> None:
    panel.render_import(states.takes(error=StudioError(Reason.ENCRYPTED_FILE)))
    assert panel.import_note.sentence.text() == (
        "This file is encrypted, so its sound can't be read. Save it without protection first."
    )


def test_fixed_names_are_there(panel: BoothPanel) -> None:
    panel.render_import(states.takes(importing="interview.mp3"))
    named = (panel.device, panel.meter.bar, panel.reading.editor, panel.buttons.pause)
    assert [one.accessibleName() for one in named] == ["Microphone", "Input level", "Text to read", "Pause"]
    texts = (panel.buttons.record, panel.buttons.stop, panel.file, panel.importing.cancel)
    assert [one.text() for one in texts] == ["Record", "Stop", "Import file", "Cancel"]
    assert panel.device.title.buddy() is panel.device


def test_the_tab_key_passes_from_top_to_bottom(panel: BoothPanel) -> None:
    panel.render_booth(states.heard())
    passed = [panel.device]
    while len(passed) < 8:
        after = passed[-1].nextInFocusChain()
        while not (after.focusPolicy() & Qt.FocusPolicy.TabFocus and after.isVisible() and after.isEnabled()):
            after = after.nextInFocusChain()
        passed.append(after)
    above = ["microphone", "clip-light", "reading-shown", "count-in", "reading-language", "text-to-read"]
    assert [one.objectName() for one in passed] == [*above, "record", "import-file"]
