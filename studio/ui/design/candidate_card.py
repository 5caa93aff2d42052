"""One designed voice, seen, heard and decided on as one thing: kept or discarded, or in the Library already."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.briefs import ON_DEVICE
from studio.domain.limits import SystemInfo
from studio.domain.voices import Candidate
from studio.flows.audition import Audible
from studio.ui.buttons import Button, Kind, PlayButton
from studio.ui.formats import dollars, length, rate
from studio.ui.labels import Badge, ChipsLine, ElidedLabel, label
from studio.ui.theme import GAP, RADIUS, TITLE_SCALE, WIDE_GAP, Role, colour, scaled
from studio.ui.waveform import Waveform


class CandidateCard(QFrame):
    """Focused as one: Space plays, Enter keeps, Delete discards, Up and Down move. A candidate never changes.

    Of a voice made elsewhere, which is in the Library, Enter shows it there and Delete closes the card alone.
    """

    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    keep_asked = Signal(object)
    discard_asked = Signal(object)
    show_asked = Signal(object)
    again_asked = Signal(object)
    move_asked = Signal(int)

    def __init__(self, candidate: Candidate, info: SystemInfo | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.candidate = candidate
        self.audible = Audible(candidate.preview, candidate.voice.name)
        self.setObjectName("candidate")
        words = self.tr("Voice {name}, in the Library") if candidate.kept else self.tr("Candidate {name}")
        self.setAccessibleName(words.format(name=candidate.voice.name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(WIDE_GAP, WIDE_GAP, WIDE_GAP, WIDE_GAP)
        self.column.setSpacing(GAP)
        self._build_head(info.label if info else candidate.voice.system)
        self._build_sound()
        self._build_words()
        self._build_buttons(self._again_words(info))

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        if self.candidate.kept:
            return self, self.play, self.decide, self.again, self.discard
        return self, self.play, self.decide, self.discard, self.again

    def render_playing(self, playing: bool) -> None:
        self.play.render_playing(playing)
        if not playing:
            self.waveform.render_position(None)

    def render_position(self, position_s: float) -> None:
        self.waveform.render_position(position_s / max(self.candidate.preview.seconds, 0.001))

    # -- keys ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.discard_asked.emit(self.candidate)
        elif key == Qt.Key.Key_Space and self.hasFocus():
            self.play_asked.emit(self.audible)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus() and not _chord(event):
            self._decide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        line = colour(Role.ACCENT if focused else Role.LINE, self.palette())
        painter.setPen(QPen(line, 2 if focused else 1))
        painter.setBrush(colour(Role.RAISED, self.palette()))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        painter.end()

    # -- layout -------------------------------------------------------------------------------------

    def _build_head(self, system_label: str) -> None:
        name = ElidedLabel(self.candidate.voice.name, self, name="candidate-name")
        scaled(name, TITLE_SCALE, bold=True)
        local = self.candidate.voice.system == ON_DEVICE
        words = self.tr("Local · draft") if local else system_label
        badge = Badge(words, "computer" if local else "cloud", self, name="candidate-system")
        self._head = QHBoxLayout()
        self._head.setSpacing(GAP)
        self._head.addWidget(name)
        self._head.addWidget(badge)
        if self.candidate.kept:
            self._head.addWidget(Badge(self.tr("In the Library"), "keep", self, name="candidate-kept"))
        self._head.addStretch(1)
        self.column.addLayout(self._head)

    def _build_sound(self) -> None:
        self.waveform = Waveform(self)
        self.waveform.render_envelope(self.candidate.preview.envelope)
        self.waveform.seek_asked.connect(lambda part: self.seek_asked.emit(self.audible, part))
        self.figures = label(self._figures(), self, role=Role.TEXT_DIM, name="candidate-figures")
        self.column.addWidget(self.waveform)
        self.column.addWidget(self.figures)

    def _build_words(self) -> None:
        if self.candidate.understood:
            chips = ChipsLine(self, name="candidate-understood")
            chips.render_words(self.candidate.understood)
            self.column.addWidget(chips)
        said = ElidedLabel(self.candidate.brief.description, self, role=Role.TEXT_DIM, name="candidate-description")
        self.column.addWidget(said)
        if self.candidate.unused_words:
            quoted = ", ".join(f"“{word}”" for word in self.candidate.unused_words)
            words = self.tr("Not used: {words}").format(words=quoted)
            self.column.addWidget(label(words, self, role=Role.WARN, wrap=True, name="candidate-unused"))

    def _build_buttons(self, again: str) -> None:
        self.play = PlayButton(self)
        self.again = Button(self.tr("Same words again"), self, icon_name="again", kind=Kind.QUIET, name="again")
        self.again.setToolTip(again)
        if self.candidate.kept:
            self.decide = Button(self.tr("Show in Library"), self, icon_name="keep", name="show-in-library")
            self.discard = Button("", self, icon_name="discard", kind=Kind.QUIET, name="close")
            self.discard.setAccessibleName(self.tr("Close"))
            self.discard.setToolTip(self.tr("Close: only this card goes, the voice stays in the Library"))
            self._head.addWidget(self.discard)
        else:
            self.decide = Button(self.tr("Keep"), self, icon_name="keep", name="keep")
            self.discard = Button(self.tr("Discard"), self, icon_name="discard", name="discard")
        self.play.clicked.connect(lambda: self.play_asked.emit(self.audible))
        self.decide.clicked.connect(self._decide)
        self.discard.clicked.connect(lambda: self.discard_asked.emit(self.candidate))
        self.again.clicked.connect(lambda: self.again_asked.emit(self.candidate))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.play)
        row.addWidget(self.decide)
        if not self.candidate.kept:
            row.addWidget(self.discard)
        row.addStretch(1)
        row.addWidget(self.again)
        self.column.addLayout(row)

    def _decide(self) -> None:
        if self.candidate.kept:
            self.show_asked.emit(self.candidate.voice.library_id)
        else:
            self.keep_asked.emit(self.candidate)

    def _again_words(self, info: SystemInfo | None) -> str:
        words = self.tr("Designs another voice from the same words")
        if info is None or not info.designs:
            return words
        usd = info.design_model(self.candidate.brief.model).price_usd
        if usd is None:
            return self.tr("{words}; the price is not published").format(words=words)
        return self.tr("{words}, for {price}").format(words=words, price=dollars(usd)) if usd else words

    def _figures(self) -> str:
        preview = self.candidate.preview
        parts = [length(preview.seconds), rate(preview.rate_hz)]
        if self.candidate.voice.language:
            parts.append(self.candidate.voice.language.label)
        if self.candidate.seed is not None:
            parts.append(self.tr("seed {seed}").format(seed=self.candidate.seed))
        return " · ".join(parts)


def _chord(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
