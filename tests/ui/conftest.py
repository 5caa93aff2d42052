"""The application with its own look, and windows on a remembered desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.ui import theme
from studio.ui.window import Window

from .drawing import German


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    theme.prepare(qapp)
    return qapp


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    yield
    theme.wear(qapp, dark=False)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """Words a third longer."""
    translator = German()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def open_window(qtbot: QtBot, light: None) -> Callable[..., Window]:
    """A window that is really shown, and really closed at the end."""

    def opened(memory: Memory | None = None) -> Window:
        window = Window(memory or Memory())
        window.allow_close = True
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return opened
