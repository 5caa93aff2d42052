"""A labelled text with its counter above and what is wrong with it below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from studio.ui.counter import Counter
from studio.ui.labels import label
from studio.ui.theme import GRID, LINE_HEIGHT, Role, colour


class Lines(QPlainTextEdit):
    """So many lines, or more where there is room and it `grows`."""

    def __init__(self, lines: int, parent: QWidget | None = None, *, grows: bool = True) -> None:
        super().__init__(parent)
        around = 2 * round(self.document().documentMargin()) + 4
        self._least = self.fontMetrics().lineSpacing() * lines + around
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self._least)
        if not grows:
            self.setFixedHeight(self._least)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._least)


class TextField(QWidget):
    """One line of text, on a `line` of its own kind, or with `lines` > 1 several.

    `changed` comes for every change, whoever made it.
    """

    changed = Signal(str)

    def __init__(
        self,
        title: str,
        name: str,
        parent: QWidget | None = None,
        *,
        lines: int = 1,
        grows: bool = True,
        line: QLineEdit | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}-field")
        self._limit, self._system, self._problem = 0, "", ""
        self.title = label(title, self)
        self.editor: QLineEdit | QPlainTextEdit = (
            line or QLineEdit(self) if lines == 1 else Lines(lines, self, grows=grows)
        )
        self.editor.setObjectName(name)
        self.editor.setAccessibleName(title)
        self.title.setBuddy(self.editor)
        self.counter = Counter(self, name=f"{name}-counter")
        self.hint = label("", self, role=Role.BAD, wrap=True, name=f"{name}-hint")
        self.hint.hide()
        self._build_layout()
        self.editor.textChanged.connect(self._on_changed)

    def text(self) -> str:
        return self.editor.text() if isinstance(self.editor, QLineEdit) else self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Nothing brings back what was there."""
        if text == self.text():
            return
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
        else:
            self.editor.setPlainText(text)

    def retype(self, text: str) -> None:
        """As if the person had typed it over what is there: Ctrl+Z brings that back."""
        if text == self.text():
            return
        if isinstance(self.editor, QLineEdit):
            self.editor.selectAll()
            self.editor.insert(text)
        else:
            cursor = self.editor.textCursor()
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            cursor.endEditBlock()

    def set_limit(self, limit: int, system: str) -> None:
        self._limit, self._system = limit, system
        self._count()

    def mark(self, sentence: str) -> None:
        """Points at the field until it is changed; an empty sentence lets go."""
        self._problem = sentence
        self._count()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hint.text():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(Role.BAD, self.palette()), 2))
        painter.drawRoundedRect(QRectF(self.editor.geometry()).adjusted(-1, -1, 1, 1), 3, 3)
        painter.end()

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 2)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.editor, 1)
        column.addWidget(self.hint)
        if isinstance(self.editor, QLineEdit):
            self.editor.setMinimumHeight(LINE_HEIGHT)
            column.addStretch(1)

    def _on_changed(self) -> None:
        self._problem = ""
        self._count()
        self.changed.emit(self.text())

    def _count(self) -> None:
        self.counter.render_count(len(self.text()), self._limit, self._system)
        words = self.counter.advice or self._problem
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.update()
