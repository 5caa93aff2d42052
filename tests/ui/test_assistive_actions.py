"""What assistive technology does with the buttons of the Clone tab: it takes the first action that each one offers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.ui.clone.tab import CloneTab

from . import states_booth, states_clone, states_editor


@pytest.fixture
def tab(qtbot: QtBot, light: None) -> CloneTab:
    tab = CloneTab(Memory())
    qtbot.addWidget(tab)
    tab.resize(1100, 700)
    tab.show()
    tab.render(states_clone.clone())
    tab.render_booth(states_booth.heard())
    tab.render_takes(states_editor.chosen())
    tab.right.editor.controls.more.setChecked(True)
    return tab


def actions(widget: QWidget) -> QAccessibleActionInterface:
    return QAccessible.queryAccessibleInterface(widget).actionInterface()


def first(widget: QWidget) -> str:
    return actions(widget).actionNames()[0]


def act(widget: QWidget) -> None:
    actions(widget).doAction(first(widget))


def test_what_is_heard_is_pressed(tab: CloneTab, qtbot: QtBot) -> None:
    editor = tab.right.editor
    for button, asked, words in (
        (editor.controls.play, editor.play_asked, [None, False]),
        (editor.controls.raw, editor.compare_asked, [False]),
        (editor.controls.cleaned, editor.compare_asked, [True]),
        (editor.controls.hear_sent, editor.hear_sent_asked, []),
    ):
        assert first(button) == "Press"
        with qtbot.waitSignal(asked) as caught:
            act(button)
        assert caught.args == words


def test_what_is_toggled_does_what_a_click_does(tab: CloneTab, qtbot: QtBot) -> None:
    editor, booth = tab.right.editor, tab.right.booth
    for button, happens in (
        (booth.count_in, booth.count_in_picked),
        (booth.reading.shown, booth.reading.shown_picked),
        (editor.controls.clean, editor.edit_asked),
        (tab.form.first_words.box, tab.changed),
    ):
        assert first(button) == "Toggle"
        with qtbot.waitSignal(happens):
            act(button)
    act(editor.controls.loop)
    with qtbot.waitSignal(editor.play_asked) as asked:
        act(editor.controls.play)
    assert asked.args == [None, True]
    shown = editor.controls.below.isHidden()
    act(editor.controls.more)
    assert editor.controls.below.isHidden() is not shown
    act(tab.right_box.box)
    assert tab.right_box.stated()


def test_nobody_listens_only_to_the_clicks_of_what_is_toggled(tab: CloneTab) -> None:
    toggled = [one for one in tab.findChildren(QAbstractButton) if one.isCheckable()]
    assert {one.objectName() for one in toggled} >= {
        "count-in",
        "reading-shown",
        "loop",
        "more-edits",
        "clean",
        "right",
    }
    assert not [one.objectName() for one in toggled if one.receivers(SIGNAL("clicked(bool)"))]
