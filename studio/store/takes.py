"""Takes in the library's folder: begun, finished, recovered, changed, deleted and brought back."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Source, Take
from studio.store.database import BUSY_S
from studio.store.files import disk_failure
from studio.store.locks import FileLock
from studio.store.rows import clean
from studio.store.shelf import SHORTEST_HANDLE, UNDO_S
from studio.store.take_files import Kept, TakeFolder
from studio.store.thread import OwnThread

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from studio.store.locks import Owners
    from studio.store.paths import Home

_OFFERED_ALL_THE_SAME = {Reason.DISK_FULL, Reason.LIBRARY_NOT_WRITABLE, Reason.LIBRARY_BUSY}


class LibraryTakes:
    """Implements `ports.Takes`. Needs no library file: a damaged one hides no take.

    Only what was recorded to the end is listed, and what a dead process left; a take that a living one makes is its
    own. Whoever changes a take holds its lock, so that two processes never mend one at once.
    """

    def __init__(self, home: Home, owners: Owners, undo_s: float = UNDO_S, busy_s: float = BUSY_S) -> None:
        self._home = home
        self._owners = owners
        self._undo_s = undo_s
        self._busy_s = busy_s
        self._folder = TakeFolder(home.takes)
        self._let_go: set[UUID] = set()
        self._thread = OwnThread("takes")

    async def begin(self, name: str, rate_hz: int, transcript: str, source: Source | None = None) -> Take:
        begin = partial(self._begin, clean(name), rate_hz, clean(transcript), source or Source())
        return await self._thread.run(begin)

    async def finish(self, take: Take) -> Take:
        """Raises NO_SUCH_TAKE, LIBRARY_NOT_WRITABLE, DISK_FULL."""
        return await self._thread.run(partial(self._finish, take))

    async def keep_original(self, take: Take, path: Path) -> Take:
        """Unchanged for a file that no vendor would take untouched, by its kind or with more than 50 MB.

        Raises NO_SUCH_TAKE, FILE_GONE, LIBRARY_NOT_WRITABLE, DISK_FULL.
        """
        return await self._thread.run(partial(self._keep_original, take, path))

    async def takes(self) -> tuple[Take, ...]:
        """One that can't be mended now, since the disk is full or not writable, comes all the same."""
        return await self._thread.run(self._takes)

    async def change(self, take: Take) -> None:
        """And the sums of what was sent of it, to which they are added."""
        await self._thread.run(partial(self._change, take))

    async def find(self, handle: str) -> Take:
        digits = handle.strip().replace("-", "").lower()
        found = [take for take in await self.takes() if take.take_id.hex.startswith(digits)]
        if len(digits) < SHORTEST_HANDLE or len(found) != 1:
            raise StudioError(Reason.NO_SUCH_TAKE, detail=f"{handle[:200]}: {len(found)} takes")
        return found[0]

    async def delete(self, take_id: UUID) -> None:
        """One that was never finished is gone at once. Raises NO_SUCH_TAKE."""
        await self._thread.run(partial(self._delete, take_id))

    async def restore(self, take_id: UUID) -> None:
        """Raises NO_SUCH_TAKE once it is purged."""
        await self._thread.run(partial(self._restore, take_id))

    async def purge(self) -> None:
        """Sweeps up after crashes too."""
        await self._thread.run(self._purge)

    async def aclose(self) -> None:
        """Waits for what is under way."""
        await self._thread.aclose()

    # -- on the thread of the takes -------------------------------------------------------------------

    def _begin(self, name: str, rate_hz: int, transcript: str, source: Source) -> Take:
        self._home.make()
        take_id = uuid4()
        raw = self._folder.raw(take_id)
        take = Take(take_id, name, datetime.now(UTC), rate_hz, 0, raw, source, transcript=transcript)
        try:
            owner = self._owners.mine()
        except OSError as error:
            raise disk_failure(error) from error
        self._folder.make(Kept(take, owner, finished=False))
        return take

    def _finish(self, take: Take) -> Take:
        """One that can't be finished now, since the disk is full, is nobody's from here on: it is mended later."""
        self._let_go.add(take.take_id)
        with self._holding(take.take_id):
            kept = self._there(take.take_id)
            self._folder.settle(take.take_id)
            finished = replace(take, sent=_all_sums(kept.take, take), original=kept.take.original)
            self._folder.write(replace(kept, take=finished, owner="", finished=True))
        return finished

    def _keep_original(self, take: Take, path: Path) -> Take:
        copy = self._folder.keep_original(take, path)
        if copy is None:
            return take
        with self._holding(take.take_id):
            kept = self._there(take.take_id)
            self._folder.write(replace(kept, take=replace(kept.take, original=copy)))
        return replace(take, original=copy)

    def _takes(self) -> tuple[Take, ...]:
        listed: list[Take] = []
        for take_id in self._ids():
            with suppress(OSError):  # of one that can't be read, which hides no other
                kept = self._current(take_id)
                listed += [kept.take] if kept and not kept.deleted else []
        return tuple(sorted(listed, key=lambda take: (take.created, take.take_id), reverse=True))

    def _current(self, take_id: UUID) -> Kept | None:
        """None for one that somebody makes at this moment, or that has no sound. Raises OSError."""
        kept = self._folder.read(take_id)
        if (kept and kept.whole()) or self._is_made(kept):
            return kept if kept and kept.finished else None
        seen = self._folder.seen(take_id, kept)
        try:
            return self._mended(take_id)
        except StudioError as error:
            return seen if error.reason in _OFFERED_ALL_THE_SAME else None

    def _mended(self, take_id: UUID) -> Kept | None:
        """Raises LIBRARY_BUSY, LIBRARY_NOT_WRITABLE, DISK_FULL; NO_SUCH_TAKE once another process has removed it."""
        with self._holding(take_id):
            kept = self._folder.read(take_id)
            if kept and kept.whole():  # another process was first
                return kept
            if self._is_made(kept):  # begun since the last look
                return None
            half_read = bool(kept and not kept.finished and not kept.take.recorded)  # its file is still somewhere
            seen = None if half_read else self._folder.seen(take_id, kept)
            if seen:
                self._folder.mend(seen)
            elif kept and not kept.finished:
                self._folder.remove(take_id)
            return seen

    def _change(self, take: Take) -> None:
        with self._holding(take.take_id):
            kept = self._there(take.take_id)
            changed = replace(
                kept.take,
                name=take.name,
                transcript=take.transcript,
                edit=take.edit,
                sent=_all_sums(kept.take, take),
            )
            self._folder.write(replace(kept, take=changed))

    def _delete(self, take_id: UUID) -> None:
        with self._holding(take_id):
            kept = self._there(take_id)
            if kept.finished:
                self._folder.write(replace(kept, deleted=kept.deleted or datetime.now(UTC)))
            else:
                self._folder.remove(take_id)

    def _restore(self, take_id: UUID) -> None:
        with self._holding(take_id):
            self._folder.write(replace(self._there(take_id), deleted=None))

    def _purge(self) -> None:
        if not self._home.takes.is_dir():
            return
        over = datetime.now(UTC) - timedelta(seconds=self._undo_s)
        for take_id in self._ids():
            with suppress(OSError, StudioError):  # another process purges too
                kept = self._folder.read(take_id)
                if kept and kept.deleted and kept.deleted <= over:
                    with self._holding(take_id):
                        self._folder.remove(take_id)
        try:
            self._folder.sweep()
        except OSError as error:
            raise disk_failure(error) from error

    def _ids(self) -> list[UUID]:
        try:
            return self._folder.ids()
        except OSError as error:
            raise disk_failure(error) from error

    # -- who holds what -------------------------------------------------------------------------------

    @contextmanager
    def _holding(self, take_id: UUID) -> Generator[None]:
        """The take's lock; its file lies with the owners' and is swept with them.

        Raises NO_SUCH_TAKE, LIBRARY_BUSY, LIBRARY_NOT_WRITABLE, DISK_FULL.
        """
        if not self._folder.of(take_id).is_dir():
            raise StudioError(Reason.NO_SUCH_TAKE, detail=str(take_id))
        self._home.make()
        path = self._home.locks / take_id.hex
        lock: FileLock | None = None
        deadline = time.monotonic() + self._busy_s
        try:
            while lock is None:
                lock = FileLock.take(path, create=True)
                if lock is None:
                    if time.monotonic() > deadline:
                        raise StudioError(Reason.LIBRARY_BUSY, detail=str(take_id), retryable=True)
                    time.sleep(0.01)
            yield
        except OSError as error:
            raise disk_failure(error) from error
        finally:
            if lock:
                lock.remove()

    def _is_made(self, kept: Kept | None) -> bool:
        """Whether somebody records or imports it. Where nothing can be written nobody does."""
        if kept is None or kept.finished or not kept.owner or kept.take.take_id in self._let_go:
            return False
        try:
            return not self._owners.gone(kept.owner)
        except OSError:
            return False

    def _there(self, take_id: UUID) -> Kept:
        """What this process may change: finished, or its own."""
        kept = self._folder.read(take_id)
        if kept is None or (kept.owner and kept.owner != self._owners.held()):
            raise StudioError(Reason.NO_SUCH_TAKE, detail=str(take_id))
        return kept


def _all_sums(kept: Take, take: Take) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kept.sent, *take.sent)))
