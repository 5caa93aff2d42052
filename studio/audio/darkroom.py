"""What is heard and sent of a take: the raw sound with its recipe applied. The take itself is only read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.audio import wave_file
from studio.audio.cleaning import cleaned
from studio.audio.outlines import columns_of, outline, peaks
from studio.audio.promises import is_short
from studio.domain.audio import AudioFormat, Clip, Envelope, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import HEADER_BYTES, header
from studio.domain.samples import Media, media_of
from studio.domain.takes import Edit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.domain.limits import SampleLimits
    from studio.domain.takes import Outline, Take

LOWERED_HZ = 24_000
"""The rate of a sample that is too big at its own: the documents' advice for Qwen is at least this."""

CONTEXT_S = 1.0
"""Cleaning hears so much before and after the selection, so that it begins with its mind made up."""

ENVELOPE_COLUMNS = 1_000
HEAD_BYTES = 64

_FORMATS = {Media.WAV: AudioFormat.WAV, Media.MP3: AudioFormat.MP3, Media.M4A: AudioFormat.M4A}


class SoundDarkroom:
    """Port `Darkroom`. The work is done in the loop's executor; calls may overlap."""

    async def pcm(self, take: Take, edit: Edit) -> Pcm:
        """One channel. Raises EMPTY_AUDIO, FILE_GONE or UNREADABLE_AUDIO, as do the others."""
        return await asyncio.to_thread(pcm, take, edit)

    async def compared(self, take: Take, edit: Edit) -> tuple[Pcm, Pcm]:
        """The louder one is turned down, so neither can clip."""
        return await asyncio.to_thread(compared, take, edit)

    async def sample(self, take: Take, edit: Edit, limits: SampleLimits) -> Clip:
        """The same take, recipe and limits give the same bytes. One that is too big even at 24 kHz stays too big."""
        return await asyncio.to_thread(sample, take, edit, limits)

    async def weigh(self, take: Take, edit: Edit, limits: SampleLimits) -> tuple[int, AudioFormat]:
        """Makes nothing: an hour is weighed at once."""
        planned = await asyncio.to_thread(plan, take, edit, limits)
        return planned.size, planned.format

    async def outline(self, take: Take) -> Outline:
        return await asyncio.to_thread(outline, take)

    def fine(self, take: Take, start_frame: int, end_frame: int, columns: int) -> NDArray[np.int8]:
        """For zoom beyond the outline: low and high of each column, shape (columns, 2), full scale at 127.

        Cheap, on any thread: at most 2**18 frames are read, and just those. See `outlines.peaks`.
        """
        return peaks(take.path, start_frame, end_frame, columns)


def pcm(take: Take, edit: Edit) -> Pcm:
    """The same as the method, on the caller's thread; so are the others."""
    return Pcm(_floats(developed(take, edit))[:, None], take.rate_hz)


def developed(take: Take, edit: Edit) -> NDArray[np.int16]:
    """The selected part with its recipe applied: cleaning, then gain, then fades.

    A gain that would clip is lowered until it doesn't; one below 0 dB is taken as it is. A recipe that only cuts gives
    the raw samples. Raises EMPTY_AUDIO, FILE_GONE or UNREADABLE_AUDIO.
    """
    start, end = (round(at * take.rate_hz) for at in edit.span(take.seconds))
    if not edit.clean:
        raw = wave_file.read(take.path, start, end)
        _check_any(raw)
        return _levelled(_floats(raw), take.rate_hz, edit) if _changes_level(edit) else raw
    around = round(CONTEXT_S * take.rate_hz)
    before = min(start, around)
    raw = wave_file.read(take.path, start - before, min(end + around, take.frames))
    clean = cleaned(_floats(raw), take.rate_hz)[before : before + end - start]
    _check_any(clean)
    return _levelled(clean, take.rate_hz, edit)


def compared(take: Take, edit: Edit) -> tuple[Pcm, Pcm]:
    raw, clean = (pcm(take, replace(edit, clean=clean)) for clean in (False, True))
    louder_db = _loudness_db(raw) - _loudness_db(clean)
    return _turned(raw, -max(louder_db, 0.0)), _turned(clean, min(louder_db, 0.0))


@dataclass(frozen=True, slots=True)
class Plan:
    """What `sample` will give. `size` in bytes; where the rate is lowered it may be two bytes off."""

    format: AudioFormat
    rate_hz: int
    size: int
    untouched: bool = False


def plan(take: Take, edit: Edit, limits: SampleLimits) -> Plan:
    """Cheap. The file that the take was made of, where the system takes it as it is and the take sounds the same."""
    size = _original_size(take, limits) if edit.untouched else 0
    if size and take.source.media:
        return Plan(_FORMATS[take.source.media], take.source.rate_hz, size, untouched=True)
    start, end = (round(at * take.rate_hz) for at in edit.span(take.seconds))
    rate_hz, lower_hz = take.rate_hz, max(LOWERED_HZ, limits.rate_min_hz or 0)
    if not _fits(HEADER_BYTES + 2 * (end - start), Media.WAV, limits) and rate_hz > lower_hz:
        rate_hz = lower_hz
    return Plan(AudioFormat.WAV, rate_hz, HEADER_BYTES + 2 * round((end - start) * rate_hz / take.rate_hz))


def sample(take: Take, edit: Edit, limits: SampleLimits) -> Clip:
    planned = plan(take, edit, limits)
    if planned.untouched and take.original:
        try:
            return _original(take, take.original.read_bytes(), planned)
        except OSError:
            planned = plan(replace(take, original=None), edit, limits)  # the raw sound is still there
    return _wave(developed(take, edit), take.rate_hz, planned.rate_hz)


def _original_size(take: Take, limits: SampleLimits) -> int:
    """0 where the file can't be sent as it is. Of two channels, or of a higher rate, the take holds another sound."""
    source, media = take.source, take.source.media
    fits = (
        media in limits.media,
        not source.broken,
        source.bit_depth in (16, None),
        source.channels == 1,
        (limits.rate_min_hz or 0) <= source.rate_hz <= take.rate_hz,
        take.seconds <= (limits.seconds_max or take.seconds),
    )
    if take.original is None or media is None or not all(fits):
        return 0
    try:
        size = take.original.stat().st_size
        with take.original.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return 0
    whole = media_of(head) is media and not is_short(head, size) and not _is_streamed(head, size)
    return size if whole and size >= limits.bytes_min and _fits(size, media, limits) else 0


def _original(take: Take, data: bytes, planned: Plan) -> Clip:
    shape = Envelope(columns_of(wave_file.read(take.path, 0, take.frames), ENVELOPE_COLUMNS).tobytes())
    return Clip(data, planned.format, planned.rate_hz, take.seconds, take.source.channels, shape)


def _wave(samples: NDArray[np.int16], rate_hz: int, wanted_hz: int) -> Clip:
    if rate_hz != wanted_hz:
        import soxr

        samples = wave_file.to_int16(soxr.resample(_floats(samples), rate_hz, wanted_hz))
    data = header(wanted_hz, samples.nbytes) + samples.tobytes()
    shape = Envelope(columns_of(samples, ENVELOPE_COLUMNS).tobytes())
    return Clip(data, AudioFormat.WAV, wanted_hz, len(samples) / wanted_hz, 1, shape)


def _fits(size: int, media: Media, limits: SampleLimits) -> bool:
    """As bytes and as a data URL, counted as in `limits.clone_problems`."""
    encoded = len(f"data:{media};base64,") + (size + 2) // 3 * 4
    return size <= limits.bytes_max and (limits.encoded_max is None or encoded < limits.encoded_max)


def _is_streamed(head: bytes, size: int) -> bool:
    """A WAV whose sizes were never filled in: a program may read it, a vendor needn't."""
    return head[:4] == b"RIFF" and int.from_bytes(head[4:8], "little") not in (size - 8, size - 9)


def _changes_level(edit: Edit) -> bool:
    return any((edit.gain_db, edit.fade_in_s, edit.fade_out_s))


def _levelled(samples: NDArray[np.float32], rate_hz: int, edit: Edit) -> NDArray[np.int16]:
    """With gain and fades. Equal-power fades: a quarter of a sine. Each is as long as the sound at most."""
    import numpy as np

    gain = 10 ** (edit.gain_db / 20)
    if gain > 1.0:
        peak = float(np.abs(samples).max()) * 32_768 / 32_767
        gain = max(1.0, min(gain, 1 / peak)) if peak else 1.0
    samples = samples * np.float32(gain)
    for seconds, part in ((edit.fade_in_s, samples), (edit.fade_out_s, samples[::-1])):
        count = min(max(round(seconds * rate_hz), 0), len(samples))
        part[:count] *= np.sin(np.arange(count) * (np.pi / 2 / max(count, 1))).astype(np.float32)
    return wave_file.to_int16(samples)


def _loudness_db(sound: Pcm) -> float:
    """LUFS, or the mean power of what is too short or too quiet for that."""
    import numpy as np

    from studio.audio.measuring.loudness import Loudness

    loudness = Loudness(sound.rate_hz)
    loudness.feed(sound.samples[:, 0])
    lufs = loudness.lufs()
    return lufs if lufs is not None else 10 * float(np.log10(np.mean(sound.samples**2, dtype=np.float64) + 1e-12))


def _turned(sound: Pcm, db: float) -> Pcm:
    import numpy as np

    return Pcm(sound.samples * np.float32(10 ** (db / 20)), sound.rate_hz)


def _floats(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    import numpy as np

    return samples.astype(np.float32) / np.float32(32_768)


def _check_any(samples: NDArray[np.generic]) -> None:
    if not len(samples):
        raise StudioError(Reason.EMPTY_AUDIO, detail="nothing is selected")
