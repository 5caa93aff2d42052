"""What is built late stands in its place for the Tab key, and is nobody's but its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QLayoutItem
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from studio.domain.memory import Memory
from studio.ui.tab_order import put_last
from studio.ui.window import LIBRARY, Window

from . import states


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(Memory())
    qtbot.addWidget(made)
    made.allow_close = True
    made.when_library_built(lambda _: put_last(made.strip))
    made.show()
    return made


def test_a_card_that_goes_takes_nothing_of_the_library_with_it(window: Window) -> None:
    window.render_design(states.design(candidates=states.three()))
    window.show_tab(LIBRARY)
    assert window.library_tab
    table = window.library_tab.table
    parts: list[QObject | QLayoutItem] = [table.horizontalHeader(), table.verticalScrollBar(), table.viewport()]
    window.render_design(states.design(candidates=()))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert all(Shiboken.isValid(part) for part in parts)
    assert Shiboken.isValid(table.header._header)
