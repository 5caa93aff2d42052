"""What the recording part says of its microphone: troubles first, then what to look at."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from studio.domain.errors import Reason, StudioError
from studio.flows.booth import BoothState
from studio.ui.note_line import Action, Note, Tone, note_of

AGAIN = {Reason.INPUT_BUSY, Reason.INPUT_DENIED, Reason.NO_SOUND_SYSTEM}
"""What the person may cure elsewhere; a microphone that is plugged in is noticed by itself."""


def note_of_booth(state: BoothState) -> Note | None:
    if state.error:
        note = note_of(state.error, region=None)
        again = state.error.reason in AGAIN and Action.RETRY not in note.actions
        return replace(note, actions=(Action.RETRY, *note.actions)) if again else note
    if state.missing:
        words = _tr("“{name}” is not connected. Connect it or choose another one; nothing is recorded in its place.")
        return Note(Tone.ERROR, words.format(name=state.device_name))
    if state.searched and not state.devices:
        return Note(Tone.ERROR, note_of(StudioError(Reason.NO_INPUT_DEVICE)).sentence)
    if state.silent:
        words = _tr("Nothing arrives from this microphone. Check its switch, its cable, or choose another one.")
        return Note(Tone.ERROR, words)
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("booth", text)
