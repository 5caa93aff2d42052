"""The line for a key works like any other; that nobody hears it is proved from outside, in tests/app."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from studio.ui.settings.secret_edit import CONTROL, SecretEdit


@pytest.fixture
def edit(qtbot: QtBot) -> SecretEdit:
    edit = SecretEdit()
    qtbot.addWidget(edit)
    return edit


def test_its_control_speaks_for_nobody(edit: SecretEdit) -> None:
    def controls(line: QLineEdit) -> list[str]:
        return [child.metaObject().className() for child in line.children()]

    plain = QLineEdit()
    assert CONTROL in controls(plain)
    assert CONTROL not in controls(edit)


def test_it_is_typed_in_pasted_into_and_undone(edit: SecretEdit, qtbot: QtBot, qapp: QApplication) -> None:
    qtbot.keyClicks(edit, "sk-")
    qapp.clipboard().setText("0123")
    edit.paste()
    assert edit.text() == "sk-0123"
    assert "sk" not in edit.displayText()
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    edit.setText("another")
    assert edit.text() == "another"


def test_a_screen_reader_can_set_it_and_not_read_it(edit: SecretEdit) -> None:
    told = QAccessible.queryAccessibleInterface(edit)
    told.setText(QAccessible.Text.Value, "sk-0123")
    assert edit.text() == "sk-0123"
    assert "sk" not in told.text(QAccessible.Text.Value)


def test_nothing_brings_back_what_was_cleared(edit: SecretEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "sk-0123")
    edit.clear()
    assert not edit.isUndoAvailable()
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == ""
