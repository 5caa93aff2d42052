"""The chosen take: seen, trimmed, heard raw and cleaned, heard and saved exactly as it would be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from studio.domain.audio import AudioFormat
from studio.domain.takes import Edit, Take
from studio.flows.audition import AuditionState
from studio.flows.hearing import HearingState
from studio.flows.takes import TakesState
from studio.ui.empty_state import EmptyState
from studio.ui.export import ask_sample_place
from studio.ui.note_line import Note, NoteLine, Tone, note_of
from studio.ui.sound.controls import EditControls
from studio.ui.sound.draft import EditDraft
from studio.ui.sound.grips import Grip, moved, trimmed
from studio.ui.sound.heard import Heard, SoundHeard
from studio.ui.sound.view import SoundView
from studio.ui.sound.zoom_bar import ZoomBar
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, GRID

if TYPE_CHECKING:
    from uuid import UUID

    import numpy as np
    from numpy.typing import NDArray

    FineOfTake = Callable[[Take, int, int, int], NDArray[np.int8]]

LATE_MS = 250
"""An outline that is there sooner needs no words."""


class SoundEditor(QWidget):
    edit_asked = Signal(object)
    undo_asked = Signal()
    redo_asked = Signal()
    trim_to_speech_asked = Signal()
    play_asked = Signal(object, bool)
    stop_asked = Signal()
    compare_asked = Signal(bool)
    hear_sent_asked = Signal()
    save_sent_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sound-editor")
        self._state = TakesState()
        self._fine: FineOfTake | None = None
        self.draft = EditDraft(self)
        self.heard = SoundHeard(self)
        self.view = SoundView(self.draft, self)
        self.zoom_bar = ZoomBar(self.view, self)
        self.controls = EditControls(self)
        self.empty = EmptyState("no-take", self)
        self.hearing_note = NoteLine(self)
        self._build_layout()
        self._join_view()
        self._join_buttons()
        self._join_fields()
        self.render_takes(TakesState())

    # -- drawn from the states ----------------------------------------------------------------------

    def render_takes(self, state: TakesState) -> None:
        before, self._state = self._state, state
        take = state.chosen
        anew = _sound_of(take) != _sound_of(before.chosen)
        seconds = take.seconds if take else 0.0
        self.heard.render_take(take)
        self.draft.render_edit(take.edit if take else Edit(), seconds)
        fine = partial(self._fine, take) if take and self._fine else None
        self.view.render_sound(state.outline if take else None, seconds, fine, anew=anew)
        self.view.render_speech(state.report.figures.speech if state.report else ())
        if anew:
            self._late.start()
        self._render_place()
        self._render_controls()
        self._render_heard()

    def render_hearing(self, state: HearingState) -> None:
        self.heard.render_hearing(state)
        note = note_of(state.error, retry=False, region=None) if state.error else None
        if note is None and state.saved:
            note = Note(Tone.DONE, self.tr("Saved what is sent as “{file}”.").format(file=state.saved.name))
        self.hearing_note.render_note(note)

    def render_audition(self, state: AuditionState) -> None:
        self.heard.render_audition(state)

    def render_position(self, position_s: float) -> None:
        """Where the loudspeaker is in the clip that sounds, which need not be of this take."""
        if self.heard.now:
            self.view.render_playhead(self.heard.in_take_s(position_s))

    def set_fine(self, fine: FineOfTake | None) -> None:
        """From a take, its first and last frame, and how many columns: their lows and highs, (columns, 2) int8.

        Asked while painting, for some hundred thousand frames at most; from the next take on.
        """
        self._fine = fine

    def settle(self) -> None:
        """What is typed, dragged or nudged is asked for now: what is seen is what will be sent."""
        self.controls.finish()
        self.draft.settle()

    # -- how it is drawn ----------------------------------------------------------------------------

    def _render_place(self) -> None:
        """The wave, or words where there is none."""
        state = self._state
        awaited = state.chosen is not None and state.outline is None and state.error is None
        if state.chosen and not (awaited and not self._late.isActive()):
            self._place.setCurrentWidget(self._wave)
            return
        if state.chosen:
            words = self.tr("Drawing “{name}”…").format(name=state.chosen.name)
        elif state.importing:
            words = self._import_words(state.importing, state.progress)
        else:
            words = self.tr("Record something or import a file: the take comes here, to be heard and trimmed.")
        self.empty.render_words(words)
        self._place.setCurrentWidget(self.empty)

    def _sent_as(self) -> AudioFormat:
        """A file that nothing was changed in may be sent as it is; else it is a WAV."""
        report = self._state.report
        return (report.sent_as if report else None) or AudioFormat.WAV

    def _import_words(self, file: str, progress: float | None) -> str:
        if progress is None:
            return self.tr("Reading “{file}”…").format(file=file)
        return self.tr("Reading “{file}”… {part} %").format(file=file, part=round(progress * 100))

    def _render_controls(self) -> None:
        state, controls = self._state, self.controls
        there = state.chosen is not None and state.outline is not None
        for widget in (*controls.in_order(), self.zoom_bar):
            widget.setEnabled(there)
        controls.trim.setEnabled(there and self._trim_helps())
        controls.undo.setEnabled(there and (state.can_undo or self.draft.pending))
        controls.redo.setEnabled(there and state.can_redo and not self.draft.pending)
        controls.render_edit(self.draft.edit, self.draft.seconds)
        if there and self.draft.edit.clean:
            controls.unfold()

    def _trim_helps(self) -> bool:
        suggested = self._state.report.figures.suggested() if self._state.report else None
        if suggested is None:
            return False
        return trimmed(self.draft.edit, *suggested, self.draft.seconds) != self.draft.edit

    def _render_heard(self) -> None:
        now = self.heard.now
        if now is None:
            self.view.render_playhead(None)
        elif self.view.playhead_s is None:
            self.view.render_playhead(self.heard.in_take_s())
        self.controls.render_heard(now)

    # -- what the person does -----------------------------------------------------------------------

    def _on_settled(self, edit: Edit) -> None:
        looped = self.heard.now is Heard.SELECTION and self.controls.loop.isChecked()
        self.edit_asked.emit(edit)
        if looped:
            self._play()  # the selection is another one now

    def _on_play(self) -> None:
        if self.heard.now:
            self.stop_asked.emit()
        else:
            self._play()

    def _play(self, from_s: float | None = None) -> None:
        """The selection, or from a point where one lies in it; a loop is always of the whole selection."""
        self.settle()
        at_s, loop = self.view.at_s if from_s is None else from_s, self.controls.loop.isChecked()
        start, end = self.draft.edit.span(self.draft.seconds)
        within = at_s is not None and start < at_s < end and not loop
        self.heard.play(at_s if within else None, loop=loop)

    def _on_sought(self) -> None:
        if self.heard.now is Heard.SELECTION and not self.controls.loop.isChecked():
            self._play()

    def _on_loop(self) -> None:
        """What sounds already goes on, from now on in a loop, or to its end."""
        if self.heard.now is Heard.SELECTION:
            self._play(self.view.playhead_s)

    def _hear(self, what: Heard) -> None:
        self.settle()
        self.heard.toggle(what)

    def _undo(self) -> None:
        self.draft.settle()
        self.undo_asked.emit()

    def _redo(self) -> None:
        self.redo_asked.emit()

    def _save(self) -> None:
        self.settle()
        if take := self._state.chosen:
            ask_sample_place(self, take.name, self._sent_as(), self.save_sent_asked.emit)

    def _move(self, grip: Grip, to_s: float) -> None:
        self.draft.change(moved(self.draft.edit, grip, to_s, self.draft.seconds))

    def _clean(self, clean: bool) -> None:
        self.draft.put(replace(self.draft.edit, clean=clean))
        self.draft.settle()

    # -- layout -------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MS)
        self._late.timeout.connect(self._render_place)
        self._wave = QWidget(self)
        wave = QVBoxLayout(self._wave)
        wave.setContentsMargins(0, 0, 0, 0)
        wave.setSpacing(GRID)
        wave.addWidget(self.view, 1)
        wave.addWidget(self.zoom_bar)
        self._place = QStackedLayout()
        self._place.addWidget(self.empty)
        self._place.addWidget(self._wave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._place, 1)
        column.addWidget(self.controls)
        column.addWidget(self.hearing_note)
        chain(self.view, *self.zoom_bar.in_order(), *self.controls.in_order())
        self.hearing_note.before = self.controls.in_order()[-1]

    def _join_view(self) -> None:
        self.draft.drafted.connect(self._render_controls)
        self.draft.settled.connect(self._on_settled)
        self.view.play_asked.connect(self._on_play)
        self.view.loop_asked.connect(self.controls.loop.toggle)
        self.view.sought.connect(self._on_sought)
        self.heard.changed.connect(self._render_heard)
        self.heard.play_asked.connect(self.play_asked)
        self.heard.stop_asked.connect(self.stop_asked)
        self.heard.compare_asked.connect(self.compare_asked)
        self.heard.hear_sent_asked.connect(self.hear_sent_asked)

    def _join_buttons(self) -> None:
        controls = self.controls
        controls.play.clicked.connect(self._on_play)
        controls.loop.toggled.connect(self._on_loop)
        controls.trim.clicked.connect(self.trim_to_speech_asked)
        controls.undo.clicked.connect(self._undo)
        controls.redo.clicked.connect(self._redo)
        controls.raw.clicked.connect(lambda: self._hear(Heard.RAW))
        controls.cleaned.clicked.connect(lambda: self._hear(Heard.CLEANED))
        controls.hear_sent.clicked.connect(lambda: self._hear(Heard.SENT))
        controls.save_sent.clicked.connect(self._save)
        controls.clean.toggled.connect(self._clean)
        for keys, button in (("Ctrl+Z", controls.undo), ("Ctrl+Shift+Z", controls.redo), ("Ctrl+Y", controls.redo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)  # which does nothing while it is disabled

    def _join_fields(self) -> None:
        controls, draft = self.controls, self.draft

        def ends() -> tuple[float, float]:
            return draft.edit.span(draft.seconds)

        controls.start.valueChanged.connect(lambda at: self._move(Grip.START, at))
        controls.end.valueChanged.connect(lambda at: self._move(Grip.END, at))
        controls.fade_in.valueChanged.connect(lambda long: self._move(Grip.FADE_IN, ends()[0] + long))
        controls.fade_out.valueChanged.connect(lambda long: self._move(Grip.FADE_OUT, ends()[1] - long))
        controls.gain.valueChanged.connect(lambda gain: draft.change(replace(draft.edit, gain_db=round(gain, 1))))


def _sound_of(take: Take | None) -> tuple[UUID, int] | None:
    return (take.take_id, take.frames) if take else None
