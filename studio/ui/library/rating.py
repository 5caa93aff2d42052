"""One to five stars, by mouse or arrow keys: a slider to whoever can't see it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from studio.ui.icons import pixmap
from studio.ui.theme import LINE_HEIGHT, RADIUS, Role, colour

STARS, STAR = 5, 20


class Rating(QSlider):
    """`rated` comes when the person rates: 1 to 5, or 0 for a star that was clicked again."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("rating")
        self.setAccessibleName(self.tr("Rating"))
        self.setToolTip(self.tr("Rating: 1 to 5 stars. The same star again takes it back."))
        self.setRange(0, STARS)
        self.setPageStep(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self.rated)

    def render_rating(self, rating: int) -> None:
        held = self.blockSignals(True)
        self.setValue(rating)
        self.blockSignals(held)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(STARS * STAR + 8, LINE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            star = min(STARS, max(1, int((event.position().x() - 4) // STAR) + 1))
            self.setValue(0 if star == self.value() else star)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for star in range(STARS):
            rated = star < self.value()
            ink = colour(Role.ACCENT if rated else Role.TEXT_DIM, self.palette()).name()
            drawn = pixmap("favourite-on" if rated else "favourite", ink, 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(4 + star * STAR + 2, (self.height() - 16) / 2), drawn)
        if self.hasFocus():
            painter.setPen(QPen(colour(Role.ACCENT, self.palette()), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()
