"""What is heard and sent of a take: exactly the recipe, and exactly these bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.audio.codec import decode
from studio.audio.darkroom import SoundDarkroom
from studio.audio.importing import SoundImporter
from studio.audio.measuring.loudness import Loudness
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import SampleLimits
from studio.domain.samples import Media
from studio.domain.takes import Edit, Take
from tests.audio.sounds import (
    RATE,
    alike,
    babble,
    by_ffmpeg,
    by_libsndfile,
    level_dbfs,
    sweep,
    take_of,
    white,
)

DARKROOM = SoundDarkroom()
ANY = SampleLimits()
SOUND = sweep(3.0)
NOISY = babble(9.0) + white(9 * RATE, -40)


def samples_of(clip: Clip) -> np.ndarray:
    """By another reader than ours."""
    samples, rate_hz = soundfile.read(io.BytesIO(clip.data), dtype="int16")
    assert rate_hz == clip.rate_hz
    return samples


@pytest.fixture
def take(tmp_path: Path) -> Take:
    return take_of(SOUND, tmp_path / "raw.wav")


async def imported(data: bytes, folder: Path) -> Take:
    original, raw = folder / "original", folder / "raw.wav"
    original.write_bytes(data)
    read = await SoundImporter().read(original, raw, lambda _: None)
    kept = take_of(np.zeros(0, np.int16), folder / "other.wav", original=original, source=read.source)
    return replace(kept, path=raw, rate_hz=read.rate_hz, frames=read.frames)


async def test_an_untouched_recording_is_sent_bit_by_bit(tmp_path: Path) -> None:
    raw = np.random.default_rng(1).integers(-32_768, 32_767, RATE, np.int16)
    clip = await DARKROOM.sample(take_of(raw, tmp_path / "raw.wav"), Edit(), ANY)
    assert np.array_equal(samples_of(clip), raw)
    assert (clip.format, clip.rate_hz, clip.seconds, clip.channels) == (AudioFormat.WAV, RATE, 1.0, 1)
    assert clip.envelope.columns == 1_000
    assert clip.data == (tmp_path / "raw.wav").read_bytes()


@pytest.mark.parametrize(
    ("start_s", "end_s", "frames"),
    [(0.5, 1.5, slice(24_000, 72_000)), (1.0, None, slice(48_000, None)), (-3.0, 99.0, slice(None))],
)
async def test_the_selected_part_alone(start_s: float, end_s: float | None, frames: slice, take: Take) -> None:
    clip = await DARKROOM.sample(take, Edit(start_s, end_s), ANY)
    raw, _ = soundfile.read(take.path, dtype="int16")
    assert np.array_equal(samples_of(clip), raw[frames])


@pytest.mark.parametrize("edit", [Edit(), Edit(0.5, 2.0, clean=True, gain_db=-3.0, fade_in_s=0.2, fade_out_s=0.1)])
async def test_what_is_heard_is_what_is_sent(edit: Edit, take: Take) -> None:
    heard, clip = await DARKROOM.pcm(take, edit), await DARKROOM.sample(take, edit, ANY)
    assert heard.samples.dtype == np.float32
    assert np.array_equal(decode(clip).samples, heard.samples)
    assert clip == await DARKROOM.sample(take, edit, ANY)


async def test_the_raw_sound_is_never_written(take: Take) -> None:
    before = take.path.read_bytes()
    await DARKROOM.sample(take, Edit(0.1, 2.0, clean=True, gain_db=20.0, fade_in_s=1.0), ANY)
    await DARKROOM.outline(take)
    assert take.path.read_bytes() == before


@pytest.mark.parametrize(("gain_db", "peak"), [(-6.0, 0.2506), (3.0, 0.7063), (6.0, 0.9977), (40.0, 0.99997)])
async def test_gain_as_asked_but_never_into_clipping(gain_db: float, peak: float, take: Take) -> None:
    loud = (await DARKROOM.pcm(take, Edit(gain_db=gain_db))).samples[:, 0]
    assert np.abs(loud).max() == pytest.approx(peak, abs=2e-4)
    assert alike(loud, SOUND) > 0.99999


async def test_a_take_at_full_scale_gets_no_louder_and_isnt_lowered(tmp_path: Path) -> None:
    full = take_of(np.array([-32_768, 32_767] * 500, np.int16), tmp_path / "raw.wav")
    assert samples_of(await DARKROOM.sample(full, Edit(gain_db=12.0), ANY)).tolist() == [-32_768, 32_767] * 500


async def test_fades_keep_their_power_and_their_length(tmp_path: Path) -> None:
    level = take_of(np.full(RATE, 0.5, np.float32), tmp_path / "raw.wav")
    faded = (await DARKROOM.pcm(level, Edit(fade_in_s=0.5, fade_out_s=0.25))).samples[:, 0]
    assert (faded[0], faded[-1]) == (0.0, 0.0)
    assert faded[RATE // 4] == pytest.approx(0.5 * np.sqrt(0.5), abs=1e-4)
    assert faded[-RATE // 8 - 1] == pytest.approx(0.5 * np.sqrt(0.5), abs=1e-4)
    assert (faded[RATE // 2 : -RATE // 4] == 0.5).all()


async def test_fades_longer_than_the_sound_end_with_it(take: Take) -> None:
    faded = await DARKROOM.pcm(take, Edit(1.0, 1.5, fade_in_s=60.0, fade_out_s=60.0))
    assert faded.frames == RATE // 2
    assert np.abs(faded.samples).max() < 0.5


async def test_cleaning_takes_the_noise_and_leaves_the_place(tmp_path: Path) -> None:
    take = take_of(NOISY, tmp_path / "raw.wav")
    raw, clean = [(await DARKROOM.pcm(take, Edit(2.9, 7.1, clean=on))).samples[:, 0] for on in (False, True)]
    assert len(clean) == len(raw) == round(4.2 * RATE)
    pause = slice(round(0.3 * RATE), round(0.9 * RATE))
    assert level_dbfs(raw[pause]) - level_dbfs(clean[pause]) > 10.0
    assert alike(raw, clean) > 0.98


async def test_raw_and_clean_are_compared_equally_loud(tmp_path: Path) -> None:
    take = take_of(NOISY, tmp_path / "raw.wav")
    for edit in (Edit(0.5, 6.5), Edit(0.5, 6.5, clean=True)):
        raw, clean = await DARKROOM.compared(take, edit)
        assert raw.frames == clean.frames == 6 * RATE
        assert lufs(raw) == pytest.approx(lufs(clean), abs=0.05)
        assert not np.array_equal(raw.samples, clean.samples)
        assert np.abs(raw.samples).max() <= np.abs(NOISY).max() + 1e-4


async def test_even_a_moment_can_be_compared(take: Take) -> None:
    raw, clean = await DARKROOM.compared(take, Edit(1.0, 1.2))
    assert level_dbfs(raw.samples) == pytest.approx(level_dbfs(clean.samples), abs=0.01)


def lufs(sound: Pcm) -> float | None:
    loudness = Loudness(sound.rate_hz)
    loudness.feed(sound.samples[:, 0])
    return loudness.lufs()


FITTING = {
    "wav": (by_libsndfile(SOUND, "WAV", "PCM_16"), AudioFormat.WAV, 1),
    "mp3": (by_libsndfile(SOUND, "MP3", "MPEG_LAYER_III"), AudioFormat.MP3, 1),
    "m4a": (by_ffmpeg(SOUND, "ipod", "aac"), AudioFormat.M4A, 1),
}


@pytest.mark.parametrize("kind", FITTING)
async def test_an_untouched_file_that_fits_is_sent_as_it_is(kind: str, tmp_path: Path) -> None:
    data, audio_format, channels = FITTING[kind]
    take = await imported(data, tmp_path)
    clip = await DARKROOM.sample(take, Edit(), ANY)
    assert clip.data == data
    assert (clip.format, clip.rate_hz, clip.channels) == (audio_format, RATE, channels)
    assert clip.seconds == take.seconds
    assert clip.envelope.columns == 1_000


ENCODED = len(f"data:{Media.MP3};base64,") + (len(FITTING["mp3"][0]) + 2) // 3 * 4


@pytest.mark.parametrize(
    "limits",
    [
        SampleLimits(media=(Media.WAV,)),
        SampleLimits(rate_min_hz=48_001),
        SampleLimits(seconds_max=2.9),
        SampleLimits(bytes_max=len(FITTING["mp3"][0]) - 1),
        SampleLimits(bytes_min=len(FITTING["mp3"][0]) + 1),
        SampleLimits(encoded_max=ENCODED),
    ],
)
async def test_a_file_that_does_not_fit_is_sent_as_wav(limits: SampleLimits, tmp_path: Path) -> None:
    take = await imported(FITTING["mp3"][0], tmp_path)
    clip = await DARKROOM.sample(take, Edit(), limits)
    assert (clip.format, clip.channels) == (AudioFormat.WAV, 1)
    assert alike(decode(clip).samples[::2, 0] if clip.rate_hz == RATE else decode(clip).samples[:, 0], SOUND[::2]) > 0.9


async def test_two_channels_are_sent_as_the_one_that_was_heard_and_measured(tmp_path: Path) -> None:
    take = await imported(by_libsndfile(np.stack((SOUND, SOUND), 1), "WAV", "PCM_16"), tmp_path)
    clip = await DARKROOM.sample(take, Edit(), ANY)
    assert np.array_equal(decode(clip).samples, (await DARKROOM.pcm(take, Edit())).samples)


@pytest.mark.parametrize("edit", [Edit(), Edit(start_s=0.5, end_s=2.0), Edit(gain_db=-3.0)])
@pytest.mark.parametrize("limits", [ANY, SampleLimits(media=(Media.WAV,)), SampleLimits(encoded_max=100_000)])
async def test_what_is_sent_weighs_what_was_said(edit: Edit, limits: SampleLimits, tmp_path: Path) -> None:
    take = await imported(FITTING["mp3"][0], tmp_path)
    clip = await DARKROOM.sample(take, edit, limits)
    assert await DARKROOM.weigh(take, edit, limits) == (pytest.approx(len(clip.data), abs=2), clip.format)


async def test_one_byte_less_and_the_data_url_fits(tmp_path: Path) -> None:
    take = await imported(FITTING["mp3"][0], tmp_path)
    assert (await DARKROOM.sample(take, Edit(), SampleLimits(encoded_max=ENCODED + 1))).format is AudioFormat.MP3


@pytest.mark.parametrize(
    "data",
    [
        by_libsndfile(SOUND, "WAV", "PCM_24"),
        by_libsndfile(SOUND, "FLAC", "PCM_16"),
        by_ffmpeg(SOUND, "mp4", "aac", film=True),
        FITTING["wav"][0][:4] + b"\xff\xff\xff\xff" + FITTING["wav"][0][8:40] + b"\xff" * 4 + FITTING["wav"][0][44:],
        FITTING["wav"][0][:-1_000],
    ],
    ids=["24 bit", "flac", "film", "streamed", "cut off"],
)
async def test_what_no_vendor_takes_is_sent_as_wav(data: bytes, tmp_path: Path) -> None:
    take = await imported(data, tmp_path)
    clip = await DARKROOM.sample(take, Edit(), ANY)
    assert (clip.format, clip.data[:4], len(samples_of(clip))) == (AudioFormat.WAV, b"RIFF", take.frames)
    assert int.from_bytes(clip.data[4:8], "little") == len(clip.data) - 8
    assert clip.data != data


async def test_a_file_that_was_changed_or_lost_is_made_anew(tmp_path: Path) -> None:
    take = await imported(FITTING["mp3"][0], tmp_path)
    assert (await DARKROOM.sample(take, Edit(end_s=2.0), ANY)).format is AudioFormat.WAV
    assert take.original
    take.original.write_bytes(b"something else by now")
    assert (await DARKROOM.sample(take, Edit(), ANY)).format is AudioFormat.WAV
    take.original.unlink()
    assert (await DARKROOM.sample(take, Edit(), ANY)).format is AudioFormat.WAV


@pytest.mark.parametrize(
    ("limits", "rate_hz"),
    [
        (SampleLimits(bytes_max=288_044), RATE),
        (SampleLimits(bytes_max=288_043), 24_000),
        (SampleLimits(bytes_max=10), 24_000),
        (SampleLimits(bytes_max=288_043, rate_min_hz=32_000), 32_000),
        (SampleLimits(bytes_max=288_043, rate_min_hz=48_000), RATE),
        (SampleLimits(bytes_max=288_043, rate_min_hz=16_000), 24_000),
        (SampleLimits(encoded_max=300_000), 24_000),
    ],
)
async def test_a_sample_too_big_is_lowered_to_24_khz(limits: SampleLimits, rate_hz: int, take: Take) -> None:
    clip = await DARKROOM.sample(take, Edit(), limits)
    assert (clip.rate_hz, clip.seconds) == (rate_hz, pytest.approx(3.0, abs=1e-4))
    assert alike(samples_of(clip), sweep(3.0, rate_hz)) > 0.999


async def test_nothing_selected_is_empty(take: Take) -> None:
    for edit in (Edit(1.0, 1.0), Edit(2.0, 1.0), Edit(9.0), Edit(1.0, 1.0, clean=True)):
        for asked in (DARKROOM.pcm(take, edit), DARKROOM.sample(take, edit, ANY), DARKROOM.compared(take, edit)):
            with pytest.raises(StudioError) as caught:
                await asked
            assert caught.value.reason is Reason.EMPTY_AUDIO


async def test_a_take_whose_sound_is_lost(take: Take) -> None:
    take.path.unlink()
    for asked in (DARKROOM.pcm(take, Edit()), DARKROOM.sample(take, Edit(), ANY), DARKROOM.outline(take)):
        with pytest.raises(StudioError) as caught:
            await asked
        assert caught.value.reason is Reason.FILE_GONE


def test_zoomed_in_the_frames_themselves_are_drawn(take: Take) -> None:
    raw, _ = soundfile.read(take.path, dtype="int16")
    fine = DARKROOM.fine(take, 1_000, 1_100, 100)
    assert fine[:, 0].tolist() == fine[:, 1].tolist() == np.rint(raw[1_000:1_100] * (127 / 32_768)).tolist()
