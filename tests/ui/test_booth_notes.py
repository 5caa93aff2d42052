"""What is said of the microphone, and when it helps to try again."""

from __future__ import annotations

import pytest

from studio.domain.errors import Reason, StudioError
from studio.flows.booth import BoothState
from studio.ui.booth.notes import note_of_booth
from studio.ui.note_line import Action, Tone

from . import states_booth as states


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            states.heard(missing=True, device_name="Field recorder"),
            "“Field recorder” is not connected. Connect it or choose another one; nothing is recorded in its place.",
        ),
        (BoothState(searched=True), "No microphone found. Connect one; it is noticed by itself."),
        (
            states.heard(silent=True),
            "Nothing arrives from this microphone. Check its switch, its cable, or choose another one.",
        ),
        (
            states.heard(error=StudioError(Reason.INPUT_LOST), listening=False),
            "The microphone went away in the middle. What was recorded is kept.",
        ),
        (
            states.heard(error=StudioError(Reason.INPUT_DENIED), listening=False),
            "This program may not use the microphone. Allow it in the system's privacy settings.",
        ),
        (
            states.heard(error=StudioError(Reason.INPUT_BUSY), listening=False),
            "Another program holds the microphone. Close it there, then try again.",
        ),
        (
            BoothState(searched=True, error=StudioError(Reason.NO_SOUND_SYSTEM)),
            "PortAudio is missing, so there is no sound in or out. Install the package libportaudio2.",
        ),
    ],
)
def test_each_trouble_has_its_words(state: BoothState, words: str) -> None:
    note = note_of_booth(state)
    assert note
    assert (note.tone, note.sentence) == (Tone.ERROR, words)


@pytest.mark.parametrize("state", [BoothState(), states.heard(), states.recording(), states.heard(dropouts=3)])
def test_where_nothing_is_wrong_nothing_is_said(state: BoothState) -> None:
    assert note_of_booth(state) is None


def test_an_error_is_told_before_anything_else() -> None:
    note = note_of_booth(states.heard(silent=True, missing=True, error=StudioError(Reason.DISK_FULL)))
    assert note
    assert note.sentence.startswith("The disk is full.")


@pytest.mark.parametrize(
    ("reason", "again"),
    [
        (Reason.INPUT_BUSY, True),
        (Reason.INPUT_DENIED, True),
        (Reason.NO_SOUND_SYSTEM, True),
        (Reason.INPUT_LOST, False),
    ],
)
def test_what_is_cured_elsewhere_can_be_tried_again(reason: Reason, again: bool) -> None:
    note = note_of_booth(states.heard(error=StudioError(reason)))
    assert note
    assert (Action.RETRY in note.actions) is again
