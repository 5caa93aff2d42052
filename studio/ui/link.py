"""A link to a page outside, in the colour of the theme: Qt keeps the colour that a rich text was set with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QWidget

from studio.ui.theme import Role, colour


class Link(QLabel):
    """Opens in the browser, by mouse or by Enter."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._address = "", ""
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setOpenExternalLinks(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )

    def render_link(self, words: str, address: str) -> None:
        """Plain words; an empty address hides it."""
        self._words, self._address = words, address
        self.setAccessibleName(words)
        self.setVisible(bool(address))
        self._draw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The Tab key comes to the link itself: Qt's label would take a second press for that."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focusNextPrevChild(event.reason() is Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        ink = colour(Role.ACCENT, self.palette()).name()
        self.setText(f'<a href="{self._address}" style="color: {ink}">{self._words}</a>')
