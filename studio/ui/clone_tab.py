"""The Clone tab: a sample and what is said of it on the left, the voice that it became on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Field
from studio.domain.memory import Memory
from studio.flows.clone import CloneState
from studio.ui.busy import BusyButton
from studio.ui.clone_form import CloneForm
from studio.ui.cloned_card import ClonedCard
from studio.ui.empty_state import EmptyState
from studio.ui.labels import label
from studio.ui.maker_tab import MakerTab
from studio.ui.messages import price_of_one, problem_sentence, sentence
from studio.ui.note_line import Note, note_of
from studio.ui.right_box import RightBox
from studio.ui.sample_field import dropped
from studio.ui.tab_order import chain
from studio.ui.theme import Role


class CloneTab(MakerTab):
    """`clone_asked` has a brief without the sample, which the flow has read."""

    choose_file_asked = Signal(object)
    drop_file_asked = Signal()
    clone_asked = Signal(object)
    design_asked = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(
            "clone",
            parent,
            ask=self._ask,
            retry=self._ask,
            choose_region=lambda region: self.form.target.choose_region(region),
        )
        self.setAcceptDrops(True)
        self._state = CloneState()
        self._clone_once_read = False
        self._build_form(memory)
        self._build_right()
        self._lay_out(self.form, (self.system_note, self.right_box, self.price), self.busy, self._results)
        self._build_pages()
        self._join()
        self._put_in_order()
        self.render(CloneState())

    # -- drawn from the state alone -----------------------------------------------------------------

    def render(self, state: CloneState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        cloned_before, self._state = self._state.cloned, state
        self._pages.setCurrentWidget(self.splitter if state.systems else self.nowhere)
        self.form.target.render_systems(state.systems)
        self.form.sample.render_sample(state.sample, state.clip, reading=state.reading)
        self._render_terms()
        self.busy.render_busy(state.cloning, state.progress)
        self._render_outcome(state)
        if state.error is not self._error or state.error is None:
            self._render_error(state.error)
        if state.cloned and state.cloned != cloned_before:
            self.right_box.withdraw()  # it was said of that voice
        self._go_on()

    def _render_outcome(self, state: CloneState) -> None:
        self.cloned.render_voice(state.cloned, state.degraded)
        info = self.form.target.info()
        if state.cloning and info:
            words = self.tr("{system} is making the voice. It will be here, and in the Library.")
            self.empty.render_words(words.format(system=info.label))
        else:
            self.empty.render_words(
                self.tr("10 to 20 seconds of clear speech are enough. The cloned voice comes here, and to the Library.")
            )
        self._right.setCurrentWidget(self.cloned if state.cloned else self.empty)

    def _render_error(self, error: StudioError | None) -> None:
        self._error = error
        self.error_note.render_note(self._trouble(error) if error else None)
        self._render_terms()
        problems = error.problems if error else ()
        at_right = [problem_sentence(problem) for problem in problems if problem.field is Field.RIGHT]
        self.right_box.mark(at_right[0] if at_right else "")
        self.form.mark(problems)
        if at_right and len(problems) == 1:
            self.right_box.box.setFocus()

    def _trouble(self, error: StudioError) -> Note:
        """Many wrong fields say it themselves: the note has only what none of them can."""
        note = note_of(error, region=self.form.target.chosen_region())
        if len(error.problems) < 2:
            return note
        unmarked = [one for one in self.form.unmarked(error.problems) if one.field is not Field.RIGHT]
        words = (sentence(StudioError(Reason.BAD_INPUT)), *(problem_sentence(one) for one in unmarked))
        return Note(note.tone, " ".join(words), note.actions, note.details)

    def _render_terms(self) -> None:
        info, model = self.form.target.info(), self.form.target.clone_model()
        notes = [note for note in (info.note, model.note) if note] if info and model else []
        self.system_note.setText(" ".join(notes))
        self.system_note.setVisible(bool(notes) and self._error is None)  # an error needs the room
        self.price.setText(price_of_one(model.price_usd) if model else "")

    # -- what the person does -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._state.systems and dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if text := dropped(event.mimeData()):
            event.acceptProposedAction()
            self.form.sample.put(text)

    def _ask(self) -> None:
        """A file that is named but not read yet is read first."""
        if self._state.cloning or not self._state.systems:
            return
        sample = self.form.sample
        unread = bool(sample.text()) and not sample.url() and self._state.sample is None
        if self._state.reading or sample.awaited() or unread:
            self._clone_once_read = True
            if not self._state.reading or sample.awaited():
                sample.ask()
            return
        sample.commit()
        self.clone_asked.emit(self.form.brief(has_right=self.right_box.stated()))

    def _go_on(self) -> None:
        if self._clone_once_read and not self._state.reading:
            self._clone_once_read = False
            if self._state.sample:
                self._ask()

    def offer_again(self) -> None:
        """The sample of the last time, once somebody listens."""
        if self._state.sample is None and not self._state.reading and self.form.sample.awaited():
            self.form.sample.ask()

    def _on_sample(self) -> None:
        if self._state.sample:
            self.right_box.withdraw()  # it was said of another sample

    def _show(self) -> None:
        if self._state.cloned:
            self.show_asked.emit(self._state.cloned.library_id)

    # -- layout -------------------------------------------------------------------------------------

    def _build_form(self, memory: Memory) -> None:
        self.form = CloneForm(memory)
        self.system_note = label("", self, role=Role.TEXT_DIM, wrap=True, name="clone-system-note")
        self.right_box = RightBox(self)
        self.price = label("", self, name="clone-price")
        self.busy = BusyButton(self.tr("Clone"), "clone", "clone-voice", self)

    def _build_right(self) -> None:
        self._results = QWidget()
        self.empty = EmptyState("no-clone", self._results)
        self.cloned = ClonedCard(self._results)
        self._right = QStackedLayout(self._results)
        self._right.addWidget(self.empty)
        self._right.addWidget(self.cloned)

    def _build_pages(self) -> None:
        self.nowhere = EmptyState("no-cloner", self)
        self.nowhere.render_words(self.tr("No system that clones voices is here."), self.tr("Design a voice"))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self.nowhere)

    def _join(self) -> None:
        self.cloned.show_asked.connect(self._show)
        self.nowhere.asked.connect(self.design_asked)
        self.form.changed.connect(self.changed)
        self.form.followed.connect(self._render_terms)
        self.form.sample.choose_file_asked.connect(self.choose_file_asked)
        self.form.sample.drop_file_asked.connect(self.drop_file_asked)
        self.form.sample.changed.connect(self._on_sample)

    def _put_in_order(self) -> None:
        fields = self.form.in_order()
        chain(*fields, self.right_box.box, self.busy.start, self.busy.cancel)
        self.error_note.before = fields[-1]
        self.cloned.note.before = self.busy.cancel
