"""Sound of the files that libsndfile doesn't read, M4A and videos first: FFmpeg through PyAV.

Only kinds that hold their own sound are let in: FFmpeg also knows playlists, which would open other files and the
network.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

from studio.audio.boxes import is_encrypted
from studio.audio.promises import is_cut, promised_s
from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.samples import Media, media_of
from studio.domain.takes import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    import av
    import numpy as np
    from av.container import InputContainer
    from numpy.typing import NDArray

BLOCK_FRAMES = 1 << 16
BAD_PACKETS_MAX = 1_000
"""In a row; then the rest is taken for damaged."""

CHANNELS_MAX = 8
"""Of planes beside one another: AAC's decoder makes 34 channels of damage."""

_PLANES_TOLD = 7
"""PyAV finds the number of planes by the gap in a table of 8; where all are taken it reads on into other memory."""

_KINDS = (
    "aac,ac3,eac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dts,dv,flac,flv,loas,matroska,webm,mov,mp4,mp3,mpeg,mpegts,"
    "mpegvideo,mxf,ogg,rm,tak,truehd,tta,voc,w64,wav,wv,xwma,h264,hevc,m4v,mjpeg,gif,apng,image2,png_pipe,jpeg_pipe,"
    "webp_pipe,bmp_pipe,tiff_pipe"
)
_OPTIONS = {"format_whitelist": _KINDS, "protocol_whitelist": "none"}
_NAMES = {"mov": "mp4"}
_LOSSLESS = frozenset({"alac", "flac", "ape", "wavpack", "tak", "tta", "truehd", "mlp"})
_BITS = {"u8": 8, "s16": 16, "s32": 24, "flt": 32, "dbl": 64}


class Demuxed:
    """The best sound track of a file, from the beginning, once. Blocking; `broken` once anything was unreadable.

    Raises ENCRYPTED_FILE, NO_SOUND_IN_FILE, EMPTY_AUDIO or UNREADABLE_AUDIO.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.broken = False
        self._channels = 0
        if is_encrypted(file):
            raise StudioError(Reason.ENCRYPTED_FILE, detail="a protected MP4 track")
        self._head = _head(file)
        self._container = _opened(file, self._head)
        try:
            self._stream = self._sound()
            self._promised_s = promised_s(file, self._container, self._stream)
            self._frames = self._decoded()
            self._first = self._begun()
        except BaseException:
            self._container.close()
            raise

    def source(self) -> Source:
        """Everything but the size, from the first frame rather than the header: HE-AAC has twice the rate it says."""
        encoding = self._stream.codec_context.codec.canonical_name
        container = self._container.format.name.split(",")[0]
        container = _NAMES.get(container, container)
        media = None if self._has_pictures() else vendors_kind(self._head, encoding)
        depth = _bit_depth(encoding, self._first.format.packed.name)
        channels, rate_hz = self._first.layout.nb_channels, self._first.sample_rate
        return Source(container, encoding, channels, rate_hz, depth, media)

    def blocks(self) -> Iterator[Pcm]:
        """All of it, in blocks of at most `BLOCK_FRAMES`; rate and channels may change between two."""
        import av

        fifo, shape = av.AudioFifo(), None
        for frame in self._all():
            now = (frame.format.name, frame.layout.name, frame.sample_rate)
            if shape not in (None, now):
                yield from _drained(fifo, 1)
                fifo = av.AudioFifo()
            shape, frame.pts = now, None
            fifo.write(frame)
            yield from _drained(fifo, BLOCK_FRAMES)
        yield from _drained(fifo, 1)

    def close(self) -> None:
        self._container.close()

    def _all(self) -> Iterator[av.AudioFrame]:
        """`broken` at the end, too, where less came than was promised."""
        yield self._first
        seconds = self._first.samples / self._first.sample_rate
        for frame in self._frames:
            seconds += frame.samples / frame.sample_rate
            yield frame
        self.broken = self.broken or seconds < self._promised_s

    def _begun(self) -> av.AudioFrame:
        """The first frame: many a header promises sound that can't be decoded."""
        for frame in self._frames:
            if frame.format.packed.name == "s64":
                raise StudioError(Reason.UNREADABLE_AUDIO, detail="whole numbers of 64 bits")
            return frame
        reason = Reason.UNREADABLE_AUDIO if self.broken else Reason.EMPTY_AUDIO
        raise StudioError(reason, detail=f"no frame of {self._container.format.name}")

    def _sound(self) -> av.AudioStream:
        from av import AudioStream
        from av.stream import Discard

        streams = self._container.streams
        if not streams.audio:
            reason = Reason.NO_SOUND_IN_FILE if len(streams) else Reason.UNREADABLE_AUDIO
            raise StudioError(reason, detail=f"{len(streams)} tracks of {self._container.format.name}")
        best = streams.best("audio")
        stream = best if isinstance(best, AudioStream) else streams.audio[0]
        for other in streams:
            if other is not stream:
                other.discard = Discard.all
        return stream

    def _has_pictures(self) -> bool:
        """A film, not an album's cover."""
        from av.stream import Disposition

        return any(not stream.disposition & Disposition.attached_pic for stream in self._container.streams.video)

    def _decoded(self) -> Iterator[av.AudioFrame]:
        """Damaged packets are left out."""
        from av.error import EOFError as AvEndError
        from av.error import FFmpegError

        bad = 0
        for packet in self._packets():
            if bad >= BAD_PACKETS_MAX:
                return
            try:
                frames: list[Any] = packet.decode()
                bad = 0
            except AvEndError:
                return
            except FFmpegError:
                self.broken, bad, frames = True, bad + 1, []
            sound = [frame for frame in frames if frame.samples and self._fits(frame)]
            self.broken = self.broken or len(sound) < sum(1 for frame in frames if frame.samples)
            yield from sound

    def _packets(self) -> Iterator[av.Packet[av.AudioStream]]:
        from av.error import FFmpegError

        packets, kind = self._container.demux(self._stream), self._container.format.name
        try:
            for packet in packets:
                self.broken = self.broken or is_cut(kind, packet)
                yield packet
        except FFmpegError:
            self.broken = True

    def _fits(self, frame: av.AudioFrame) -> bool:
        """Channels that come or go on the way are damage; the header alone may say fewer than there are."""
        channels = frame.layout.nb_channels
        if frame.format.is_planar and channels > CHANNELS_MAX:
            return False
        self._channels = self._channels or channels
        return channels == self._channels


class _Bytes:
    """A file without a name, so that its content alone decides."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell


def read_bytes(data: bytes) -> tuple[NDArray[np.float32], int]:
    """The sound of a file in memory: float32 of shape (frames, channels), and its rate. Raises as `Demuxed`."""
    import numpy as np

    demuxed = Demuxed(io.BytesIO(data))
    try:
        blocks = list(demuxed.blocks())
    finally:
        demuxed.close()
    first = blocks[0]
    alike = [one.samples for one in blocks if (one.rate_hz, one.channels) == (first.rate_hz, first.channels)]
    return np.concatenate(alike), first.rate_hz


def vendors_kind(head: bytes, encoding: str) -> Media | None:
    """The kind of file as vendors take it: with the coding inside that they mean by it, too."""
    media = media_of(head)
    meant = {Media.WAV: "pcm_", Media.MP3: "mp3", Media.M4A: "aac"}
    return media if media and encoding.startswith(meant[media]) else None


def _opened(file: BinaryIO, head: bytes) -> InputContainer:
    import av
    from av.error import FFmpegError

    try:
        return av.open(_Bytes(file), "r", metadata_errors="replace", options=_OPTIONS)
    except (FFmpegError, ValueError) as error:
        raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"{error}; begins with {head!r}") from error


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    return head


def _bit_depth(encoding: str, sample_format: str) -> int | None:
    if encoding.startswith("pcm_"):
        digits = "".join(filter(str.isdigit, encoding))
        return int(digits) if digits else 8  # the two of telephony are 8 bits wide
    return _BITS.get(sample_format) if encoding in _LOSSLESS else None


def _drained(fifo: av.AudioFifo, least: int) -> Iterator[Pcm]:
    while fifo.samples >= least:
        frame = fifo.read(min(fifo.samples, BLOCK_FRAMES))
        if frame is not None:
            yield Pcm(_floats(frame), frame.sample_rate)


def _floats(frame: av.AudioFrame) -> NDArray[np.float32]:
    import numpy as np

    if frame.format.is_planar and frame.layout.nb_channels > _PLANES_TOLD:
        return np.concatenate([_floats(one) for one in _packed(frame)])
    raw = frame.to_ndarray()
    samples = raw.T if frame.format.is_planar else raw.reshape(-1, frame.layout.nb_channels)
    if samples.dtype.kind == "f":
        return samples.astype(np.float32)
    full = float(2 ** (8 * samples.dtype.itemsize - 1))
    middle = full if samples.dtype.kind == "u" else 0.0
    return ((samples - middle) / full).astype(np.float32)


def _packed(frame: av.AudioFrame) -> list[av.AudioFrame]:
    """In one plane, sample after sample."""
    import av

    resampler = av.AudioResampler(frame.format.packed, frame.layout, frame.sample_rate)
    return [*resampler.resample(frame), *resampler.resample(None)]
