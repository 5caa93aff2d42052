"""Texts on their way to being spoken: every piece of sound is on disk before it is heard."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from studio.domain.errors import Reason, StudioError
from studio.domain.narrations import Narration
from studio.domain.raw_wav import STREAMING, header
from studio.store.database import BUSY_S
from studio.store.files import PRIVATE_FILE, disk_failure
from studio.store.locks import holding
from studio.store.narration_files import Kept, NarrationFolder
from studio.store.rows import clean
from studio.store.thread import OwnThread

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from studio.domain.audio import Clip
    from studio.store.locks import Owners
    from studio.store.paths import Home

ORPHAN_AGE = timedelta(days=30)
"""What was spoken with a voice that is gone stays so long: the voice may come back with an archive or a backup."""


class LibraryNarrations:
    """Implements `ports.Narrations`. Needs no library file.

    What this process is at work on carries its owner's id. Sound is written through to the system as it comes, so it
    outlives the process; a whole part is on the disk when `add_part` returns.
    """

    def __init__(self, home: Home, owners: Owners, busy_s: float = BUSY_S) -> None:
        self._home = home
        self._owners = owners
        self._busy_s = busy_s
        self._folder = NarrationFolder(home.narrations)
        self._mine: dict[UUID, Narration] = {}
        self._growing: dict[UUID, int] = {}
        self._thread = OwnThread("narrations")

    async def begin(self, library_id: UUID, text: str, parts: tuple[str, ...]) -> Narration:
        """Raises LIBRARY_NOT_WRITABLE or DISK_FULL."""
        return await self._thread.run(partial(self._begin, library_id, text, parts))

    async def hear(self, narration_id: UUID, data: bytes, rate_hz: int) -> None:
        """Raises NO_SUCH_CLIP for one that this process isn't at work on, LIBRARY_NOT_WRITABLE or DISK_FULL."""
        await self._thread.run(partial(self._hear, narration_id, data, rate_hz))

    async def add_part(self, narration_id: UUID, clip: Clip, price_usd: float | None) -> Narration:
        """Raises as `hear`."""
        return await self._thread.run(partial(self._add_part, narration_id, clip, price_usd))

    async def sound(self, narration_id: UUID) -> tuple[Clip, ...]:
        """Raises NO_SUCH_CLIP."""
        return await self._thread.run(partial(self._sound, narration_id))

    async def of(self, library_id: UUID) -> tuple[Narration, ...]:
        """One that can't be read hides no other. Raises LIBRARY_NOT_WRITABLE."""
        return await self._thread.run(partial(self._of, library_id))

    async def take_up(self, narration_id: UUID) -> Narration:
        """The first piece that is heard from here on is the beginning of a part, also of one this process has."""
        return await self._thread.run(partial(self._take_up, narration_id))

    async def let_go(self, narration_id: UUID, *, told: bool = False) -> None:
        """One that is gone, or not this process's, is no error."""
        await self._thread.run(partial(self._let_go, narration_id, told))

    async def end(self, narration_id: UUID) -> None:
        """One that is gone, or another process's, is no error."""
        await self._thread.run(partial(self._end, narration_id))

    async def aclose(self) -> None:
        """Waits for what is under way."""
        await self._thread.aclose(self._close)

    # -- on the thread of the narrations ----------------------------------------------------------------

    def _begin(self, library_id: UUID, text: str, parts: tuple[str, ...]) -> Narration:
        self._home.make()
        begun = Narration(uuid4(), library_id, clean(text), tuple(map(clean, parts)), datetime.now(UTC))
        try:
            self._folder.make(Kept(begun, self._owners.mine()))
        except BaseException as error:
            self._folder.remove(begun.narration_id)
            if isinstance(error, OSError):
                raise disk_failure(error) from error
            raise
        self._mine[begun.narration_id] = begun
        return begun

    def _hear(self, narration_id: UUID, data: bytes, rate_hz: int) -> None:
        narration = self._at_work_on(narration_id)
        try:
            if narration_id not in self._growing:
                path = self._folder.heard(narration_id, narration.done)
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
                self._growing[narration_id] = os.open(path, flags, PRIVATE_FILE)
                data = header(rate_hz, STREAMING) + data
            while data:
                data = data[os.write(self._growing[narration_id], data) :]
        except OSError as error:
            raise disk_failure(error) from error

    def _add_part(self, narration_id: UUID, clip: Clip, price_usd: float | None) -> Narration:
        narration = self._at_work_on(narration_id)
        if not narration.left:
            raise ValueError("all parts are there")
        self._stop_growing(narration_id)
        self._folder.add_part(narration, clip, price_usd)
        kept = self._read(narration_id)
        if kept is None:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=str(narration_id))
        self._mine[narration_id] = kept.narration
        return kept.narration

    def _sound(self, narration_id: UUID) -> tuple[Clip, ...]:
        kept = self._read(narration_id)
        if kept is None:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=str(narration_id))
        try:
            return self._folder.sound(kept.narration)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=repr(error)) from error

    def _of(self, library_id: UUID) -> tuple[Narration, ...]:
        try:
            ids = self._folder.ids()
        except OSError as error:
            raise disk_failure(error) from error
        kept = [one for one in map(self._read, ids) if one and one.narration.library_id == library_id]
        waiting = [one.narration for one in kept if self._waits(one)]
        return tuple(sorted(waiting, key=lambda one: (one.created, one.narration_id), reverse=True))

    def _take_up(self, narration_id: UUID) -> Narration:
        with self._holding(narration_id):
            kept = self._read(narration_id)
            if kept is None or not (narration_id in self._mine or self._waits(kept)):
                raise StudioError(Reason.NO_SUCH_CLIP, detail=str(narration_id))
            try:
                self._folder.write(Kept(kept.narration, self._owners.mine()))
            except OSError as error:
                raise disk_failure(error) from error
        self._stop_growing(narration_id)
        self._mine[narration_id] = kept.narration
        return kept.narration

    def _let_go(self, narration_id: UUID, told: bool) -> None:
        """Where nothing can be written any more, other processes find it once this one has ended."""
        self._stop_growing(narration_id)
        if self._mine.pop(narration_id, None) is None:
            return
        with suppress(StudioError), self._holding(narration_id):
            if kept := self._read(narration_id):
                self._folder.write(Kept(replace(kept.narration, told=told)))

    def _end(self, narration_id: UUID) -> None:
        self._stop_growing(narration_id)
        with suppress(StudioError), self._holding(narration_id):
            kept = self._read(narration_id)
            if self._mine.pop(narration_id, None) or kept is None or self._waits(kept):
                self._folder.remove(narration_id)

    def _close(self) -> None:
        for narration_id in list(self._growing):
            self._stop_growing(narration_id)
        self._mine.clear()

    # -- who holds what -----------------------------------------------------------------------------------

    @contextmanager
    def _holding(self, narration_id: UUID) -> Generator[None]:
        """Raises NO_SUCH_CLIP, LIBRARY_BUSY, LIBRARY_NOT_WRITABLE, DISK_FULL."""
        if not self._folder.of(narration_id).is_dir():
            raise StudioError(Reason.NO_SUCH_CLIP, detail=str(narration_id))
        self._home.make()
        with holding(self._home.locks / narration_id.hex, self._busy_s):
            yield

    def _waits(self, kept: Kept) -> bool:
        """Whether nobody is at work on it. One that this process let go of waits, whatever its file says."""
        if not kept.owner:
            return True
        if kept.owner == self._owners.held():
            return kept.narration.narration_id not in self._mine
        try:
            return self._owners.gone(kept.owner)
        except OSError:
            return False

    def _at_work_on(self, narration_id: UUID) -> Narration:
        if narration_id not in self._mine:
            raise StudioError(Reason.NO_SUCH_CLIP, detail=str(narration_id))
        return self._mine[narration_id]

    def _read(self, narration_id: UUID) -> Kept | None:
        try:
            return self._folder.read(narration_id)
        except (OSError, StudioError):
            return None

    def _stop_growing(self, narration_id: UUID) -> None:
        descriptor = self._growing.pop(narration_id, None)
        if descriptor is not None:
            os.close(descriptor)


def sweep(home: Home, owners: Owners, is_here: Callable[[UUID], bool], age: timedelta = ORPHAN_AGE) -> None:
    """Removes the rest of what was ended, and narrations of voices that aren't here any more, once they are so old.

    Blocks. Raises OSError.
    """
    folder = NarrationFolder(home.narrations)
    folder.sweep()
    oldest = datetime.now(UTC) - age
    for narration_id in folder.ids():
        with suppress(StudioError, OSError):  # what can't be read stays
            kept = folder.read(narration_id)
            if kept is None or kept.narration.created > oldest or is_here(kept.narration.library_id):
                continue
            if not kept.owner or (kept.owner != owners.held() and owners.gone(kept.owner)):
                folder.remove(narration_id)
