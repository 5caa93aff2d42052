"""Draws the rows of the table as Qt's style would, in a third of the time: all cells of a row in one go, where Qt
asks model, delegate and style for each of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QRegion
from PySide6.QtWidgets import QTableView

from studio.domain.voices import Voice
from studio.ui.icons import pixmap
from studio.ui.library.cells import MARGIN, STARRED, draw_stars
from studio.ui.library.columns import Column, cell
from studio.ui.library.rows import Rows
from studio.ui.messages import state_icon
from studio.ui.theme import Role, colour, is_dark

ICON = 16
REMEMBERED = 4_000
TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Look:
    """What all rows of one picture share. `places` are columns with left edge and width, `base` is where letters stand,
    below the top of a row."""

    text: QColor
    stripe: QColor
    dim: str
    dark: bool
    metrics: QFontMetrics
    height: int
    base: int
    places: list[tuple[Column, int, int]]


class PlainRows:
    """Those that are neither chosen nor current: the style draws these."""

    def __init__(self, table: QTableView, rows: Rows) -> None:
        self._table, self._rows = table, rows
        self._shortened: dict[tuple[str, int], str] = {}

    def draw(self, wanted: QRegion) -> QRegion:
        """What of the viewport's `wanted` is left to be drawn by Qt."""
        table, room = self._table, wanted.boundingRect()
        first, last = table.rowAt(room.top()), table.rowAt(room.bottom())
        if first < 0:
            return wanted
        look, left = self._look(room), QRegion()
        painter = QPainter(table.viewport())
        painter.setClipRegion(wanted)
        painter.setFont(table.font())
        painter.setPen(look.text)
        for row in range(first, (last if last >= 0 else len(self._rows.shown) - 1) + 1):
            top = table.rowViewportPosition(row)
            voice = None if self._is_marked(row) else self._rows.voice(row)
            if voice is None:
                left += QRect(0, top, table.viewport().width(), look.height)
            else:
                self._draw_row(painter, look, voice, top, odd=bool(row % 2))
        painter.end()
        return left.intersected(wanted)

    def forget_widths(self) -> None:
        """The letters are others now."""
        self._shortened.clear()

    def _look(self, room: QRect) -> Look:
        table, palette, metrics = self._table, self._table.palette(), self._table.fontMetrics()
        header, height = table.horizontalHeader(), table.verticalHeader().defaultSectionSize()
        every = [(column, header.sectionViewportPosition(column), header.sectionSize(column)) for column in Column]
        return Look(
            text=palette.color(QPalette.ColorRole.Text),
            stripe=palette.color(QPalette.ColorRole.AlternateBase),
            dim=colour(Role.TEXT_DIM, palette).name(),
            dark=is_dark(palette),
            metrics=metrics,
            height=height,
            base=(height - metrics.height()) // 2 + metrics.ascent(),
            places=[place for place in every if place[2] and place[1] <= room.right() and sum(place[1:]) > room.left()],
        )

    def _is_marked(self, row: int) -> bool:
        return row == self._table.currentIndex().row() or self._table.selectionModel().isRowSelected(row, TOP)

    def _draw_row(self, painter: QPainter, look: Look, voice: Voice, top: int, *, odd: bool) -> None:
        if odd and look.places:
            left, right = min(at for _, at, _ in look.places), max(at + width for _, at, width in look.places)
            painter.fillRect(left, top, right - left, look.height, look.stripe)
        for column, at, width in look.places:
            if column in STARRED:
                room = QRect(at, top, width, look.height)
                draw_stars(painter, room, voice, favourite=column is Column.FAVOURITE, dark=look.dark)
                continue
            if column is Column.STATUS and (icon := state_icon(voice, self._rows.systems.get(voice.system))):
                painter.drawPixmap(at + MARGIN, top + (look.height - ICON) // 2, pixmap(icon, look.dim))
                at, width = at + ICON + 2 * MARGIN, width - ICON - 2 * MARGIN
            if text := cell(voice, column, self._rows.systems):
                painter.drawText(at + MARGIN, top + look.base, self._short(text, width - 2 * MARGIN, look.metrics))

    def _short(self, text: str, width: int, metrics: QFontMetrics) -> str:
        key = (text, width)
        shown = self._shortened.get(key)
        if shown is None:
            if len(self._shortened) > REMEMBERED:
                self._shortened.clear()
            line = text[: width // 2 + 8]  # no more letters than that are ever seen, and a description may have many
            shown = self._shortened[key] = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
        return shown
