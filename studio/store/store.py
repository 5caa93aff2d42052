"""All of the store in one place, for `main` to build and to close."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.store.accounts import LibraryAccounts
from studio.store.archive import LibraryArchive
from studio.store.clips import ClipFolder
from studio.store.database import BUSY_S, Database
from studio.store.dragging import DragFolder
from studio.store.export import FileExporter
from studio.store.keys import Keyring
from studio.store.ledger import LibraryLedger
from studio.store.library_clips import LibraryClips
from studio.store.locks import Owners
from studio.store.narrations import LibraryNarrations
from studio.store.order_samples import OrderSamples
from studio.store.paths import find_home
from studio.store.pending import LibraryPending
from studio.store.profiles import FileProfiles
from studio.store.rights import LibraryRights
from studio.store.samples import SampleFile
from studio.store.settings import SettingsFile
from studio.store.shelf import UNDO_S, LibraryShelf
from studio.store.takes import LibraryTakes
from studio.store.tray import LibraryTray
from studio.store.upkeep import LibraryUpkeep

if TYPE_CHECKING:
    from studio.ports import (
        Accounts,
        Archive,
        Clips,
        Exporter,
        Ledger,
        MemoryFile,
        Narrations,
        Pending,
        Profiles,
        Rights,
        SampleFiles,
        Shelf,
        Takes,
        Tray,
        Upkeep,
    )
    from studio.store.paths import Home


class Store:
    """The parts, as the flows know them. Making one touches no disk; the library opens at its first use.

    The methods of every part are called on the loop's thread; only `memory` is synchronous.
    """

    def __init__(self, home: Home | None = None, *, busy_s: float = BUSY_S, undo_s: float = UNDO_S) -> None:
        self.home: Home = home or find_home()
        self._owners = Owners(self.home.locks)
        self._database = Database(self.home, busy_s, self._owners)
        folder = ClipFolder(self.home.clips)
        profiles = FileProfiles(self.home)
        self.profiles: Profiles = profiles
        drag = DragFolder(self.home.root / "drag", folder, self._owners)
        self.shelf: Shelf = LibraryShelf(self._database, folder, drag, profiles, self._owners, self.home, undo_s)
        self.clips: Clips = LibraryClips(self._database, folder, drag)
        self.ledger: Ledger = LibraryLedger(self._database)
        self.tray: Tray = LibraryTray(self._database, folder)
        self.pending: Pending = LibraryPending(self._database, self._owners, OrderSamples(self.home.orders))
        self._takes = LibraryTakes(self.home, self._owners, undo_s, busy_s)
        self.takes: Takes = self._takes
        self._narrations = LibraryNarrations(self.home, self._owners, busy_s)
        self.narrations: Narrations = self._narrations
        self.archive: Archive = LibraryArchive(self._database, self.home, self._owners)
        self.upkeep: Upkeep = LibraryUpkeep(self._database, self.home, self._owners)
        self.rights: Rights = LibraryRights(self._database, self.home)
        settings = SettingsFile(self.home)
        self.memory: MemoryFile = settings
        self.accounts: Accounts = LibraryAccounts(self._database, Keyring(), settings)
        self.samples: SampleFiles = SampleFile()
        self.exporter: Exporter = FileExporter()

    async def aclose(self) -> None:
        """Waits for writes under way, then lets go: orders, takes and narrations still open count as abandoned."""
        await self._database.aclose()
        await self._takes.aclose()
        await self._narrations.aclose()
        await asyncio.to_thread(self._owners.release)
