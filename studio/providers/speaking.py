"""Long texts: spoken part by part through a system's own limit, and joined to one clip."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.sentences import parts
from studio.ports import Codec, Progress


async def spoken(
    text: str,
    longest: int,
    speak_part: Callable[[str], Awaitable[Clip]],
    codec: Codec,
    rate_hz: int | None,
    audio_format: AudioFormat,
    progress: Progress,
) -> Clip:
    """One clip of the whole text, in the rate and format asked for. Parts are asked for one after the other.

    Raises NOTHING_TO_SAY for blanks.
    """
    pieces = parts(text, longest)
    if not pieces:
        raise StudioError(Reason.NOTHING_TO_SAY)
    clips: list[Clip] = []
    progress(None)
    for done, piece in enumerate(pieces):
        clips.append(await _said(speak_part, piece))
        if len(pieces) > 1:
            progress((done + 1) / len(pieces))
    first = clips[0]
    if len(clips) == 1 and first.format is audio_format and rate_hz in (None, first.rate_hz):
        return first
    sounds = [await codec.decode(clip) for clip in clips]
    rate_hz = rate_hz or sounds[0].rate_hz
    return await codec.encode(await _joined(sounds, codec), rate_hz, audio_format)


async def _said(speak_part: Callable[[str], Awaitable[Clip]], piece: str) -> Clip:
    """Speech is paid for and so never repeated, but when its answer is lost there is no voice to look for."""
    try:
        return await speak_part(piece)
    except StudioError as error:
        if error.reason is Reason.ANSWER_LOST:
            error.reason = Reason.TIMED_OUT if "timeout" in error.detail.lower() else Reason.ANSWER_CUT
            error.retryable = True
        error.maybe_done = False
        raise


async def _joined(sounds: list[Pcm], codec: Codec) -> Pcm:
    """One after the other, in the rate of the first; where the channels differ, in mono."""
    import numpy as np

    rate_hz = sounds[0].rate_hz
    for at, sound in enumerate(sounds):
        if sound.rate_hz != rate_hz:
            sounds[at] = await codec.decode(await codec.encode(sound, rate_hz, AudioFormat.WAV))
    mixed = len({sound.channels for sound in sounds}) > 1
    samples = [sound.samples.mean(axis=1, keepdims=True) if mixed else sound.samples for sound in sounds]
    return Pcm(np.concatenate(samples), rate_hz)
