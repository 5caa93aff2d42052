"""The Library tab: the voices kept on the left, the chosen one on the right."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from studio.domain.accounts import account_name
from studio.domain.errors import StudioError
from studio.domain.limits import Field, SystemInfo
from studio.domain.memory import Memory
from studio.domain.voices import Origin, StoredClip, Voice
from studio.flows.audition import AuditionState
from studio.flows.library import LibraryState
from studio.ui.empty_state import EmptyState
from studio.ui.export import ask_place, ask_record_place
from studio.ui.library.head import LibraryHead
from studio.ui.library.notes import note_of_library, note_of_refresh
from studio.ui.library.speak_panel import SpeakPanel
from studio.ui.library.voice_details import VoiceDetails
from studio.ui.library.voices_table import VoicesTable
from studio.ui.messages import problem_sentence
from studio.ui.note_line import Action, NoteLine
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP


class LibraryTab(QWidget):
    choose_asked = Signal(object)
    rename_asked = Signal(object, str)
    annotate_asked = Signal(object, str)
    delete_asked = Signal(object)
    undo_asked = Signal()
    speak_asked = Signal(object, str)
    cancel_asked = Signal()
    export_asked = Signal(object, object)
    export_rights_asked = Signal(object)
    delete_clip_asked = Signal(object)
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    design_asked = Signal()
    refresh_asked = Signal(object)
    cancel_refresh_asked = Signal()
    confirm_delete_asked = Signal(bool)  # the sample too
    delete_sample_asked = Signal()
    decline_delete_asked = Signal()
    cancel_delete_asked = Signal()
    settings_asked = Signal(str)
    said = Signal(str)
    changed = Signal(str, object)

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self._state = LibraryState()
        self._systems: tuple[SystemInfo, ...] = ()
        self._error: StudioError | None = None
        self._build_left(memory)
        self._build_right(memory)
        self._build_layout()
        self._join()
        self.refreshed.before = self.note.before = self.table
        chain(*self.head.in_order(), self.table, *self.details.in_order(), *self.speak.in_order())
        self._render_places()

    # -- drawn from the state alone -----------------------------------------------------------------

    def render(self, state: LibraryState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        before, self._state = self._state, state
        chosen = state.chosen.library_id if state.chosen else None
        if state.voices is not before.voices:
            self.table.render_voices(state.voices, self._labels(), chosen)
        else:
            self.table.render_chosen(chosen)
        if state.chosen and before.chosen is not state.chosen:
            self._reveal(state.chosen, before.chosen)
        self.details.render(state, self._labels())
        self.speak.render_voice(state.chosen, self._info())
        self.speak.busy.render_busy(state.speaking, state.progress)
        self.head.render_refreshing(state.refreshing)
        self.refreshed.render_note(note_of_refresh(state))
        self.note.render_note(note_of_library(state, self._systems))
        self._render_places()
        if state.error is not self._error:
            self._error = state.error
            self._mark(state.error)

    def render_systems(self, systems: tuple[SystemInfo, ...]) -> None:
        self._systems = systems
        self.table.render_voices(self._state.voices, self._labels(), self._chosen_id())
        self.render(self._state)

    def render_audition(self, state: AuditionState) -> None:
        self.details.render_audition(state)

    def render_position(self, position_s: float) -> None:
        self.details.render_position(position_s)

    def begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _reveal(self, chosen: Voice, before: Voice | None) -> None:
        """A voice that is chosen from elsewhere shows up in the table."""
        built_in = chosen.origin is Origin.BUILT_IN
        if built_in is not self.head.built_in() and (before is None or before.library_id != chosen.library_id):
            self.head.choose_kind(built_in=built_in)

    def _render_places(self) -> None:
        """What an empty table means, details or a hint on the right, figures beside the search."""
        shown, total = self.table.voices.rowCount(), self.table.voices.total()
        self.head.render_count(shown, total)
        if not total:
            self.empty.render_words(*self._nothing())
        elif not shown:
            words = self.tr("No voice has “{query}” in its name, words or notes.")
            self.empty.render_words(words.format(query=self.search.text().strip()), self.tr("Clear the search"))
        self.empty.setVisible(not shown)
        beside = bool(total or self._state.chosen)
        self._right.setVisible(beside)
        self._column.setContentsMargins(WIDE_GAP, 0, 0 if beside else WIDE_GAP, WIDE_GAP)
        self._places.setCurrentWidget(self._chosen if self._state.chosen else self.hint)

    def _nothing(self) -> tuple[str, str]:
        """Sentence and action where there is no voice of this kind at all."""
        if not self._state.loaded or self._state.refreshing:
            return "", ""
        if self.head.built_in():
            return self.tr("No built-in voice listed yet. Refresh asks the systems for theirs."), self.tr("Refresh")
        return self.tr("No voice kept yet. Design one, then Keep it."), self.tr("Design a voice")

    def _mark(self, error: StudioError | None) -> None:
        for problem in error.problems if error else ():
            if problem.field is Field.TEXT:
                self.speak.field.mark(problem_sentence(problem))
                self.speak.field.editor.setFocus()

    def _labels(self) -> dict[str, str]:
        return {info.system: info.label for info in self._systems}

    def _info(self) -> SystemInfo | None:
        chosen = self._state.chosen
        return next((info for info in self._systems if chosen and info.system == chosen.system), None)

    def _chosen_id(self) -> UUID | None:
        return self._state.chosen.library_id if self._state.chosen else None

    # -- what the person does -----------------------------------------------------------------------

    def _search(self, query: str) -> None:
        self.table.search(query)
        self._render_places()

    def _show_kind(self, built_in: bool) -> None:
        self.table.show_kind(built_in=built_in)
        self._render_places()

    def _on_empty(self) -> None:
        if self.table.voices.total():
            self.search.clear()
            self.search.setFocus()
        elif self.head.built_in():
            self.refresh_asked.emit(Origin.BUILT_IN)
        else:
            self.design_asked.emit()

    def _act(self, action: Action) -> None:
        if action is Action.SETTINGS:
            chosen = self._state.chosen
            self.settings_asked.emit(account_name(chosen.system, chosen.region) if chosen else "")
        elif self._state.to_delete and action in (Action.DELETE, Action.DELETE_SAMPLE):
            self.confirm_delete_asked.emit(action is Action.DELETE_SAMPLE)
        else:
            {
                Action.UNDO: self.undo_asked,
                Action.DELETE_SAMPLE: self.delete_sample_asked,
                Action.KEEP_IT: self.decline_delete_asked,
                Action.CANCEL: self.cancel_delete_asked,
            }[action].emit()

    def _on_play(self) -> None:
        if audible := self.details.audible():
            self.play_asked.emit(audible)

    def _on_delete(self) -> None:
        if self._state.chosen and self._state.chosen.origin is not Origin.BUILT_IN:
            self.delete_asked.emit(self._state.chosen.library_id)

    def _on_speak(self, text: str) -> None:
        if self._state.chosen and not self._state.speaking:
            self.speak_asked.emit(self._state.chosen.library_id, text)

    def _on_export(self, clip: StoredClip) -> None:
        name = self._state.chosen.name if self._state.chosen else ""

        def chosen(path: Path) -> None:
            self.export_asked.emit(clip, path)

        ask_place(self, name, chosen)

    def _on_export_rights(self) -> None:
        if self._state.chosen:
            ask_record_place(self, self._state.chosen.name, self.export_rights_asked.emit)

    # -- layout -------------------------------------------------------------------------------------

    def _build_left(self, memory: Memory) -> None:
        self._left = QWidget()
        self._left.setMinimumWidth(400)
        self.head = LibraryHead(self._left)
        self.search = self.head.search
        self.table = VoicesTable(memory.column_widths, self._left)
        self.empty = EmptyState("voices-empty", self._left)
        tables = QStackedLayout()
        tables.setStackingMode(QStackedLayout.StackingMode.StackAll)
        tables.addWidget(self.empty)  # the current one, so it lies on top
        tables.addWidget(self.table)
        self._column = column = QVBoxLayout(self._left)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.head)
        column.addLayout(tables, 1)
        self.refreshed = NoteLine(self._left)  # where they move nothing that the pointer may be on
        self.note = NoteLine(self._left)
        column.addWidget(self.refreshed)
        column.addWidget(self.note)

    def _build_right(self, memory: Memory) -> None:
        self._right = QWidget()
        self._right.setMinimumWidth(360)
        self.hint = EmptyState("voice-hint", self._right)
        self.hint.render_words(self.tr("Choose a voice to hear it, speak with it and see its words."))
        self._chosen = QWidget(self._right)
        self.details = VoiceDetails(self._chosen)
        self.speak = SpeakPanel(memory.text_to_speak, self._chosen)
        foot = QVBoxLayout()
        foot.setContentsMargins(PAGE_GAP - 2, 0, PAGE_GAP - 2 + self.details.bar_width(), WIDE_GAP)
        foot.addWidget(self.speak)
        column = QVBoxLayout(self._chosen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.details, 1)
        column.addLayout(foot)
        self._places = QStackedLayout(self._right)
        self._places.addWidget(self.hint)
        self._places.addWidget(self._chosen)

    def _build_layout(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName("library-splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._right)
        self.splitter.insertWidget(0, self._left)  # added last: Qt lowers it, and so it is read first
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([800, 380])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, PAGE_GAP, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.splitter, 1)

    def _join(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self.table.enter)
        self.empty.asked.connect(self._on_empty)
        self.head.show_asked.connect(self._show_kind)
        self.head.refresh_asked.connect(self.refresh_asked)
        self.head.cancel_asked.connect(self.cancel_refresh_asked)
        self.refreshed.action_asked.connect(lambda _: self.settings_asked.emit(""))
        self.note.action_asked.connect(self._act)
        self.table.choose_asked.connect(self.choose_asked)
        self.table.play_asked.connect(self._on_play)
        self.table.delete_asked.connect(self._on_delete)
        self.table.widths_changed.connect(lambda widths: self.changed.emit("column_widths", widths))
        self.details.rename_asked.connect(self.rename_asked)
        self.details.annotate_asked.connect(self.annotate_asked)
        self.details.delete_asked.connect(self.delete_asked)
        self.details.id_copied.connect(lambda: self.said.emit(self.tr("Copied the voice id")))
        self.details.play_asked.connect(self.play_asked)
        self.details.seek_asked.connect(self.seek_asked)
        self.details.export_asked.connect(self._on_export)
        self.details.export_rights_asked.connect(self._on_export_rights)
        self.details.delete_clip_asked.connect(self.delete_clip_asked)
        self.speak.speak_asked.connect(self._on_speak)
        self.speak.cancel_asked.connect(self.cancel_asked)
        self.speak.changed.connect(lambda text: self.changed.emit("text_to_speak", text))
        self.speak.hear_keys_in(self)
