"""What the Library tab shows of the voices and the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from studio.domain.errors import StudioError
from studio.domain.samples import Statement
from studio.domain.voices import StoredClip, Voice
from studio.flows.handing_out import HandedOut
from studio.flows.refreshing import Refreshed


@dataclass(frozen=True, slots=True)
class LibraryState:
    """Every kept voice, and the chosen one with its clips.

    `loaded` once the newest voices are there, `complete` once all are. `selected` are the ids of all chosen rows,
    `chosen` the one whose details are shown. `nobody_to_ask`: no account has a key or an address of its own, so that
    asking them came to nothing. `statements` are what was said of the right to the chosen voice. `exported` is
    the file or folder that was written last, `handed_out` what came of clips on their way there. `code` was made for
    copying, `draggable` is the file that can be dragged out now.
    """

    voices: tuple[Voice, ...] = ()
    loaded: bool = False
    complete: bool = False
    selected: tuple[UUID, ...] = ()
    chosen: Voice | None = None
    clips: tuple[StoredClip, ...] = ()
    statements: tuple[Statement, ...] = ()
    refreshing: bool = False
    refreshed: tuple[Refreshed, ...] = ()
    refresh_stopped: bool = False
    nobody_to_ask: bool = False
    exported: Path | None = None
    handed_out: HandedOut | None = None
    code: str = ""
    draggable: tuple[UUID, Path] | None = None
    error: StudioError | None = None
