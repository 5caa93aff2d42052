"""The Design tab: what is asked on the left, what came of it on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import StudioError
from studio.domain.memory import Memory
from studio.ui.busy import BusyButton
from studio.ui.design.candidate_list import CandidateList
from studio.ui.design.form import DesignForm
from studio.ui.labels import label
from studio.ui.maker_tab import MakerTab
from studio.ui.messages import price_of_one
from studio.ui.note_line import Action, Note, NoteLine, Tone, note_of
from studio.ui.order_notes import OrderNotes
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP, Role

if TYPE_CHECKING:
    from studio.domain.voices import Candidate, Voice
    from studio.flows.audition import AuditionState
    from studio.flows.design import DesignState
    from studio.flows.orders import OrdersState


class DesignTab(MakerTab):
    """Requests go out as signals; `keep_asked` has the candidate's id and the name it shall have."""

    generate_asked = Signal(object)
    retry_asked = Signal()
    again_asked = Signal(object)
    keep_asked = Signal(object, str)
    discard_asked = Signal(object)
    undo_asked = Signal()
    look_again_asked = Signal()
    forget_asked = Signal(object)
    play_asked = Signal(object)
    seek_asked = Signal(object, float)

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(
            "design",
            parent,
            ask=self._ask,
            retry=lambda: self.retry_asked.emit(),
            choose_region=lambda region: self.form.target.choose_region(region),
            on_servers=lambda: self._render_terms(),
        )
        self._kept: object = None
        self._generating = False
        self._build_form(memory)
        self._build_right()
        self._lay_out(self.form, (self.system_note, self.price), self.busy, self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self._join()
        last = self.form.in_order()[-1]
        chain(*self.form.in_order(), self.busy.start, self.busy.cancel, self.cards.empty.action)
        self.error_note.before, self.done_note.before = last, self.busy.cancel
        self.orders.follow(self.busy.cancel)

    # -- drawn from the state alone -----------------------------------------------------------------

    def render(self, state: DesignState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.form.render_systems(state.systems)
        self._generating = state.generating
        self.busy.render_busy(state.generating, state.progress)
        self._render_terms()
        self.cards.render_candidates(state.candidates, state.systems, state.generating)
        self.done_note.render_note(self._outcome(state))
        if state.error is not self._error or state.error is None:
            self._error = state.error
            self.error_note.render_note(self._trouble(state.error) if state.error else None)
            if state.error:
                self.form.mark(state.error.problems)

    def render_orders(self, state: OrdersState) -> None:
        self.orders.render(state)

    def render_audition(self, state: AuditionState) -> None:
        self.cards.render_audition(state)

    def render_position(self, position_s: float) -> None:
        self.cards.render_position(position_s)

    def begin(self) -> None:
        self.form.begin()

    def begin_with(self, voice: Voice) -> None:
        """The same words for another model, which is the person's to choose: the cursor goes there."""
        self.form.begin_with(voice)

    def _outcome(self, state: DesignState) -> Note | None:
        if state.discarded:
            words = self.tr("Discarded “{name}”.").format(name=state.discarded.voice.name)
            return Note(Tone.ADVICE, words, (Action.UNDO,))
        if state.kept:
            self._kept = state.kept.library_id
            words = self.tr("Kept “{name}”.").format(name=state.kept.name)
            return Note(Tone.DONE, words, (Action.SHOW_IN_LIBRARY,))
        return None

    def _trouble(self, error: StudioError) -> Note:
        return note_of(error, region=self.form.target.chosen_region())

    def _render_terms(self) -> None:
        info, model = self.form.info(), self.form.design_model()
        self._render_obstacle(info)
        self.busy.start.setEnabled(info is not None and not self.without_server)
        notes = (info.note, model.note) if info and model else ()
        self.price.setText(self._price())
        self.system_note.setText(" ".join(note for note in notes if note))
        self.system_note.setVisible(any(notes))

    def _price(self) -> str:
        info, model = self.form.info(), self.form.design_model()
        if info is None or model is None:
            return ""
        return self.tr("Free, on this computer") if info.system == ON_DEVICE else price_of_one(model.price_usd)

    # -- what the person does -----------------------------------------------------------------------

    def _ask(self) -> None:
        if not self._generating and self.busy.start.isEnabled():
            self.generate_asked.emit(self.form.brief())

    def _keep(self, candidate: Candidate) -> None:
        """Under the name that the card shows; one that nobody gave a name takes what is in the form by now."""
        name = candidate.brief.name or self.form.brief().name or candidate.voice.name
        self.keep_asked.emit(candidate.candidate_id, name)

    def _act_on_done(self, action: Action) -> None:
        if action is Action.UNDO:
            self.undo_asked.emit()
        else:
            self.show_asked.emit(self._kept)

    # -- layout -------------------------------------------------------------------------------------

    def _build_form(self, memory: Memory) -> None:
        self.form = DesignForm(memory)
        self.price = label("", self, name="price")
        self.system_note = label("", self, role=Role.TEXT_DIM, wrap=True, name="system-note")
        self.busy = BusyButton(self.tr("Generate"), "generate", "generate", self)

    def _build_right(self) -> None:
        self._right = QWidget()
        self.done_note = NoteLine(self._right)
        self.orders = OrderNotes(self._right)
        self.cards = CandidateList(self._right)
        top = QVBoxLayout()
        top.setContentsMargins(WIDE_GAP, 0, PAGE_GAP + self.cards.bar_width(), 0)
        top.setSpacing(GAP)
        top.addWidget(self.orders)
        top.addWidget(self.done_note)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, PAGE_GAP, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addLayout(top)
        column.addWidget(self.cards, 1)

    def _join(self) -> None:
        self.cards.generate_asked.connect(self._ask)
        self.cards.play_asked.connect(self.play_asked)
        self.cards.seek_asked.connect(self.seek_asked)
        self.cards.keep_asked.connect(self._keep)
        self.cards.discard_asked.connect(lambda candidate: self.discard_asked.emit(candidate.candidate_id))
        self.cards.again_asked.connect(lambda candidate: self.again_asked.emit(candidate.candidate_id))
        self.cards.show_asked.connect(self.show_asked)
        self.done_note.action_asked.connect(self._act_on_done)
        self.orders.show_asked.connect(self.show_asked)
        self.orders.settings_asked.connect(self.settings_asked)
        self.orders.look_again_asked.connect(self.look_again_asked)
        self.orders.forget_asked.connect(self.forget_asked)
        self.form.changed.connect(self.changed)
        self.form.terms_changed.connect(self._render_terms)
