"""Long texts, spoken part by part through a system's own limit and joined to one clip; and how streams of sound end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.sentences import parts
from studio.domain.voices import Voice
from studio.ports import Codec, Progress

_BREAKS = (
    *(Reason.SPEECH_CUT, Reason.ANSWER_CUT, Reason.TIMED_OUT, Reason.UNREACHABLE),
    *(Reason.NOT_JSON, Reason.UNREADABLE),
)
_NAME_MAX = 200


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
    try:
        return await speak_part(piece)
    except StudioError as error:
        _no_voice_made(error)
        raise


async def heard(pieces: AsyncGenerator[Pcm, None], voice: Voice) -> AsyncGenerator[Pcm, None]:
    """The same pieces, ended as `Streamer.stream` promises: SPEECH_CUT for what breaks off after a sound, and
    NO_SOUND_CAME, which names voice and model, where none was."""
    sounded = False
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                sounded = True
                yield piece
    except StudioError as error:
        _no_voice_made(error)
        if sounded and error.reason in _BREAKS:
            error.reason, error.retryable = Reason.SPEECH_CUT, True
        error.system = error.system or voice.system
        if sounded or error.reason is not Reason.SPEECH_CUT:
            raise
        raise _no_sound(voice, error.request_id) from error
    if not sounded:
        raise _no_sound(voice)


def _no_sound(voice: Voice, request_id: str = "") -> StudioError:
    names = f"voice {voice.voice_id[:_NAME_MAX]}, model {voice.target_model[:_NAME_MAX] or 'not named'}"
    return StudioError(Reason.NO_SOUND_CAME, system=voice.system, detail=names, request_id=request_id)


def _no_voice_made(error: StudioError) -> None:
    """Speech is paid for and so never repeated, but when its answer is lost there is no voice to look for."""
    if error.reason is Reason.ANSWER_LOST:
        error.reason = Reason.TIMED_OUT if "timeout" in error.detail.lower() else Reason.ANSWER_CUT
        error.retryable = True
    error.maybe_done = False


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
