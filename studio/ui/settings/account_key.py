"""The key of an account: where the one in use comes from, and a field for a new one. Never a stored key itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.accounts import KeySource, Standing
from studio.domain.errors import StudioError
from studio.ui.buttons import Button
from studio.ui.labels import IconLabel, label
from studio.ui.messages import sentence
from studio.ui.settings.account_words import standing_words
from studio.ui.settings.secret_edit import SecretEdit
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID, Role


class AccountKey(QWidget):
    """`save_asked` carries what was typed, without the blanks around it."""

    save_asked = Signal(str)
    forget_asked = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = IconLabel("advice", Role.TEXT_DIM, self)
        self.standing = label("", self, wrap=True, name="key-standing")
        self.trouble = label("", self, role=Role.WARN, wrap=True, name="key-trouble")
        self.editor = SecretEdit(self)
        self.field = TextField(self.tr("API key"), "api-key", self, line=self.editor)
        self.save = Button(self.tr("Save key"), self, name="save-key")
        self.forget = Button(self.tr("Forget key"), self, name="forget-key")
        self._build_layout()
        self.save.clicked.connect(self.ask_save)
        self.forget.clicked.connect(self.forget_asked)
        self.field.changed.connect(self.typed)
        self.editor.returnPressed.connect(self.ask_save)

    def render_standing(self, standing: Standing, error: StudioError | None) -> None:
        """`error` is what is told of the account anyway: no trouble is told twice."""
        words = standing_words(standing)
        fine = standing.source is not KeySource.NONE or not standing.info.needs_key
        self.icon.render_icon("done" if fine else "advice", Role.GOOD if fine else Role.TEXT_DIM)
        self.standing.setText(words)
        for widget in (self.standing, self.icon):
            widget.setVisible(bool(words))
        told = standing.trouble and error and standing.trouble.reason is error.reason
        self.trouble.setText(sentence(standing.trouble) if standing.trouble and not told else "")
        self.trouble.setVisible(bool(self.trouble.text()))
        for widget in (self.field, self.save, self.forget):
            widget.setVisible(standing.info.takes_key)
        self.forget.setEnabled(standing.source is not KeySource.NONE or standing.trouble is not None)

    def has_text(self) -> bool:
        return bool(self.field.text().strip())

    def text(self) -> str:
        return self.field.text().strip()

    def clear(self) -> None:
        self.editor.clear()

    def ask_save(self) -> None:
        self.save_asked.emit(self.text())

    def _build_layout(self) -> None:
        words = QHBoxLayout()
        words.setContentsMargins(2, 0, 2, 0)
        words.setSpacing(GRID)
        words.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.standing, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(2, 0, 2, 0)
        buttons.setSpacing(GAP)
        buttons.addWidget(self.save)
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(words)
        trouble = QHBoxLayout()
        trouble.setContentsMargins(2, 0, 2, 0)
        trouble.addWidget(self.trouble)
        column.addLayout(trouble)
        column.addWidget(self.field)
        column.addLayout(buttons)
