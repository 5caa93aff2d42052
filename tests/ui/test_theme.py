"""Every colour of the table can be read on the grounds it is used on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from studio.ui import theme
from studio.ui.theme import COLOURS, Role, mixed

TEXTS = (Role.TEXT, Role.TEXT_DIM, Role.ACCENT, Role.WARN, Role.BAD, Role.GOOD)
GROUNDS = (Role.SURFACE, Role.RAISED)


def luminance(colour: QColor) -> float:
    """As WCAG 2.2 defines it."""
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_readable(text: Role, ground: Role, dark: bool) -> None:
    assert contrast(QColor(COLOURS[text][dark]), QColor(COLOURS[ground][dark])) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_text_on_the_accent_is_readable(dark: bool) -> None:
    assert contrast(QColor(COLOURS[Role.ON_ACCENT][dark]), QColor(COLOURS[Role.ACCENT][dark])) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_chips_are_readable(dark: bool) -> None:
    text = QColor(COLOURS[Role.TEXT][dark])
    assert contrast(text, mixed(QColor(COLOURS[Role.RAISED][dark]), text, 0.08)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_to_be_played_still_shows(dark: bool) -> None:
    from studio.ui.waveform import UNPLAYED

    accent, raised = QColor(COLOURS[Role.ACCENT][dark]), QColor(COLOURS[Role.RAISED][dark])
    assert contrast(mixed(accent, raised, UNPLAYED), raised) >= 3.0


def test_a_label_follows_the_theme_live(qtbot: QtBot, qapp: QApplication, light: None) -> None:
    words = QLabel("dim")
    qtbot.addWidget(words)
    theme.dim(words)
    words.show()
    for dark in (True, False):
        theme.wear(qapp, dark)
        wanted = COLOURS[Role.TEXT_DIM][dark]
        qtbot.waitUntil(lambda wanted=wanted: words.palette().color(words.foregroundRole()).name() == wanted)


def test_the_system_is_followed(qapp: QApplication, light: None) -> None:
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == COLOURS[Role.SURFACE][True]
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == COLOURS[Role.SURFACE][False]
