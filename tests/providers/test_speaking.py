"""Long texts become one clip."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import numpy as np
import pytest

from studio.audio.codec import SoundFileCodec, decode, encode
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.providers.speaking import spoken

CODEC = SoundFileCodec()


@dataclass
class Speaking:
    """Says each part as one second of a level of its own; `rates`, `channels` and `formats` go round."""

    rates: tuple[int, ...] = (24_000,)
    channels: tuple[int, ...] = (1,)
    format: AudioFormat = AudioFormat.WAV
    trouble: StudioError | None = None
    said: list[str] = field(default_factory=list)

    async def __call__(self, piece: str) -> Clip:
        number = len(self.said)
        self.said.append(piece)
        await asyncio.sleep(0)
        if self.trouble and number:
            raise self.trouble
        rate_hz = self.rates[number % len(self.rates)]
        channels = self.channels[number % len(self.channels)]
        samples = np.full((rate_hz, channels), 0.1 * (number + 1), np.float32)
        return encode(Pcm(samples, rate_hz), rate_hz, self.format)


def nothing(_: float | None) -> None: ...


async def test_one_part_as_it_comes_is_left_alone() -> None:
    speaking, told = Speaking(rates=(22_050,)), list[float | None]()
    clip = await spoken("Hello.", 9, speaking, CODEC, None, AudioFormat.WAV, told.append)
    assert clip == await Speaking(rates=(22_050,))("Hello.")
    assert told == [None]


@pytest.mark.parametrize(("rate_hz", "audio_format"), [(48_000, AudioFormat.WAV), (24_000, AudioFormat.FLAC)])
async def test_another_rate_or_format_is_made(rate_hz: int, audio_format: AudioFormat) -> None:
    clip = await spoken("Hello.", 9, Speaking(), CODEC, rate_hz, audio_format, nothing)
    assert (clip.rate_hz, clip.format, round(clip.seconds, 2)) == (rate_hz, audio_format, 1.0)


async def test_parts_are_said_in_turn_and_joined() -> None:
    speaking, told = Speaking(), list[float | None]()
    clip = await spoken("One. Two. Three.", 6, speaking, CODEC, None, AudioFormat.WAV, told.append)
    assert speaking.said == ["One.", "Two.", "Three."]
    assert told == [None, 1 / 3, 2 / 3, 1.0]
    levels = decode(clip).samples[12_000::24_000, 0]
    assert levels == pytest.approx([0.1, 0.2, 0.3], abs=0.001)
    assert (clip.seconds, clip.rate_hz) == (3.0, 24_000)


async def test_parts_of_different_kinds_become_one() -> None:
    speaking = Speaking(rates=(24_000, 16_000), channels=(1, 2), format=AudioFormat.FLAC)
    clip = await spoken("One. Two.", 5, speaking, CODEC, None, AudioFormat.WAV, nothing)
    assert (clip.rate_hz, clip.channels) == (24_000, 1)
    assert clip.seconds == pytest.approx(2.0, abs=0.01)
    assert decode(clip).samples[[12_000, 36_000], 0] == pytest.approx([0.1, 0.2], abs=0.005)


@pytest.mark.parametrize("text", ["", " \n\t"])
async def test_blanks_are_not_sent(text: str) -> None:
    speaking = Speaking()
    with pytest.raises(StudioError) as caught:
        await spoken(text, 9, speaking, CODEC, None, AudioFormat.WAV, nothing)
    assert caught.value.reason is Reason.NOTHING_TO_SAY
    assert speaking.said == []


@pytest.mark.parametrize(
    ("detail", "reason", "retryable"),
    [("ReadTimeout", Reason.TIMED_OUT, True), ("RemoteProtocolError: cut", Reason.ANSWER_CUT, True)],
)
async def test_a_lost_part_is_no_lost_voice(detail: str, reason: Reason, retryable: bool) -> None:
    speaking = Speaking(trouble=StudioError(Reason.ANSWER_LOST, detail=detail, maybe_done=True))
    with pytest.raises(StudioError) as caught:
        await spoken("One. Two. Three.", 6, speaking, CODEC, None, AudioFormat.WAV, nothing)
    error = caught.value
    assert (error.reason, error.retryable, error.maybe_done) == (reason, retryable, False)
    assert speaking.said == ["One.", "Two."]


async def test_sound_that_is_none() -> None:
    async def silent(_: str) -> Clip:
        return Clip(b"<html>", AudioFormat.MP3, 24_000, 1.0)

    with pytest.raises(StudioError) as caught:
        await spoken("Hello.", 9, silent, CODEC, None, AudioFormat.WAV, nothing)
    assert caught.value.reason is Reason.UNREADABLE_AUDIO
