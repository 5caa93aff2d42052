"""An archive while it is read. It may come from anybody: nothing in it is believed before it is checked.

No entry is ever unpacked under its own name, and none further than its declared size; what an archive declares in
all stands in proportion to its own size, so that a small file can't fill a disk.
"""

from __future__ import annotations

import os
import re
import stat
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from studio.domain.errors import Reason, StudioError
from studio.store.archive_format import FORMAT, HEAD, KIND, archived_from
from studio.store.archive_writing import BLOCK

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from studio.store.archive_format import Archived

ENTRIES_MAX = 1_000_000
DIRECTORY_MAX = 200_000_000
JSON_MAX = 32_000_000
"""Bytes of what is said of one voice; some vendors' voice ids alone have 700,000."""

EXPANDED_MAX = 100
EXPANDED_SLACK = 64_000_000
"""All entries together have at most that many times the archive's own size, and so much more."""

_VOICE = re.compile(r"voices/[0-9]{1,9}\.json")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_COMMENT_MAX = 0xFFFF
_ENCRYPTED = 0x1


class ArchiveFile:
    """Every method blocks, and raises ARCHIVE_DAMAGED; opening one FILE_GONE, NOT_AN_ARCHIVE and ARCHIVE_TOO_NEW."""

    def __init__(self, path: Path) -> None:
        self._file = _opened(path)
        try:
            self._size = os.fstat(self._file.fileno()).st_size
            self._zip = self._checked()
        except BaseException:
            self._file.close()
            raise
        self._infos = {info.filename: info for info in self._zip.infolist()}
        self.voices = [name for name in self._infos if _VOICE.fullmatch(name)]
        self.whole_bytes = sum(info.file_size for info in self._infos.values())

    def size(self, name: str) -> int:
        return self._infos[name].file_size if name in self._infos else 0

    def voice(self, name: str) -> Archived:
        with _damage():
            archived = archived_from(self._json(name))
            sounds = [clip.sound for clip in archived.clips] + list(archived.consents)
            files = [sound.file for sound in sounds] + ([archived.profile.file] if archived.profile else [])
            if missing := [file for file in files if file and file not in self._infos]:
                raise KeyError(missing[0])
            return archived

    def blocks(self, name: str, sha256: str) -> Iterator[bytes]:
        """The bytes of an entry; its end raises if they weren't those that were declared and summed up."""
        import hashlib

        total, left = hashlib.sha256(), self.size(name)
        with _damage(), self._zip.open(name) as source:
            while block := source.read(BLOCK):
                left -= len(block)
                total.update(block)
                if left < 0:
                    raise ValueError(f"{name} is longer than it says")
                yield block
            if left or total.hexdigest() != sha256:
                raise ValueError(f"{name} isn't what it was")

    def close(self) -> None:
        self._zip.close()
        self._file.close()

    def _checked(self) -> zipfile.ZipFile:
        import zipfile

        ours = self._begins_as_ours()
        try:
            self._count()
            opened = zipfile.ZipFile(self._file)
        except (zipfile.BadZipFile, OSError, ValueError, OverflowError, struct.error, RuntimeError) as error:
            raise StudioError(Reason.ARCHIVE_DAMAGED if ours else Reason.NOT_AN_ARCHIVE, detail=str(error)) from error
        if HEAD not in opened.NameToInfo:
            raise StudioError(Reason.NOT_AN_ARCHIVE, detail=f"a zip without {HEAD}")
        with _damage(Reason.ARCHIVE_DAMAGED if ours else Reason.NOT_AN_ARCHIVE):
            self._check_head(opened)
        with _damage():
            self._check_entries(opened.infolist())
        return opened

    def _begins_as_ours(self) -> bool:
        self._file.seek(0)
        start = self._file.read(256)
        return start[:4] == b"PK\3\4" and HEAD.encode() in start and KIND.encode() in start

    def _count(self) -> None:
        """Before zipfile reads the whole directory: how big that is. Raises ValueError or struct.error."""
        self._file.seek(max(0, self._size - _END.size - _COMMENT_MAX))
        start, tail = self._file.tell(), self._file.read(_END.size + _COMMENT_MAX)
        at = tail.rfind(b"PK\5\6")
        if at < 0:
            raise ValueError("not a zip, or cut off")
        (_, _, _, _, entries, directory, _, _) = _END.unpack_from(tail, at)
        where = start + at - _LOCATOR.size
        if where >= 0:
            self._file.seek(where)
            mark, *_ = _LOCATOR.unpack(self._file.read(_LOCATOR.size))
            if mark == b"PK\6\7":
                self._file.seek(max(0, where - _END64.size))  # where zipfile looks, whatever the locator says
                told = _END64.unpack(self._file.read(_END64.size))
                entries, directory = max(told[7], entries % 0xFFFF), max(told[8], directory % 0xFFFFFFFF)
        if entries > ENTRIES_MAX or directory > DIRECTORY_MAX:
            raise ValueError(f"{entries} entries in {directory} bytes")

    def _check_head(self, opened: zipfile.ZipFile) -> None:
        head = _json(opened, HEAD)
        if head["kind"] != KIND:
            raise StudioError(Reason.NOT_AN_ARCHIVE, detail=f"{HEAD} tells of something else")
        told = head["format"]
        if isinstance(told, bool) or not isinstance(told, int) or told < 1:
            raise ValueError(f"format {told!r}")
        if told > FORMAT:
            raise StudioError(Reason.ARCHIVE_TOO_NEW, detail=f"format {told}, this program knows {FORMAT}")

    def _check_entries(self, infos: list[zipfile.ZipInfo]) -> None:
        import zipfile

        names: set[str] = set()
        declared = 0
        for info in infos:
            name = info.filename
            if _leads_out(info.orig_filename) or name in names:
                raise ValueError(f"name {name[:80]!r}")
            if info.flag_bits & _ENCRYPTED or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ValueError(f"form of {name[:80]!r}")
            names.add(name)
            declared += info.file_size
        if declared > EXPANDED_MAX * self._size + EXPANDED_SLACK:
            raise ValueError(f"{declared} bytes in {self._size}")

    def _json(self, name: str) -> Any:
        return _json(self._zip, name)


def _opened(path: Path) -> BinaryIO:
    """Raises FILE_GONE, for a pipe too: opening one waits for whoever writes."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise StudioError(Reason.FILE_GONE, detail=f"{path} is not a file")
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error


def _json(opened: zipfile.ZipFile, name: str) -> Any:
    import json

    if opened.NameToInfo[name].file_size > JSON_MAX:
        raise ValueError(f"{name} has {opened.NameToInfo[name].file_size} bytes")
    return json.loads(opened.read(name))


def _leads_out(name: str) -> bool:
    """Out of the folder, on one system or another."""
    plain = name.replace("\\", "/")
    return "\\" in name or "\0" in name or ":" in name or plain.startswith("/") or ".." in plain.split("/")


@contextmanager
def _damage(reason: Reason = Reason.ARCHIVE_DAMAGED) -> Generator[None]:
    """What zipfile, zlib, json and a check of ours say of a file that isn't whole."""
    import zipfile
    import zlib

    try:
        yield
    except (
        *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError),
        *(KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError),
    ) as error:
        raise StudioError(reason, detail=repr(error)[:300]) from error
