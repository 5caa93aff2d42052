"""The cells of chosen rows, drawn by the style: one question to Python for each, where Qt would ask the model for each
of its parts. `painting` draws all others."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.domain.voices import Voice
from studio.ui.icons import pixmap
from studio.ui.library.columns import Column, cell
from studio.ui.library.voices_model import VoicesModel
from studio.ui.messages import state_icon
from studio.ui.theme import COLOURS, Role, colour, is_dark

ICON = 16
STAR, STARS = 13, 5
STARRED = (Column.FAVOURITE, Column.RATING)
INSET = 4
MARGIN = 3
"""Beside the words of a cell, as the Fusion style has it."""
COLUMNS = tuple(Column)

_Index = QModelIndex | QPersistentModelIndex
_HAS_TEXT = QStyleOptionViewItem.ViewItemFeature.HasDisplay
_HAS_ICON = QStyleOptionViewItem.ViewItemFeature.HasDecoration
_SELECTED = QStyle.StateFlag.State_Selected


class WordsDelegate(QStyledItemDelegate):
    """For all columns but those of stars. The stubs of PySide don't have the members of an option."""

    def __init__(self, model: VoicesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = model.rows

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        voice, column = self._rows.voice(index.row()), COLUMNS[index.column()]
        if voice is None:
            return
        option.text = cell(voice, column, self._rows.systems)  # pyright: ignore[reportAttributeAccessIssue]
        features = _HAS_TEXT
        if column is Column.STATUS and (name := state_icon(voice, self._rows.systems.get(voice.system))):
            palette: QPalette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
            dim, chosen = colour(Role.TEXT_DIM, palette).name(), colour(Role.ON_ACCENT, palette).name()
            ratio: float = option.widget.devicePixelRatioF()  # pyright: ignore[reportAttributeAccessIssue]
            option.icon = _icon(name, dim, chosen, ratio)  # pyright: ignore[reportAttributeAccessIssue]
            features |= _HAS_ICON
        option.features |= features  # pyright: ignore[reportAttributeAccessIssue]


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
        super().paint(painter, option, index)
        room: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        dark = is_dark(option.palette)  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(option.state & _SELECTED)  # pyright: ignore[reportAttributeAccessIssue]
        draw_stars(painter, room, voice, favourite=index.column() == Column.FAVOURITE, dark=dark, chosen=chosen)


def star_at(place: QPoint, room: QRect) -> int:
    """Which star of a rating a click means, from 1."""
    return min(STARS, max(1, (place.x() - room.left() - INSET) // STAR + 1))


def rated(voice: Voice, star: int) -> int:
    """A click on the star that is the rating already takes it back."""
    return 0 if voice.rating == star else star


def draw_stars(
    painter: QPainter, room: QRect, voice: Voice, *, favourite: bool, dark: bool, chosen: bool = False
) -> None:
    """One star of a favourite, or five of a rating if there is one; as much as there is room for."""
    count, places = (int(voice.favourite), 1) if favourite else (voice.rating, STARS)
    if favourite or count:
        ratio = painter.device().devicePixelRatioF()
        drawn = _stars(count, places, chosen, dark, ratio)
        seen = min(drawn.width(), round((room.width() - INSET) * ratio))
        top = room.top() + (room.height() - STAR + 1) // 2
        painter.drawPixmap(room.left() + INSET, top, drawn, 0, 0, seen, drawn.height())


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
def _icon(name: str, dim: str, chosen: str, ratio: float) -> QIcon:
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, dim), (QIcon.Mode.Selected, chosen)):
        made.addPixmap(pixmap(name, ink, ICON, ratio), mode)
    return made
