"""Voices as one file for another library: written whole or not at all, taken in all or nothing."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from studio.domain.errors import Reason, StudioError
from studio.ports import Taken
from studio.store.archive_accounts import AccountsInUse
from studio.store.archive_reading import ArchiveFile
from studio.store.archive_rows import accounts_known, archived, clip_identity, files_here, put_in
from studio.store.archive_writing import ArchiveWriter
from studio.store.arrivals import Arrivals, sweep
from studio.store.files import disk_failure, write_whole
from studio.store.profiles import FileProfiles
from studio.store.thread import OwnThread
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from sqlite3 import Connection
    from uuid import UUID

    from studio.ports import Progress
    from studio.store.archive_format import Archived, ArchivedClip, Profile, Sound
    from studio.store.archive_rows import ClipIdentity
    from studio.store.database import Database
    from studio.store.locks import Owners
    from studio.store.paths import Home

PROFILE_MAX = 64_000_000
"""Bytes; the program's own have some thousand."""

_T = TypeVar("_T")

_AT_ONCE = 50
"""Voices that are asked for in one go: others have their turn between."""


class LibraryArchive:
    """Implements `ports.Archive`. Files are read and written on a thread of each call's own, which ends with it."""

    def __init__(self, database: Database, home: Home, owners: Owners) -> None:
        self._database = database
        self._home = home
        self._owners = owners
        self._profiles = FileProfiles(home)

    async def write(self, library_ids: Sequence[UUID], path: Path, progress: Progress) -> None:
        """Voices that are gone meanwhile are left out. Raises NO_SUCH_VOICE, too, where none is there."""
        wanted = tuple(dict.fromkeys(library_ids))
        thread = OwnThread("archive")
        writers: list[ArchiveWriter] = []
        try:
            await thread.run(lambda: writers.append(ArchiveWriter(path, self._home, self._profiles)))
            written = 0
            for start in range(0, len(wanted), _AT_ONCE):
                found = await self._database.run(partial(_all_archived, library_ids=wanted[start : start + _AT_ONCE]))
                for number, one in enumerate(found, start + 1):
                    await thread.run(partial(writers[0].add, one))
                    progress(number / len(wanted))
                written += len(found)
            if not written:
                raise StudioError(Reason.NO_SUCH_VOICE, detail=f"none of {len(wanted)}")
            await thread.run(writers[0].finish)
        finally:
            await thread.aclose(lambda: _each(writers, ArchiveWriter.discard))

    async def read(self, path: Path, accounts: Mapping[tuple[str, str], str], progress: Progress) -> Taken:
        thread = OwnThread("archive")
        files: list[ArchiveFile] = []
        try:
            await thread.run(lambda: files.append(ArchiveFile(path)))
            return await self._take_in(files[0], accounts, thread, progress)
        finally:
            await thread.aclose(lambda: _each(files, ArchiveFile.close))

    async def _take_in(
        self, file: ArchiveFile, accounts: Mapping[tuple[str, str], str], thread: OwnThread, progress: Progress
    ) -> Taken:
        await self._database.run(partial(sweep, home=self._home, owners=self._owners))
        moving = _MovingIn(self._home, self._profiles, file, accounts)
        moving.arrivals = arrivals = await thread.run(self._expect)
        try:
            for names in _batches(file.voices):
                await thread.run(partial(moving.tell, names))
            await self._database.run(moving.in_use.settle)
            for names in _batches(file.voices):
                voices = await thread.run(lambda names=names: [file.voice(name) for name in names])
                here = await self._database.run(partial(moving.look, voices))
                for name, one, files in zip(names, voices, here, strict=True):
                    await thread.run(partial(moving.bring, one, files))
                    moving.bytes_read += file.size(name)
                    progress(moving.bytes_read / file.whole_bytes)
            await thread.run(arrivals.sync)
            return await self._database.run(moving.put_in)
        finally:
            await thread.run(_nothing)  # what was cancelled is still writing
            with suppress(StudioError):
                await self._database.run(arrivals.settle)

    def _expect(self) -> Arrivals:
        try:
            return Arrivals(self._home, self._owners.mine())
        except OSError as error:
            raise disk_failure(error) from error


class _MovingIn:
    """One archive on its way in: sounds first, then all rows in one transaction."""

    arrivals: Arrivals

    def __init__(
        self, home: Home, profiles: FileProfiles, file: ArchiveFile, accounts: Mapping[tuple[str, str], str]
    ) -> None:
        self._home = home
        self._profiles = profiles
        self._file = file
        self.in_use = AccountsInUse(accounts)
        self._brought: dict[str, str] = {}
        self.bytes_read = 0

    # -- on the library's thread ------------------------------------------------------------------------

    def look(self, voices: Sequence[Archived], connection: Connection) -> list[dict[ClipIdentity, str]]:
        """The clip files that are here already, of each voice."""
        return [files_here(connection, one.voice, self.in_use.of(one.voice)) for one in voices]

    def put_in(self, connection: Connection) -> Taken:
        with transaction(connection):
            known = accounts_known(connection)
            results = [
                put_in(connection, one, self.in_use.of(one.voice), known, self._brought)
                for one in map(self._file.voice, self._file.voices)
            ]
        new = tuple(dict.fromkeys(result.library_id for result in results if result.new))
        return Taken(new, len(results) - len(new), sum(result.clips for result in results))

    # -- on the archive's thread --------------------------------------------------------------------------

    def tell(self, names: Sequence[str]) -> None:
        for name in names:
            self.in_use.tell(self._file.voice(name).voice)

    def bring(self, one: Archived, here: Mapping[ClipIdentity, str]) -> None:
        """Its sounds to their folders; those that are here are only read, to be sure of the archive."""
        for clip in one.clips:
            self._bring_clip(clip, here)
        for consent in one.consents:
            if consent.file and consent.file not in self._brought:
                name = f"{consent.sha256}{consent.format.suffix}"
                self.arrivals.write(self._home.rights, name, self._blocks(consent))
                self._brought[consent.file] = name
        if one.profile:
            self._bring_profile(one.profile, self._profiles.path_of(one.voice.voice_id))

    def _bring_clip(self, clip: ArchivedClip, here: Mapping[ClipIdentity, str]) -> None:
        sound = clip.sound
        if not sound.file:
            return
        if sound.file in self._brought:
            raise StudioError(Reason.ARCHIVE_DAMAGED, detail=f"{sound.file} belongs to two clips")
        file = here.get(clip_identity(clip))
        if file and (self._home.clips / file).exists():
            for _ in self._blocks(sound):
                pass
        else:
            name = f"{uuid4()}{sound.format.suffix}"
            self.arrivals.write(self._home.clips, name, self._blocks(sound))
            self._brought[sound.file] = name

    def _bring_profile(self, profile: Profile, path: Path) -> None:
        if self._file.size(profile.file) > PROFILE_MAX:
            raise StudioError(Reason.ARCHIVE_DAMAGED, detail=f"{profile.file} is too big")
        data = b"".join(self._blocks(profile))
        if not path.exists():
            write_whole(path, data)

    def _blocks(self, entry: Sound | Profile) -> Iterator[bytes]:
        for block in self._file.blocks(entry.file, entry.sha256):
            self.bytes_read += len(block)
            yield block


def _all_archived(connection: Connection, library_ids: Sequence[UUID]) -> list[Archived]:
    return [one for library_id in library_ids if (one := archived(connection, library_id))]


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))


def _nothing() -> None:
    pass


def _each(things: Sequence[_T], last: Callable[[_T], None]) -> None:
    for one in things:
        last(one)
