"""The candidate cards, newest on top; a card lives as long as its candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from studio.ui.empty_state import EmptyState
from studio.ui.labels import label
from studio.ui.scrolling import ScrollColumn
from studio.ui.tab_order import chain
from studio.ui.theme import PAGE_GAP, WIDE_GAP, Role

if TYPE_CHECKING:
    from uuid import UUID

    from studio.domain.limits import SystemInfo
    from studio.domain.voices import Candidate
    from studio.flows.audition import AuditionState
    from studio.ui.design.candidate_card import CandidateCard

MOST_SHOWN = 50
"""Cards; each costs some 5 ms at the start."""


class CandidateList(QWidget):
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    keep_asked = Signal(object)
    discard_asked = Signal(object)
    show_asked = Signal(object)
    again_asked = Signal(object)
    generate_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("candidates")
        self.cards: dict[UUID, CandidateCard] = {}
        self._order: tuple[UUID, ...] = ()
        self._playing: CandidateCard | None = None
        self._build_layout()
        self._render_empty(False)

    def bar_width(self) -> int:
        return self._area.bar_width()

    def render_candidates(
        self, candidates: tuple[Candidate, ...], systems: tuple[SystemInfo, ...], generating: bool
    ) -> None:
        self._render_empty(generating)
        older = len(candidates) - MOST_SHOWN
        self._more.setVisible(older > 0)
        self._more.setText(self.tr("and {count} older, shown as these are kept or discarded").format(count=older))
        candidates = candidates[:MOST_SHOWN]
        order = tuple(one.candidate_id for one in candidates)
        if order != self._order:
            self._remove({*self._order} - {*order}, order)
            infos = {info.system: info for info in systems}
            for place, candidate in enumerate(candidates):
                self._place(candidate, place, order, infos)
            self._order = order
        self._stack.setCurrentWidget(self._area if candidates else self.empty)

    def render_audition(self, state: AuditionState) -> None:
        sounding = state.audible.clip.clip_id if state.playing and state.audible else None
        self._playing = None
        for card in self.cards.values():
            playing = card.candidate.preview.clip_id == sounding
            card.render_playing(playing)
            if playing:
                self._playing = card

    def render_position(self, position_s: float) -> None:
        if self._playing:
            self._playing.render_position(position_s)

    def _remove(self, gone: set[UUID], order: tuple[UUID, ...]) -> None:
        for candidate_id in gone:
            card = self.cards.pop(candidate_id)
            place = self._order.index(candidate_id)
            focused = QApplication.focusWidget()
            if focused and (card is focused or card.isAncestorOf(focused)):
                self._focus_near(place, order)
            if card is self._playing:
                self._playing = None
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _focus_near(self, place: int, order: tuple[UUID, ...]) -> None:
        """The card that moves up into the place of one that goes takes the focus."""
        later = [one for one in self._order[place + 1 :] if one in order]
        earlier = [one for one in self._order[:place] if one in order]
        if near := (later[:1] or earlier[-1:]):
            self.cards[near[0]].setFocus()

    def _place(self, candidate: Candidate, place: int, order: tuple[UUID, ...], infos: dict[str, SystemInfo]) -> None:
        card = self.cards.get(candidate.candidate_id)
        if card is None:
            from studio.ui.design.candidate_card import CandidateCard

            card = CandidateCard(candidate, infos.get(candidate.voice.system), self._page)
            self.cards[candidate.candidate_id] = card
            self._join(card)
            before = self.cards[order[place - 1]].in_order()[-1] if place else self.empty.action
            chain(before, *card.in_order())
            self._area.verticalScrollBar().setValue(0)
        if self._column.indexOf(card) != place:
            self._column.removeWidget(card)
            self._column.insertWidget(place, card)

    def _join(self, card: CandidateCard) -> None:
        card.play_asked.connect(self.play_asked)
        card.seek_asked.connect(self.seek_asked)
        card.keep_asked.connect(self.keep_asked)
        card.discard_asked.connect(self.discard_asked)
        card.show_asked.connect(self.show_asked)
        card.again_asked.connect(self.again_asked)
        card.move_asked.connect(lambda step: self._move(card, step))

    def _move(self, card: CandidateCard, step: int) -> None:
        place = self._order.index(card.candidate.candidate_id) + step
        if 0 <= place < len(self._order):
            near = self.cards[self._order[place]]
            near.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(near)

    def _render_empty(self, generating: bool) -> None:
        if generating:
            self.empty.render_words(self.tr("The voice appears here in a moment."))
        else:
            self.empty.render_words(
                self.tr("Describe a voice, then generate it: it appears here to be heard, kept or discarded."),
                self.tr("Generate the first voice"),
            )

    def _build_layout(self) -> None:
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(WIDE_GAP, 0, PAGE_GAP, PAGE_GAP)
        self._column.setSpacing(WIDE_GAP)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._more = label("", self._page, role=Role.TEXT_DIM, name="candidates-more")
        self._column.addWidget(self._more)
        self._area = ScrollColumn("candidates-area", self)
        self._area.setWidget(self._page)
        self.empty = EmptyState("candidates-empty", self)
        self.empty.asked.connect(self.generate_asked)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._area)
