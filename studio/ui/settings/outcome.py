"""A note with answers of its own beside Details: what came of a thing done, or a question to the person."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.ui.note_line import Note, NoteLine
from studio.ui.tab_order import chain

Answers = tuple[tuple[str, str], ...]
"""Object name and words of each button."""


class Outcome(NoteLine):
    """`answered` has the name of the button that was pressed; `told` comes with every new note."""

    answered = Signal(str)
    told = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, stacked=True)
        self.setObjectName(name)
        self._drawn: tuple[Note | None, Answers] = (None, ())

    def render_outcome(self, note: Note | None, answers: Answers = ()) -> None:
        if (note, answers) == self._drawn:
            return
        before, self._drawn = self._drawn, (note, answers)
        self.render_note(None)  # so that the same note with other answers is drawn anew
        self.render_note(note)
        for name, words in answers:
            self._add_button(words, name).clicked.connect(partial(self.answered.emit, name))
        if self.before:
            chain(self.before, *self.buttons.values(), self.raw)
        if note and note != before[0]:
            self.told.emit()
