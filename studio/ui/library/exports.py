"""What leaves and enters the Library as files: asks how and where, then tells the tab's signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.domain.memory import Memory
from studio.domain.voices import StoredClip, Voice
from studio.ui.export import ask_record_place, ask_voices_file, ask_voices_place

if TYPE_CHECKING:
    from studio.ui.library.export_clip import ExportClip
    from studio.ui.library.tab import LibraryTab


class Exports(QObject):
    """The dialog for clips is made when it is first asked for."""

    def __init__(self, memory: Memory, tab: LibraryTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._memory = memory
        self._dialog: ExportClip | None = None

    def ask_clip(self, voice: Voice | None, clip: StoredClip) -> None:
        if voice:
            self._ready().show_clip(voice, clip)

    def ask_clips(self) -> None:
        """Of all voices that are chosen."""
        if voices := self._tab.table.selected_voices():
            self._ready().show_voices(voices)

    def ask_voices(self, voice: Voice | None) -> None:
        """All that are chosen, as one file."""
        if ids := self._tab.selected():
            name = voice.name if voice and len(ids) == 1 else self.tr("Voices")
            ask_voices_place(self._tab, name, lambda path: self._tab.export_voices_asked.emit(ids, path))

    def ask_rights(self, voice: Voice | None) -> None:
        if voice:
            ask_record_place(self._tab, voice.name, self._tab.export_rights_asked.emit)

    def ask_import(self) -> None:
        ask_voices_file(self._tab, self._tab.import_asked.emit)

    def _ready(self) -> ExportClip:
        if self._dialog is None:
            from studio.ui.library.export_clip import ExportClip

            self._dialog = ExportClip(self._memory, self._tab)
            self._dialog.export_asked.connect(self._tab.export_asked)
            self._dialog.export_many_asked.connect(self._tab.export_many_asked)
            self._dialog.changed.connect(self._tab.changed)
        return self._dialog
