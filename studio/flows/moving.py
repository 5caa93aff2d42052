"""Voices out of the library and into it, the library as a whole to another folder, and back from a backup."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from studio.domain.accounts import ACCOUNTS
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.flows.flow import Flow
from studio.ports import Accounts, Archive, Backup, Taken, Upkeep
from studio.tasks import TaskOwner


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


class MovingFlow(Flow[MovingState]):
    """`on_taken` is told when voices came into the library, or the library is another one; `on_moved` when it lies in
    another folder now, where only the next start of the program finds it."""

    def __init__(self, archive: Archive, upkeep: Upkeep, accounts: Accounts, tasks: TaskOwner) -> None:
        super().__init__(MovingState(folder=upkeep.folder), tasks)
        self._archive = archive
        self._upkeep = upkeep
        self._accounts = accounts
        self.on_taken: Callable[[], None] = lambda: None
        self.on_moved: Callable[[], None] = lambda: None

    # -- what the person can ask ------------------------------------------------------------------

    def export(self, library_ids: Sequence[UUID], path: Path) -> None:
        self._work("export", self._export, tuple(library_ids), path)

    def read(self, path: Path) -> None:
        """Voices of an archive into the library."""
        self._work("import", self._read, path)

    def move(self, folder: Path) -> None:
        self._work("move", self._move, folder)

    def put_back(self, backup: Backup) -> None:
        self._work("put-back", self._put_back, backup)

    def cancel(self) -> None:
        """Nothing of it is left; putting back and moving end whole or not at all."""
        self._tasks.cancel("moving.work")
        self._set(replace(self.state, work="", progress=None))

    def look(self) -> None:
        """Whether the library file is whole; if it is, a copy of today is made."""
        self._start("moving.look", self._look)

    # -- what commands ask ------------------------------------------------------------------------

    async def write_archive(self, library_ids: Sequence[UUID], path: Path) -> None:
        """Raises StudioError."""
        await self._archive.write(library_ids, path, self._progress)

    async def read_archive(self, path: Path) -> Taken:
        """Raises StudioError. Voices of accounts that aren't known here become those of the accounts in use."""
        accounts = {
            (system, info.region or ""): await self._accounts.current(info.name)
            for info in ACCOUNTS
            for system in info.systems
        }
        accounts[ON_DEVICE, ""] = await self._accounts.current(ON_DEVICE)
        return await self._archive.read(path, accounts, self._progress)

    # -- how it is done -----------------------------------------------------------------------------

    def _work(self, name: str, work: Callable[..., Awaitable[None]], *args: object) -> None:
        if self.state.work:
            return
        self._set(replace(self._fresh(), work=name))
        self._start("moving.work", work, *args)

    async def _export(self, library_ids: tuple[UUID, ...], path: Path) -> None:
        await self.write_archive(library_ids, path)
        self._set(replace(self._fresh(), written=path, exported=len(library_ids)))

    async def _read(self, path: Path) -> None:
        taken = await self.read_archive(path)
        self._set(replace(self._fresh(), taken=taken, from_file=path))
        self.on_taken()

    async def _move(self, folder: Path) -> None:
        await self._upkeep.move(folder, self._progress)
        self._set(replace(self._fresh(), moved=folder, folder=folder))
        self.on_moved()

    async def _put_back(self, backup: Backup) -> None:
        await self._upkeep.put_back(backup)
        self._set(replace(self._fresh(), damaged=False, backups=(), restored=backup))
        self.on_taken()

    async def _look(self) -> None:
        try:
            await self._upkeep.check()
        except StudioError as error:
            if error.reason is not Reason.LIBRARY_DAMAGED:
                raise
            self._set(replace(self.state, damaged=True, backups=await self._upkeep.backups(), error=error))
            return
        self._set(replace(self.state, damaged=False))
        await self._upkeep.back_up()

    def _progress(self, part: float | None) -> None:
        self._set(replace(self.state, progress=part))

    def _fresh(self) -> MovingState:
        return MovingState(folder=self.state.folder, damaged=self.state.damaged, backups=self.state.backups)

    def _failed(self, error: StudioError) -> MovingState:
        return replace(self.state, work="", progress=None, error=error)
