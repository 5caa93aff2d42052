"""Buttons: flat, one radius, primary in the accent colour; Enter presses the one that has the focus."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from studio.ui.icons import pixmap
from studio.ui.theme import GAP, RADIUS, Role, colour, mixed

ICON = 16


class Kind(Enum):
    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"


class Button(QPushButton):
    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        icon_name: str = "",
        kind: Kind = Kind.PLAIN,
        name: str = "",
        gives_way: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._gives_way = gives_way or kind is Kind.QUIET
        self._kind = kind
        self._icon_name = icon_name
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if self._gives_way:  # in a narrow window
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon_name: str) -> None:
        if icon_name != self._icon_name:
            self._icon_name = icon_name
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        text = metrics.horizontalAdvance(self.text()) if self.text() else 0
        picture = ICON if self._icon_name else 0
        between = GAP if text and picture else 0
        sides = 12 if not text else 20 if self._kind is Kind.QUIET else 28
        return QSize(text + picture + between + sides, max(metrics.height() + 12, 28))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._gives_way and self._icon_name:
            hint.setWidth(min(hint.width(), 96))
        return hint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # moving is the list's business
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        self._draw_label(painter)
        painter.end()

    def _draw_label(self, painter: QPainter) -> None:
        picture = ICON + (GAP if self.text() else 0) if self._icon_name else 0
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - picture - 8)
        words = self.fontMetrics().horizontalAdvance(text)
        left = max(4, (self.width() - picture - words) // 2)
        ink = self._ink(self.isEnabled())
        if self._icon_name:
            drawn = pixmap(self._icon_name, self._icon_ink().name(), ICON, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, (self.height() - ICON) / 2), drawn)
        painter.setPen(ink)
        room = self.rect().adjusted(left + picture, 0, -2, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _draw_ground(self, painter: QPainter) -> None:
        ground, line = self._ground()
        focused = self.hasFocus()
        if focused:
            line = colour(Role.TEXT if self._kind is Kind.PRIMARY else Role.ACCENT, self.palette())
        painter.setPen(QPen(line, 2 if focused else 1) if line else Qt.PenStyle.NoPen)
        painter.setBrush(ground if ground else Qt.BrushStyle.NoBrush)
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        """Fill and outline for what the mouse does."""
        role = {name: colour(name, self.palette()) for name in (Role.ACCENT, Role.RAISED, Role.TEXT, Role.LINE)}
        depth = 0.16 if self.isDown() else 0.08 if self.underMouse() and self.isEnabled() else 0.0
        if self._kind is Kind.PRIMARY:
            ground = role[Role.ACCENT] if self.isEnabled() else role[Role.LINE]
            return mixed(ground, role[Role.TEXT], depth), None
        if self._kind is Kind.QUIET:
            return (mixed(role[Role.RAISED], role[Role.TEXT], depth), None) if depth else (None, None)
        return mixed(role[Role.RAISED], role[Role.TEXT], depth), role[Role.LINE]

    def _icon_ink(self) -> QColor:
        return self._ink(self.isEnabled())

    def _ink(self, enabled: bool) -> QColor:
        if not enabled:
            group, place = QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
            return self.palette().color(group, place)
        if self._kind is Kind.PRIMARY:
            return colour(Role.ON_ACCENT, self.palette())
        return colour(Role.ACCENT if self._kind is Kind.QUIET and self.text() else Role.TEXT, self.palette())


class Toggle(Button):
    """A button that stays down. Whoever listens, listens to `toggled`: assistive technology clicks nothing."""

    def __init__(self, text: str, parent: QWidget, *, icon_name: str, name: str) -> None:
        super().__init__(text, parent, icon_name=icon_name, name=name)
        self.setCheckable(True)

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        ground, line = super()._ground()
        return lit(ground, self.palette()) if self.isChecked() else (ground, line)


class PlayButton(Button):
    """Says Play while the clip is silent and Stop while it sounds; `compact` shows the icon alone."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__("", parent, icon_name="play", name="play")
        self._compact = compact
        self._playing: bool | None = None
        self.render_playing(False)

    def render_playing(self, playing: bool) -> None:
        if playing is self._playing:
            return
        self._playing = playing
        word = self.tr("Stop") if playing else self.tr("Play")
        self.set_icon("stop" if playing else "play")
        self.setAccessibleName(word)
        if self._compact:
            self.setToolTip(word)
        else:
            self.setText(word)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._compact:  # as wide for either word, so that nothing moves when it starts
            metrics = self.fontMetrics()
            words = (self.tr("Play"), self.tr("Stop"))
            hint.setWidth(max(metrics.horizontalAdvance(word) for word in words) + 52)
        return hint


def lit(ground: QColor | None, palette: QPalette) -> tuple[QColor | None, QColor | None]:
    """Fill and outline of a button that is on."""
    accent = colour(Role.ACCENT, palette)
    return mixed(ground, accent, 0.22) if ground else None, accent
