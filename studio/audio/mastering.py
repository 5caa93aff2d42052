"""Clips as they are handed out: at a loudness if one was asked for, in another format if need be, with words in the
file. What doesn't have to change doesn't.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.audio.codec import decode, encode, format_of
from studio.audio.tagging import tagged
from studio.domain.audio import AudioFormat, Clip, Finish, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HIGHEST_DBFS = -1.0
"""True peak: what EBU R 128 allows, and room for a player's own lossy steps."""

SAME_DB = 0.05
"""Nobody hears so little; the sound is left as it is."""

_OPUS_RATES = (8_000, 12_000, 16_000, 24_000, 48_000)
_MP3_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_RATES = {AudioFormat.OPUS: _OPUS_RATES, AudioFormat.MP3: _MP3_RATES}
_MADE = (AudioFormat.WAV, AudioFormat.FLAC, AudioFormat.MP3, AudioFormat.OPUS)
_TRIES = 4


def mastered(clip: Clip, audio_format: AudioFormat, finish: Finish) -> Clip:
    """Blocks; raises as `Codec.mastered`, and BAD_INPUT for a format that isn't handed out.

    Where the peaks leave no room for `finish.lufs` it is as loud as they allow: speech isn't squeezed. A clip that is
    silent, or too short to have a loudness (400 ms), keeps its level. Lossy formats put peaks where none were: what
    comes out is measured, too.
    """
    if audio_format not in _MADE:
        problem = Problem(Field.FORMAT, Fault.NOT_OFFERED)
        raise StudioError(Reason.BAD_INPUT, detail=f"{audio_format} isn't handed out", problems=(problem,))
    pcm = decode(clip)
    gain_db = _gain_db(pcm, finish.lufs)
    if abs(gain_db) < SAME_DB and clip.format is not AudioFormat.PCM and format_of(clip.data) is audio_format:
        return _with_words(clip, audio_format, finish, pcm)
    rate_hz = _rate_hz(audio_format, pcm.rate_hz)
    made = encode(_turned(pcm, gain_db), rate_hz, audio_format)
    for _ in range(_TRIES if finish.lufs is not None and audio_format in _RATES else 0):
        over_db = _true_peak_dbfs(decode(made)) - HIGHEST_DBFS
        if over_db <= 0:
            break
        gain_db -= over_db + SAME_DB
        made = encode(_turned(pcm, gain_db), rate_hz, audio_format)
    return replace(made, data=tagged(made.data, audio_format, finish))


def loudness(clip: Clip) -> float | None:
    """Integrated, in LUFS; blocks. None where `mastered` keeps the level for want of one."""
    return _lufs(decode(clip))


def _with_words(clip: Clip, audio_format: AudioFormat, finish: Finish, pcm: Pcm) -> Clip:
    """The same sound, sample by sample; without the words if they can't be had otherwise."""
    import numpy as np

    try:
        made = replace(clip, data=tagged(clip.data, audio_format, finish), format=audio_format)
        samples = decode(made).samples
    except StudioError:
        return clip
    return made if np.array_equal(samples, pcm.samples) else clip


def _gain_db(pcm: Pcm, wanted_lufs: float | None) -> float:
    if wanted_lufs is None:
        return 0.0
    lufs = _lufs(pcm)
    return 0.0 if lufs is None else min(wanted_lufs - lufs, HIGHEST_DBFS - _true_peak_dbfs(pcm))


def _lufs(pcm: Pcm) -> float | None:
    from studio.audio.measuring.loudness import lufs_of

    return lufs_of(_at_most_stereo(pcm.samples), pcm.rate_hz)


def _true_peak_dbfs(pcm: Pcm) -> float:
    from studio.audio.measuring.true_peak import true_peak_dbfs

    return true_peak_dbfs(pcm.samples, pcm.rate_hz)


def _at_most_stereo(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    return samples if samples.shape[1] <= 2 else samples.mean(axis=1, keepdims=True, dtype="float32")


def _turned(pcm: Pcm, gain_db: float) -> Pcm:
    import numpy as np

    return Pcm(pcm.samples * np.float32(10 ** (gain_db / 20)), pcm.rate_hz) if gain_db else pcm


def _rate_hz(audio_format: AudioFormat, rate_hz: int) -> int:
    """The clip's own, else the lowest that is no lower, else the highest there is."""
    rates = _RATES.get(audio_format)
    if not rates:
        return rate_hz
    return next((rate for rate in rates if rate >= rate_hz), rates[-1])
