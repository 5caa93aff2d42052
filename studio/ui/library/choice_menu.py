"""A menu to tick words in, or to write a new one: tags and collections of many voices at once."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget, QWidgetAction

MOST = 30


class ChoiceMenu(QMenu):
    """`picked` has the word and whether it is ticked now; a new one is."""

    picked = Signal(str, bool)

    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.written = QLineEdit(self)
        self.written.setAccessibleName(hint)
        self.written.setPlaceholderText(hint)
        self.written.returnPressed.connect(self._on_written)
        action = QWidgetAction(self)
        action.setDefaultWidget(self.written)
        self.addAction(action)
        self.addSeparator()
        self.aboutToShow.connect(self.written.setFocus)

    def offer(self, words: Iterable[str], ticked: frozenset[str]) -> None:
        """Those that are ticked first; not more than can be looked over."""
        for word in sorted(set(words) | ticked, key=lambda word: (word not in ticked, word.casefold()))[:MOST]:
            action = self.addAction(word)
            action.setCheckable(True)
            action.setChecked(word in ticked)
            action.triggered.connect(lambda on, word=word: self.picked.emit(word, on))

    def _on_written(self) -> None:
        if word := " ".join(self.written.text().split()):
            self.picked.emit(word, True)
        self.close()
