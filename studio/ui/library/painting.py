"""Draws the rows of the table as Qt's style would, in a third of the time: all cells of a row in one go, where Qt
asks model, delegate and style for each of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPalette, QRegion
from PySide6.QtWidgets import QTableView

from studio.domain.voices import Voice
from studio.ui.icons import pixmap
from studio.ui.library.cells import ICON, MARGIN, STARRED, draw_stars
from studio.ui.library.columns import Column, cell
from studio.ui.library.rows import Rows
from studio.ui.messages import state_icon
from studio.ui.theme import Role, colour, is_dark

REMEMBERED = 4_000
TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Look:
    """What all rows of one picture share: how high, where below their top the letters stand, from where to where they
    reach, and their columns, each with left edge and width."""

    text: QColor
    stripe: QBrush
    dim: str
    dark: bool
    ratio: float
    metrics: QFontMetrics
    height: int
    base: int
    left: int
    width: int
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
        look, left, plain = self._look(room), QRegion(), list[tuple[int, int, Voice]]()
        for row in range(first, (last if last >= 0 else len(self._rows.shown) - 1) + 1):
            top = table.rowViewportPosition(row)
            voice = None if self._is_marked(row) else self._rows.voice(row)
            if voice is None:
                left += QRect(0, top, table.viewport().width(), look.height)
            else:
                plain.append((row, top, voice))
        painter = QPainter(table.viewport())
        painter.setClipRegion(wanted)
        painter.setFont(table.font())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.stripe)
        painter.drawRects([QRect(look.left, top, look.width, look.height) for row, top, _ in plain if row % 2])
        painter.setPen(look.text)
        for _, top, voice in plain:
            self._draw_row(painter, look, voice, top)
        painter.end()
        return left.intersected(wanted)

    def forget_widths(self) -> None:
        """The letters are others now."""
        self._shortened.clear()

    def _look(self, room: QRect) -> Look:
        table, palette, metrics = self._table, self._table.palette(), self._table.fontMetrics()
        header, height = table.horizontalHeader(), table.verticalHeader().defaultSectionSize()
        widths = [(column, header.sectionViewportPosition(column), header.sectionSize(column)) for column in Column]
        places = [place for place in widths if place[2] and place[1] <= room.right() and sum(place[1:]) > room.left()]
        left = min((at for _, at, _ in places), default=0)
        return Look(
            text=palette.color(QPalette.ColorRole.Text),
            stripe=palette.alternateBase(),
            dim=colour(Role.TEXT_DIM, palette).name(),
            dark=is_dark(palette),
            ratio=table.devicePixelRatioF(),
            metrics=metrics,
            height=height,
            base=(height - metrics.height()) // 2 + metrics.ascent(),
            left=left,
            width=max((at + width for _, at, width in places), default=0) - left,
            places=places,
        )

    def _is_marked(self, row: int) -> bool:
        return row == self._table.currentIndex().row() or self._table.selectionModel().isRowSelected(row, TOP)

    def _draw_row(self, painter: QPainter, look: Look, voice: Voice, top: int) -> None:
        for column, at, width in look.places:
            if column in STARRED:
                room = QRect(at, top, width, look.height)
                draw_stars(painter, room, voice, favourite=column is Column.FAVOURITE, dark=look.dark)
                continue
            if column is Column.STATUS and (icon := state_icon(voice, self._rows.systems.get(voice.system))):
                painter.drawPixmap(
                    at + MARGIN, top + (look.height - ICON) // 2, pixmap(icon, look.dim, ICON, look.ratio)
                )
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
