"""Draws the cells of the table: one question to Python for each, where Qt would ask the model for each of its parts."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.domain.voices import Voice
from studio.ui.icons import pixmap
from studio.ui.library.columns import Column, cell
from studio.ui.library.voices_model import VoicesModel
from studio.ui.messages import state_icon
from studio.ui.theme import COLOURS, Role, colour

STAR, STARS = 13, 5
INSET = 4
MARGIN = 3
"""Beside the words of a cell, as the Fusion style has it."""
REMEMBERED = 4_000
COLUMNS = tuple(Column)

_Index = QModelIndex | QPersistentModelIndex
_HAS_TEXT = QStyleOptionViewItem.ViewItemFeature.HasDisplay
_HAS_ICON = QStyleOptionViewItem.ViewItemFeature.HasDecoration
_SELECTED = QStyle.StateFlag.State_Selected
_MARKED = _SELECTED | QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver


class WordsDelegate(QStyledItemDelegate):
    """For all columns but those of stars. A plain cell is drawn here, in half the time that the style takes for it; the
    style draws those that are chosen, pointed at or have an icon. The stubs of PySide don't have the members of an
    option."""

    def __init__(self, model: VoicesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = model.rows
        self._shortened: dict[tuple[str, int], str] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        voice, column = self._rows.voice(index.row()), COLUMNS[index.column()]
        if voice is None:
            return
        option.text = cell(voice, column, self._rows.systems)  # pyright: ignore[reportAttributeAccessIssue]
        features = _HAS_TEXT
        if column is Column.STATUS and (name := state_icon(voice, self._rows.systems.get(voice.system))):
            palette: QPalette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
            dim, chosen = colour(Role.TEXT_DIM, palette).name(), colour(Role.ON_ACCENT, palette).name()
            option.icon = _icon(name, dim, chosen)  # pyright: ignore[reportAttributeAccessIssue]
            features |= _HAS_ICON
        option.features |= features  # pyright: ignore[reportAttributeAccessIssue]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        column = COLUMNS[index.column()]
        voice = self._rows.voice(index.row())
        if voice is None:
            return
        marked = option.state & _MARKED  # pyright: ignore[reportAttributeAccessIssue]
        if marked or (column is Column.STATUS and state_icon(voice, self._rows.systems.get(voice.system))):
            super().paint(painter, option, index)
        elif text := cell(voice, column, self._rows.systems):
            self._draw(painter, option, text)

    def forget_widths(self) -> None:
        """The letters are others now."""
        self._shortened.clear()

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        room: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        metrics: QFontMetrics = option.fontMetrics  # pyright: ignore[reportAttributeAccessIssue]
        width = room.width() - 2 * MARGIN
        key = (text, width)
        shown = self._shortened.get(key)
        if shown is None:
            if len(self._shortened) > REMEMBERED:
                self._shortened.clear()
            line = text[: width // 2 + 8]  # no more letters than that are ever seen, and a description may have many
            shown = self._shortened[key] = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
        top = room.top() + (room.height() - metrics.height()) // 2
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))  # pyright: ignore[reportAttributeAccessIssue]
        painter.drawText(room.left() + MARGIN, top + metrics.ascent(), shown)


class StarsDelegate(QStyledItemDelegate):
    """One star of a favourite, or five of a rating, over the ground that the style draws."""

    def __init__(self, model: VoicesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = model.rows

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Nothing but the ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        voice = self._rows.voice(index.row())
        if voice is None:
            return
        if option.state & _MARKED:  # pyright: ignore[reportAttributeAccessIssue]
            super().paint(painter, option, index)
        if index.column() == Column.FAVOURITE:
            _draw(painter, option, int(voice.favourite), 1)
        elif voice.rating:
            _draw(painter, option, voice.rating, STARS)


def star_at(place: QPoint, room: QRect) -> int:
    """Which star of a rating a click means, from 1."""
    return min(STARS, max(1, (place.x() - room.left() - INSET) // STAR + 1))


def rated(voice: Voice, star: int) -> int:
    """A click on the star that is the rating already takes it back."""
    return 0 if voice.rating == star else star


def _draw(painter: QPainter, option: QStyleOptionViewItem, count: int, places: int) -> None:
    room: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
    palette: QPalette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
    chosen = bool(option.state & _SELECTED)  # pyright: ignore[reportAttributeAccessIssue]
    dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    drawn = _stars(count, places, chosen, dark, painter.device().devicePixelRatioF())
    painter.save()
    painter.setClipRect(room)
    painter.drawPixmap(QPointF(room.left() + INSET, room.top() + (room.height() - STAR + 1) / 2), drawn)
    painter.restore()


@lru_cache(maxsize=128)
def _stars(count: int, places: int, chosen: bool, dark: bool, ratio: float) -> QPixmap:
    """A row of them as one picture."""
    drawn = QPixmap(round(STAR * places * ratio), round(STAR * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    for place in range(places):
        full = place < count
        role = Role.ON_ACCENT if chosen else Role.ACCENT if full else Role.LINE
        star = pixmap("favourite-on" if full else "favourite", COLOURS[role][dark], STAR - 1, ratio)
        painter.drawPixmap(QPointF(place * STAR, 0), star)
    painter.end()
    return drawn


@lru_cache(maxsize=64)
def _icon(name: str, dim: str, chosen: str) -> QIcon:
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, dim), (QIcon.Mode.Selected, chosen)):
        made.addPixmap(pixmap(name, ink), mode)
    return made
