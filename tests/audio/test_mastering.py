"""Clips as they are handed out: as loud as was asked for, with words in the file, and otherwise untouched."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest

from studio.audio.codec import SoundFileCodec, decode, encode
from studio.audio.mastering import mastered
from studio.audio.measuring.loudness import lufs_of
from studio.audio.measuring.true_peak import true_peak_dbfs
from studio.domain.audio import AudioFormat, Clip, Finish, Pcm
from studio.domain.errors import Reason, StudioError
from tests.audio.sounds import RATE, babble, by_ffmpeg, by_libsndfile
from tests.audio.test_codec import chirp, header

HANDED_OUT = (AudioFormat.WAV, AudioFormat.FLAC, AudioFormat.MP3, AudioFormat.OPUS)
WORDS = Finish(title="小雨 – Füße", artist="Qwen, Singapore", comment="Said: “hello”\nand more")


def spoken(seconds: float = 6.0, level_dbfs: float = -30.0, rate_hz: int = RATE, channels: int = 1) -> Pcm:
    return Pcm(np.repeat(babble(seconds, rate_hz, level_dbfs)[:, None], channels, axis=1), rate_hz)


def words_in(clip: Clip) -> dict[str, str]:
    with av.open(io.BytesIO(clip.data)) as file:
        return {**file.metadata, **file.streams.audio[0].metadata}


def lufs(clip: Clip) -> float:
    pcm = decode(clip)
    found = lufs_of(pcm.samples, pcm.rate_hz)
    assert found is not None
    return found


def same(one: Clip, other: Clip) -> bool:
    return np.array_equal(decode(one).samples, decode(other).samples)


@pytest.mark.parametrize("audio_format", HANDED_OUT)
@pytest.mark.parametrize("source", [AudioFormat.WAV, AudioFormat.MP3])
async def test_words_are_in_the_file(audio_format: AudioFormat, source: AudioFormat) -> None:
    clip = encode(spoken(), 24_000, source)
    made = await SoundFileCodec().mastered(clip, audio_format, WORDS)
    found = words_in(made)
    assert (found["title"], found["artist"], found["comment"]) == (WORDS.title, WORDS.artist, WORDS.comment)
    assert (made.format, made.rate_hz, made.channels) == (audio_format, 24_000, 1)
    assert made.seconds == pytest.approx(clip.seconds, abs=0.001)
    assert decode(made).seconds == pytest.approx(clip.seconds, abs=0.001)
    assert made.envelope.columns == 1_000


@pytest.mark.parametrize("audio_format", HANDED_OUT)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_same_format_and_level_is_the_same_sound(audio_format: AudioFormat, channels: int) -> None:
    clip = encode(spoken(channels=channels), 48_000, audio_format)
    made = mastered(clip, audio_format, WORDS)
    assert same(made, clip)
    assert words_in(made)["title"] == WORDS.title
    assert mastered(clip, audio_format, Finish()).data == clip.data


OTHERS = {
    "24 bits": (by_libsndfile(chirp().samples, "WAV", "PCM_24"), AudioFormat.WAV),
    "floats": (by_libsndfile(chirp().samples, "WAV", "FLOAT"), AudioFormat.WAV),
    "24 bits of FLAC": (by_libsndfile(chirp().samples, "FLAC", "PCM_24"), AudioFormat.FLAC),
    "another MP3 encoder's": (by_ffmpeg(chirp(rate_hz=RATE).samples[:, 0], "mp3", "libmp3lame"), AudioFormat.MP3),
    "another Opus encoder's": (by_ffmpeg(chirp(rate_hz=RATE).samples[:, 0], "ogg", "libopus"), AudioFormat.OPUS),
    "streamed": (header(0xFFFF_FFFF, 0xFFFF_FFFF) + bytes(range(250)) * 200, AudioFormat.WAV),
}


@pytest.mark.parametrize(("data", "audio_format"), OTHERS.values(), ids=OTHERS)
def test_what_others_made_stays_as_fine_as_it_is(data: bytes, audio_format: AudioFormat) -> None:
    clip = Clip(data, audio_format, 24_000, 1.5)
    made = mastered(clip, audio_format, WORDS)
    assert same(made, clip)
    assert words_in(made)["title"] == WORDS.title


def test_an_mp3_without_an_index_stays_as_long_as_it_is() -> None:
    data = encode(chirp(), 24_000, AudioFormat.MP3).data
    clip = Clip(data[data.find(data[:2], 2) :], AudioFormat.MP3, 24_000, 1.5)
    made = mastered(clip, AudioFormat.MP3, WORDS)
    assert same(made, clip)
    assert words_in(made)["comment"] == WORDS.comment


def test_new_words_take_the_place_of_old_ones() -> None:
    clip = encode(chirp(), 24_000, AudioFormat.MP3)
    once = mastered(clip, AudioFormat.MP3, WORDS)
    again = mastered(once, AudioFormat.MP3, Finish(title="Other"))
    assert {name for name in words_in(again) if name != "encoder"} == {"title"}
    assert same(again, clip)


def test_what_cannot_have_words_is_handed_out_without() -> None:
    clip = Clip(by_libsndfile(chirp().samples, "OGG", "VORBIS"), AudioFormat.OPUS, 24_000, 1.5)
    assert same(mastered(clip, AudioFormat.OPUS, WORDS), clip)


def test_lossless_to_lossless_loses_nothing() -> None:
    clip = encode(spoken(), RATE, AudioFormat.WAV)
    there = mastered(clip, AudioFormat.FLAC, WORDS)
    assert same(mastered(there, AudioFormat.WAV, WORDS), clip)


@pytest.mark.parametrize("audio_format", HANDED_OUT)
@pytest.mark.parametrize("wanted", [-23.0, -30.0])
@pytest.mark.parametrize("channels", [1, 2])
def test_as_loud_as_was_asked_for(audio_format: AudioFormat, wanted: float, channels: int) -> None:
    clip = encode(spoken(channels=channels), RATE, AudioFormat.WAV)
    made = mastered(clip, audio_format, Finish(lufs=wanted))
    assert lufs(made) == pytest.approx(wanted, abs=0.15)


@pytest.mark.parametrize("audio_format", HANDED_OUT)
def test_never_above_one_below_full_scale(audio_format: AudioFormat) -> None:
    """An eighth of the sample rate at 67.5 degrees: the samples miss the peaks. And a click in a quiet voice."""
    t = np.arange(RATE)
    tone = 0.9 * np.sin(2 * np.pi * t / 8 + 3 * np.pi / 8)
    click = spoken().samples[:, 0].copy()
    click[RATE : RATE + 40] = 0.99
    for sound in (tone, click):
        clip = encode(Pcm(sound.astype(np.float32)[:, None], RATE), RATE, AudioFormat.WAV)
        pcm = decode(mastered(clip, audio_format, Finish(lufs=3.0)))
        assert -3.0 < true_peak_dbfs(pcm.samples, pcm.rate_hz) <= -0.99


def test_a_true_peak_lies_between_the_samples() -> None:
    """Full scale at a quarter of the rate, 45 degrees off: the samples reach 0.707, as in the standard's example."""
    tone = np.sin(2 * np.pi * np.arange(RATE) / 4 + np.pi / 4).astype(np.float32)[:, None]
    tone[:2_000] *= np.linspace(0, 1, 2_000, dtype=np.float32)[:, None]
    tone[-2_000:] *= np.linspace(1, 0, 2_000, dtype=np.float32)[:, None]
    assert np.abs(tone).max() == pytest.approx(0.7071, abs=0.001)
    assert true_peak_dbfs(tone, RATE) == pytest.approx(0.0, abs=0.05)
    assert true_peak_dbfs(np.zeros((100, 1), np.float32), RATE) == -120.0


@pytest.mark.parametrize("sound", [np.zeros(RATE), 0.1 * babble(2.0)[-RATE // 3 :]])
def test_without_a_loudness_the_level_stays(sound: np.ndarray) -> None:
    clip = encode(Pcm(sound.astype(np.float32)[:, None], RATE), RATE, AudioFormat.WAV)
    assert same(mastered(clip, AudioFormat.WAV, Finish(lufs=-16.0, title="Short")), clip)


def test_a_clip_at_the_level_asked_for_is_not_touched() -> None:
    clip = mastered(encode(spoken(), RATE, AudioFormat.WAV), AudioFormat.WAV, Finish(lufs=-20.0))
    assert mastered(clip, AudioFormat.WAV, Finish(lufs=-20.0)).data == clip.data


@pytest.mark.parametrize(
    ("rate_hz", "audio_format", "expected"),
    [
        (22_050, AudioFormat.OPUS, 24_000),
        (44_100, AudioFormat.OPUS, 48_000),
        (96_000, AudioFormat.MP3, 48_000),
        (96_000, AudioFormat.FLAC, 96_000),
        (22_050, AudioFormat.MP3, 22_050),
    ],
)
def test_a_rate_that_the_format_has(rate_hz: int, audio_format: AudioFormat, expected: int) -> None:
    clip = encode(chirp(rate_hz=rate_hz), rate_hz, AudioFormat.WAV)
    made = mastered(clip, audio_format, WORDS)
    assert made.rate_hz == expected
    assert decode(made).seconds == pytest.approx(clip.seconds, abs=0.002)


def test_raw_samples_become_a_file() -> None:
    clip = encode(chirp(), 24_000, AudioFormat.PCM)
    assert same(mastered(clip, AudioFormat.WAV, WORDS), clip)


@pytest.mark.parametrize("audio_format", [AudioFormat.PCM, AudioFormat.M4A])
async def test_some_formats_are_not_handed_out(audio_format: AudioFormat) -> None:
    with pytest.raises(StudioError) as caught:
        await SoundFileCodec().mastered(encode(chirp(), 24_000, AudioFormat.WAV), audio_format, Finish())
    assert caught.value.reason is Reason.BAD_INPUT


async def test_what_is_no_sound_is_said() -> None:
    with pytest.raises(StudioError) as caught:
        await SoundFileCodec().mastered(Clip(b"RIFF or not", AudioFormat.WAV, 24_000, 1.0), AudioFormat.FLAC, WORDS)
    assert caught.value.reason is Reason.UNREADABLE_AUDIO


@pytest.mark.parametrize("audio_format", HANDED_OUT)
async def test_what_it_reaches_is_known_where_peaks_leave_no_room(audio_format: AudioFormat) -> None:
    sound = spoken().samples[:, 0].copy()
    sound[RATE : RATE + 40] = 0.99
    clip = encode(Pcm(sound[:, None], RATE), RATE, AudioFormat.WAV)
    made = await SoundFileCodec().mastered(clip, audio_format, Finish(lufs=-14.0))
    reached = await SoundFileCodec().lufs(made)
    assert reached == pytest.approx(lufs(made))
    assert reached is not None
    assert reached < -20.0


async def test_silence_has_no_loudness() -> None:
    clip = encode(Pcm(np.zeros((RATE, 1), np.float32), RATE), RATE, AudioFormat.WAV)
    assert await SoundFileCodec().lufs(clip) is None
