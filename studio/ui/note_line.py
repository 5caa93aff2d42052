"""Errors and advice in their place: an icon, one sentence, at most two actions, and the raw words in a fold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.ui.buttons import Button, Kind
from studio.ui.labels import IconLabel, label
from studio.ui.messages import sentence
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, GRID, RADIUS, Role, colour


class Tone(Enum):
    """Icon and colour of a note."""

    ERROR = ("error", Role.BAD)
    DONE = ("done", Role.GOOD)
    ADVICE = ("advice", Role.ACCENT)


class Action(Enum):
    RETRY = "retry"
    UNDO = "undo"
    SHOW_IN_LIBRARY = "show-in-library"


@dataclass(frozen=True, slots=True)
class Note:
    tone: Tone
    sentence: str
    actions: tuple[Action, ...] = ()
    details: str = ""


def note_of(error: StudioError, *, retry: bool = True) -> Note:
    """The sentence for an error, its code and raw words in the fold; Retry where it may help."""
    raw = (error.reason.value, error.system, error.detail, error.request_id)
    names = ("", "", "", "request id: ")
    details = "\n".join(name + text for name, text in zip(names, raw, strict=True) if text)
    return Note(Tone.ERROR, sentence(error), (Action.RETRY,) if retry and error.retryable else (), details)


class NoteLine(QWidget):
    """`stacked` puts the actions below the sentence, for narrow places.

    Only the actions that the note offers exist: a screen reader finds no Retry where none is.
    """

    action_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self._note: Note | None = None
        self.buttons: dict[str, Button] = {}
        self.before: QWidget | None = None  # what the Tab key leaves to come here
        self._icon = IconLabel("advice", Role.ACCENT, self)
        self.sentence = label("", self, wrap=True, name="note-sentence")
        self.raw = label("", self, role=Role.TEXT_DIM, wrap=True, name="note-details")
        self.raw.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.raw.hide()
        self.hide()
        self._build_layout(stacked)

    def render_note(self, note: Note | None) -> None:
        if note == self._note:
            return
        self._note = note
        self._clear_buttons()
        self.sentence.setText(note.sentence if note else "")
        self.raw.setText(note.details if note else "")
        self.raw.hide()
        if note:
            self._icon.render_icon(*note.tone.value)
            for action in note.actions:
                self._add_button(self._words(action), action.value).clicked.connect(partial(self._ask, action))
            if note.details:
                self._add_button(self.tr("Details"), "details").clicked.connect(self._fold)
        if self.before:
            chain(self.before, *self.buttons.values(), self.raw)
        self.setVisible(note is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour(Role.LINE, self.palette()))
        painter.setBrush(colour(Role.RAISED, self.palette()))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()

    def _ask(self, action: Action) -> None:
        self.action_asked.emit(action)

    def _fold(self) -> None:
        self.raw.setVisible(self.raw.isHidden())

    def _words(self, action: Action) -> str:
        return {
            Action.RETRY: self.tr("Retry"),
            Action.UNDO: self.tr("Undo"),
            Action.SHOW_IN_LIBRARY: self.tr("Show in Library"),
        }[action]

    def _add_button(self, text: str, name: str) -> Button:
        button = self.buttons[name] = Button(text, self, kind=Kind.QUIET, name=name)
        self._actions.addWidget(button)
        button.show()
        return button

    def _clear_buttons(self) -> None:
        for button in self.buttons.values():
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()

    def _build_layout(self, stacked: bool) -> None:
        words = QHBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop if stacked else Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self.sentence, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(GRID)
        self._actions.addStretch(1)
        across = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(across)
        line.setSpacing(GRID)
        line.addLayout(words, 1)
        line.addLayout(self._actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.raw)
