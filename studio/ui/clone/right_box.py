"""What a person must say before a voice is cloned."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from studio.ui.labels import label
from studio.ui.theme import GAP, Role, colour

SIDE = 16


class CheckBox(QCheckBox):
    """With a frame that can be seen in the dark, too."""

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(SIDE + GAP + metrics.horizontalAdvance(self.text()) + 4, max(metrics.height(), SIDE) + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        role = {name: colour(name, self.palette()) for name in Role}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - SIDE) / 2
        lined = self.isChecked() or self.hasFocus() or self.underMouse()
        painter.setPen(QPen(role[Role.ACCENT if lined else Role.TEXT_DIM], 2 if self.hasFocus() else 1))
        painter.setBrush(role[Role.ACCENT if self.isChecked() else Role.RAISED])
        painter.drawRoundedRect(QRectF(1.5, top + 0.5, SIDE - 1, SIDE - 1), 3, 3)
        if self.isChecked():
            painter.setPen(QPen(role[Role.ON_ACCENT], 2))
            tick = (QPointF(5, top + 8.5), QPointF(8, top + 11.5), QPointF(13, top + 5))
            painter.drawPolyline(tick)
        if self.hasFocus():
            painter.setPen(QPen(role[Role.ACCENT], 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(SIDE + GAP - 3, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(role[Role.TEXT])
        room = self.rect().adjusted(SIDE + GAP, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()


class RightBox(QWidget):
    """The statement that the voice may be cloned. It is made anew for every sample and never remembered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CheckBox(self.tr("I have the right to clone this voice"), self)
        self.box.setObjectName("right")
        self.hint = label("", self, role=Role.BAD, wrap=True, name="right-hint")
        self.hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.box)
        column.addWidget(self.hint)
        self.box.toggled.connect(lambda: self.mark(""))

    def stated(self) -> bool:
        return self.box.isChecked()

    def withdraw(self) -> None:
        self.box.setChecked(False)

    def mark(self, sentence: str) -> None:
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))
