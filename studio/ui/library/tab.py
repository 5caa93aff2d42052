"""The Library tab: the voices on the left, the chosen one on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from studio.domain.accounts import account_name
from studio.domain.limits import SystemInfo
from studio.domain.memory import Memory
from studio.domain.voices import Origin, StoredClip, Voice
from studio.flows.audition import AuditionState
from studio.flows.deletion import DeletionState
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.flows.speaking import SpeakingState
from studio.flows.usage import UsageState
from studio.ports import CodeKind
from studio.ui.library.countdown import Countdown
from studio.ui.library.deletion_notes import note_of_deletion
from studio.ui.library.export_words import note_of_export
from studio.ui.library.exports import Exports
from studio.ui.library.moving_notes import note_of_moving, note_of_usage
from studio.ui.library.notes import note_of_library, note_of_refresh
from studio.ui.library.panes import VoicePane, VoicesPane
from studio.ui.library.selecting import behind_deleted
from studio.ui.library.tab_joins import join
from studio.ui.note_line import Action, note_of
from studio.ui.tab_order import chain
from studio.ui.theme import PAGE_GAP, WIDE_GAP

if TYPE_CHECKING:
    from studio.ui.library.usage_board import UsageBoard


class LibraryTab(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value; `said` is for the status line."""

    choose_asked = Signal(object, object)  # an id or None, and the ids that the arrow keys lead to
    select_asked = Signal(object)
    rename_asked = Signal(object, str)
    annotate_asked = Signal(object, str)
    label_asked = Signal(object, object)  # ids, Labels
    refresh_asked = Signal(object)
    cancel_refresh_asked = Signal()
    export_asked = Signal(object, object, object)  # clip, path, Finish or None
    export_many_asked = Signal(object, object, object, object)  # ids, folder, format, LUFS or None
    cancel_export_asked = Signal()
    export_rights_asked = Signal(object)
    code_asked = Signal(object, str)
    drag_asked = Signal(object)
    delete_asked = Signal(object)
    confirm_delete_asked = Signal(bool)  # the sample too
    decline_delete_asked = Signal()
    undo_asked = Signal()
    delete_sample_asked = Signal()
    delete_clip_asked = Signal(object)
    speak_asked = Signal(object, str)
    stop_speaking_asked = Signal()
    go_on_asked = Signal(object)
    forget_asked = Signal(object)
    export_voices_asked = Signal(object, object)  # ids, path
    import_asked = Signal(object)
    cancel_moving_asked = Signal()
    put_back_asked = Signal(object)
    usage_asked = Signal()
    remake_asked = Signal(object)
    play_asked = Signal(object)
    play_all_asked = Signal(object)  # ids
    seek_asked = Signal(object, float)
    settings_asked = Signal(str)
    design_asked = Signal()
    said = Signal(str)
    changed = Signal(str, object)

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self._state = LibraryState()
        self._deletion = DeletionState()
        self._speaking = SpeakingState()
        self._moving = MovingState()
        self._infos: dict[str, SystemInfo] = {}
        self._to_play: UUID | None = None
        self.board: UsageBoard | None = None
        self._build(memory)
        self.exports = Exports(memory, self)
        self.countdown = Countdown(self)
        self.countdown.told.connect(lambda seconds: self.note.render_seconds(Action.UNDO, seconds))
        join(self)
        chain(*self.left.in_order(), *self.details.in_order(), *self.speak.in_order())
        self.render_places()

    # -- drawn from the states alone ----------------------------------------------------------------

    def render(self, state: LibraryState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        before, self._state = self._state, state
        chosen = self._chosen_id()
        behind = behind_deleted(self.table, before, state)
        self.table.render_chosen(chosen)
        if state.voices is not before.voices:
            self.table.render_voices(state.voices, tuple(self._infos.values()), chosen)
            self.left.render_selection()
        if state.chosen and before.chosen is not state.chosen:
            self._reveal(state.chosen, before.chosen)
        self.details.render(state, self._infos)
        self.speak.render_voice(state.chosen, self._info())
        self.left.head.render_refreshing(state.refreshing)
        self.left.refreshed.render_note(note_of_refresh(state))
        self.left.exported.render_note(note_of_export(state.handed_out))
        self.left.trouble.render_note(note_of_library(state))
        self.render_places()
        self._play_if_waited_for()
        if behind:
            self.table.choose(behind)

    def render_deletion(self, state: DeletionState) -> None:
        self._deletion = state
        self.note.render_note(note_of_deletion(state, self._infos))
        self.countdown.follow(state.waiting, state.left_s)

    def render_speaking(self, state: SpeakingState) -> None:
        self._speaking = state
        self.speak.render_speaking(state)
        self.left.spoken.render_note(note_of(state.error, retry=False, region=None) if state.error else None)

    def render_moving(self, state: MovingState) -> None:
        self._moving = state
        self.left.moving.render_note(note_of_moving(state))
        self.left.damaged.render_moving(state)
        self.render_places()

    def render_usage(self, state: UsageState) -> None:
        self.left.usage.render_note(note_of_usage(state))
        if self.board:
            self.board.render(state, self._infos)

    def render_systems(self, systems: tuple[SystemInfo, ...]) -> None:
        self._infos = {info.system: info for info in systems}
        self.left.filters.render_systems(systems)
        self.table.render_voices(self._state.voices, systems, self._chosen_id())
        self.details.forget_drawn()
        self.render(self._state)
        self.render_deletion(self._deletion)

    def render_audition(self, state: AuditionState) -> None:
        self.details.render_audition(state)

    def render_position(self, position_s: float) -> None:
        self.details.render_position(position_s)

    def begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _reveal(self, chosen: Voice, before: Voice | None) -> None:
        """A voice that is chosen from elsewhere shows up in the table, whatever was looked for."""
        if before and before.library_id == chosen.library_id:
            return
        built_in = chosen.origin is Origin.BUILT_IN
        if built_in is not self.left.head.built_in():
            self.left.head.choose_kind(built_in=built_in)
        model = self.table.voices
        if model.row_of(chosen.library_id) < 0 and not model.searching():
            self.left.show_all()

    def render_places(self) -> None:
        """What an empty table means, details or a hint on the right, figures beside the search."""
        shown = self.left.render_counts()
        total = self.table.voices.total()
        self.empty.render_words(*(self.left.nothing_found() if total else self._nothing()))
        self.empty.setVisible(not shown)
        beside = bool(total or self._state.chosen)
        self.right.setVisible(beside)
        self.left.stand_alone(not beside)
        self.right.show_chosen(self._state.chosen is not None)

    def _nothing(self) -> tuple[str, str]:
        """Sentence and action where there is no voice of this kind at all."""
        if not self._state.loaded or self._state.refreshing or self._moving.damaged:
            return "", ""
        if self.left.head.built_in():
            return self.tr("No built-in voice listed yet. Refresh asks the systems for theirs."), self.tr("Refresh")
        return self.tr("No voice kept yet. Design one, then Keep it."), self.tr("Design a voice")

    def _info(self) -> SystemInfo | None:
        return self._infos.get(self._state.chosen.system) if self._state.chosen else None

    def _chosen_id(self) -> UUID | None:
        return self._state.chosen.library_id if self._state.chosen else None

    # -- what the person does -----------------------------------------------------------------------

    def look(self) -> None:
        """For what is typed and filtered by now."""
        self.table.apply(self.left.wanted())
        self.render_places()

    def on_empty(self) -> None:
        if self.table.voices.total():
            self.left.show_all()
            self.search.setFocus()
        elif self.left.head.built_in():
            self.refresh_asked.emit(Origin.BUILT_IN)
        else:
            self.design_asked.emit()

    def act(self, action: Action) -> None:
        """What the note on a deletion offers, or one on trouble."""
        if action is Action.SETTINGS:
            kept = self._deletion.kept_there
            voice = kept[0][0] if kept else self._state.chosen
            self.settings_asked.emit(account_name(voice.system, voice.region) if voice else "")
        elif self._deletion.asked and action in (Action.DELETE, Action.DELETE_SAMPLE):
            self.confirm_delete_asked.emit(action is Action.DELETE_SAMPLE)
        else:
            {
                Action.UNDO: self.undo_asked,
                Action.DELETE_SAMPLE: self.delete_sample_asked,
                Action.KEEP_IT: self.decline_delete_asked,
            }[action].emit()

    def on_play(self) -> None:
        """By key: a clip that is still being looked up sounds as soon as it is there."""
        if audible := self.details.audible():
            self.play_asked.emit(audible)
        elif self._state.chosen and self._state.chosen.has_clips:
            self._to_play = self._state.chosen.library_id

    def _play_if_waited_for(self) -> None:
        if self._to_play is None:
            return
        audible = self.details.audible()
        if self._to_play != self._chosen_id():
            self._to_play = None
        elif audible:
            self._to_play = None
            self.play_asked.emit(audible)

    def selected(self) -> tuple[UUID, ...]:
        """All rows that are chosen; the voice that is shown if it has no row."""
        chosen = self._chosen_id()
        return self.table.selected_ids() or ((chosen,) if chosen else ())

    def on_delete(self) -> None:
        """By key or for many; what the systems have built in stays."""
        ids, chosen = self.selected(), self._state.chosen
        if len(ids) > 1 or (chosen and chosen.origin is not Origin.BUILT_IN):
            self.delete_asked.emit(ids)

    def on_selection(self, ids: tuple[UUID, ...]) -> None:
        self.left.render_selection()
        self.select_asked.emit(ids)

    def on_speak(self, text: str) -> None:
        if self._state.chosen and not self._speaking.speaking:
            self.speak_asked.emit(self._state.chosen.library_id, text)

    def on_code(self, kind: CodeKind) -> None:
        """Of what stands to be spoken, else of what the voice has said before."""
        chosen = self._state.chosen
        text = self.speak.field.text().strip() or (chosen.preview_text if chosen else "")
        self.code_asked.emit(kind, text or self.tr("Good evening, and welcome."))

    def on_export(self, clip: StoredClip) -> None:
        self.exports.ask_clip(self._state.chosen, clip)

    def on_export_voices(self) -> None:
        self.exports.ask_voices(self._state.chosen)

    def on_export_rights(self) -> None:
        self.exports.ask_rights(self._state.chosen)

    # -- layout -------------------------------------------------------------------------------------

    def _build(self, memory: Memory) -> None:
        self.left, self.right = VoicesPane(memory), VoicePane(memory)
        self.search, self.table, self.empty = self.left.head.search, self.left.table, self.left.empty
        self.note, self.refreshed = self.left.note, self.left.refreshed
        self.details, self.speak, self.hint = self.right.details, self.right.speak, self.right.hint
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName("library-splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.right)
        self.splitter.insertWidget(0, self.left)  # added last: Qt lowers it, and so it is read first
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([800, 380])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, PAGE_GAP, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.splitter, 1)
