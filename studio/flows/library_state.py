"""What the Library tab shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import StudioError
from studio.domain.samples import Statement
from studio.domain.takes import Take
from studio.domain.voices import StoredClip, Voice
from studio.flows.remote import Refreshed


@dataclass(frozen=True, slots=True)
class LibraryState:
    """All that the Library tab shows: every kept voice, and the chosen one with its clips.

    `nobody_to_ask`: no account has a key or an address of its own, so that asking them came to nothing.
    `to_delete` waits for the person's word, since it is deleted at its system too; `deleted_there` was. `samples` are
    the takes that the voice which is or was deleted last was made of, as far as they are here; `samples_deleted` went
    with it, and `made_alike` are the other voices that were made of those takes. `statements` are what was said of the
    right to the chosen voice.
    """

    voices: tuple[Voice, ...] = ()
    loaded: bool = False
    chosen: Voice | None = None
    clips: tuple[StoredClip, ...] = ()
    statements: tuple[Statement, ...] = ()
    speaking: bool = False
    progress: float | None = None
    refreshing: bool = False
    refreshed: tuple[Refreshed, ...] = ()
    refresh_stopped: bool = False
    nobody_to_ask: bool = False
    to_delete: Voice | None = None
    deleting: bool = False
    deleted: Voice | None = None
    deleted_there: Voice | None = None
    deleted_clip: StoredClip | None = None
    samples: tuple[Take, ...] = ()
    samples_deleted: tuple[Take, ...] = ()
    made_alike: tuple[Voice, ...] = ()
    exported: Path | None = None
    spoken: StoredClip | None = None
    error: StudioError | None = None
