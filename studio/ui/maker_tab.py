"""What tabs that make voices have in common: a form with one button on the left, what came of it on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import SystemInfo
from studio.ui.busy import BusyButton
from studio.ui.messages import sentence
from studio.ui.note_line import Action, Note, NoteLine, Tone, other_region, raw_words
from studio.ui.scrolling import ScrollColumn
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP

FORM_NARROWEST, FORM_WIDEST = 360, 440
RESULTS_NARROWEST = 400


class MakerTab(QWidget):
    """A subclass makes form, button and results, then calls `_lay_out`.

    `ask` is what the button does, `retry` the note's Retry, `choose_region` sets the form's region, `on_servers` draws
    anew once other servers are set.

    `show_asked` has a voice's id in the library, or its system's id where that alone is known. `other_region_asked`
    has a system and its region whose server didn't know the key.
    """

    cancel_asked = Signal()
    show_asked = Signal(object)
    settings_asked = Signal()
    other_region_asked = Signal(str, str)
    changed = Signal(str, object)

    def __init__(
        self,
        name: str,
        parent: QWidget | None,
        *,
        ask: Callable[[], None],
        retry: Callable[[], None],
        choose_region: Callable[[str], None],
        on_servers: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._on_button = ask
        self._on_retry = retry
        self._choose_region = choose_region
        self._on_servers = on_servers
        self._error: StudioError | None = None
        self._without: frozenset[str] = frozenset()
        self.without_server = ""
        self.obstacle = NoteLine(self, stacked=True)
        self.obstacle.setObjectName(f"{name}-obstacle")
        self.obstacle.action_asked.connect(self._act)
        self.error_note = NoteLine(self, stacked=True)
        self.error_note.action_asked.connect(self._act)

    def render_without(self, systems: frozenset[str]) -> None:
        """Systems that can't do here what this tab is for: the person has set no server for it."""
        self._without = systems
        self._on_servers()

    def render_region_tried(self, region: str, error: StudioError | None) -> None:
        """What came of the key in the other region: if it is known there, the form goes there, too."""
        if error is None:
            self._choose_region(region)
            self.error_note.render_note(None)
        else:
            self.error_note.render_note(Note(Tone.ERROR, sentence(error), (Action.SETTINGS,), raw_words(error)))

    # -- how it is done -----------------------------------------------------------------------------

    def _render_obstacle(self, info: SystemInfo | None) -> None:
        """`without_server` is the chosen system, if it can't be used."""
        self.without_server = info.system if info and info.system in self._without else ""
        words = sentence(StudioError(Reason.ADDRESS_MISSING, system=self.without_server))
        note = Note(Tone.ADVICE, words, (Action.SETTINGS,))
        self.obstacle.render_note(note if self.without_server else None)

    def _act(self, action: Action) -> None:
        """What the note on an error offers."""
        if action is Action.RETRY:
            self._on_retry()
        elif action is Action.SETTINGS:
            self.settings_asked.emit()
        elif self._error and action is Action.OTHER_REGION:
            self.other_region_asked.emit(self._error.system, other_region(self.error_note.leads_to()))
        elif self._error and action is Action.SHOW_IN_LIBRARY:
            self.show_asked.emit(self._error.voice_id)

    def _lay_out(self, form: QWidget, foot: Sequence[QWidget], busy: BusyButton, results: QWidget) -> None:
        """The foot stands below the form, the button last; both stay while the form scrolls."""
        busy.asked.connect(self._on_button)
        busy.cancel_asked.connect(self.cancel_asked)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName(f"{self.objectName()}-splitter")
        self.splitter.setChildrenCollapsible(False)
        results.setMinimumWidth(RESULTS_NARROWEST)
        self.splitter.addWidget(results)
        left = self._left(form, (self.error_note, self.obstacle, *foot, busy))
        self.splitter.insertWidget(0, left)  # added last: Qt lowers it, and so it is read first
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([400, 780])
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_button)

    def _left(self, form: QWidget, below: Sequence[QWidget]) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(FORM_NARROWEST)
        left.setMaximumWidth(FORM_WIDEST)
        area = self.form_area = ScrollColumn(f"{self.objectName()}-form-area", left)
        area.setWidget(form)
        foot = QVBoxLayout()
        foot.setContentsMargins(WIDE_GAP + 2, 0, WIDE_GAP + 2 + area.bar_width(), WIDE_GAP)
        foot.setSpacing(GAP)
        for widget in below:
            foot.addWidget(widget)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, PAGE_GAP, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(area, 1)
        column.addLayout(foot)
        return left
