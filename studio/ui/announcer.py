"""What happened last, in a few words for the status line: heard from how one state follows another."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from studio.flows.audition import AuditionState
from studio.flows.design import DesignState
from studio.flows.library import LibraryState
from studio.ui.formats import deleted_name, length, short
from studio.ui.messages import sentence


class Announcer(QObject):
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._design = DesignState()
        self._before_generating = DesignState()
        self._audition = AuditionState()
        self._library = LibraryState()
        self._just_spoken: UUID | None = None

    def hear_design(self, state: DesignState) -> None:
        before, self._design = self._design, state
        if state.generating != before.generating:
            if state.generating:
                self._before_generating = before
            self._say(self.tr("Generating…") if state.generating else self._generated(state))
        elif state.generating and state.progress is not None and state.progress != before.progress:
            self._say(self.tr("Generating… {part} %").format(part=round(state.progress * 100)))
        elif state.kept is not before.kept and state.kept:
            self._say(self.tr("Kept “{name}”").format(name=state.kept.name))
        elif state.discarded is not before.discarded:
            self._say_discarded(before, state)
        elif state.error is not before.error and state.error and not state.generating:
            self._say(sentence(state.error))

    def hear_audition(self, state: AuditionState) -> None:
        before, self._audition = self._audition, state
        if state.playing and state.audible and (not before.playing or state.audible != before.audible):
            if state.audible.clip.clip_id != self._just_spoken:  # a new take plays by itself: its news is "Spoke"
                self._say(self.tr("Playing “{name}”").format(name=state.audible.title))
            self._just_spoken = None
        elif before.playing and not state.playing:
            self._say(sentence(state.error) if state.error else self.tr("Stopped"))

    def hear_library(self, state: LibraryState) -> None:
        before, self._library = self._library, state
        if state.speaking != before.speaking:
            self._say(self._speaking(state) if state.speaking else self._spoke(state))
        elif (state.deleted, state.deleted_clip) != (before.deleted, before.deleted_clip):
            self._say_deleted(before, state)
        elif state.exported is not before.exported and state.exported:
            self._say(self.tr("Exported {file}").format(file=state.exported.name))
        elif state.error is not before.error and state.error and not state.speaking:
            self._say(sentence(state.error))

    def _generated(self, state: DesignState) -> str:
        if state.error:
            return self.tr("Not generated: {sentence}").format(sentence=sentence(state.error))
        known = {one.candidate_id for one in self._before_generating.candidates}
        if state.candidates and state.candidates[0].candidate_id not in known:
            newest = state.candidates[0]
            words = self.tr("Generated “{name}” · {length}")
            return words.format(name=newest.voice.name, length=length(newest.preview.seconds))
        return self.tr("Cancelled")

    def _say_discarded(self, before: DesignState, state: DesignState) -> None:
        if state.discarded:
            self._say(self.tr("Discarded “{name}”").format(name=state.discarded.voice.name))
        elif before.discarded and before.discarded in state.candidates:
            self._say(self.tr("Brought back “{name}”").format(name=before.discarded.voice.name))

    def _speaking(self, state: LibraryState) -> str:
        name = state.chosen.name if state.chosen else ""
        return self.tr("Speaking with “{name}”…").format(name=name)

    def _spoke(self, state: LibraryState) -> str:
        if state.error:
            return self.tr("Not spoken: {sentence}").format(sentence=sentence(state.error))
        if state.spoken:
            self._just_spoken = state.spoken.clip_id
            return self.tr("Spoke “{text}”").format(text=short(state.spoken.text))
        return self.tr("Cancelled")

    def _say_deleted(self, before: LibraryState, state: LibraryState) -> None:
        if gone := deleted_name(state):
            self._say(self.tr("Deleted “{name}”").format(name=gone))
        elif not state.error and (back := deleted_name(before)):
            self._say(self.tr("Brought back “{name}”").format(name=back))

    def _say(self, words: str) -> None:
        self.said.emit(words)
