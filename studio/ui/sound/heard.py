"""What is heard of the chosen take: told from the states of hearing and of the player together."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal

from studio.domain.takes import Take
from studio.flows.audition import AuditionState
from studio.flows.hearing import HearingState


class Heard(Enum):
    SELECTION = "selection"
    RAW = "raw"
    CLEANED = "cleaned"
    SENT = "sent"


class SoundHeard(QObject):
    """`changed` comes when something of the take begins or ends to sound, or is asked for."""

    play_asked = Signal(object, bool)
    stop_asked = Signal()
    compare_asked = Signal(bool)
    hear_sent_asked = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take: Take | None = None
        self._hearing, self._audition = HearingState(), AuditionState()
        self._asked = Heard.SELECTION

    def render_take(self, take: Take | None) -> None:
        self._take = take

    def render_hearing(self, state: HearingState) -> None:
        self._hearing = state
        self.changed.emit()

    def render_audition(self, state: AuditionState) -> None:
        self._audition = state
        self.changed.emit()

    @property
    def now(self) -> Heard | None:
        """None while nothing of the chosen take sounds."""
        audible, take = self._audition.audible, self._take
        if not self._audition.playing or audible is None or take is None:
            return None
        known = (audible.clip.clip_id, take.take_id)
        return self._asked if known == (self._hearing.clip_id, self._hearing.take_id) else None

    def in_take_s(self, position_s: float = 0.0) -> float:
        """Where in the take the loudspeaker is, from where it is in the clip."""
        return self._hearing.start_s + position_s

    def play(self, start_s: float | None, *, loop: bool) -> None:
        self._ask(Heard.SELECTION)
        self.play_asked.emit(start_s, loop)

    def toggle(self, what: Heard) -> None:
        """Raw, cleaned or as it is sent; once more is silence."""
        if self.now is what:
            self.stop_asked.emit()
            return
        self._ask(what)
        if what is Heard.SENT:
            self.hear_sent_asked.emit()
        else:
            self.compare_asked.emit(what is Heard.CLEANED)

    def _ask(self, what: Heard) -> None:
        self._asked = what
        self.changed.emit()
