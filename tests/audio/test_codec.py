"""Every format there and back, and everything that isn't sound."""

from __future__ import annotations

import struct
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from studio.audio.codec import SoundFileCodec, decode, encode, measured
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Field
from tests.audio.sounds import by_ffmpeg

WHOLE = (AudioFormat.WAV, AudioFormat.FLAC, AudioFormat.PCM)
MADE = [one for one in AudioFormat if one is not AudioFormat.M4A]


def chirp(seconds: float = 1.5, rate_hz: int = 24_000, channels: int = 1) -> Pcm:
    """A sweep from 150 Hz to 2.5 kHz: every moment sounds different, so a shift can't hide."""
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    tone = 0.5 * np.sin(2 * np.pi * (150 * t + (2_350 / (2 * seconds)) * t**2))
    return Pcm(np.repeat(tone.astype(np.float32)[:, None], channels, axis=1), rate_hz)


def alike(one: Pcm, other: Pcm) -> float:
    frames = min(one.frames, other.frames)
    return float(np.corrcoef(one.samples[:frames, 0], other.samples[:frames, 0])[0, 1])


@pytest.mark.parametrize("audio_format", MADE)
@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 24_000, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
async def test_every_format_there_and_back(audio_format: AudioFormat, rate_hz: int, channels: int) -> None:
    codec, sound = SoundFileCodec(), chirp(channels=channels)
    clip = await codec.encode(sound, rate_hz, audio_format)
    back = await codec.decode(clip)
    assert (clip.format, clip.rate_hz, clip.channels) == (audio_format, rate_hz, channels)
    assert (back.rate_hz, back.channels, back.samples.dtype) == (rate_hz, channels, np.float32)
    assert clip.seconds == pytest.approx(sound.seconds, abs=0.001)
    assert back.seconds == pytest.approx(clip.seconds, abs=0.001)
    assert alike(back, decode(encode(sound, rate_hz, AudioFormat.WAV))) > 0.995
    assert clip.envelope.columns == 1_000


@settings(max_examples=30, deadline=None)
@given(
    samples=arrays.arrays(
        np.int16, st.tuples(st.integers(1, 400), st.integers(1, 2)), elements=st.integers(-32768, 32767)
    ),
    rate_hz=st.sampled_from([8_000, 11_025, 24_000, 44_100]),
    audio_format=st.sampled_from(WHOLE),
)
def test_sixteen_bits_come_back_bit_by_bit(samples: np.ndarray, rate_hz: int, audio_format: AudioFormat) -> None:
    sound = Pcm(samples.astype(np.float32) / 32_768, rate_hz)
    back = decode(encode(sound, rate_hz, audio_format))
    assert back.rate_hz == rate_hz
    assert np.array_equal(back.samples, sound.samples)


def header(data_size: int, riff_size: int, rate_hz: int = 24_000) -> bytes:
    layout = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", riff_size, b"WAVE") + layout + struct.pack("<4sI", b"data", data_size)


@pytest.mark.parametrize("size", [0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000, 0])
def test_a_streamed_wav_is_read_to_its_end(size: int) -> None:
    raw = encode(chirp(), 24_000, AudioFormat.PCM)
    back = decode(Clip(header(size, size) + raw.data, AudioFormat.WAV, 24_000, 0.0))
    assert np.array_equal(back.samples, decode(raw).samples)


@pytest.mark.parametrize("subtype", ["PCM_24", "FLOAT", "PCM_U8", "PCM_32", "DOUBLE"])
def test_other_sample_types_of_wav(subtype: str) -> None:
    import io

    import soundfile

    file = io.BytesIO()
    soundfile.write(file, chirp().samples, 24_000, subtype, format="WAV")
    assert alike(decode(Clip(file.getvalue(), AudioFormat.WAV, 24_000, 1.5)), chirp()) > 0.999


@pytest.mark.parametrize("declared", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.FLAC])
@pytest.mark.parametrize("real", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.FLAC])
def test_the_bytes_decide(declared: AudioFormat, real: AudioFormat) -> None:
    clip = encode(chirp(), 48_000, real)
    assert decode(Clip(clip.data, declared, 8_000, 9.0)).rate_hz == 48_000


def test_broken_floats_do_no_harm() -> None:
    import io

    import soundfile

    file = io.BytesIO()
    wild = np.array([np.nan, np.inf, -np.inf, 7.0, 0.25], np.float32)
    soundfile.write(file, wild, 24_000, "FLOAT", format="WAV")
    back = decode(Clip(file.getvalue(), AudioFormat.WAV, 24_000, 0.1))
    assert back.samples[:, 0].tolist() == [0.0, 1.0, -1.0, 1.0, 0.25]


def test_an_mp3_without_an_index_is_whole_and_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Of varying bit rate, as libsndfile makes it, without its first frame and with something else at its end."""
    data = encode(chirp(), 24_000, AudioFormat.MP3).data
    frames = data[data.find(data[:2], 2) :]
    back = decode(Clip(frames + b"APETAGEX" + bytes(300), AudioFormat.MP3, 24_000, 1.5))
    assert back.seconds == pytest.approx(1.5, abs=0.08)  # what the encoder put around it is there
    assert decode(Clip(data + b"APETAGEX" + bytes(len(data) // 50), AudioFormat.MP3, 24_000, 1.5)).frames == 36_000
    assert capfd.readouterr() == ("", "")


GARBAGE = {
    "page": b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
    "json": b'{"error": "quota"}',
    "one byte": b"R",
    "zeros": bytes(4_096),
    "half a header": header(1_000, 1_036)[:20],
    "noise": np.random.default_rng(3).bytes(5_000),
    "ogg without sound": b"OggS" + bytes(60),
    "mp3 tag only": b"ID3\x04\x00\x00\x00\x00\x00\x00",
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
@pytest.mark.parametrize("declared", [AudioFormat.WAV, AudioFormat.MP3])
async def test_what_is_no_sound_is_unreadable(data: bytes, declared: AudioFormat) -> None:
    with pytest.raises(StudioError) as caught:
        await SoundFileCodec().decode(Clip(data, declared, 24_000, 1.0))
    assert caught.value.reason is Reason.UNREADABLE_AUDIO
    assert caught.value.detail


@pytest.mark.parametrize(
    ("data", "audio_format"), [(b"", AudioFormat.WAV), (header(0, 36), AudioFormat.WAV), (b"\1", AudioFormat.PCM)]
)
async def test_what_holds_no_sample_is_empty(data: bytes, audio_format: AudioFormat) -> None:
    with pytest.raises(StudioError) as caught:
        await SoundFileCodec().decode(Clip(data, audio_format, 24_000, 1.0))
    assert caught.value.reason is Reason.EMPTY_AUDIO


@pytest.mark.parametrize("audio_format", MADE)
@settings(max_examples=15, deadline=None)
@given(keep=st.floats(0, 1))
def test_cut_anywhere_it_decodes_short_or_says_why(audio_format: AudioFormat, keep: float) -> None:
    clip = encode(chirp(0.4), 24_000, audio_format)
    outcome: Pcm | Reason
    try:
        outcome = decode(Clip(clip.data[: int(len(clip.data) * keep)], audio_format, 24_000, 0.4))
    except StudioError as error:
        outcome = error.reason
    if isinstance(outcome, Pcm):
        assert 0 < outcome.seconds <= 0.5
    else:
        assert outcome in {Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO}


@pytest.mark.parametrize(
    ("rate_hz", "audio_format"), [(44_100, AudioFormat.OPUS), (7, AudioFormat.MP3), (0, AudioFormat.WAV)]
)
async def test_a_rate_that_a_format_lacks_is_bad_input(rate_hz: int, audio_format: AudioFormat) -> None:
    with pytest.raises(StudioError) as caught:
        await SoundFileCodec().encode(chirp(), rate_hz, audio_format)
    assert caught.value.reason is Reason.BAD_INPUT
    assert caught.value.problems[0].actual == rate_hz


async def test_m4a_is_never_made() -> None:
    with pytest.raises(StudioError) as caught:
        await SoundFileCodec().encode(chirp(), 24_000, AudioFormat.M4A)
    assert caught.value.reason is Reason.BAD_INPUT
    assert [one.field for one in caught.value.problems] == [Field.FORMAT]


async def test_nothing_is_not_encoded() -> None:
    with pytest.raises(StudioError) as caught:
        await SoundFileCodec().encode(Pcm(np.zeros((0, 1), np.float32), 24_000), 24_000, AudioFormat.WAV)
    assert caught.value.reason is Reason.EMPTY_AUDIO


def test_raw_pcm_needs_a_rate_and_channels() -> None:
    with pytest.raises(StudioError) as caught:
        decode(Clip(bytes(100), AudioFormat.PCM, 0, 1.0))
    assert caught.value.reason is Reason.UNREADABLE_AUDIO


@pytest.mark.parametrize("asked", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.FLAC])
@pytest.mark.parametrize("real", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.FLAC])
async def test_what_came_is_told_by_its_content(asked: AudioFormat, real: AudioFormat) -> None:
    sent = encode(chirp(channels=2), 48_000, real)
    clip = await SoundFileCodec().measured(sent.data, asked, 8_000)
    assert (clip.format, clip.rate_hz, clip.channels) == (real, 48_000, 2)
    assert clip.seconds == pytest.approx(1.5, abs=0.001)
    assert clip.envelope.columns == 1_000
    assert clip.data == sent.data


def test_raw_samples_are_taken_at_the_rate_asked_for() -> None:
    raw = encode(chirp(), 16_000, AudioFormat.PCM).data
    assert measured(raw, AudioFormat.PCM, 16_000).seconds == pytest.approx(1.5, abs=0.001)
    assert measured(raw, AudioFormat.PCM, 8_000).seconds == pytest.approx(3.0, abs=0.001)
    odd = measured(raw + b"\1", AudioFormat.PCM, 16_000)
    assert (odd.format, odd.seconds) == (AudioFormat.PCM, pytest.approx(1.5, abs=0.001))


@pytest.mark.parametrize("start", [b"fLaC", b"OggS", b"ID3\x04", b"\xff\xfb\x90\0"])
def test_raw_samples_may_begin_like_anything(start: bytes) -> None:
    clip = measured(start + bytes(996), AudioFormat.PCM, 24_000)
    assert (clip.format, clip.seconds) == (AudioFormat.PCM, pytest.approx(500 / 24_000))


def test_a_wav_came_for_raw_samples() -> None:
    clip = measured(encode(chirp(), 48_000, AudioFormat.WAV).data, AudioFormat.PCM, 8_000)
    assert (clip.format, clip.rate_hz) == (AudioFormat.WAV, 48_000)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("asked", [AudioFormat.M4A, AudioFormat.WAV, AudioFormat.PCM])
async def test_m4a_is_read(asked: AudioFormat, channels: int) -> None:
    sound = chirp(rate_hz=48_000, channels=channels)
    data = by_ffmpeg(sound.samples if channels == 2 else sound.samples[:, 0], "ipod", "aac")
    clip = await SoundFileCodec().measured(data, asked, 8_000)
    assert (clip.format, clip.rate_hz, clip.channels) == (AudioFormat.M4A, 48_000, channels)
    assert clip.seconds == pytest.approx(1.5, abs=0.03)  # whole blocks of 1,024 frames
    assert clip.envelope.columns == 1_000
    assert clip.data == data
    back = await SoundFileCodec().decode(clip)
    assert (back.rate_hz, back.channels, back.samples.dtype) == (48_000, channels, np.float32)
    assert back.seconds == clip.seconds
    assert alike(back, sound) > 0.99


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x20ftypM4A " + bytes(99),
        by_ffmpeg(chirp().samples[:, 0], "ipod", "aac", 24_000).replace(b"mp4a", b"enca", 1),
        by_ffmpeg(None, "mp4", "", film=True),
    ],
    ids=["broken", "encrypted", "silent film"],
)
def test_m4a_without_sound_that_can_be_read(data: bytes) -> None:
    for asked in (AudioFormat.M4A, AudioFormat.PCM):
        with pytest.raises(StudioError) as caught:
            measured(data, asked, 24_000)
        assert caught.value.reason is Reason.UNREADABLE_AUDIO
        assert caught.value.detail


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
@pytest.mark.parametrize("asked", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS])
def test_what_came_is_no_sound(data: bytes, asked: AudioFormat) -> None:
    with pytest.raises(StudioError) as caught:
        measured(data, asked, 24_000)
    assert caught.value.reason is Reason.UNREADABLE_AUDIO
    assert caught.value.detail


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        (b"", AudioFormat.WAV),
        (b"", AudioFormat.PCM),
        (b"\1", AudioFormat.PCM),
        (header(0, 36), AudioFormat.MP3),
        (header(0, 36), AudioFormat.PCM),
    ],
)
def test_what_came_is_empty(data: bytes, asked: AudioFormat) -> None:
    with pytest.raises(StudioError) as caught:
        measured(data, asked, 24_000)
    assert caught.value.reason is Reason.EMPTY_AUDIO


@settings(max_examples=200, deadline=None)
@given(
    data=st.binary(max_size=200) | st.binary(max_size=90).map(lambda rest: b"\0\0\0\x20ftypM4A " + rest),
    asked=st.sampled_from([one for one in AudioFormat]),
)
def test_any_bytes_are_a_clip_or_a_reason(data: bytes, asked: AudioFormat) -> None:
    outcome: bytes | Reason
    try:
        outcome = measured(data, asked, 24_000).data
    except StudioError as error:
        outcome = error.reason
    assert outcome in {data, Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO}


def test_importing_loads_no_library() -> None:
    heavy = {"numpy", "soundfile", "soxr", "sounddevice", "pulsectl", "av"}
    code = f"import sys, studio.audio.codec, studio.audio.player; print(*{heavy} & {{*sys.modules}})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
