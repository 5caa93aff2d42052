"""What is known of a voice, fact by fact, and what can be done about one that isn't as it should be."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from studio.domain.limits import SystemInfo
from studio.domain.voices import Status, Voice
from studio.domain.whereabouts import Whereabouts, deleted_on, whereabouts_of
from studio.ui.labels import label
from studio.ui.library.columns import origin_word
from studio.ui.messages import region_label, state_icon, state_word, system_label
from studio.ui.theme import GRID, WIDE_GAP, Role

Fact = tuple[str, str]


class FactsGrid(QWidget):
    """Names dimmed on the left, figures and words on the right, to be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voice-facts")
        self._facts: tuple[Fact, ...] = ()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2, 0, 2, 0)
        self._grid.setHorizontalSpacing(WIDE_GAP)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)

    def render_facts(self, facts: tuple[Fact, ...]) -> None:
        if facts == self._facts:
            return
        self._facts = facts
        while len(self._rows) < len(facts):
            self._add_row()
        for place, (title, words) in enumerate(self._rows):
            shown = place < len(facts)
            title.setText(facts[place][0] if shown else "")
            words.setText(facts[place][1] if shown else "")
            title.setVisible(shown)
            words.setVisible(shown)

    def told(self) -> dict[str, str]:
        return dict(self._facts)

    def _add_row(self) -> None:
        title = label("", self, role=Role.TEXT_DIM)
        words = label("", self, wrap=True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(title, len(self._rows), 0, top)
        self._grid.addWidget(words, len(self._rows), 1, top)
        self._rows.append((title, words))


def facts_of(voice: Voice, info: SystemInfo | None) -> tuple[Fact, ...]:
    """Only what is known."""
    facts = (
        (_tr("Where"), where_words(voice, info)),
        (_tr("Origin"), origin_word(voice.origin)),
        (_tr("Region"), region_label(voice.region)),
        (_tr("Language"), voice.language.label if voice.language else ""),
        (_tr("Pitch"), pitch_words(voice.pitch_hz)),
        (_tr("Created"), _day(voice.created)),
        (_tr("Last used"), _day(voice.last_used) if voice.last_used else _tr("Never, as far as is known here")),
        (_tr("Kept there"), _kept_until(voice, info)),
    )
    return tuple(fact for fact in facts if fact[1])


def where_words(voice: Voice, info: SystemInfo | None) -> str:
    words = {
        Whereabouts.ONLY_HERE: _tr("Only here"),
        Whereabouts.ONLY_THERE: _tr("Only at {system}"),
        Whereabouts.BOTH: _tr("Here and at {system}"),
        Whereabouts.EXPIRED: _tr("Only here: expired at {system}"),
        Whereabouts.DELETED_THERE: _tr("Only here: deleted at {system}"),
        Whereabouts.CHANGED: _tr("Changed at {system}"),
    }
    return words.get(whereabouts_of(voice, info), "").format(system=system_label(voice.system))


def badge_of(voice: Voice, info: SystemInfo | None) -> tuple[str, str]:
    """Word and icon."""
    return state_word(voice, info), state_icon(voice, info) or "done"


def pitch_words(pitch_hz: float | None) -> str:
    """Empty where it wasn't measured."""
    if pitch_hz is None:
        return ""
    return _tr("{pitch} Hz").format(pitch=round(pitch_hz)) if pitch_hz else _tr("Can't be told")


def advice_of(voice: Voice, info: SystemInfo | None) -> str:
    """What to do about it; empty for a voice that is as it should be."""
    system = system_label(voice.system)
    words = {
        Whereabouts.REJECTED: _tr("The review rejected this voice. Make it again with other words, or delete it."),
        Whereabouts.IN_REVIEW: _tr(
            "{system} is still reviewing this voice. You are told when the review ends; it can be spoken with then."
        ),
        Whereabouts.EXPIRED: _tr(
            "{system} deleted this voice because it was unused for too long. Its clips are still here. "
            "Make it again with the same words, or delete it."
        ),
        Whereabouts.DELETED_THERE: _tr(
            "{system} doesn't have this voice any more: it was deleted elsewhere. Its clips are still here. "
            "Make it again with the same words, or delete it."
        ),
        Whereabouts.CHANGED: _tr(
            "{system} tells other words or another model of this voice than before. Hear it before you use it again."
        ),
    }
    return words.get(whereabouts_of(voice, info), "").format(system=system)


def _kept_until(voice: Voice, info: SystemInfo | None) -> str:
    due = deleted_on(voice, info)
    if due is None or voice.status is Status.GONE:
        return ""
    return _tr("Until {day}, unless it is spoken with").format(day=_day(due))


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("library", text)
