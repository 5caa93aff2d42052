"""The Clone tab: what is said of a voice on the left; microphone, takes and what came of them on the right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Field
from studio.domain.memory import Memory
from studio.domain.samples import is_url
from studio.flows.audition import AuditionState
from studio.flows.booth import BoothState
from studio.flows.clone import CloneState
from studio.flows.hearing import HearingState
from studio.flows.orders import OrdersState
from studio.flows.takes import TakesState
from studio.ui.busy import BusyButton
from studio.ui.clone.form import CloneForm
from studio.ui.clone.results import CloneResults
from studio.ui.clone.right_box import RightBox
from studio.ui.clone.sample_url import dropped
from studio.ui.clone.terms import nothing_to_send, one_at_a_time, price_words, refusal
from studio.ui.empty_state import EmptyState
from studio.ui.labels import label
from studio.ui.maker_tab import MakerTab
from studio.ui.messages import problem_sentence, sentence
from studio.ui.note_line import Action, Note, NoteLine, note_of
from studio.ui.tab_order import chain
from studio.ui.theme import PAGE_GAP, Role


class CloneTab(MakerTab):
    """`clone_asked` has a brief without the sample, which the flow takes from the chosen take, and the first words.

    `target_changed` has the system and its limits. What is asked of microphone, takes and sound, the parts of `right`
    emit themselves.
    """

    clone_asked = Signal(object, str)
    target_changed = Signal(str, object)
    import_asked = Signal(object)
    transcribed = Signal(str)
    attach_consent_asked = Signal(object)
    drop_consent_asked = Signal()
    play_asked = Signal(object)
    look_again_asked = Signal()
    forget_asked = Signal(object)
    design_asked = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(
            "clone",
            parent,
            ask=self._ask,
            retry=self._ask,
            choose_region=lambda region: self.form.target.choose_region(region),
            on_servers=lambda: self._render_terms(),
        )
        self.setAcceptDrops(True)
        self._state, self._booth, self._takes = CloneState(), BoothState(), TakesState()
        self._in_the_way: Note | None = None
        self._said_of: object = None
        self._said_transcript = True
        self._build_form(memory)
        self.results = CloneResults()
        self.right = self.results.column
        notes = (self.blocked, self.drop_note, self.system_note)
        self._lay_out(self.form, (*notes, self.right_box, self.price), self.busy, self.results)
        self._build_pages()
        self._join()
        self._put_in_order()
        self.render(CloneState())

    # -- drawn from the states alone ----------------------------------------------------------------

    def render(self, state: CloneState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        before, self._state = self._state, state
        self._pages.setCurrentWidget(self.splitter if state.systems else self.nowhere)
        self.form.target.render_systems(state.systems)
        self.form.whose.render_consent(state.consent)
        self.results.render_clone(state)
        self.busy.render_busy(state.cloning, state.progress)
        if state.error is not self._error or state.error is None:
            self._render_error(state.error)
        if state.cloned and state.cloned != before.cloned:
            self.right_box.withdraw()  # it was said of that voice
        self._render_terms()

    def render_orders(self, state: OrdersState) -> None:
        self.results.render_orders(state)

    def render_booth(self, state: BoothState) -> None:
        self._booth = state
        self.right.render_booth(state)
        self._render_obstacles()

    def render_takes(self, state: TakesState) -> None:
        self._takes = state
        self.right.render_takes(state)
        self.form.render_take(state.chosen)
        self._on_sample()

    def render_hearing(self, state: HearingState) -> None:
        self.right.render_hearing(state)

    def render_audition(self, state: AuditionState) -> None:
        self.right.render_audition(state)

    def render_position(self, position_s: float) -> None:
        self.right.render_position(position_s)

    def _render_error(self, error: StudioError | None) -> None:
        self._error = error
        self.error_note.render_note(self._trouble(error) if error else None)
        problems = error.problems if error else ()
        at_right = [problem_sentence(problem) for problem in problems if problem.field is Field.RIGHT]
        self.right_box.mark(at_right[0] if at_right else "")
        if first := self.form.mark(problems):
            self.form_area.ensureWidgetVisible(first, 0, PAGE_GAP)
        elif at_right:
            self.right_box.box.setFocus()

    def _trouble(self, error: StudioError) -> Note:
        """Many wrong fields say it themselves: the note has only what none of them can."""
        note = note_of(error, region=self.form.target.chosen_region())
        if not self._said_transcript:  # there is none to be left out
            note = replace(note, actions=tuple(one for one in note.actions if one is not Action.WITHOUT_TRANSCRIPT))
        if len(error.problems) < 2:
            return note
        unmarked = [one for one in self.form.unmarked(error.problems) if one.field is not Field.RIGHT]
        words = (sentence(StudioError(Reason.BAD_INPUT)), *(problem_sentence(one) for one in unmarked))
        return Note(note.tone, " ".join(words), note.actions, note.details)

    def _render_terms(self) -> None:
        """Of the system and model that are chosen."""
        target = self.form.target
        info, model = target.info(), target.clone_model()
        if info is None or model is None:
            return
        self._render_obstacle(info)
        self.busy.start.setEnabled(not self.without_server)
        name = target.label_of(info)
        notes = (model.note,) if target.matches() else (info.note, model.note)
        self.system_note.setText(" ".join(note for note in notes if note))
        self.price.setText(price_words(info, model, self.form.first_words.price()))
        self.busy.start.setText(self.tr("Match timbre") if target.matches() else self.tr("Clone voice"))
        self.busy.start.setAccessibleDescription(self.tr("Match timbre") if target.matches() else "")
        self.right.render_target(name, model.limits)
        self.right.booth.reading.follow_language(self.form.spoken_language())
        self._render_obstacles()

    def _render_obstacles(self) -> None:
        """What would be refused is said as soon as it is known; that there is nothing yet, after a click."""
        info = self.form.target.info()
        by_url = bool(self.form.sample_url.url())
        refused = None if by_url or info is None else refusal(self._takes.report, self.form.target.label_of(info))
        missing = None if by_url else nothing_to_send(self._takes, self._booth)
        if missing is None or missing != self._in_the_way:
            self._in_the_way = None
        self.right.render_address(by_url)
        self.blocked.render_note(refused or self._in_the_way)
        if refused and self._error and self._error.reason is Reason.REPORT_FAILED:
            self.error_note.render_note(None)  # it is told once
        quiet = self.error_note.isHidden() and self.blocked.isHidden()
        self.system_note.setVisible(quiet and bool(self.system_note.text()))  # trouble needs the room

    # -- what the person does -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files only while the Import button would take them."""
        found = dropped(event.mimeData())
        if self._state.systems and found and (is_url(found[0]) or self._takes_files()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = dropped(event.mimeData())
        if found and is_url(found[0]):
            event.acceptProposedAction()
            self.form.sample_url.put(found[0])
        elif found and self._takes_files():
            event.acceptProposedAction()
            self.import_asked.emit(Path(found[0]))
            self.drop_note.render_note(one_at_a_time(found))

    def _takes_files(self) -> bool:
        return not self._booth.busy and not self._takes.importing

    def tell_target(self) -> None:
        """What takes are to be held against."""
        info, limits = self.form.target.info(), self.form.limits()
        if info and limits:
            self.target_changed.emit(info.system, limits)

    def _ask(self, *, with_transcript: bool = True) -> None:
        """Nothing is sent without a sample, nor one that would be refused."""
        if self._state.cloning or not self._state.systems or self.without_server:
            return
        self.right.editor.settle()
        if not self.form.sample_url.url():
            self._in_the_way = nothing_to_send(self._takes, self._booth)
            self._render_obstacles()
            if not self.blocked.isHidden():
                return
        if not self.form.whose.check():
            self.form_area.ensureWidgetVisible(self.form.whose, 0, PAGE_GAP)
            return
        self.drop_note.render_note(None)
        brief = self.form.brief(has_right=self.right_box.stated(), with_transcript=with_transcript)
        self._said_transcript = bool(brief.transcript)
        self.clone_asked.emit(brief, self.form.first_words.words())

    def _act(self, action: Action) -> None:
        if action is Action.WITHOUT_TRANSCRIPT:
            self._ask(with_transcript=False)
        else:
            super()._act(action)

    def _on_sample(self) -> None:
        """What was said of another sample doesn't count for this one: an address, else the chosen take."""
        chosen = self._takes.chosen
        sample = self.form.sample_url.url() or (chosen.take_id if chosen else None)
        if sample != self._said_of:
            self._said_of = sample
            self.right_box.withdraw()
            if self._state.consent:
                self.drop_consent_asked.emit()
        self._render_obstacles()

    def _on_followed(self) -> None:
        self._on_sample()  # a system may take no address
        self._render_terms()
        self.tell_target()

    def _on_came(self) -> None:
        """What was ordered with this word is there: another one takes the word anew."""
        self.right_box.withdraw()
        if self._error and self._error.maybe_done:
            self.error_note.render_note(None)

    # -- layout -------------------------------------------------------------------------------------

    def _build_form(self, memory: Memory) -> None:
        self.form = CloneForm(memory)
        self.blocked = NoteLine(self, stacked=True)
        self.blocked.setObjectName("clone-blocked")
        self.drop_note = NoteLine(self, stacked=True)
        self.drop_note.setObjectName("drop-note")
        self.system_note = label("", self, role=Role.TEXT_DIM, wrap=True, name="clone-system-note")
        self.right_box = RightBox(self)
        self.price = label("", self, wrap=True, name="clone-price")
        self.busy = BusyButton(self.tr("Clone voice"), "clone", "clone-voice", self)
        self.busy.start.setAccessibleName(self.tr("Clone voice"))

    def _build_pages(self) -> None:
        self.nowhere = EmptyState("no-cloner", self)
        self.nowhere.render_words(self.tr("No system that clones voices is here."), self.tr("Design a voice"))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self.nowhere)

    def _join(self) -> None:
        self.results.came.connect(self._on_came)
        self.results.show_asked.connect(self.show_asked)
        self.right.cloned.play_asked.connect(self.play_asked)
        orders = self.results.orders
        orders.settings_asked.connect(self.settings_asked)
        orders.look_again_asked.connect(self.look_again_asked)
        orders.forget_asked.connect(self.forget_asked)
        self.nowhere.asked.connect(self.design_asked)
        self.form.changed.connect(self.changed)
        self.form.followed.connect(self._on_followed)
        self.form.transcribed.connect(self.transcribed)
        self.form.sample_url.changed.connect(self._on_sample)
        self.form.whose.attach_asked.connect(self.attach_consent_asked)
        self.form.whose.drop_asked.connect(self.drop_consent_asked)

    def _put_in_order(self) -> None:
        fields = self.form.in_order()
        right = self.right.in_order()
        chain(*fields, self.right_box.box, self.busy.start, self.busy.cancel, *right)
        self.error_note.before = fields[-1]
        self.results.orders.follow(self.busy.cancel)
        self.right.cloned.note.before = right[-2]
