"""Any text with the chosen voice, its price before the click, and why it can't be spoken with if it can't."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.domain.limits import Field, Speech, SystemInfo, price_of
from studio.domain.sentences import parts
from studio.domain.speakable import obstacle_of
from studio.domain.voices import Voice
from studio.flows.speaking import SpeakingState
from studio.ui.busy import BusyButton
from studio.ui.formats import length
from studio.ui.labels import Badge, ElidedLabel, label
from studio.ui.library.unfinished import Unfinished
from studio.ui.messages import price_of_text, problem_sentence, sentence
from studio.ui.tab_order import chain
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID, Role


class SpeakPanel(QWidget):
    """Why a text was not spoken is told beside; what is wrong with the text itself is marked here."""

    speak_asked = Signal(str)
    stop_asked = Signal()
    go_on_asked = Signal(object)
    forget_asked = Signal(object)
    changed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("speak-panel")
        self._voice: Voice | None = None
        self._speech: Speech | None = None
        self._paid: Speech | None = None
        self._state = SpeakingState()
        self._error: StudioError | None = None
        self._build_parts(text)
        self._build_layout()
        self.field.changed.connect(self.changed)
        self.field.changed.connect(self._render_price)
        self.busy.asked.connect(self.ask)
        self.busy.cancel_asked.connect(self.stop_asked)
        self.unfinished.go_on_asked.connect(self.go_on_asked)
        self.unfinished.forget_asked.connect(self.forget_asked)

    # -- drawn from the state alone -----------------------------------------------------------------

    def render_voice(self, voice: Voice | None, info: SystemInfo | None) -> None:
        self._voice = voice
        speech = info.speech if info else None
        self.field.set_limit(speech.text_max if speech else 0, info.label if info else "")
        reason = obstacle_of(voice, info) if voice else None
        self.obstacle.setText(sentence(StudioError(reason, system=voice.system)) if voice and reason else "")
        self.obstacle.setVisible(reason is not None)
        self.busy.start.setEnabled(reason is None)
        self._speech = speech if reason is None else None
        self._paid = self._speech if info and info.needs_key else None
        self.model.setText(self.tr("With {model}").format(model=voice.target_model) if voice else "")
        self.model.setVisible(bool(voice and voice.target_model and reason is None))
        self._render_price()
        self._render_unfinished()

    def render_speaking(self, state: SpeakingState) -> None:
        self._state = state
        self.busy.render_busy(state.speaking, state.progress if state.speaking else None)
        self._render_badge(state)
        self._render_unfinished()
        if state.error is not self._error:
            self._error = state.error
            self._mark(state.error)

    def ask(self) -> None:
        self.speak_asked.emit(self.field.text())

    def in_order(self) -> tuple[QWidget, ...]:
        return self.field.editor, *self.unfinished.in_order(), self.busy.start, self.busy.cancel

    def hear_keys_in(self, place: QWidget) -> None:
        """Ctrl+Enter anywhere in `place` speaks."""
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.busy.start.click)

    # -- how it is done -----------------------------------------------------------------------------

    def _render_badge(self, state: SpeakingState) -> None:
        """Live · 0:03 · part 2 of 5"""
        words = [self.tr("Live")] if state.live else []
        if state.seconds:
            words.append(length(state.seconds))
        if state.parts > 1:
            words.append(self.tr("part {part} of {parts}").format(part=state.part, parts=state.parts))
        self.badge.render_badge(" · ".join(words), "live" if state.live else "speak")
        self.badge.setVisible(state.speaking and bool(words))
        other = state.voice if state.voice and state.speaking and not self._is_shown(state.voice) else None
        self.who.setText(self.tr("Speaking with “{name}”").format(name=other.name) if other else "")
        self.who.setVisible(other is not None)

    def _render_unfinished(self) -> None:
        shown = self._voice is not None and self._state.shown == self._voice.library_id
        narrations = self._state.unfinished if shown else ()
        can_go_on = self._speech is not None and not self._state.speaking
        before = self.unfinished.in_order()
        self.unfinished.render_narrations(narrations)
        self.unfinished.render_terms(self._price if self._paid else None, can_go_on=can_go_on)
        if self.unfinished.in_order() != before:
            chain(*self.in_order())
        self._render_badge(self._state)

    def _is_shown(self, voice: Voice) -> bool:
        return self._voice is not None and self._voice.library_id == voice.library_id

    def _mark(self, error: StudioError | None) -> None:
        for problem in error.problems if error else ():
            if problem.field is Field.TEXT:
                self.field.mark(problem_sentence(problem))
                self.field.editor.setFocus()

    def _render_price(self) -> None:
        """Of the text as it stands: what it costs where somebody asks for money, and its parts where it is long."""
        text = self.field.text() if self._voice else ""
        told: list[str] = []
        if self._speech and len(text) > self._speech.part_max:
            told.append(self.tr("{count} parts").format(count=len(parts(text, self._speech.part_max))))
        if self._paid and self._voice and text.strip():
            told.append(price_of_text(self._price(text)))
        self.price.setText(" · ".join(told))
        self.price.setVisible(bool(told))

    def _price(self, text: str) -> float | None:
        return price_of(text, self._paid, self._voice.target_model) if self._paid and self._voice else None

    def _build_parts(self, text: str) -> None:
        self.field = TextField(self.tr("Text to speak"), "text-to-speak", self, lines=3, grows=False)
        self.field.set_text(text)
        self.field.editor.setPlaceholderText(self.tr("Anything this voice shall say"))
        self.obstacle = label("", self, role=Role.TEXT_DIM, wrap=True, name="speak-obstacle")
        self.obstacle.hide()
        self.model = ElidedLabel("", self, role=Role.TEXT_DIM, name="speak-model")
        self.badge = Badge("", "live", self, name="speak-badge")
        self.badge.hide()
        self.who = ElidedLabel("", self, role=Role.TEXT_DIM, name="speak-who")
        self.who.hide()
        self.unfinished = Unfinished(self)
        self.price = label("", self, role=Role.TEXT_DIM, name="speak-price")
        self.busy = BusyButton(self.tr("Speak"), "speak", "speak", self, ending=self.tr("Stop"))

    def _build_layout(self) -> None:
        told = QVBoxLayout()
        told.setContentsMargins(2, 0, 2, 0)
        told.setSpacing(GRID)
        told.addWidget(self.unfinished)
        told.addWidget(self.obstacle)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.badge)
        line.addWidget(self.who, 1)
        line.addWidget(self.model, 1)
        told.addLayout(line)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.busy, 1)
        self.price.setMinimumHeight(self.busy.start.sizeHint().height())  # level with the button's word
        row.addWidget(self.price, 0, Qt.AlignmentFlag.AlignBottom)
        told.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.field)
        column.addLayout(told)
