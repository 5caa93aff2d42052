"""The chosen voice: its name, sound, words and notes, and what was spoken with it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.audio import Envelope
from studio.domain.briefs import ON_DEVICE
from studio.domain.voices import ClipKind, Origin, StoredClip, Voice
from studio.flows.audition import Audible, AuditionState
from studio.flows.library import LibraryState
from studio.ui.buttons import Button, PlayButton
from studio.ui.formats import length, rate
from studio.ui.labels import Badge, ChipsLine, label
from studio.ui.library.spoken_takes import Takes
from studio.ui.library.voice_rights import VoiceRights
from studio.ui.library.voice_words import TitledText, VoiceIdLine
from studio.ui.messages import STATUS_ICONS, region_label, status_word
from studio.ui.scrolling import ScrollColumn
from studio.ui.tab_order import chain
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP, Role
from studio.ui.waveform import Waveform


class VoiceDetails(ScrollColumn):
    rename_asked = Signal(object, str)
    annotate_asked = Signal(object, str)
    delete_asked = Signal(object)
    export_asked = Signal(object)
    export_rights_asked = Signal()
    delete_clip_asked = Signal(object)
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    id_copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("voice-details", parent)
        self._voice: Voice | None = None
        self._preview: StoredClip | None = None
        self._audition = AuditionState()
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(PAGE_GAP - 2, 0, PAGE_GAP - 2, GAP)
        self._column.setSpacing(WIDE_GAP)
        self._build_head()
        self._build_sound()
        self._build_words()
        self._column.addStretch(1)
        self.setWidget(self._page)
        self._join()

    def render(self, state: LibraryState, labels: dict[str, str]) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        before, self._voice = self._voice, state.chosen
        self._preview = next((clip for clip in state.clips if clip.kind is not ClipKind.SPOKEN), None)
        if state.chosen:
            self._render_voice(state.chosen, labels, before.library_id if before else None)
        self.rights.render_statements(state.statements)
        self._render_preview(self._preview)
        self.takes.render_clips(tuple(clip for clip in state.clips if clip.kind is ClipKind.SPOKEN))
        chain(*self.in_order())
        self.render_audition(self._audition)

    def render_audition(self, state: AuditionState) -> None:
        self._audition = state
        self.takes.render_audition(state)
        sounds = self._previews_sounds()
        self.play.render_playing(sounds)
        if not sounds:
            self.waveform.render_position(None)

    def render_position(self, position_s: float) -> None:
        if self._preview and self._previews_sounds():
            self.waveform.render_position(position_s / max(self._preview.seconds, 0.001))

    def audible(self) -> Audible | None:
        return Audible(self._preview, self._voice.name) if self._preview and self._voice else None

    # -- how it is done -----------------------------------------------------------------------------

    def _previews_sounds(self) -> bool:
        sounding = self._audition.audible
        return bool(
            self._preview and self._audition.playing and sounding and sounding.clip.clip_id == self._preview.clip_id
        )

    def _render_voice(self, voice: Voice, labels: dict[str, str], before: UUID | None) -> None:
        another = before != voice.library_id
        if another or (self.name.text().strip() != voice.name and not self.name.editor.hasFocus()):
            self._silently(self.name, voice.name)
        if another or (self.notes.text() != voice.notes and not self.notes.editor.hasFocus()):
            self._silently(self.notes, voice.notes)
        local = voice.system == ON_DEVICE
        self.system.render_badge(labels.get(voice.system, voice.system), "computer" if local else "cloud")
        self.status.render_badge(status_word(voice.status), STATUS_ICONS[voice.status])
        words = (region_label(voice.region), voice.language.label if voice.language else "", voice.target_model)
        self.chips.render_words([word for word in words if word])
        self.chips.setVisible(any(words))
        self.description.render_text(voice.description)
        self.preview_text.render_text(voice.preview_text)
        self.voice_id.render_id(voice.voice_id)
        self.remove.setVisible(voice.origin is not Origin.BUILT_IN)
        if another:
            self.verticalScrollBar().setValue(0)

    def _render_preview(self, clip: StoredClip | None) -> None:
        self.play.setEnabled(clip is not None)
        self.export.setEnabled(clip is not None)
        elsewhere = bool(self._voice and self._voice.system != ON_DEVICE)
        nothing = self.tr("No clip of this voice is here.") if elsewhere else ""
        self.figures.setText(f"{length(clip.seconds)} · {rate(clip.rate_hz)}" if clip else nothing)
        self.waveform.render_envelope(clip.envelope if clip else Envelope())

    def _on_take(self, clip: StoredClip) -> None:
        if self._voice:
            self.play_asked.emit(Audible(clip, self._voice.name))

    def _silently(self, field: TextField, text: str) -> None:
        held = field.blockSignals(True)
        field.set_text(text)
        field.blockSignals(held)

    def _build_head(self) -> None:
        self.name = TextField(self.tr("Rename voice"), "rename-voice", self._page)
        self.system = Badge("", "computer", self._page, name="voice-system")
        self.status = Badge("", "done", self._page, name="voice-status")
        self.chips = ChipsLine(self._page, name="voice-chips")
        self._column.addWidget(self.name)
        badges = QHBoxLayout()
        badges.setContentsMargins(2, 0, 2, 0)
        badges.setSpacing(GAP)
        badges.addWidget(self.system)
        badges.addWidget(self.status)
        badges.addStretch(1)
        self._column.addLayout(badges)
        self._add_inset(self.chips)

    def _build_sound(self) -> None:
        self.waveform = Waveform(self._page)
        self.play = PlayButton(self._page)
        self.export = Button(self.tr("Export clip…"), self._page, icon_name="export", name="export", gives_way=True)
        self.remove = Button(self.tr("Delete"), self._page, icon_name="delete", name="delete", gives_way=True)
        self.figures = label("", self._page, role=Role.TEXT_DIM, name="voice-figures")
        self.takes = Takes(self._page)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.play)
        row.addWidget(self.export)
        row.addStretch(1)
        row.addWidget(self.remove)
        sound = QVBoxLayout()
        sound.setSpacing(GAP)
        sound.setContentsMargins(2, 0, 2, 0)
        sound.addWidget(self.waveform)
        sound.addWidget(self.figures)
        sound.addLayout(row)
        self._column.addLayout(sound)
        self._add_inset(self.takes)

    def _build_words(self) -> None:
        self.notes = TextField(self.tr("Notes"), "notes", self._page, lines=3, grows=False)
        self._column.addWidget(self.notes)
        self.description = TitledText(self.tr("Description"), "voice-description-used", self._page)
        self.preview_text = TitledText(self.tr("Preview text"), "voice-preview-text", self._page)
        self.rights = VoiceRights(self._page)
        self.voice_id = VoiceIdLine(self._page)
        for widget in (self.description, self.preview_text, self.rights, self.voice_id):
            self._column.addWidget(widget)

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        buttons = (self.play, self.export, self.remove, *self.takes.in_order())
        words = (*self.rights.in_order(), *self.voice_id.in_order())
        return self.name.editor, *buttons, self.notes.editor, *words

    def _add_inset(self, widget: QWidget) -> None:
        """In line with the fields, which leave room for their mark."""
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, 0)
        row.addWidget(widget)
        self._column.addLayout(row)

    def _join(self) -> None:
        self.name.changed.connect(lambda text: self._voice and self.rename_asked.emit(self._voice.library_id, text))
        self.notes.changed.connect(lambda text: self._voice and self.annotate_asked.emit(self._voice.library_id, text))
        self.remove.clicked.connect(lambda: self._voice and self.delete_asked.emit(self._voice.library_id))
        self.export.clicked.connect(lambda: self.export_asked.emit(self._preview))
        self.play.clicked.connect(lambda: self.play_asked.emit(self.audible()))
        self.waveform.seek_asked.connect(lambda part: self.seek_asked.emit(self.audible(), part))
        self.rights.export_asked.connect(self.export_rights_asked)
        self.voice_id.copied.connect(self.id_copied)
        self.takes.play_asked.connect(self._on_take)
        self.takes.export_asked.connect(self.export_asked)
        self.takes.delete_asked.connect(self.delete_clip_asked)
