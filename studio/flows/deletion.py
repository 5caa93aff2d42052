"""Deleting voices and clips: asked once, undone for ten seconds, and only then told to the voices' systems."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.errors import StudioError
from studio.domain.takes import Take
from studio.domain.voices import StoredClip, Voice

UNDO_S = 10.0


@dataclass(frozen=True, slots=True)
class DeletionState:
    """All that is said of deletions. Each of these follows the one before.

    `asked` wait for the person's word. `waiting` are hidden, can be undone, and are told to their systems when the
    time to undo is over; ones of this computer alone are hidden and can be undone, too. `deleting` are being told.
    `deleted` are gone. `kept_there` came back, each with why its system would not delete it.

    `samples` are the takes that the voice which is or was deleted last was made of, as far as they are here;
    `samples_deleted` went with it, and `made_alike` are the other voices that were made of those takes.
    `clip` is a clip of a voice that was deleted and can be undone.
    """

    asked: tuple[Voice, ...] = ()
    waiting: tuple[Voice, ...] = ()
    deleting: tuple[Voice, ...] = ()
    deleted: tuple[Voice, ...] = ()
    kept_there: tuple[tuple[Voice, StudioError], ...] = ()
    clip: StoredClip | None = None
    samples: tuple[Take, ...] = ()
    samples_deleted: tuple[Take, ...] = ()
    made_alike: tuple[Voice, ...] = ()
    error: StudioError | None = None
