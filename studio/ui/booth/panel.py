"""The recording part of the Clone tab: microphone, level, a text to read, and the take as it grows."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.limits import SampleLimits
from studio.domain.takes import Meter, Step
from studio.flows.booth import BoothState
from studio.flows.takes import TakesState
from studio.ui.booth.elapsed import Elapsed
from studio.ui.booth.import_row import ImportButton, ImportProgress
from studio.ui.booth.level_meter import LevelMeter
from studio.ui.booth.live_waveform import LiveWaveform
from studio.ui.booth.notes import note_of_booth
from studio.ui.booth.reading_text import ReadingText
from studio.ui.booth.record_buttons import RecordButtons
from studio.ui.combo import ComboField
from studio.ui.note_line import Action, NoteLine, note_of
from studio.ui.tab_order import chain
from studio.ui.theme import GAP, WIDE_GAP

TICK_MS = 30
NOT_THERE = "\N{NULL}"
"""Stands for a chosen microphone that isn't connected; no device's id."""


class BoothPanel(QWidget):
    """`record_asked` has the text that is being read, or "". R records and stops, P pauses: see `take_keys`.

    What moves all the time is pulled from the sources of `set_sources`, only while a microphone is open and this is
    to be seen.
    """

    device_picked = Signal(str)
    record_asked = Signal(str)
    count_in_picked = Signal(bool)
    pause_asked = Signal()
    resume_asked = Signal()
    stop_asked = Signal()
    clip_reset_asked = Signal()
    choose_file_asked = Signal(object)
    cancel_import_asked = Signal()
    reading_language_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("booth")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._state = BoothState()
        self._take: UUID | None = None
        self._meter: Callable[[], Meter] = Meter
        self._outline: Callable[[int], bytes] = lambda _: b""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._pull)
        self._build_parts()
        self._build_layout()
        self._join()
        self._keys = (self._key("R", self.buttons.toggle), self._key("P", self.buttons.toggle_pause))
        self.render_booth(BoothState())

    # -- in and out ---------------------------------------------------------------------------------

    def set_sources(self, meter: Callable[[], Meter], outline: Callable[[int], bytes]) -> None:
        self._meter, self._outline = meter, outline

    def set_count_in(self, on: bool) -> None:
        """As it was the last time; nobody's choice."""
        held = self.count_in.blockSignals(True)
        self.count_in.setChecked(on)
        self.count_in.blockSignals(held)

    def render_booth(self, state: BoothState) -> None:
        turned, self._state = state.busy is not self._state.busy, state
        self.buttons.render_step(state.step, missing=state.missing, focus=turned and self._has_cursor())
        self._render_devices(state)
        self.note.render_note(note_of_booth(state))
        self.reading.render_reading(state.busy)
        for widget in (self.device, self.count_in, self.file):
            widget.setEnabled(not state.busy)
        self.elapsed.render_step(state.step, state.count_in, state.report)
        self.elapsed.render_dropouts(state.dropouts if state.busy else 0)
        self.live.setVisible(state.busy)
        take = state.take.take_id if state.take else None
        if take != self._take:
            self._take = take
            self.live.begin()
        if not state.listening:
            self.meter.rest()
        self._run()

    def render_import(self, state: TakesState) -> None:
        """The trouble with the takes is told here too: most of it is with a file that was to be read."""
        focused = self.file.hasFocus() or self.importing.cancel.hasFocus()
        self.file.setVisible(not state.importing)
        self.importing.render_import(state)
        if focused:
            (self.importing.cancel if state.importing else self.file).setFocus()
        self.import_note.render_note(note_of(state.error, region=None) if state.error else None)

    def render_limits(self, limits: SampleLimits | None) -> None:
        """Of the chosen system; None where none is chosen."""
        self.elapsed.render_limits(limits or SampleLimits())

    def take_keys(self, place: QWidget) -> None:
        """R and P wherever the cursor is in there, but for text that can be typed in, which keeps its letters."""
        for shortcut in self._keys:
            shortcut.setParent(place)

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        shown, *text = self.reading.in_order()
        own = (self.device, self.meter.clip, shown, self.count_in, *text, *self.buttons.in_order())
        return (*own, self.file, self.importing.cancel)

    # -- what moves ---------------------------------------------------------------------------------

    @property
    def pulling(self) -> bool:
        return self._timer.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._run()

    def _run(self) -> None:
        wanted = self.isVisible() and (self._state.listening or self._state.take is not None)
        if wanted and not self._timer.isActive():
            self._timer.start()
        elif not wanted:
            self._timer.stop()

    def _pull(self) -> None:
        meter = self._meter()
        if self._state.listening:
            self.meter.render_meter(meter, monotonic())
        if self._state.step in (Step.RECORDING, Step.PAUSED):
            self.elapsed.render_seconds(meter.seconds)
            self.elapsed.render_dropouts(max(meter.dropouts, self._state.dropouts))
            self.live.pull(self._outline)

    # -- what the person does -----------------------------------------------------------------------

    def _on_device(self, device_id: str) -> None:
        if device_id != NOT_THERE:
            self.device_picked.emit(device_id)

    def _key(self, key: str, act: Callable[[], None]) -> QShortcut:
        """Not in a list that has come down, whose letters choose."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: None if QApplication.activePopupWidget() else act())
        return shortcut

    def _act(self, action: Action) -> None:
        if action is Action.RETRY:
            self.device_picked.emit(self._state.device_id)

    # -- how it is done -----------------------------------------------------------------------------

    def _render_devices(self, state: BoothState) -> None:
        items = [(one.name if one.device_id else self.tr("System default"), one.device_id) for one in state.devices]
        chosen = state.device_id
        if state.missing:
            items.append((self.tr("{name} (not connected)").format(name=state.device_name), NOT_THERE))
            chosen = NOT_THERE
        elif not items:
            items = [(self.tr("No microphone") if state.searched else self.tr("Looking for microphones…"), NOT_THERE)]
            chosen = NOT_THERE
        self.device.render_items(items, chosen)

    def _has_cursor(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _build_parts(self) -> None:
        self._microphone = ComboField(self.tr("Microphone"), "microphone", self)
        self.device = self._microphone.combo
        self.meter = LevelMeter(self)
        self.note = NoteLine(self, stacked=True)
        self.note.setObjectName("booth-note")
        self.reading = ReadingText(self)
        self.buttons = RecordButtons(self)
        self.count_in = QCheckBox(self.tr("Count in"), self)
        self.count_in.setObjectName("count-in")
        self.count_in.setToolTip(self.tr("Three seconds before the recording begins"))
        self.file = ImportButton(self)
        self.importing = ImportProgress(self)
        self.import_note = NoteLine(self, stacked=True)
        self.import_note.setObjectName("import-note")
        self.elapsed = Elapsed(self)
        self.live = LiveWaveform(self)

    def _build_layout(self) -> None:
        head = QGridLayout()
        head.setHorizontalSpacing(WIDE_GAP)
        head.addWidget(self._microphone, 0, 0)
        head.addWidget(self.meter, 0, 1)
        head.setColumnStretch(0, 2)
        head.setColumnStretch(1, 3)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 2, 0)
        row.setSpacing(GAP)
        row.addWidget(self.buttons)
        row.addStretch(1)
        row.addWidget(self.file)
        self.reading.options.addWidget(self.count_in)
        self.reading.options.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addLayout(head)
        column.addLayout(_inset(self.note))
        column.addWidget(self.reading)
        column.addLayout(row)
        column.addWidget(self.importing)
        column.addLayout(_inset(self.import_note))
        column.addWidget(self.elapsed)
        column.addLayout(_inset(self.live))
        chain(*self.in_order())
        self.note.before, self.import_note.before = self.meter.clip, self.file

    def _join(self) -> None:
        self.device.picked.connect(self._on_device)
        self.meter.clip_reset_asked.connect(self.clip_reset_asked)
        self.note.action_asked.connect(self._act)
        self.reading.language_picked.connect(self.reading_language_picked)
        self.buttons.record_asked.connect(lambda: self.record_asked.emit(self.reading.text()))
        self.buttons.pause_asked.connect(self.pause_asked)
        self.buttons.resume_asked.connect(self.resume_asked)
        self.buttons.stop_asked.connect(self.stop_asked)
        self.count_in.toggled.connect(self.count_in_picked)
        self.file.chosen.connect(self.choose_file_asked)
        self.importing.cancel_asked.connect(self.cancel_import_asked)


def _inset(widget: QWidget) -> QVBoxLayout:
    """In line with the fields, which leave room for the line around them."""
    column = QVBoxLayout()
    column.setContentsMargins(2, 0, 2, 0)
    column.addWidget(widget)
    return column
