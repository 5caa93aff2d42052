"""Encoded bytes to samples and back: libsndfile for the formats, FFmpeg to read M4A and MP3, soxr for the rates.

The heavy libraries are imported at the first use: importing this module costs next to nothing.
"""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, cast

from studio.audio.envelope import envelope
from studio.domain.audio import AudioFormat, Clip, Finish, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_FRAMES = 1 << 16  # whole files are never asked for at once: a damaged header may promise 2**36 frames

# Container, coding, and how hard to squeeze (0..1). libsndfile's own choice for a mono voice is 19 kbit/s of MP3 and
# 42 kbit/s of Opus, which can be heard; these give 70-90 kbit/s and the waveform within 0.999 of the original.
_CONTAINERS: dict[AudioFormat, tuple[str, str, float | None]] = {
    AudioFormat.WAV: ("WAV", "PCM_16", None),
    AudioFormat.FLAC: ("FLAC", "PCM_16", None),
    AudioFormat.MP3: ("MP3", "MPEG_LAYER_III", 0.0),
    AudioFormat.OPUS: ("OGG", "OPUS", 0.7),
}


class SoundFileCodec:
    """Port `Codec`. The work is done in the loop's executor; calls may overlap."""

    async def decode(self, clip: Clip) -> Pcm:
        """What the bytes hold decides, not the declared format; only raw PCM is taken at its word.

        Raises UNREADABLE_AUDIO or EMPTY_AUDIO.
        """
        return await asyncio.to_thread(decode, clip)

    async def measured(self, data: bytes, audio_format: AudioFormat, rate_hz: int) -> Clip:
        """Received bytes as a clip: what they hold decides, only raw PCM is taken at its word."""
        return await asyncio.to_thread(measured, data, audio_format, rate_hz)

    async def mastered(self, clip: Clip, audio_format: AudioFormat, finish: Finish) -> Clip:
        """As `mastering.mastered` says."""
        from studio.audio.mastering import mastered

        return await asyncio.to_thread(mastered, clip, audio_format, finish)

    async def lufs(self, clip: Clip) -> float | None:
        """As `mastering.loudness` says."""
        from studio.audio.mastering import loudness

        return await asyncio.to_thread(loudness, clip)

    async def encode(self, pcm: Pcm, rate_hz: int, audio_format: AudioFormat) -> Clip:
        """Resampled to `rate_hz`, with its true length and envelope.

        Raises EMPTY_AUDIO, or BAD_INPUT for M4A and for a rate that the format doesn't have (Opus: 8, 12, 16, 24 and
        48 kHz only).
        """
        return await asyncio.to_thread(encode, pcm, rate_hz, audio_format)


def decode(clip: Clip) -> Pcm:
    """The same, on the caller's thread."""
    if not clip.data:
        raise StudioError(Reason.EMPTY_AUDIO, detail="no bytes")
    if clip.format is AudioFormat.PCM:
        pcm = _read_raw(clip)
    else:
        by_ffmpeg = format_of(clip.data) in (AudioFormat.M4A, AudioFormat.MP3)
        pcm = _read_by_ffmpeg(clip.data) if by_ffmpeg else _read_file(clip.data)
    if not pcm.frames:
        raise StudioError(Reason.EMPTY_AUDIO, detail=f"{len(clip.data)} bytes without a sample")
    return pcm


def measured(data: bytes, audio_format: AudioFormat, rate_hz: int) -> Clip:
    """The same, on the caller's thread."""
    found = format_of(data)
    if audio_format is AudioFormat.PCM and found not in (AudioFormat.WAV, AudioFormat.M4A):
        found = AudioFormat.PCM  # any bytes can be samples
    if found is None:
        raise StudioError(_why_no_audio(data), detail=f"begins with {data[:16]!r}")
    held = Clip(data, found, rate_hz, 0.0)
    pcm = decode(held)
    if not pcm.frames:
        raise StudioError(Reason.EMPTY_AUDIO, detail=f"{len(data)} bytes without a sample")
    return Clip(data, held.format, pcm.rate_hz, pcm.seconds, pcm.channels, envelope(pcm))


def encode(pcm: Pcm, rate_hz: int, audio_format: AudioFormat) -> Clip:
    """The same, on the caller's thread."""
    if not pcm.frames:
        raise StudioError(Reason.EMPTY_AUDIO, detail="no samples to encode")
    if rate_hz < 1:
        raise _rate_refused(rate_hz, "not a sample rate")
    if audio_format is AudioFormat.M4A:
        problem = Problem(Field.FORMAT, Fault.NOT_OFFERED)
        raise StudioError(Reason.BAD_INPUT, detail="M4A is read, never made", problems=(problem,))
    pcm = resampled(pcm, rate_hz)
    data = _to_int16(pcm).tobytes() if audio_format is AudioFormat.PCM else _write_file(pcm, audio_format)
    return Clip(data, audio_format, rate_hz, pcm.seconds, pcm.channels, envelope(pcm))


def resampled(pcm: Pcm, rate_hz: int) -> Pcm:
    """The same sound at another sample rate (soxr, high quality)."""
    if pcm.rate_hz == rate_hz:
        return pcm
    import soxr

    samples = soxr.resample(pcm.samples, pcm.rate_hz, rate_hz)
    if not len(samples):
        raise StudioError(Reason.EMPTY_AUDIO, detail=f"{pcm.frames} frames vanish at {rate_hz} Hz")
    return Pcm(samples, rate_hz)


_MAGIC: tuple[tuple[bytes, AudioFormat], ...] = (
    (b"RIFF", AudioFormat.WAV),
    (b"fLaC", AudioFormat.FLAC),
    (b"OggS", AudioFormat.OPUS),
    (b"ID3", AudioFormat.MP3),
)


def format_of(data: bytes) -> AudioFormat | None:
    """By the first bytes; None for raw samples and whatever isn't sound."""
    if data[4:8] == b"ftyp":
        return AudioFormat.M4A
    for magic, audio_format in _MAGIC:
        if data.startswith(magic):
            return audio_format
    is_mp3 = len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2
    return AudioFormat.MP3 if is_mp3 else None


def _why_no_audio(data: bytes) -> Reason:
    return Reason.UNREADABLE_AUDIO if data else Reason.EMPTY_AUDIO


def _read_raw(clip: Clip) -> Pcm:
    import numpy as np

    if clip.channels < 1 or clip.rate_hz < 1:
        raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"raw PCM, {clip.channels} channels at {clip.rate_hz} Hz")
    whole = len(clip.data) - len(clip.data) % (2 * clip.channels)
    samples = np.frombuffer(clip.data[:whole], "<i2").astype(np.float32) / np.float32(32_768)
    return Pcm(samples.reshape(-1, clip.channels), clip.rate_hz)


def _read_file(data: bytes) -> Pcm:
    import numpy as np
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(_size_mended(data))) as file:
            rate_hz, channels = file.samplerate, file.channels
            blocks: list[NDArray[np.float32]] = []
            while len(block := file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
                blocks.append(cast("NDArray[np.float32]", block))
    except soundfile.SoundFileError as error:
        raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"{error}; begins with {data[:16]!r}") from error
    return _tamed(np.concatenate(blocks) if blocks else np.zeros((0, channels), np.float32), rate_hz)


def _read_by_ffmpeg(data: bytes) -> Pcm:
    """A film without sound and a protected track are as unreadable here as a damaged file.

    Of an MP3 with varying bit rate and no index libsndfile reads a small part only, and it writes to the terminal.
    """
    from studio.audio.demuxing import read_bytes

    try:
        return _tamed(*read_bytes(data))
    except StudioError as error:
        reason = error.reason if error.reason is Reason.EMPTY_AUDIO else Reason.UNREADABLE_AUDIO
        raise StudioError(reason, detail=error.detail) from error


def _tamed(samples: NDArray[np.float32], rate_hz: int) -> Pcm:
    """Without what is no number or beyond full scale."""
    import numpy as np

    np.nan_to_num(samples, copy=False)
    np.clip(samples, -1.0, 1.0, out=samples)
    return Pcm(samples, rate_hz)


def _size_mended(data: bytes) -> bytes:
    """A WAV whose writer never filled in its sizes says 0; libsndfile reads to the end if it says 2**32-1."""
    end = data.find(b"data\0\0\0\0", 12, 4_096)
    if not data.startswith(b"RIFF") or end < 0 or len(data) == end + 8:
        return data
    return data[: end + 4] + b"\xff\xff\xff\xff" + data[end + 8 :]


def _write_file(pcm: Pcm, audio_format: AudioFormat) -> bytes:
    import soundfile

    container, subtype, squeeze = _CONTAINERS[audio_format]
    samples = _to_int16(pcm) if subtype == "PCM_16" else pcm.samples
    sink = io.BytesIO()
    try:
        with soundfile.SoundFile(
            sink, "w", pcm.rate_hz, pcm.channels, subtype, format=container, compression_level=squeeze
        ) as file:
            for start in range(0, len(samples), BLOCK_FRAMES):
                file.write(samples[start : start + BLOCK_FRAMES])
    except soundfile.SoundFileError as error:
        raise _rate_refused(pcm.rate_hz, f"{audio_format} at {pcm.rate_hz} Hz: {error}") from error
    return sink.getvalue()


def _to_int16(pcm: Pcm) -> NDArray[np.int16]:
    """Rounded by hand: libsndfile scales by 32,767 or 32,768 depending on its clipping flag."""
    import numpy as np

    return np.clip(np.rint(pcm.samples * 32_768), -32_768, 32_767).astype("<i2")


def _rate_refused(rate_hz: int, detail: str) -> StudioError:
    problem = Problem(Field.RATE, Fault.NOT_OFFERED, actual=rate_hz)
    return StudioError(Reason.BAD_INPUT, detail=detail, problems=(problem,))
