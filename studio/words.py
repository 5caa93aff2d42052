"""The words for everything that can go wrong: what happened, then what to do. One table for window and commands.

Words in braces are filled in by `sentence`; a test holds every `Reason`, `Fault` and `Field` against these tables.
"""

from collections.abc import Callable

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem

SENTENCES: dict[Reason, str] = {
    Reason.BAD_INPUT: "Something in the form needs a change first.",
    Reason.NO_SUCH_VOICE: "No voice here is called that.",
    Reason.NO_SUCH_CLIP: "The sound file of this clip is gone from the library folder.",
    Reason.NO_SUCH_SYSTEM: "There is no voice system of that name.",
    Reason.CANNOT_SPEAK: "This voice can't be spoken with from here.",
    Reason.NO_SOUND_SYSTEM: "PortAudio is missing, so nothing can be played. Install the package libportaudio2.",
    Reason.NO_OUTPUT_DEVICE: "No loudspeaker or headphones found. Connect one and play again.",
    Reason.DEVICE_LOST: "The loudspeaker went away while playing. Play again to use another one.",
    Reason.DEVICE_BUSY: "Another program holds the loudspeaker. Close it there, then play again.",
    Reason.UNREADABLE_AUDIO: "This sound can't be read; the file is damaged or of an unknown kind.",
    Reason.EMPTY_AUDIO: "This sound is empty.",
    Reason.ENGINE_MISSING: "The speech engine of this computer can't start. Install Voice Studio again.",
    Reason.ENGINE_STOPPED: "The speech engine of this computer stopped in the middle. Try again.",
    Reason.NOTHING_TO_SAY: "There is nothing in this text that can be spoken. Write some words.",
    Reason.LIBRARY_DAMAGED: "The library file is damaged. Nothing was changed; a copy of the file is a good idea.",
    Reason.LIBRARY_TOO_NEW: "A newer Voice Studio made this library. Update the program to open it.",
    Reason.LIBRARY_BUSY: "Another program holds the library. Close it there, then try again.",
    Reason.LIBRARY_NOT_WRITABLE: "The library's folder can't be written to. Set VOICE_STUDIO_HOME to another one.",
    Reason.DISK_FULL: "The disk is full. Make some room, then try again; nothing was lost.",
    Reason.NOT_WRITABLE: "This place can't be written to. Choose another folder.",
}

FIELDS: dict[Field, str] = {
    Field.DESCRIPTION: "voice description",
    Field.PREVIEW_TEXT: "preview text",
    Field.NAME: "voice name",
    Field.LANGUAGE: "language",
    Field.RATE: "sample rate",
    Field.FORMAT: "format",
    Field.SEED: "seed",
    Field.TEXT: "text to speak",
}

FAULTS: dict[Fault, str] = {
    Fault.MISSING: "The {field} is empty. Write it first.",
    Fault.TOO_LONG: "The {field} has {actual} characters; {limit} are allowed.",
    Fault.NOT_OFFERED: "This {field} isn't offered here.",
}


def sentence(error: StudioError, tr: Callable[[str], str] = str) -> str:
    """What a person is told, translated by `tr`; for bad input, one sentence per field."""
    if error.problems:
        return " ".join(problem_sentence(problem, tr) for problem in error.problems)
    return tr(SENTENCES[error.reason])


def problem_sentence(problem: Problem, tr: Callable[[str], str] = str) -> str:
    words = tr(FAULTS[problem.fault])
    return words.format(field=tr(FIELDS[problem.field]), limit=problem.limit, actual=problem.actual)
