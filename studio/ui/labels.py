"""Labels that Qt doesn't have: elided lines, chips and badges. Each keeps its whole text for screen readers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from studio.ui.formats import tip
from studio.ui.icons import pixmap
from studio.ui.theme import FOREGROUNDS, RADIUS, Role, colour, dim, mixed, scaled


def label(
    text: str, parent: QWidget | None = None, *, role: Role = Role.TEXT, wrap: bool = False, name: str = ""
) -> QLabel:
    made = QLabel(text, parent)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role is not Role.TEXT:
        dim(made, role)
    return made


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room; the tooltip then has the whole, else what it was given."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, role: Role = Role.TEXT, name: str = ""
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(FOREGROUNDS[role])

    def minimumSizeHint(self) -> QSize:
        return QSize(min(48, super().sizeHint().width()), super().sizeHint().height())

    def shown_text(self) -> str:
        line = " ".join(self.text().split())
        return self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.TextFlag.TextSingleLine, self.shown_text())
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            if self.shown_text() != self.text():
                QToolTip.showText(event.globalPos(), tip(self.text()), self)
                return True
            if not self.toolTip():
                return True
        return super().event(event)


class ChipsLine(QLabel):
    """Short words in outlines, on as many lines as they need."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._words: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def render_words(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self.setText(" · ".join(self._words))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1 if places else 0

    def sizeHint(self) -> QSize:
        places = self._places(400)
        return QSize(max((place.right() + 1 for place in places), default=0), self.heightForWidth(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(max((place.width() for place in self._places(0)), default=0), self.fontMetrics().height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        raised, text = colour(Role.RAISED, self.palette()), colour(Role.TEXT, self.palette())
        for place, word in zip(self._places(self.width()), self._words, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(raised, text, 0.08))
            painter.drawRoundedRect(QRectF(place), RADIUS, RADIUS)
            painter.setPen(text)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
        painter.end()

    def _places(self, width: int) -> list[QRect]:
        metrics = self.fontMetrics()
        left = top = 0
        height = metrics.height() + 6
        places: list[QRect] = []
        for word in self._words:
            wide = metrics.horizontalAdvance(word) + 16
            if left and left + wide > width:
                left, top = 0, top + height + 4
            places.append(QRect(left, top, wide, height))
            left += wide + 4
        return places


class Badge(QLabel):
    """System or state by word and icon, in a thin outline."""

    def __init__(self, text: str, icon_name: str, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self._icon_name = icon_name
        scaled(self, 0.9)

    def render_badge(self, text: str, icon_name: str) -> None:
        self._icon_name = icon_name
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 36, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colour(Role.TEXT_DIM, self.palette())
        painter.setPen(colour(Role.LINE, self.palette()))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        picture = pixmap(self._icon_name, ink.name(), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(7, (self.height() - 16) / 2), picture)
        painter.setPen(ink)
        room = self.rect().adjusted(27, 0, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()


class IconLabel(QWidget):
    """One icon in the colour of a role."""

    def __init__(self, icon_name: str, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._role = icon_name, role
        self.setFixedSize(20, 20)

    def render_icon(self, icon_name: str, role: Role) -> None:
        self._icon_name, self._role = icon_name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = colour(self._role, self.palette()).name()
        painter.drawPixmap(QPointF(0, 0), pixmap(self._icon_name, ink, 20, self.devicePixelRatioF()))
        painter.end()
