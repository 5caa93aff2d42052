"""R and P of the Clone tab: everywhere beside the microphone, but not where letters are typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.ui.clone.tab import CloneTab

from . import states_booth, states_clone, states_editor


@pytest.fixture
def tab(qtbot: QtBot, light: None) -> CloneTab:
    tab = CloneTab(Memory())
    qtbot.addWidget(tab)
    tab.resize(1100, 1600)
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    tab.render(states_clone.clone())
    tab.render_booth(states_booth.heard())
    tab.render_takes(states_editor.chosen())
    return tab


def places(tab: CloneTab) -> list[QWidget]:
    right = tab.right
    booth = (right.booth.device, right.booth.buttons.record, right.booth.reading.language)
    return [*booth, right.takes.rows, right.editor.view, right.editor.zoom_bar.nearer, right.editor.controls.play]


def test_r_records_and_p_pauses_wherever_the_cursor_is(tab: CloneTab, qtbot: QtBot) -> None:
    for place in places(tab):
        place.setFocus()
        with qtbot.waitSignal(tab.right.booth.record_asked):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_R)
    tab.render_booth(states_booth.recording())
    tab.right.takes.rows.setFocus()
    with qtbot.waitSignals([tab.right.booth.pause_asked, tab.right.booth.stop_asked]):
        qtbot.keyClick(tab.right.takes.rows, Qt.Key.Key_P)
        qtbot.keyClick(tab.right.takes.rows, Qt.Key.Key_R)


def test_letters_that_are_typed_stay_letters(tab: CloneTab, qtbot: QtBot) -> None:
    right = tab.right
    with qtbot.assertNotEmitted(right.booth.record_asked):
        for place in (right.booth.reading.editor, right.editor.controls.start, tab.form.voice_name.editor):
            place.setFocus()
            qtbot.keyClicks(place, "rp")
        right.takes.rows.rename()
        renamed = right.takes.rows.findChild(QLineEdit)
        assert renamed is not None
        renamed.setFocus()
        qtbot.keyClicks(renamed, "rp")
    assert right.booth.reading.text().startswith("rp")
    assert (tab.form.voice_name.text(), renamed.text()) == ("rp", "rp")
    right.takes.rows.setFocus()


def test_the_other_column_and_keys_with_ctrl_are_left_alone(tab: CloneTab, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tab.right.booth.record_asked):
        tab.busy.start.setFocus()
        qtbot.keyClick(tab.busy.start, Qt.Key.Key_R)
        tab.right.takes.rows.setFocus()
        qtbot.keyClick(tab.right.takes.rows, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
