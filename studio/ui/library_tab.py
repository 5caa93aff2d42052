"""The Library tab: the voices kept on the left, the chosen one on the right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.domain.limits import Field, SystemInfo
from studio.domain.memory import Memory
from studio.domain.voices import StoredClip
from studio.flows.audition import AuditionState
from studio.flows.library import LibraryState
from studio.ui.empty_state import EmptyState
from studio.ui.export import ask_place
from studio.ui.formats import deleted_name
from studio.ui.labels import label
from studio.ui.messages import problem_sentence
from studio.ui.note_line import Action, Note, NoteLine, Tone, note_of
from studio.ui.speak_panel import SpeakPanel
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, LINE_HEIGHT, PAGE_GAP, WIDE_GAP, Role
from studio.ui.voice_details import VoiceDetails
from studio.ui.voices_table import VoicesTable


class SearchField(QLineEdit):
    """Down or Enter goes on into the table."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class LibraryTab(QWidget):
    choose_asked = Signal(object)
    rename_asked = Signal(object, str)
    annotate_asked = Signal(object, str)
    delete_asked = Signal(object)
    undo_asked = Signal()
    speak_asked = Signal(object, str)
    cancel_asked = Signal()
    export_asked = Signal(object, object)
    delete_clip_asked = Signal(object)
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    design_asked = Signal()
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
        self.note.before = self.search
        chain(self.search, self.table, *self.details.in_order(), *self.speak.in_order())
        self._render_places()

    # -- drawn from the state alone -----------------------------------------------------------------

    def render(self, state: LibraryState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        before, self._state = self._state, state
        chosen = state.chosen.library_id if state.chosen else None
        if state.voices is not before.voices:
            self.table.render_voices(state.voices, self._labels(), chosen)
        else:
            self.table.render_chosen(chosen)
        self.details.render(state, self._labels())
        self.speak.render_system(self._info())
        self.speak.busy.render_busy(state.speaking, state.progress)
        self.note.render_note(self._note(state))
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

    def _note(self, state: LibraryState) -> Note | None:
        gone = deleted_name(state)
        undo = (Action.UNDO,) if gone else ()
        if state.error:
            return replace(note_of(state.error, retry=False), actions=undo)
        return Note(Tone.ADVICE, self.tr("Deleted “{name}”.").format(name=gone), undo) if gone else None

    def _render_places(self) -> None:
        """What an empty table means, details or a hint on the right, figures beside the search."""
        shown, total = self.table.voices.rowCount(), self.table.voices.total()
        self.count.setText(self.tr("{shown} of {total}").format(shown=shown, total=total) if total else "")
        if not total:
            nothing = self.tr("No voice kept yet. Design one, then Keep it.") if self._state.loaded else ""
            self.empty.render_words(nothing, self.tr("Design a voice") if self._state.loaded else "")
        elif not shown:
            words = self.tr("No voice has “{query}” in its name, words or notes.")
            self.empty.render_words(words.format(query=self.search.text().strip()), self.tr("Clear the search"))
        self.empty.setVisible(not shown)
        self._right.setVisible(bool(total))
        self._places.setCurrentWidget(self._chosen if self._state.chosen else self.hint)

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

    def _on_empty(self) -> None:
        if self.table.voices.total():
            self.search.clear()
            self.search.setFocus()
        else:
            self.design_asked.emit()

    def _on_play(self) -> None:
        if audible := self.details.audible():
            self.play_asked.emit(audible)

    def _on_delete(self) -> None:
        if self._state.chosen:
            self.delete_asked.emit(self._state.chosen.library_id)

    def _on_speak(self, text: str) -> None:
        if self._state.chosen and not self._state.speaking:
            self.speak_asked.emit(self._state.chosen.library_id, text)

    def _on_export(self, clip: StoredClip) -> None:
        name = self._state.chosen.name if self._state.chosen else ""

        def chosen(path: Path) -> None:
            self.export_asked.emit(clip, path)

        ask_place(self, name, chosen)

    # -- layout -------------------------------------------------------------------------------------

    def _build_left(self, memory: Memory) -> None:
        self._left = QWidget()
        self._left.setMinimumWidth(400)
        self.search = SearchField(self._left)
        self.search.setObjectName("search-voices")
        self.search.setAccessibleName(self.tr("Search voices"))
        self.search.setPlaceholderText(self.tr("Search voices"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(LINE_HEIGHT)
        self.count = label("", self._left, role=Role.TEXT_DIM, name="voices-count")
        self.table = VoicesTable(memory.column_widths, self._left)
        self.empty = EmptyState("voices-empty", self._left)
        head = QHBoxLayout()
        head.setSpacing(WIDE_GAP)
        head.addWidget(self.search, 1)
        head.addWidget(self.count)
        tables = QStackedLayout()
        tables.setStackingMode(QStackedLayout.StackingMode.StackAll)
        tables.addWidget(self.empty)  # the current one, so it lies on top
        tables.addWidget(self.table)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(WIDE_GAP, 0, 0, WIDE_GAP)
        column.setSpacing(WIDE_GAP)
        column.addLayout(head)
        column.addLayout(tables, 1)
        self.note = NoteLine(self._left)  # where it moves nothing that the pointer may be on
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
        self.note.action_asked.connect(lambda _: self.undo_asked.emit())
        self.table.choose_asked.connect(self.choose_asked)
        self.table.play_asked.connect(self._on_play)
        self.table.delete_asked.connect(self._on_delete)
        self.table.widths_changed.connect(lambda widths: self.changed.emit("column_widths", widths))
        self.details.rename_asked.connect(self.rename_asked)
        self.details.annotate_asked.connect(self.annotate_asked)
        self.details.delete_asked.connect(self.delete_asked)
        self.details.play_asked.connect(self.play_asked)
        self.details.seek_asked.connect(self.seek_asked)
        self.details.export_asked.connect(self._on_export)
        self.details.delete_clip_asked.connect(self.delete_clip_asked)
        self.speak.speak_asked.connect(self._on_speak)
        self.speak.cancel_asked.connect(self.cancel_asked)
        self.speak.changed.connect(lambda text: self.changed.emit("text_to_speak", text))
        self.speak.hear_keys_in(self)
