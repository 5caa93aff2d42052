"""The voice that a clone became, with the vendor's word on one of lesser quality."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.voices import Status, Voice
from studio.ui.design_target import region_label
from studio.ui.labels import Badge, ElidedLabel, IconLabel, label
from studio.ui.messages import system_label
from studio.ui.note_line import Action, Note, NoteLine, Tone
from studio.ui.raised import Raised
from studio.ui.theme import GAP, GRID, PAGE_GAP, TITLE_SCALE, WIDE_GAP, Role, scaled


class ClonedCard(QWidget):
    show_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cloned")
        self.note = NoteLine(self)
        self._card = Raised(self)
        self.name = ElidedLabel("", self._card, name="cloned-name")
        scaled(self.name, TITLE_SCALE, bold=True)
        self.badge = Badge("", "cloud", self._card, name="cloned-system")
        self.figures = label("", self._card, role=Role.TEXT_DIM, wrap=True, name="cloned-figures")
        self.voice_id = label("", self._card, role=Role.TEXT_DIM, wrap=True, name="cloned-voice-id")
        self.voice_id.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._icon = IconLabel("error", Role.WARN, self._card)
        self.degraded = label("", self._card, role=Role.WARN, wrap=True, name="cloned-degraded")
        self.note.action_asked.connect(self.show_asked)
        self._build_layout()

    def render_voice(self, voice: Voice | None, degraded: str) -> None:
        self.setVisible(voice is not None)
        if voice is None:
            self.note.render_note(None)
            return
        words = self.tr("“{name}” is in the Library.").format(name=voice.name)
        self.note.render_note(Note(Tone.DONE, words, (Action.SHOW_IN_LIBRARY,)))
        self.name.setText(voice.name)
        self.badge.setText(system_label(voice.system))
        self.badge.updateGeometry()
        parts = (
            self.tr("Cloned"),
            voice.target_model,
            region_label(voice.region),
            voice.language.label if voice.language else "",
            self.tr("In review") if voice.status is Status.IN_REVIEW else "",
        )
        self.figures.setText(" · ".join(part for part in parts if part))
        self.voice_id.setText(self.tr("Voice id: {voice_id}").format(voice_id=voice.voice_id))
        said = self.tr("Of lesser quality, as {system} says: {words}")
        self.degraded.setText(said.format(system=system_label(voice.system), words=degraded) if degraded else "")
        for widget in (self._icon, self.degraded):
            widget.setVisible(bool(degraded))

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.name)
        head.addWidget(self.badge)
        head.addStretch(1)
        warning = QHBoxLayout()
        warning.setSpacing(GRID)
        warning.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        warning.addWidget(self.degraded, 1)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(WIDE_GAP, WIDE_GAP, WIDE_GAP, WIDE_GAP)
        inside.setSpacing(GAP)
        inside.addLayout(head)
        inside.addLayout(warning)
        inside.addWidget(self.figures)
        inside.addWidget(self.voice_id)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, PAGE_GAP, PAGE_GAP, 0)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.note)
        column.addWidget(self._card)
        column.addStretch(1)
