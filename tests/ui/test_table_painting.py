"""Rows are drawn by us in a third of the time, and look as if Qt's style had drawn them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.domain.voices import Status
from studio.ui import theme
from studio.ui.library.columns import Column
from studio.ui.library.painting import PlainRows
from studio.ui.library.voices_table import VoicesTable
from tests.bench.voices import voices

from . import states

TOLD = (
    *({"status": status} for status in Status),
    *({"status": Status.READY, "has_clips": clips, "changed": changed} for clips in (0, 1) for changed in (0, 1)),
    *({"rating": rating, "favourite": bool(rating % 2)} for rating in range(6)),
    {"description": "نحن نتبع النهر من منبعه إلى البحر"},
    {"description": "one\ntwo\tthree", "name": "a\nb"},
    {"description": "W" * 4_000, "name": "l" * 4_000},
    {"description": "", "language": None, "tags": (), "collection": "", "target_model": ""},
)
SOME = tuple(replace(voice, **told) for voice, told in zip(voices(len(TOLD), seed=9), TOLD, strict=True))


@pytest.fixture
def table(qtbot: QtBot) -> VoicesTable:
    made = VoicesTable(Memory())
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    qtbot.waitExposed(made)
    made.render_voices(SOME, states.EVERY)
    for column in Column:
        made.header.show_column(column, shown=True)
    return made


def seen(table: VoicesTable) -> QImage:
    return table.viewport().grab().toImage()


def by_the_style(table: VoicesTable, monkeypatch: pytest.MonkeyPatch) -> QImage:
    with monkeypatch.context() as patched:
        patched.setattr(PlainRows, "draw", lambda _, wanted: wanted)
        return seen(table)


@pytest.mark.parametrize("dark", [False, True])
def test_every_cell_looks_as_the_style_draws_it(
    table: VoicesTable, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, dark: bool
) -> None:
    theme.wear(qapp, dark)
    qapp.processEvents()
    for at in (0, 300, table.horizontalScrollBar().maximum()):
        table.horizontalScrollBar().setValue(at)
        assert seen(table) == by_the_style(table, monkeypatch), at


def test_chosen_rows_are_the_styles_own(table: VoicesTable, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    table.setFocus()
    table.selectRow(3)
    assert seen(table) == by_the_style(table, monkeypatch)
    qtbot.mouseMove(table.viewport(), table.visualRect(table.voices.index(5, 0)).center())
    assert seen(table) == by_the_style(table, monkeypatch)
    table.selectAll()
    assert seen(table) == by_the_style(table, monkeypatch)


def test_between_rows_and_below_them(table: VoicesTable, monkeypatch: pytest.MonkeyPatch) -> None:
    table.resize(700, 200)
    for at in (0, 13, table.verticalScrollBar().maximum()):
        table.verticalScrollBar().setValue(at)
        assert seen(table) == by_the_style(table, monkeypatch), at
    table.resize(700, 2_000)
    assert seen(table) == by_the_style(table, monkeypatch)
    for count in (1, 0):
        table.render_voices(SOME[:count], states.EVERY)
        assert seen(table) == by_the_style(table, monkeypatch)


def test_a_part_is_drawn_as_a_part(table: VoicesTable) -> None:
    whole = seen(table)
    part = QRect(120, 37, 333, 60)
    drawn = QImage(whole.size(), whole.format())
    drawn.fill(table.palette().base().color())
    table.viewport().render(drawn, part.topLeft(), QRegion(part))
    assert drawn.copy(part) == whole.copy(part)
    assert drawn.pixelColor(part.bottomRight() + QPoint(3, 3)) == table.palette().base().color()
