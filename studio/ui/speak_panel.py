"""Any text with the chosen voice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.limits import SystemInfo
from studio.ui.busy import BusyButton
from studio.ui.text_field import TextField
from studio.ui.theme import GRID


class SpeakPanel(QWidget):
    speak_asked = Signal(str)
    cancel_asked = Signal()
    changed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("speak-panel")
        self.field = TextField(self.tr("Text to speak"), "text-to-speak", self, lines=3, grows=False)
        self.field.set_text(text)
        self.field.editor.setPlaceholderText(self.tr("Anything this voice shall say"))
        self.busy = BusyButton(self.tr("Speak"), "speak", "speak", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, 0)
        row.addWidget(self.busy)
        column.addLayout(row)
        self.field.changed.connect(self.changed)
        self.busy.asked.connect(self.ask)
        self.busy.cancel_asked.connect(self.cancel_asked)

    def render_system(self, info: SystemInfo | None) -> None:
        self.field.set_limit(info.limits.text_max if info else 0, info.label if info else "")

    def ask(self) -> None:
        self.speak_asked.emit(self.field.text())

    def in_order(self) -> tuple[QWidget, ...]:
        return self.field.editor, self.busy.start, self.busy.cancel

    def hear_keys_in(self, place: QWidget) -> None:
        """Ctrl+Enter anywhere in `place` speaks."""
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.busy.start.click)
