"""An archive while it is written, voice by voice, with no more than a block of sound in memory."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.store.archive_format import HEAD, README, README_NAME, ArchivedClip, Profile, head_told, voice_told
from studio.store.export import FileOutside, failing_outside
from studio.store.rows import clean

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

    from studio.store.archive_format import Archived, Sound
    from studio.store.paths import Home
    from studio.store.profiles import FileProfiles

BLOCK = 1 << 20

_UNIX, _READABLE_FILE = 3, 0o100644


class ArchiveWriter:
    """Every method blocks, and raises NOT_WRITABLE or DISK_FULL. Ends with `finish` or `discard`."""

    def __init__(self, path: Path, home: Home, profiles: FileProfiles) -> None:
        import zipfile

        self._home = home
        self._profiles = profiles
        self._made = datetime.now(UTC).replace(microsecond=0)
        self._voices = 0
        self._sounds = 0
        self._consents: dict[str, str] = {}
        self._outside = FileOutside(path)
        self._zip = zipfile.ZipFile(self._outside.file, "w")
        try:
            with failing_outside():
                self._add_json(HEAD, head_told(self._made), packed=False)  # first: a cut-off file is known by it
                self._zip.writestr(self._info(README_NAME), README)
        except BaseException:
            self.discard()
            raise

    def add(self, archived: Archived) -> None:
        """Its sounds, as far as they are here, then what is known of it."""
        self._voices += 1
        with failing_outside():
            clips = tuple(self._clip(clip) for clip in archived.clips)
            consents = tuple(self._consent(sound) for sound in archived.consents)
            profile = self._profile(archived.voice.voice_id)
            told = replace(archived, clips=clips, consents=consents, profile=profile)
            self._add_json(f"voices/{self._voices:06d}.json", voice_told(told))

    def finish(self) -> None:
        with failing_outside():
            self._zip.close()
        self._outside.finish()

    def discard(self) -> None:
        """Nothing is left of it; after `finish` it does nothing."""
        with suppress(OSError, ValueError):  # a full disk, or a file that is closed
            self._zip.close()
        self._outside.discard()

    def _clip(self, clip: ArchivedClip) -> ArchivedClip:
        self._sounds += 1
        name = f"clips/{self._sounds:06d}{clip.sound.format.suffix}"
        total = self._copy(_within(self._home.clips, clip.sound.file), name)
        return replace(clip, sound=replace(clip.sound, file=name if total else "", sha256=total or clip.sound.sha256))

    def _consent(self, sound: Sound) -> Sound:
        """Voices share them."""
        if sound.sha256 not in self._consents:
            name = f"consents/{sound.sha256}{sound.format.suffix}"
            total = self._copy(_within(self._home.rights, sound.file), name)
            self._consents[sound.sha256] = name if total else ""
        return replace(sound, file=self._consents[sound.sha256])

    def _profile(self, voice_id: str) -> Profile | None:
        name = f"profiles/{self._voices:06d}.npz"
        total = self._copy(self._profiles.path_of(voice_id), name)
        return Profile(name, total) if total else None

    def _copy(self, path: Path | None, name: str) -> str:
        """The sum of what was copied, not compressed: sound hardly shrinks. Nothing for a file that isn't there."""
        import hashlib

        total = hashlib.sha256()
        try:
            source = path and path.open("rb")
        except OSError:
            return ""
        if source is None:
            return ""
        with source, self._zip.open(self._info(name), "w", force_zip64=True) as sink:
            while block := source.read(BLOCK):
                total.update(block)
                sink.write(block)
        return total.hexdigest()

    def _add_json(self, name: str, told: dict[str, object], *, packed: bool = True) -> None:
        import json
        import zipfile

        info = self._info(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        self._zip.writestr(info, clean(json.dumps(told, ensure_ascii=False, indent=1)).encode())

    def _info(self, name: str) -> zipfile.ZipInfo:
        """As if made on one kind of system, wherever it is."""
        import zipfile

        info = zipfile.ZipInfo(name, self._made.timetuple()[:6])
        info.create_system = _UNIX
        info.external_attr = _READABLE_FILE << 16
        return info


def _within(folder: Path, name: str) -> Path | None:
    path = folder / name
    return path if name and path.parent == folder else None
