"""Voices out of the library and into it, the library as a whole to another folder, and back from a backup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import StudioError
from studio.ports import Backup, Taken


@dataclass(frozen=True, slots=True)
class MovingState:
    """`work` is what is under way: "export", "import", "move", "put-back" or nothing. `written` is the file that was
    exported last, `taken` what came of the last import, `from_file` of which file.

    `damaged`: the library file can't be used; `backups` are what can be put in its place. `moved` is the folder in
    which the library is now, after a move.
    """

    work: str = ""
    progress: float | None = None
    written: Path | None = None
    exported: int = 0
    taken: Taken | None = None
    from_file: Path | None = None
    folder: Path = Path()
    damaged: bool = False
    backups: tuple[Backup, ...] = ()
    restored: Backup | None = None
    moved: Path | None = None
    error: StudioError | None = None
