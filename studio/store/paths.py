"""Where everything is kept: one home folder, moved as a whole by VOICE_STUDIO_HOME."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from studio.store.files import disk_failure, make_private_folder

HOME_VARIABLE = "VOICE_STUDIO_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder and what lies in it. Making one touches no disk."""

    root: Path

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

    def make(self) -> None:
        """The folders, for their owner only, even if they were there and wider. Blocks. Raises LIBRARY_NOT_WRITABLE."""
        try:
            for folder in (self.root, *self._folders()):
                make_private_folder(folder)
        except OSError as error:
            raise disk_failure(error) from error

    def _folders(self) -> tuple[Path, ...]:
        kept = (self.clips, self.takes, self.rights, self.profiles, self.orders, self.narrations)
        return (*kept, self.backups, self.imports, self.locks)


def find_home() -> Home:
    """VOICE_STUDIO_HOME where it is set, else the user's data folder as the system has it."""
    if chosen := os.environ.get(HOME_VARIABLE):
        with suppress(RuntimeError):  # the home of a user that doesn't exist: then it is a name like any other
            return Home(Path(chosen).expanduser().absolute())
        return Home(Path(chosen).absolute())
    from platformdirs import user_data_path

    return Home(user_data_path("voice-studio", appauthor=False))
