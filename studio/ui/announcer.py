"""What happened last, in a few words for the status line: heard from how one state follows another."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from studio.domain.briefs import ON_DEVICE
from studio.domain.takes import Take
from studio.domain.voices import Status, Voice
from studio.flows.accounts import AccountCard, AccountsState
from studio.flows.audition import AuditionState
from studio.flows.booth import BoothState
from studio.flows.clone import CloneState
from studio.flows.deletion import DeletionState
from studio.flows.design import DesignState
from studio.flows.hearing import HearingState
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.flows.orders import OrdersState
from studio.flows.speaking import SpeakingState
from studio.flows.takes import TakesState
from studio.flows.usage import UsageState
from studio.ui.clone.news import (
    TakesNews,
    booth_news,
    clone_news,
    hearing_news,
    left_words,
    not_made,
    nothing_arrives,
    over_words,
    recovered_words,
    taken_words,
)
from studio.ui.formats import length
from studio.ui.library.news import deletion_news, library_news, moving_news, speaking_news, usage_news
from studio.ui.messages import sentence, system_label
from studio.ui.settings.account_words import probed_words


class Announcer(QObject):
    """`said` has words for the status line; `noted` those of them that a person who looks elsewhere wants to know."""

    said = Signal(str)
    noted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._design = DesignState()
        self._before_generating = DesignState()
        self._clone = CloneState()
        self._booth, self._takes, self._hearing = BoothState(), TakesNews(), HearingState()
        self._matched = False
        self._audition = AuditionState()
        self._library, self._deletion, self._speaking = LibraryState(), DeletionState(), SpeakingState()
        self._usage, self._moving = UsageState(), MovingState()
        self._orders = OrdersState()
        self._accounts = AccountsState()
        self._last = ""
        self._just_spoken: UUID | None = None
        self._asked_here = True

    def hear_asked(self, system: str) -> None:
        """Where the next voice is made: what this computer makes ends with Cancel."""
        self._asked_here = system == ON_DEVICE

    def hear_again(self, candidate_id: UUID) -> None:
        for one in self._design.candidates:
            if one.candidate_id == candidate_id:
                self.hear_asked(one.brief.system)

    # -- making voices --------------------------------------------------------------------------------

    def hear_design(self, state: DesignState) -> None:
        before, self._design = self._design, state
        if state.generating != before.generating:
            if state.generating:
                self._before_generating = before
            self._say(self.tr("Generating…") if state.generating else self._generated(state))
        elif state.generating and state.progress is not None and state.progress != before.progress:
            self._say(self.tr("Generating… {part} %").format(part=round(state.progress * 100)))
        elif state.kept is not before.kept and state.kept:
            self._say(self.tr("Kept “{name}”").format(name=state.kept.name))
        elif state.discarded is not before.discarded:
            self._say_discarded(before, state)
        elif state.error is not before.error and state.error and not state.generating:
            self._say(sentence(state.error))

    def hear_clone_asked(self, system: str) -> None:
        self._matched = system == ON_DEVICE

    def hear_clone(self, state: CloneState) -> None:
        before, self._clone = self._clone, state
        self._say_any(clone_news(before, state, matched=self._matched))

    def hear_booth(self, state: BoothState) -> None:
        before, self._booth = self._booth, state
        self._say_any(booth_news(before, state))
        if before.silent and not state.silent and self._last == nothing_arrives():
            self._say(over_words(state))

    def hear_taken(self, take: Take) -> None:
        """A recording that has ended well; one that hasn't was told of."""
        if self._booth.error is None:
            self._say_any(taken_words(take))

    def hear_recovered(self) -> None:
        self._say_any(recovered_words())

    def hear_takes(self, state: TakesState) -> None:
        self._say_any(self._takes.words(state))

    def hear_hearing(self, state: HearingState) -> None:
        before, self._hearing = self._hearing, state
        self._say_any(hearing_news(before, state))

    def hear_orders(self, state: OrdersState) -> None:
        before, self._orders = self._orders, state
        if state.arrived is not before.arrived and state.arrived:
            self._say(self.tr("“{name}” has arrived").format(name=state.arrived.name))
        elif state.error is not before.error and state.error:
            self._say(sentence(state.error))
        elif len(state.open) > len(before.open):
            system = system_label(state.open[-1].brief.system)
            self._say(self.tr("An order at {system} is still open").format(system=system))

    def hear_review(self, voice: Voice, status: Status) -> None:
        """How the review of a voice has ended."""
        words = {
            Status.READY: self.tr("“{name}” has passed its review"),
            Status.REJECTED: self.tr("The review rejected “{name}”"),
        }
        said = words.get(status, self.tr("“{name}” is gone at {system}"))
        said = said.format(name=voice.name, system=system_label(voice.system))
        self._say(said)
        self.noted.emit(said)

    # -- hearing, keeping, settings -------------------------------------------------------------------

    def hear_audition(self, state: AuditionState) -> None:
        before, self._audition = self._audition, state
        if state.playing and state.audible and (not before.playing or state.audible != before.audible):
            if state.audible.clip.clip_id != self._just_spoken:  # a new take plays by itself: its news is "Spoke"
                self._say(self.tr("Playing “{name}”").format(name=state.audible.title))
            self._just_spoken = None
        elif before.playing and not state.playing and (state.error or before.live is None):  # else "Spoke" is the news
            self._say(sentence(state.error) if state.error else self.tr("Stopped"))

    def hear_library(self, state: LibraryState) -> None:
        before, self._library = self._library, state
        self._say_any(library_news(before, state))

    def hear_deletion(self, state: DeletionState) -> None:
        before, self._deletion = self._deletion, state
        self._say_any(deletion_news(before, state))

    def hear_speaking(self, state: SpeakingState) -> None:
        before, self._speaking = self._speaking, state
        if state.spoken:  # a new take plays by itself: its news is "Spoke"
            self._just_spoken = state.spoken.clip_id
        self._say_any(speaking_news(before, state))

    def hear_usage(self, state: UsageState) -> None:
        before, self._usage = self._usage, state
        self._say_any(usage_news(before, state))

    def hear_moving(self, state: MovingState) -> None:
        before, self._moving = self._moving, state
        self._say_any(moving_news(before, state))

    def hear_accounts(self, state: AccountsState) -> None:
        before, self._accounts = self._accounts, state
        for old, new in zip(before.cards, state.cards, strict=True):
            if new is not old and (words := self._account(old, new)):
                self._say(words)

    # -- how it is said -------------------------------------------------------------------------------

    def _generated(self, state: DesignState) -> str:
        if state.error:
            return not_made(self.tr("Not generated: {sentence}"), state.error)
        known = {one.candidate_id for one in self._before_generating.candidates}
        if state.candidates and state.candidates[0].candidate_id not in known:
            newest = state.candidates[0]
            words = self.tr("Generated “{name}” · {length}")
            return words.format(name=newest.voice.name, length=length(newest.preview.seconds))
        return self.tr("Cancelled") if self._asked_here else left_words()

    def _say_discarded(self, before: DesignState, state: DesignState) -> None:
        if state.discarded:
            self._say(self.tr("Discarded “{name}”").format(name=state.discarded.voice.name))
        elif before.discarded and before.discarded in state.candidates:
            self._say(self.tr("Brought back “{name}”").format(name=before.discarded.voice.name))

    def _account(self, old: AccountCard, new: AccountCard) -> str:
        info = new.standing.info
        if new.testing and not old.testing:
            return self.tr("Testing {account}…").format(account=info.label)
        if new.error and new.error is not old.error:
            return f"{info.label}: {sentence(new.error)}"
        if new.probed and new.probed is not old.probed:
            return f"{info.label}: {probed_words(new.probed, info)}"
        return self.tr("{account}: saved").format(account=info.label) if new.saved and not old.saved else ""

    def _say_any(self, words: str) -> None:
        if words:
            self._say(words)

    def _say(self, words: str) -> None:
        self._last = words
        self.said.emit(words)
