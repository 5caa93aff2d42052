"""Errors and advice in their place: an icon, one sentence, at most two actions, and the raw words in a fold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.accounts import COSYVOICE, OPENTALKING, QWEN, SPEECH_SERVER, Region
from studio.domain.errors import Reason, StudioError
from studio.ui.buttons import Button, Kind
from studio.ui.formats import clipped
from studio.ui.labels import IconLabel, label
from studio.ui.messages import sentence, wrong_region
from studio.ui.raised import Raised
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, GRID, Role


class Tone(Enum):
    """Icon and colour of a note."""

    ERROR = ("error", Role.BAD)
    DONE = ("done", Role.GOOD)
    ADVICE = ("advice", Role.ACCENT)


class Action(Enum):
    RETRY = "retry"
    UNDO = "undo"
    SHOW_IN_LIBRARY = "show-in-library"
    SETTINGS = "settings"
    OTHER_REGION = "other-region"
    DELETE = "delete"
    DELETE_SAMPLE = "delete-sample"
    KEEP_IT = "keep-it"
    CANCEL = "cancel"
    LOOK_AGAIN = "look-again"
    FORGET = "forget"
    WITHOUT_TRANSCRIPT = "without-transcript"
    USAGE = "usage"


WITH_REGIONS = (QWEN, COSYVOICE)
ONES_OWN = (OPENTALKING, SPEECH_SERVER)
"""Servers whose address the person sets."""

IN_SETTINGS = {
    Reason.KEY_MISSING,
    Reason.KEY_REFUSED,
    Reason.KEYRING_MISSING,
    Reason.KEYRING_LOCKED,
    Reason.KEYRING_SLOW,
    Reason.INSECURE_ADDRESS,
    Reason.ADDRESS_MISSING,
    Reason.NOT_SERVED,
    Reason.REDIRECTED,
    Reason.NOT_JSON,
    Reason.OTHER_ACCOUNT,
}
"""What a change of key or address may cure."""

STAYING = {Action.DELETE, Action.UNDO, Action.KEEP_IT, Action.CANCEL}
"""A note with one of these is no mere result."""

MOST_RAW = 2_000
"""Characters of a vendor's words in the fold."""

MOST_BESIDE = 2
"""Actions that leave the sentence beside them some room."""


@dataclass(frozen=True, slots=True)
class Note:
    """`region` is where OTHER_REGION leads."""

    tone: Tone
    sentence: str
    actions: tuple[Action, ...] = ()
    details: str = ""
    region: str = ""


def note_of(error: StudioError, *, retry: bool = True, settings: bool = True, region: str | None = "") -> Note:
    """The sentence for an error, its raw words in the fold, and what may help.

    `region` is the one that was asked, International if empty: a key of Model Studio that it doesn't know may be the
    other's. With None the other isn't offered. In the settings themselves nothing leads to them.
    """
    leads_to = None
    if region is not None and error.reason is Reason.KEY_REFUSED and error.system in WITH_REGIONS:
        leads_to = other_region(region)
    help_at_hand = (
        (Action.OTHER_REGION, leads_to is not None),
        (Action.WITHOUT_TRANSCRIPT, retry and error.reason is Reason.TRANSCRIPT_REFUSED),
        (Action.RETRY, retry and error.retryable),
        (Action.SHOW_IN_LIBRARY, error.reason is Reason.PREVIEW_LOST and bool(error.voice_id)),
        (Action.SETTINGS, settings and _settings_may_help(error)),
    )
    return Note(
        Tone.ERROR,
        wrong_region(leads_to) if leads_to else sentence(error),
        tuple(action for action, offered in help_at_hand if offered),
        raw_words(error),
        leads_to or "",
    )


def raw_words(error: StudioError) -> str:
    """Code and words of whoever refused, and the ids that a vendor's support asks for."""
    told = (
        ("", error.reason.value),
        ("", error.system),
        ("code: ", error.code),
        ("", error.detail[:MOST_RAW]),
        ("voice id: ", clipped(error.voice_id)),
        ("request id: ", error.request_id),
    )
    return "\n".join(name + text for name, text in told if text)


def other_region(region: str) -> Region:
    return Region.INTL if region == Region.CN else Region.CN


def _settings_may_help(error: StudioError) -> bool:
    unreachable = error.reason in (Reason.UNREACHABLE, Reason.TIMED_OUT)
    return error.reason in IN_SETTINGS or (unreachable and error.system in ONES_OWN)


class NoteLine(Raised):
    """`stacked` puts the actions below the sentence, for narrow places; more than two are there anyway.

    Only the actions that the note offers exist: a screen reader finds no Retry where none is. One that is `closable`
    can be put away, unless it waits for an answer or tells of work; another note comes all the same.
    """

    action_asked = Signal(object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False, closable: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self._note: Note | None = None
        self._put_away = False
        self._stacked, self._closable = stacked, closable
        self.buttons: dict[str, Button] = {}
        self.before: QWidget | None = None  # what the Tab key leaves to come here
        self.beyond: QWidget | None = None  # where the keyboard goes when there is nothing to press any more
        self._icon = IconLabel("advice", Role.ACCENT, self)
        self.sentence = label("", self, wrap=True, name="note-sentence")
        self.raw = label("", self, role=Role.TEXT_DIM, wrap=True, name="note-details")
        self.raw.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.raw.hide()
        self.hide()
        self.closing = Button("", self, icon_name="discard", kind=Kind.QUIET, name="close-note")
        self.closing.setAccessibleName(self.tr("Close note"))
        self.closing.setToolTip(self.tr("Close note"))
        self.closing.clicked.connect(self._close)
        self._build_layout(stacked)

    def render_note(self, note: Note | None) -> None:
        if note == self._note:
            return
        self._note, self._put_away = note, False
        focused = QApplication.focusWidget()
        pressed = focused is not None and self.isAncestorOf(focused)
        self._clear_buttons()
        self.sentence.setText(note.sentence if note else "")
        self.raw.setText(note.details if note else "")
        self.raw.hide()
        if note:
            self._line.setDirection(self._direction(len(note.actions)))
            self._icon.render_icon(*note.tone.value)
            for action in note.actions:
                self._add_button(self._words(action, note), action.value).clicked.connect(partial(self._ask, action))
            if note.details:
                self._add_button(self.tr("Details"), "details").clicked.connect(self._fold)
        self.closing.setVisible(self._closable and note is not None and not self.stays())
        if self.before:
            chain(self.before, *self.buttons.values(), self.closing, self.raw)
        self.setVisible(note is not None)
        self.changed.emit()
        if pressed:
            self._hand_on()

    def render_seconds(self, action: Action, seconds: int) -> None:
        """How long an action can still be had; a screen reader knows it by its word alone."""
        if (button := self.buttons.get(action.value)) and self._note:
            word = self._words(action, self._note)
            button.setAccessibleName(word)
            button.setText(self.tr("{word} · {seconds} s").format(word=word, seconds=seconds))
            button.updateGeometry()

    def tells(self) -> bool:
        """Whether there is something that nobody has put away."""
        return self._note is not None and not self._put_away

    def stays(self) -> bool:
        """Whether it waits for an answer, or tells of work."""
        return self._note is not None and bool({*self._note.actions} & STAYING)

    def leads_to(self) -> str:
        """The region that the note offers to try."""
        return self._note.region if self._note else ""

    def _ask(self, action: Action) -> None:
        self.action_asked.emit(action)

    def _hand_on(self) -> None:
        """The keyboard, from a button that is gone to what came in its place."""
        if aim := next(iter(self.buttons.values()), self.beyond):
            aim.setFocus()

    def _close(self) -> None:
        self._put_away = True
        self.hide()
        self.changed.emit()
        if self.beyond:
            self.beyond.setFocus()

    def _fold(self) -> None:
        self.raw.setVisible(self.raw.isHidden())

    def _words(self, action: Action, note: Note) -> str:
        beijing = note.region == Region.CN
        return {
            Action.RETRY: self.tr("Retry"),
            Action.UNDO: self.tr("Undo"),
            Action.SHOW_IN_LIBRARY: self.tr("Show in Library"),
            Action.SETTINGS: self.tr("Open settings"),
            Action.OTHER_REGION: self.tr("Try Beijing") if beijing else self.tr("Try Singapore"),
            Action.DELETE: self.tr("Delete"),
            Action.DELETE_SAMPLE: self.tr("Delete the sample too"),
            Action.KEEP_IT: self.tr("Keep it"),
            Action.CANCEL: self.tr("Cancel"),
            Action.LOOK_AGAIN: self.tr("Look again"),
            Action.FORGET: self.tr("Forget it"),
            Action.WITHOUT_TRANSCRIPT: self.tr("Again without transcript"),
            Action.USAGE: self.tr("Show usage"),
        }[action]

    def _add_button(self, text: str, name: str) -> Button:
        button = self.buttons[name] = Button(text, self, kind=Kind.QUIET, name=name)
        self._actions.insertWidget(self._actions.count() - 1, button)
        button.show()
        return button

    def _clear_buttons(self) -> None:
        for button in self.buttons.values():
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()

    def _direction(self, actions: int) -> QBoxLayout.Direction:
        below = self._stacked or actions > MOST_BESIDE
        return QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight

    def _build_layout(self, stacked: bool) -> None:
        words = QHBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop if stacked else Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self.sentence, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(GRID)
        self._actions.addStretch(1)
        self._line = line = QBoxLayout(self._direction(0))
        line.setSpacing(GRID)
        line.addLayout(words, 1)
        line.addLayout(self._actions)
        self._actions.addWidget(self.closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.raw)
