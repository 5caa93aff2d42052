"""The voices kept, in the library file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from studio.domain.accounts import SPEECH_SERVER
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Status
from studio.store import arrivals, deleting, narrations, reading
from studio.store.clips import tidy
from studio.store.files import disk_failure
from studio.store.labels import label
from studio.store.merging import merge
from studio.store.rows import clean, now
from studio.store.transactions import transaction
from studio.store.voice_rows import add

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from sqlite3 import Connection

    from studio.domain.audio import Clip
    from studio.domain.voices import ClipKind, Origin, Voice
    from studio.ports import Changes, Labels
    from studio.store.clips import ClipFolder
    from studio.store.database import Database
    from studio.store.dragging import DragFolder
    from studio.store.locks import Owners
    from studio.store.paths import Home
    from studio.store.profiles import FileProfiles
    from studio.store.rows import Value

UNDO_S = 10.0
SHORTEST_HANDLE = reading.SHORTEST_HANDLE

_RENAME = "UPDATE voices SET name = ? WHERE library_id = ?"
_ANNOTATE = "UPDATE voices SET notes = ? WHERE library_id = ?"
_USED = "UPDATE voices SET last_used = ? WHERE library_id = ?"
_SEEN = "UPDATE voices SET changed = 0 WHERE library_id = ?"
_SET_PITCH = "UPDATE voices SET pitch_hz = ? WHERE library_id = ?"
_MARK = "UPDATE voices SET status = ?, gone = iif(?, coalesce(gone, ?), NULL) WHERE library_id = ?"
_CLOSE = "DELETE FROM orders WHERE order_id = ?"

_WITH_PROFILES = "SELECT voice_id FROM voices WHERE system IN (?, ?)"
_SYSTEMS_WITH_PROFILES = (ON_DEVICE, SPEECH_SERVER)


class LibraryShelf:
    """Implements `ports.Shelf`. A deleted voice stays hidden, in every process, until it is restored or purged."""

    def __init__(
        self,
        database: Database,
        folder: ClipFolder,
        drag: DragFolder,
        profiles: FileProfiles,
        owners: Owners,
        home: Home,
        undo_s: float = UNDO_S,
    ) -> None:
        self._database = database
        self._folder = folder
        self._drag = drag
        self._profiles = profiles
        self._owners = owners
        self._home = home
        self._undo_s = undo_s

    async def voices(self) -> tuple[Voice, ...]:
        return await self._database.run(reading.voices)

    async def newest(self, count: int) -> tuple[Voice, ...]:
        return await self._database.run(partial(reading.newest, count=count))

    async def changes(self, revision: int) -> Changes:
        """That a list showed a known voice once more is no change: its `listed` may be older than what is there."""
        return await self._database.run(partial(reading.changes, since=revision))

    async def add(
        self,
        voice: Voice,
        clip: Clip | None,
        kind: ClipKind,
        text: str,
        statement: str = "",
        order_id: UUID | None = None,
    ) -> Voice:
        """The voice as it is on the shelf now; one that was being deleted is back.

        A voice that is there keeps its name and notes; its status follows, its words where there are new ones. A
        clip of the same bytes is there once. A `statement` is a JSON object; without a clip its `sample_sha256` is
        the sum it is kept with.
        """

        def work(connection: Connection) -> Voice:
            written = self._folder.write(clip, kind, text) if clip else None
            unused = written
            try:
                with transaction(connection):
                    library_id, took_clip = add(connection, voice, written, statement)
                    if order_id:
                        connection.execute(_CLOSE, (str(order_id),))
                    shelved = reading.by_id(connection, library_id)
                unused = None if took_clip else written
            finally:
                if unused:
                    self._folder.remove([unused.stored.file])
            return shelved

        return await self._database.run(work)

    async def merge(
        self,
        system: str,
        account: str,
        listed: Sequence[Voice],
        gone: Sequence[Origin],
        since: datetime | None = None,
    ) -> None:
        """Hidden voices stay hidden; ones that came into the library just now aren't taken for gone.

        With `since` on every page, a voice that the list repeats is told of once.
        """
        tell = partial(merge, system=system, account=account, listed=listed, gone=gone, since=since)
        await self._database.run(tell)

    async def seen(self, library_id: UUID) -> None:
        await self._change(_SEEN, (str(library_id),), library_id)

    async def mark(self, library_id: UUID, status: Status) -> None:
        values = (status.value, status is Status.GONE, now(), str(library_id))
        await self._change(_MARK, values, library_id)

    async def find(self, handle: str) -> Voice:
        """By library id, its first eight or more digits, or `system:voice_id`."""
        return await self._database.run(partial(reading.find, handle=clean(handle)))

    async def rename(self, library_id: UUID, name: str) -> None:
        """A voice that is being deleted is renamed too, and annotated: it may be restored."""
        await self._change(_RENAME, (clean(name), str(library_id)), library_id)

    async def annotate(self, library_id: UUID, notes: str) -> None:
        await self._change(_ANNOTATE, (clean(notes), str(library_id)), library_id)

    async def label(self, library_ids: Sequence[UUID], labels: Labels) -> None:
        """Tags and collections are one line each; an empty collection takes a voice out of the one it is in."""
        await self._database.run(partial(label, library_ids=library_ids, labels=labels))

    async def set_pitch(self, library_id: UUID, pitch_hz: float) -> None:
        await self._change(_SET_PITCH, (pitch_hz, str(library_id)), library_id)

    async def used(self, library_id: UUID) -> None:
        await self._change(_USED, (now(), str(library_id)), library_id)

    async def delete(self, *library_ids: UUID, unsent: bool = False) -> None:
        """All of them or none."""

        def work(connection: Connection) -> None:
            try:
                teller = self._owners.mine() if unsent else None
            except OSError as error:
                raise disk_failure(error) from error
            deleting.hide(connection, library_ids, teller)

        await self._database.run(work)

    async def sent(self, *library_ids: UUID) -> None:
        """Ones that are purged are no error."""
        await self._database.run(partial(deleting.sent, library_ids=library_ids))

    async def restore(self, *library_ids: UUID) -> None:
        """Raises NO_SUCH_VOICE once one is purged; the others are back all the same."""
        await self._database.run(partial(deleting.restore, library_ids=library_ids))

    async def purge(self) -> None:
        """And what processes that are gone have left: copies for dragging, half-written files, unsent deletions."""
        await self._database.run(self._purge)

    async def changed_elsewhere(self) -> bool:
        return await self._database.changed_elsewhere()

    async def _change(self, statement: str, values: Sequence[Value], library_id: UUID) -> None:
        def work(connection: Connection) -> int:
            with transaction(connection):
                return connection.execute(statement, values).rowcount

        if not await self._database.run(work):
            raise StudioError(Reason.NO_SUCH_VOICE, detail=str(library_id))

    def _purge(self, connection: Connection) -> None:
        """Rows first, then files: a crash in between leaves files without rows, which harm nobody."""
        before = now() - round(self._undo_s * 1e6)
        try:
            deleting.bring_back(connection, self._owners)
            self._folder.remove(deleting.forget(connection, before))
            self._folder.tidy()
            self._drag.sweep()
            wanted = connection.execute(_WITH_PROFILES, _SYSTEMS_WITH_PROFILES).fetchall()
            self._profiles.sweep(voice_id for (voice_id,) in wanted)
            arrivals.sweep(connection, self._home, self._owners)
            narrations.sweep(self._home, self._owners, partial(reading.is_here, connection))
            tidy(self._home.rights)
            tidy(self._home.root)
        except OSError as error:
            raise disk_failure(error) from error
