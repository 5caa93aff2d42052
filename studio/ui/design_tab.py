"""The Design tab: what is asked on the left, what came of it on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.ui.busy import BusyButton
from studio.ui.candidate_list import CandidateList
from studio.ui.design_form import DesignForm
from studio.ui.labels import label
from studio.ui.messages import price_of_one, sentence
from studio.ui.note_line import Action, Note, NoteLine, Tone, note_of, other_region, raw_words
from studio.ui.order_notes import OrderNotes
from studio.ui.scrolling import ScrollColumn
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP, Role

if TYPE_CHECKING:
    from studio.domain.voices import Candidate
    from studio.flows.audition import AuditionState
    from studio.flows.design import DesignState
    from studio.flows.orders import OrdersState

FORM_NARROWEST, FORM_WIDEST = 360, 440


class DesignTab(QWidget):
    """Requests go out as signals; `keep_asked` has the candidate's id and the name it shall have.

    `show_asked` has a voice's id in the library, or its system's id where that alone is known. `other_region_asked`
    has a system and its region whose server didn't know the key.
    """

    generate_asked = Signal(object)
    cancel_asked = Signal()
    retry_asked = Signal()
    again_asked = Signal(object)
    keep_asked = Signal(object, str)
    discard_asked = Signal(object)
    undo_asked = Signal()
    show_asked = Signal(object)
    settings_asked = Signal()
    other_region_asked = Signal(str, str)
    look_again_asked = Signal()
    forget_asked = Signal(object)
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    changed = Signal(str, object)

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("design")
        self._error: StudioError | None = None
        self._kept: object = None
        self._generating = False
        self._build_left(memory)
        self._build_right()
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName("design-splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._right)
        self.splitter.insertWidget(0, self._left)  # added last: Qt lowers it, and so it is read first
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([400, 780])
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
        self._render_terms()
        self._generating = state.generating
        self.busy.render_busy(state.generating, state.progress)
        self.busy.start.setEnabled(bool(state.systems))
        self.cards.render_candidates(state.candidates, state.systems, state.generating)
        self.done_note.render_note(self._outcome(state))
        if state.error is not self._error or state.error is None:
            self._error = state.error
            self.error_note.render_note(self._trouble(state.error) if state.error else None)
            if state.error:
                self.form.mark(state.error.problems)

    def render_orders(self, state: OrdersState) -> None:
        self.orders.render(state)

    def render_region_tried(self, region: str, error: StudioError | None) -> None:
        """What came of the key in the other region: if it is known there, the form goes there, too."""
        if error is None:
            self.form.target.choose_region(region)
            self.error_note.render_note(None)
        else:
            note = Note(Tone.ERROR, sentence(error), (Action.SETTINGS,), raw_words(error))
            self.error_note.render_note(note)

    def render_audition(self, state: AuditionState) -> None:
        self.cards.render_audition(state)

    def render_position(self, position_s: float) -> None:
        self.cards.render_position(position_s)

    def begin(self) -> None:
        self.form.begin()

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

    def _act(self, action: Action) -> None:
        """What the note on an error offers."""
        if action is Action.RETRY:
            self.retry_asked.emit()
        elif action is Action.SETTINGS:
            self.settings_asked.emit()
        elif self._error and action is Action.SHOW_IN_LIBRARY:
            self.show_asked.emit(self._error.voice_id)
        elif self._error and self._error.reason is Reason.KEY_REFUSED:
            self.other_region_asked.emit(self._error.system, other_region(self.error_note.leads_to()))

    def _act_on_done(self, action: Action) -> None:
        if action is Action.UNDO:
            self.undo_asked.emit()
        else:
            self.show_asked.emit(self._kept)

    # -- layout -------------------------------------------------------------------------------------

    def _build_left(self, memory: Memory) -> None:
        self._left = QWidget()
        self.form = DesignForm(memory)
        area = ScrollColumn("design-form-area", self._left)
        area.setWidget(self.form)
        self._left.setMinimumWidth(FORM_NARROWEST)
        self._left.setMaximumWidth(FORM_WIDEST)
        self.error_note = NoteLine(self._left, stacked=True)
        self.price = label("", self._left, name="price")
        self.system_note = label("", self._left, role=Role.TEXT_DIM, wrap=True, name="system-note")
        self.busy = BusyButton(self.tr("Generate"), "generate", "generate", self._left)
        foot = QVBoxLayout()
        foot.setContentsMargins(WIDE_GAP + 2, 0, WIDE_GAP + 2 + area.bar_width(), WIDE_GAP)
        foot.setSpacing(GAP)
        for widget in (self.error_note, self.system_note, self.price, self.busy):
            foot.addWidget(widget)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, PAGE_GAP, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def _build_right(self) -> None:
        self._right = QWidget()
        self._right.setMinimumWidth(400)
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
        self.busy.asked.connect(self._ask)
        self.busy.cancel_asked.connect(self.cancel_asked)
        self.cards.generate_asked.connect(self._ask)
        self.cards.play_asked.connect(self.play_asked)
        self.cards.seek_asked.connect(self.seek_asked)
        self.cards.keep_asked.connect(self._keep)
        self.cards.discard_asked.connect(lambda candidate: self.discard_asked.emit(candidate.candidate_id))
        self.cards.again_asked.connect(lambda candidate: self.again_asked.emit(candidate.candidate_id))
        self.cards.show_asked.connect(self.show_asked)
        self.error_note.action_asked.connect(self._act)
        self.done_note.action_asked.connect(self._act_on_done)
        self.orders.show_asked.connect(self.show_asked)
        self.orders.settings_asked.connect(self.settings_asked)
        self.orders.look_again_asked.connect(self.look_again_asked)
        self.orders.forget_asked.connect(self.forget_asked)
        self.form.changed.connect(self.changed)
        self.form.terms_changed.connect(self._render_terms)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._ask)
