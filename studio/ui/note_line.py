"""Errors and advice in their place: an icon, one sentence, at most two actions, and the raw words in a fold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.ui.buttons import Button, Kind
from studio.ui.labels import IconLabel, label
from studio.ui.messages import sentence
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
    """`stacked` puts the actions below the sentence, for narrow places."""

    action_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self._note: Note | None = None
        self._icon = IconLabel("advice", Role.ACCENT, self)
        self.sentence = label("", self, wrap=True, name="note-sentence")
        self.raw = label("", self, role=Role.TEXT_DIM, wrap=True, name="note-details")
        self.raw.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._build_buttons()
        self._build_layout(stacked)
        self.render_note(None)

    def render_note(self, note: Note | None) -> None:
        if note == self._note and note is not None:
            return
        self._note = note
        self.setVisible(note is not None)
        self.sentence.setText(note.sentence if note else "")
        self.raw.setText(note.details if note else "")
        self.details.setVisible(bool(note and note.details))
        self.details.setChecked(False)
        self.raw.hide()
        for action, button in self.buttons.items():
            button.setVisible(note is not None and action in note.actions)
        if note:
            self._icon.render_icon(*note.tone.value)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour(Role.LINE, self.palette()))
        painter.setBrush(colour(Role.RAISED, self.palette()))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()

    def _build_buttons(self) -> None:
        words = {
            Action.RETRY: self.tr("Retry"),
            Action.UNDO: self.tr("Undo"),
            Action.SHOW_IN_LIBRARY: self.tr("Show in Library"),
        }
        self.buttons = {
            action: Button(text, self, kind=Kind.QUIET, name=action.value) for action, text in words.items()
        }
        for action, button in self.buttons.items():
            button.clicked.connect(lambda _=False, action=action: self.action_asked.emit(action))
        self.details = Button(self.tr("Details"), self, kind=Kind.QUIET, name="details")
        self.details.setCheckable(True)
        self.details.toggled.connect(self.raw.setVisible)

    def _build_layout(self, stacked: bool) -> None:
        words = QHBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop if stacked else Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self.sentence, 1)
        actions = QHBoxLayout()
        actions.setSpacing(GRID)
        actions.addStretch(1)
        for button in (*self.buttons.values(), self.details):
            actions.addWidget(button)
        across = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(across)
        line.setSpacing(GRID)
        line.addLayout(words, 1)
        line.addLayout(actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.raw)
