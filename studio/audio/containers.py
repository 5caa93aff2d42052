"""What a sound file is and what is in it, told by its content: libsndfile where it knows the kind, FFmpeg elsewhere.

MP3 is FFmpeg's, too: libsndfile's reader writes to the terminal, ends a file of varying bit rate without an index far
too early, and doesn't take one that begins in the middle. Both cut off what the encoder put before and after.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from studio.audio.demuxing import BLOCK_FRAMES, Demuxed, vendors_kind
from studio.audio.promises import ends_open, is_short
from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.samples import Media, media_of
from studio.domain.takes import Source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    import numpy as np
    import soundfile
    from numpy.typing import NDArray

SIZE_MAX = 2_000_000_000

RATE_LEAST_HZ = 1_000
"""A rate below is no sound's, but of measurements or of damage: the meters have nothing to measure in it."""

# libsndfile's names, as FFmpeg says them; the depth is of one sample.
_PCM = {
    "PCM_S8": ("pcm_s8", 8),
    "PCM_U8": ("pcm_u8", 8),
    "PCM_16": ("pcm_s16", 16),
    "PCM_24": ("pcm_s24", 24),
    "PCM_32": ("pcm_s32", 32),
    "FLOAT": ("pcm_f32", 32),
    "DOUBLE": ("pcm_f64", 64),
    "ULAW": ("pcm_mulaw", 8),
    "ALAW": ("pcm_alaw", 8),
}
_WIDE = frozenset({"PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"})
_LOSSY = {"VORBIS": "vorbis", "OPUS": "opus", "MPEG_LAYER_III": "mp3", "MPEG_LAYER_II": "mp2", "MPEG_LAYER_I": "mp1"}
_ADPCM_BITS = 4
_CONTAINERS = {"WAVEX": "wav", "RF64": "rf64", "MPEG": "mp3", "MP3": "mp3", "NIST": "sph"}
_BIG_ENDIAN = frozenset({"AIFF", "AU", "CAF"})


class Reading(Protocol):
    """The sound of an open file, from the beginning, once. Blocking. `broken`: not all of it could be read."""

    broken: bool

    def source(self) -> Source: ...

    def blocks(self) -> Iterator[Pcm]: ...

    def close(self) -> None: ...


@contextmanager
def reading(path: Path) -> Generator[tuple[Reading, Source, BinaryIO]]:
    """The sound, what it is, and the file it is read from, whose position tells how far the reading is.

    Raises FILE_GONE, FILE_TOO_BIG, EMPTY_AUDIO, ENCRYPTED_FILE, NO_SOUND_IN_FILE or UNREADABLE_AUDIO.
    """
    size = _size_of(path)
    try:
        file = _nameless(path)
    except OSError as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    with file:
        sound = _opened(file, size)
        try:
            source = replace(sound.source(), size=size)
            if source.rate_hz < RATE_LEAST_HZ:
                raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"a rate of {source.rate_hz} Hz")
            yield sound, source, file
        finally:
            sound.close()


def _size_of(path: Path) -> int:
    """Asked before opening: a pipe would block, and a big file isn't even looked into."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise StudioError(Reason.FILE_GONE, detail=str(error)) from error
    if not stat.S_ISREG(status.st_mode):
        raise StudioError(Reason.FILE_GONE, detail="no regular file")
    if status.st_size > SIZE_MAX:
        raise StudioError(Reason.FILE_TOO_BIG, detail=f"{status.st_size} bytes")
    if not status.st_size:
        raise StudioError(Reason.EMPTY_AUDIO, detail="no bytes")
    return status.st_size


def _nameless(path: Path) -> BinaryIO:
    """soundfile takes any file called .raw for raw samples, unless it has no name."""
    return open(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), "rb", buffering=1 << 18)


def _opened(file: BinaryIO, size: int) -> Reading:
    import soundfile

    head = file.read(16)
    file.seek(0)
    if media_of(head) is Media.MP3:
        return Demuxed(file)
    try:
        sound = soundfile.SoundFile(file)
    except soundfile.SoundFileError:
        return Demuxed(file)
    if sound.frames:
        return _SoundFileReading(sound, file, head, size)
    sound.close()
    return Demuxed(file)  # a WAV whose writer never filled in its sizes says 0; FFmpeg reads it to the end


class _SoundFileReading:
    def __init__(self, file: soundfile.SoundFile, under: BinaryIO, head: bytes, size: int) -> None:
        self._file = file
        self._under = under
        self._head = head
        self.broken = is_short(head, size) or ends_open(under, head, size)

    def source(self) -> Source:
        subtype, kind = str(self._file.subtype), str(self._file.format)
        container = _CONTAINERS.get(kind, kind.lower())
        encoding, depth = _PCM.get(subtype, (_LOSSY.get(subtype, subtype.lower()), None))
        if subtype in _WIDE:
            encoding += "be" if kind in _BIG_ENDIAN or self._head[:4] == b"RIFX" else "le"
        if container == "flac":
            encoding = "flac"
        if "ADPCM" in subtype:
            depth = _ADPCM_BITS
        media = vendors_kind(self._head, encoding)
        return Source(container, encoding, self._file.channels, self._file.samplerate, depth, media)

    def blocks(self) -> Iterator[Pcm]:
        import soundfile

        done = 0
        try:
            while len(block := self._file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
                done += len(block)
                yield Pcm(cast("NDArray[np.float32]", block), self._file.samplerate)
        except soundfile.SoundFileError:
            yield from self._rest(done)
        self.broken = self.broken or done < self._file.frames

    def _rest(self, done: int) -> Iterator[Pcm]:
        """libsndfile gives nothing of a block in which something is damaged, FFmpeg leaves out the damage alone."""
        self.broken = True
        try:
            other = Demuxed(self._under)
        except StudioError:
            return
        try:
            for block in other.blocks():
                if block.frames > done:
                    yield Pcm(block.samples[done:], block.rate_hz)
                done = max(0, done - block.frames)
        finally:
            other.close()

    def close(self) -> None:
        self._file.close()
