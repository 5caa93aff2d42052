"""The chosen voice: its name, sound, words and notes, and what was spoken with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import StudioError
from studio.domain.limits import SystemInfo
from studio.domain.voices import ClipKind, Origin, StoredClip, Voice
from studio.flows.audition import Audible, AuditionState
from studio.flows.library_state import LibraryState
from studio.ui.buttons import Button
from studio.ui.labels import Badge
from studio.ui.library.spoken_takes import Takes
from studio.ui.library.voice_facts import FactsGrid, advice_of, badge_of, facts_of
from studio.ui.library.voice_ids import VoiceIds
from studio.ui.library.voice_labels import VoiceLabels
from studio.ui.library.voice_rights import VoiceRights
from studio.ui.library.voice_sound import VoiceSound
from studio.ui.library.voice_words import TitledText
from studio.ui.messages import system_label
from studio.ui.note_line import Note, NoteLine, Tone
from studio.ui.scrolling import ScrollColumn
from studio.ui.tab_order import chain
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP


class VoiceDetails(ScrollColumn):
    """Signals without a voice are about the one that is shown; `copied` says what is on the clipboard now."""

    rename_asked = Signal(object, str)
    annotate_asked = Signal(object, str)
    label_asked = Signal(object, object)
    delete_asked = Signal(object)
    remake_asked = Signal(object)
    export_asked = Signal(object)
    export_rights_asked = Signal()
    delete_clip_asked = Signal(object)
    drag_asked = Signal(object)
    play_asked = Signal(object)
    seek_asked = Signal(object, float)
    code_asked = Signal(object)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("voice-details", parent)
        self._voice: Voice | None = None
        self._drawn: Voice | None = None
        self._audition = AuditionState()
        self._error: StudioError | None = None
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

    def render(self, state: LibraryState, infos: dict[str, SystemInfo]) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        before, self._voice = self._voice, state.chosen
        if state.chosen:
            another = before is None or before.library_id != state.chosen.library_id
            if state.chosen is not self._drawn:
                self._render_voice(state.chosen, infos.get(state.chosen.system), another=another)
                self._drawn = state.chosen
            self.sound.render_voice(state.chosen, state.clips)
        self.rights.render_statements(state.statements)
        self.takes.render_clips(tuple(clip for clip in state.clips if clip.kind is ClipKind.SPOKEN))
        self.sound.drag.render_draggable(state.draggable)
        self.takes.render_draggable(state.draggable)
        self.ids.render_code(state.code, failed=state.error is not None and state.error is not self._error)
        self._error = state.error
        chain(*self.in_order())
        self.render_audition(self._audition)

    def render_audition(self, state: AuditionState) -> None:
        self._audition = state
        self.takes.render_audition(state)
        self.sound.render_audition(state)

    def render_position(self, position_s: float) -> None:
        self.sound.render_position(position_s)

    def audible(self) -> Audible | None:
        return self.sound.audible()

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        head = (self.name.editor, self.labels.favourite, *self.advice.buttons.values())
        words = (*self.labels.in_order(), self.notes.editor)
        below = (self.remake, *self.rights.in_order(), *self.ids.in_order())
        return *head, *self.sound.in_order(), *self.takes.in_order(), *words, *below

    def forget_drawn(self) -> None:
        """What is told of a voice may be other words now: its system is known."""
        self._drawn = None

    # -- how it is done -----------------------------------------------------------------------------

    def _render_voice(self, voice: Voice, info: SystemInfo | None, *, another: bool) -> None:
        if another or (self.name.text().strip() != voice.name and not self.name.editor.hasFocus()):
            self._silently(self.name, voice.name)
        if another or (self.notes.text() != voice.notes and not self.notes.editor.hasFocus()):
            self._silently(self.notes, voice.notes)
        local = voice.system == ON_DEVICE
        words = info.label if info else system_label(voice.system)
        self.system.render_badge(words, "computer" if local else "cloud")
        self.status.render_badge(*badge_of(voice, info))
        self.labels.render_voice(voice, another=another)
        self._render_advice(voice, info)
        self.facts.render_facts(facts_of(voice, info))
        self.description.render_text(voice.description)
        self.preview_text.render_text(voice.preview_text)
        self.ids.render_voice(voice)
        self.remake.setVisible(voice.origin is Origin.DESIGNED and bool(voice.description))
        self.sound.remove.setVisible(voice.origin is not Origin.BUILT_IN)
        if another:
            self.verticalScrollBar().setValue(0)

    def _render_advice(self, voice: Voice, info: SystemInfo | None) -> None:
        words = advice_of(voice, info)
        self.advice.render_note(Note(Tone.ADVICE, words) if words else None)

    def _silently(self, field: TextField, text: str) -> None:
        held = field.blockSignals(True)
        field.set_text(text)
        field.blockSignals(held)

    def _build_head(self) -> None:
        self.labels = VoiceLabels(self._page)
        self.name = TextField(self.tr("Rename voice"), "rename-voice", self._page)
        self.system = Badge("", "computer", self._page, name="voice-system")
        self.status = Badge("", "done", self._page, name="voice-status")
        self.advice = NoteLine(self._page, stacked=True)
        named = QHBoxLayout()
        named.setSpacing(GAP)
        named.addWidget(self.name, 1)
        star = QVBoxLayout()
        star.setContentsMargins(0, 0, 2, 2)  # level with the field, which leaves room for its mark
        star.addStretch(1)
        star.addWidget(self.labels.favourite)
        named.addLayout(star)
        self._column.addLayout(named)
        badges = QHBoxLayout()
        badges.setSpacing(GAP)
        badges.addWidget(self.system)
        badges.addWidget(self.status)
        badges.addStretch(1)
        self._add_inset(badges)
        self._add_inset(self.advice)

    def _build_sound(self) -> None:
        self.sound = VoiceSound(self._page)
        self.play, self.export, self.remove = self.sound.play, self.sound.export, self.sound.remove
        self.waveform, self.figures = self.sound.waveform, self.sound.figures
        self.takes = Takes(self._page)
        self._add_inset(self.sound)
        self._add_inset(self.takes)

    def _build_words(self) -> None:
        self.notes = TextField(self.tr("Notes"), "notes", self._page, lines=3, grows=False)
        self.facts = FactsGrid(self._page)
        self.description = TitledText(self.tr("Description"), "voice-description-used", self._page)
        self.preview_text = TitledText(self.tr("Preview text"), "voice-preview-text", self._page)
        self.remake = Button(
            self.tr("Make again for another model…"), self._page, icon_name="again", name="remake", gives_way=True
        )
        self.remake.setToolTip(self.tr("Begins a design with the same words; this voice stays"))
        self.rights = VoiceRights(self._page)
        self.ids = VoiceIds(self._page)
        self.voice_id = self.ids.voice_id
        for widget in (self.labels, self.notes, self.facts, self.description, self.preview_text):
            self._column.addWidget(widget)
        again = QHBoxLayout()
        again.addWidget(self.remake)
        again.addStretch(1)
        self._add_inset(again)
        self._column.addWidget(self.rights)
        self._column.addWidget(self.ids)

    def _add_inset(self, part: QWidget | QBoxLayout) -> None:
        """In line with the fields, which leave room for their mark."""
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, 0)
        if isinstance(part, QWidget):
            row.addWidget(part)
        else:
            row.addLayout(part)
        self._column.addLayout(row)

    def _join(self) -> None:
        self.name.changed.connect(lambda text: self._voice and self.rename_asked.emit(self._voice.library_id, text))
        self.notes.changed.connect(lambda text: self._voice and self.annotate_asked.emit(self._voice.library_id, text))
        self.labels.label_asked.connect(self._on_labels)
        self.sound.delete_asked.connect(lambda: self._voice and self.delete_asked.emit(self._voice.library_id))
        self.remake.clicked.connect(lambda: self._voice and self.remake_asked.emit(self._voice))
        self.rights.export_asked.connect(self.export_rights_asked)
        self.ids.copied.connect(self.copied)
        self.ids.code_asked.connect(self.code_asked)
        self.sound.play_asked.connect(self.play_asked)
        self.sound.seek_asked.connect(self.seek_asked)
        self.takes.play_asked.connect(self._on_take)
        for sounding in (self.sound, self.takes):
            sounding.export_asked.connect(self.export_asked)
            sounding.drag_asked.connect(self.drag_asked)
        self.takes.delete_asked.connect(self.delete_clip_asked)

    def _on_labels(self, labels: object) -> None:
        if self._voice:
            self.label_asked.emit((self._voice.library_id,), labels)

    def _on_take(self, clip: StoredClip) -> None:
        if self._voice:
            self.play_asked.emit(Audible(clip, self._voice.name))
