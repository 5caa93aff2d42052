"""One take in the list: its name, what it is, and below what there is to say of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.domain.takes import Take
from studio.ui.booth.takes_model import TakesModel
from studio.ui.booth.takes_words import badge_of, figures_of, remarks_of
from studio.ui.icons import pixmap
from studio.ui.theme import GAP, GRID, RADIUS, Role, colour, mixed

ICON = 16
INSET = 2
CHOSEN = 0.14  # how much of the accent is in the ground of the chosen row

_Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class TakesDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        take = _take(index)
        lines = 2 if take and remarks_of(take) else 1
        return QSize(200, self._line_height(option) * lines + 2 * GRID + 2 * INSET)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("take-name")
        editor.setAccessibleName(self.tr("Name of the take"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        room = _rect(option).adjusted(ICON + 2 * GAP, INSET, -GAP, -INSET)
        room.setHeight(self._line_height(option) + 2 * GRID)
        editor.setGeometry(room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        take = _take(index)
        if take is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option)
        room = _rect(option).adjusted(GAP, INSET + GRID, -GAP, -INSET - GRID)
        height = self._line_height(option)
        line = QRect(room.left(), room.top(), room.width(), height)
        self._draw_icon(painter, take, line, option)
        line.adjust(ICON + GAP, 0, 0, 0)
        self._draw_line(painter, take, line, option)
        if remarks := " · ".join(remarks_of(take)):
            below = line.translated(0, height)
            painter.setPen(colour(Role.TEXT_DIM, _palette(option)))
            painter.drawText(
                below, _LINE, _metrics(option).elidedText(_capital(remarks), Qt.TextElideMode.ElideRight, below.width())
            )
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette, state = _palette(option), option.state  # pyright: ignore[reportAttributeAccessIssue]
        accent = colour(Role.ACCENT, palette)
        chosen, focused = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_HasFocus)
        if not chosen and not focused:
            return
        painter.setPen(accent if focused else Qt.PenStyle.NoPen)
        painter.setBrush(mixed(colour(Role.RAISED, palette), accent, CHOSEN) if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(_rect(option)).adjusted(1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)

    def _draw_icon(self, painter: QPainter, take: Take, line: QRect, option: QStyleOptionViewItem) -> None:
        ratio = painter.device().devicePixelRatioF()
        drawn = pixmap("microphone" if take.recorded else "import", _dim(option).name(), ICON, ratio)
        painter.drawPixmap(QPointF(line.left(), line.top() + (line.height() - ICON) / 2), drawn)

    def _draw_line(self, painter: QPainter, take: Take, line: QRect, option: QStyleOptionViewItem) -> None:
        """From the right: figures, badge; the name has what is left."""
        metrics, figures = _metrics(option), figures_of(take)
        painter.setPen(_dim(option))
        painter.drawText(line, _LINE | Qt.AlignmentFlag.AlignRight, figures)
        line = line.adjusted(0, 0, -metrics.horizontalAdvance(figures) - GAP, 0)
        if badge := badge_of(take):
            wide = metrics.horizontalAdvance(badge) + ICON + 3 * GRID
            self._draw_badge(painter, badge, QRect(line.right() - wide, line.top(), wide, line.height()), option)
            line = line.adjusted(0, 0, -wide - GAP, 0)
        painter.setPen(colour(Role.TEXT, _palette(option)))
        painter.drawText(line, _LINE, metrics.elidedText(take.name, Qt.TextElideMode.ElideRight, line.width()))

    def _draw_badge(self, painter: QPainter, badge: str, place: QRect, option: QStyleOptionViewItem) -> None:
        ink = colour(Role.WARN, _palette(option))
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        drawn = pixmap("recovered", ink.name(), ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(place.left() + GRID, place.top() + (place.height() - ICON) / 2), drawn)
        painter.drawText(place.adjusted(ICON + 2 * GRID, 0, 0, 0), _LINE, badge)

    def _line_height(self, option: QStyleOptionViewItem) -> int:
        return max(_metrics(option).height() + 2, ICON)


def _take(index: _Index) -> Take | None:
    model = index.model()
    return model.take(index) if isinstance(model, TakesModel) else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _dim(option: QStyleOptionViewItem) -> QColor:
    return colour(Role.TEXT_DIM, _palette(option))


# The stubs of PySide don't have the members of an option.


def _rect(option: QStyleOptionViewItem) -> QRect:
    return QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]


def _palette(option: QStyleOptionViewItem) -> QPalette:
    return option.palette  # pyright: ignore[reportAttributeAccessIssue]


def _metrics(option: QStyleOptionViewItem) -> QFontMetrics:
    return QFontMetrics(QFont(option.font))  # pyright: ignore[reportAttributeAccessIssue]
