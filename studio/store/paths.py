"""Where everything is kept: one home folder, which VOICE_STUDIO_HOME names and the program can move.

A library that the program moved left a pointer behind: `location.txt` in the folder that it left, with the new one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from studio.domain.errors import Reason, StudioError
from studio.store.files import disk_failure, make_private_folder

HOME_VARIABLE = "VOICE_STUDIO_HOME"
LOCATION = "location.txt"

_MOVES_MAX = 8


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder and what lies in it. Making one touches no disk.

    `moved`: a pointer led here, so there is a library, or its disk is missing.
    """

    root: Path
    moved: bool = field(default=False, compare=False)

    @property
    def database(self) -> Path:
        return self.root / "library.db"

    @property
    def clips(self) -> Path:
        return self.root / "clips"

    @property
    def takes(self) -> Path:
        return self.root / "takes"

    @property
    def rights(self) -> Path:
        """Spoken consents."""
        return self.root / "rights"

    @property
    def profiles(self) -> Path:
        """What timbre matches are spoken with."""
        return self.root / "profiles"

    @property
    def orders(self) -> Path:
        """Samples of orders under way."""
        return self.root / "orders"

    @property
    def narrations(self) -> Path:
        """Texts on their way to being spoken."""
        return self.root / "narrations"

    @property
    def backups(self) -> Path:
        """Copies of the library file."""
        return self.root / "backups"

    @property
    def imports(self) -> Path:
        """What archives that are being taken in have brought so far."""
        return self.root / "imports"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def locks(self) -> Path:
        return self.root / ".locks"

    @property
    def location(self) -> Path:
        return self.root / LOCATION

    @property
    def gate(self) -> Path:
        """The lock of whoever puts back or moves the library."""
        return self.locks / "upkeep"

    def make(self) -> None:
        """The folders, for their owner only, even if they were there and wider. Blocks.

        Raises LIBRARY_NOT_WRITABLE, for a folder that the library left too: a second, empty one helps nobody.
        """
        if self.moved and not self.database.exists():
            raise StudioError(Reason.LIBRARY_NOT_WRITABLE, detail=f"the library was moved to {self.root}: not there")
        if self.location.exists():
            raise StudioError(Reason.LIBRARY_NOT_WRITABLE, detail=f"the library was moved away: {self.location}")
        try:
            for folder in (self.root, *self._folders()):
                make_private_folder(folder)
        except OSError as error:
            raise disk_failure(error) from error

    def _folders(self) -> tuple[Path, ...]:
        kept = (self.clips, self.takes, self.rights, self.profiles, self.orders, self.narrations)
        return (*kept, self.backups, self.imports, self.locks)


def find_home() -> Home:
    """Where the start folder's pointer leads, if it has one, else that folder. Reads the pointers, changes nothing."""
    root, moves = start_folder(), 0
    while moves < _MOVES_MAX and (told := _pointed(root)):
        root, moves = told, moves + 1
    return Home(root, moved=moves > 0)


def start_folder() -> Path:
    """VOICE_STUDIO_HOME where it is set, else the user's data folder as the system has it."""
    if chosen := os.environ.get(HOME_VARIABLE):
        with suppress(RuntimeError):  # the home of a user that doesn't exist: then it is a name like any other
            return Path(chosen).expanduser().absolute()
        return Path(chosen).absolute()
    from platformdirs import user_data_path

    return user_data_path("voice-studio", appauthor=False)


def _pointed(folder: Path) -> Path | None:
    """What its pointer says; None for nothing, or nothing that can be."""
    try:
        told = Path(os.fsdecode((folder / LOCATION).read_bytes().strip()))
        return told if told.is_absolute() else None
    except (OSError, ValueError):
        return None
