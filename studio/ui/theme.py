"""Colours, sizes and type of the whole window from one table, light and dark, following the system live."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

GRID = 4
GAP, WIDE_GAP, PAGE_GAP = 8, 12, 16
RADIUS = 6
LINE_HEIGHT = 28
TITLE_SCALE = 1.25


class Role(Enum):
    SURFACE = "surface"
    RAISED = "raised"
    TEXT = "text"
    TEXT_DIM = "text-dim"
    LINE = "line"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


COLOURS: dict[Role, tuple[str, str]] = {  # light, dark
    Role.SURFACE: ("#f2f3f5", "#1d2024"),
    Role.RAISED: ("#ffffff", "#272b31"),
    Role.TEXT: ("#1a1e23", "#e9ebee"),
    Role.TEXT_DIM: ("#565e69", "#a9b1bc"),
    Role.LINE: ("#ccd1d9", "#424952"),
    Role.ACCENT: ("#0b678c", "#62bbe0"),
    Role.ON_ACCENT: ("#ffffff", "#08202b"),
    Role.GOOD: ("#1d7540", "#6fca90"),
    Role.WARN: ("#8f5400", "#e3ad4f"),
    Role.BAD: ("#b3261e", "#ff9087"),
}

_C = QPalette.ColorRole
FOREGROUNDS = {  # the palette's places for our roles, so that a label follows the theme by setForegroundRole alone
    Role.TEXT: _C.WindowText,
    Role.TEXT_DIM: _C.PlaceholderText,
    Role.ACCENT: _C.Link,
    Role.WARN: _C.LinkVisited,
    Role.BAD: _C.BrightText,
}


def colour(role: Role, palette: QPalette) -> QColor:
    """The role's colour in the theme that the palette belongs to."""
    return QColor(COLOURS[role][is_dark(palette)])


def is_dark(palette: QPalette) -> bool:
    return palette.color(_C.Window).lightness() < 128


def mixed(one: QColor, other: QColor, part: float) -> QColor:
    """`one` with `part` (0..1) of `other` in it."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * part,
        one.greenF() + (other.greenF() - one.greenF()) * part,
        one.blueF() + (other.blueF() - one.blueF()) * part,
    )


def palette_of(dark: bool) -> QPalette:
    role = {name: QColor(pair[dark]) for name, pair in COLOURS.items()}
    palette = QPalette(role[Role.RAISED], role[Role.SURFACE])
    for place, name in (
        (_C.Window, Role.SURFACE), (_C.Base, Role.RAISED), (_C.Button, Role.RAISED), (_C.ToolTipBase, Role.RAISED),
        (_C.WindowText, Role.TEXT), (_C.Text, Role.TEXT), (_C.ButtonText, Role.TEXT), (_C.ToolTipText, Role.TEXT),
        (_C.PlaceholderText, Role.TEXT_DIM), (_C.BrightText, Role.BAD), (_C.LinkVisited, Role.WARN),
        (_C.Highlight, Role.ACCENT), (_C.Link, Role.ACCENT), (_C.Accent, Role.ACCENT),
        (_C.HighlightedText, Role.ON_ACCENT), (_C.Mid, Role.LINE), (_C.Dark, Role.LINE), (_C.Midlight, Role.LINE),
    ):  # fmt: skip
        palette.setColor(place, role[name])
    palette.setColor(_C.AlternateBase, mixed(role[Role.RAISED], role[Role.SURFACE], 0.6))
    faint = mixed(role[Role.TEXT_DIM], role[Role.SURFACE], 0.35)
    for place in (_C.WindowText, _C.Text, _C.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, faint)
    return palette


def prepare(app: QApplication) -> None:
    """Name and look of the program; once, before the window."""
    app.setApplicationName("Voice Studio")
    app.setApplicationDisplayName("Voice Studio")
    app.setDesktopFileName("voice-studio")
    app.setStyle("Fusion")
    hints = app.styleHints()
    wear(app, hints.colorScheme() == Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.connect(lambda scheme: wear(app, scheme == Qt.ColorScheme.Dark))


def wear(app: QApplication, dark: bool) -> None:
    app.setPalette(palette_of(dark))


def dim(widget: QWidget, role: Role = Role.TEXT_DIM) -> None:
    widget.setForegroundRole(FOREGROUNDS[role])


def scaled(widget: QWidget, scale: float, *, bold: bool = False) -> None:
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(bold)
    widget.setFont(font)
