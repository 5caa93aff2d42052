"""Any text with the chosen voice, its price before the click, and why it can't be spoken with if it can't."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.domain.limits import Speech, SystemInfo, price_of
from studio.domain.speakable import obstacle_of
from studio.domain.voices import Voice
from studio.ui.busy import BusyButton
from studio.ui.labels import label
from studio.ui.messages import price_of_text, sentence
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID, Role


class SpeakPanel(QWidget):
    speak_asked = Signal(str)
    cancel_asked = Signal()
    changed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("speak-panel")
        self._paid: Speech | None = None
        self.field = TextField(self.tr("Text to speak"), "text-to-speak", self, lines=3, grows=False)
        self.field.set_text(text)
        self.field.editor.setPlaceholderText(self.tr("Anything this voice shall say"))
        self.obstacle = label("", self, role=Role.TEXT_DIM, wrap=True, name="speak-obstacle")
        self.obstacle.hide()
        self.price = label("", self, role=Role.TEXT_DIM, name="speak-price")
        self.busy = BusyButton(self.tr("Speak"), "speak", "speak", self)
        self._build_layout()
        self.field.changed.connect(self.changed)
        self.field.changed.connect(self._render_price)
        self.busy.asked.connect(self.ask)
        self.busy.cancel_asked.connect(self.cancel_asked)

    def render_voice(self, voice: Voice | None, info: SystemInfo | None) -> None:
        speech = info.speech if info else None
        self.field.set_limit(speech.text_max if speech else 0, info.label if info else "")
        reason = obstacle_of(voice, info) if voice else None
        self.obstacle.setText(sentence(StudioError(reason, system=voice.system)) if voice and reason else "")
        self.obstacle.setVisible(reason is not None)
        self.busy.start.setEnabled(reason is None)
        self._paid = speech if info and info.needs_key and reason is None else None
        self._render_price()

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

    def _render_price(self) -> None:
        """Of the text as it stands; nothing where nobody asks for money."""
        text = self.field.text()
        paid = self._paid if text.strip() else None
        self.price.setText(price_of_text(price_of(text, paid)) if paid else "")
        self.price.setVisible(paid is not None)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.field)
        told = QVBoxLayout()
        told.setContentsMargins(2, 0, 2, 0)
        told.setSpacing(GRID)
        told.addWidget(self.obstacle)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.busy, 1)
        self.price.setMinimumHeight(self.busy.start.sizeHint().height())  # level with the button's word
        row.addWidget(self.price, 0, Qt.AlignmentFlag.AlignBottom)
        told.addLayout(row)
        column.addLayout(told)
