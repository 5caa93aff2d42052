"""Files become takes: told apart by content, mixed to one channel, whole or not at all."""

from __future__ import annotations

import asyncio
import os
import struct
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.audio.importing import SoundImporter, look
from studio.domain.errors import Reason, StudioError
from studio.domain.raw_wav import header
from studio.domain.samples import Media
from studio.domain.takes import Imported, Source
from tests.audio.sounds import RATE, alike, by_ffmpeg, by_libsndfile, sweep

SOUND = sweep()
STEREO = np.stack((SOUND, SOUND), axis=1)

KINDS = {
    "wav": (by_libsndfile(SOUND, "WAV", "PCM_16"), Source("wav", "pcm_s16le", 1, RATE, 16, Media.WAV)),
    "wav, 24 bit": (by_libsndfile(SOUND, "WAV", "PCM_24"), Source("wav", "pcm_s24le", 1, RATE, 24, Media.WAV)),
    "wav, float": (by_libsndfile(SOUND, "WAV", "FLOAT"), Source("wav", "pcm_f32le", 1, RATE, 32, Media.WAV)),
    "wav, extensible": (by_libsndfile(STEREO, "WAVEX", "PCM_16"), Source("wav", "pcm_s16le", 2, RATE, 16, Media.WAV)),
    "wav, telephone": (by_libsndfile(SOUND, "WAV", "ULAW"), Source("wav", "pcm_mulaw", 1, RATE, 8, Media.WAV)),
    "wav, adpcm": (by_libsndfile(SOUND, "WAV", "IMA_ADPCM"), Source("wav", "ima_adpcm", 1, RATE, 4, None)),
    "aiff": (by_libsndfile(SOUND, "AIFF", "PCM_16"), Source("aiff", "pcm_s16be", 1, RATE, 16, None)),
    "flac": (by_libsndfile(SOUND, "FLAC", "PCM_24"), Source("flac", "flac", 1, RATE, 24, None)),
    "vorbis": (by_libsndfile(SOUND, "OGG", "VORBIS"), Source("ogg", "vorbis", 1, RATE, None, None)),
    "opus": (by_libsndfile(SOUND, "OGG", "OPUS"), Source("ogg", "opus", 1, RATE, None, None)),
    "mp3": (by_libsndfile(STEREO, "MP3", "MPEG_LAYER_III"), Source("mp3", "mp3", 2, RATE, None, Media.MP3)),
    "m4a": (by_ffmpeg(STEREO, "ipod", "aac"), Source("mp4", "aac", 2, RATE, None, Media.M4A)),
    "m4a, alac": (by_ffmpeg(SOUND, "ipod", "alac"), Source("mp4", "alac", 1, RATE, 24, None)),
    "aac": (by_ffmpeg(SOUND, "adts", "aac"), Source("aac", "aac", 1, RATE, None, None)),
    "film": (by_ffmpeg(SOUND, "mp4", "aac", film=True), Source("mp4", "aac", 1, RATE, None, None)),
    "webm": (by_ffmpeg(SOUND, "webm", "libopus"), Source("matroska", "opus", 1, RATE, None, None)),
}

WAV = KINDS["wav"][0]
ENCRYPTED = KINDS["m4a"][0].replace(b"mp4a", b"enca", 1)

FAULTY = {
    "nothing": (b"", Reason.EMPTY_AUDIO),
    "header alone": (header(RATE, 0), Reason.EMPTY_AUDIO),
    "text": (b"Die Katze tritt die Treppe krumm. " * 99, Reason.UNREADABLE_AUDIO),
    "page": (b"<!DOCTYPE html><html><body>502</body></html>", Reason.UNREADABLE_AUDIO),
    "noise": (np.random.default_rng(3).bytes(50_000), Reason.UNREADABLE_AUDIO),
    "zeros": (bytes(50_000), Reason.UNREADABLE_AUDIO),
    "playlist": (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.aac\n", Reason.UNREADABLE_AUDIO),
    "list of files": (b"ffconcat version 1.0\nfile /etc/hostname\n", Reason.UNREADABLE_AUDIO),
    "protected": (ENCRYPTED, Reason.ENCRYPTED_FILE),
    "bought long ago": (KINDS["m4a"][0].replace(b"mp4a", b"drms", 1), Reason.ENCRYPTED_FILE),
    "silent film": (by_ffmpeg(None, "mp4", "", film=True), Reason.NO_SOUND_IN_FILE),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99), Reason.NO_SOUND_IN_FILE),
    "ogg without sound": (b"OggS" + bytes(60), Reason.UNREADABLE_AUDIO),
    "m4a without an index": (KINDS["m4a"][0][:60], Reason.UNREADABLE_AUDIO),
    "wav of 64-bit numbers": (WAV[:32] + struct.pack("<HH", 8, 64) + WAV[36:], Reason.UNREADABLE_AUDIO),
    "wav of 999 Hz": (WAV[:24] + struct.pack("<II", 999, 2 * 999) + WAV[32:], Reason.UNREADABLE_AUDIO),
    "wav cut at once": (KINDS["wav"][0][:2_000], Reason.UNREADABLE_AUDIO),
}


async def brought(data: bytes, folder: Path, name: str = "sound.bin") -> tuple[Imported, np.ndarray]:
    path, into = folder / name, folder / "raw.wav"
    path.write_bytes(data)
    imported = await SoundImporter().read(path, into, lambda _: None)
    samples, rate_hz = soundfile.read(into, dtype="int16")
    assert (len(samples), rate_hz, samples.ndim) == (imported.frames, imported.rate_hz, 1)
    assert into.read_bytes()[:44] == header(rate_hz, 2 * len(samples))
    return imported, samples


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["sound.txt", "sound.raw"])
async def test_every_kind_by_its_content(
    kind: str, name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, facts = KINDS[kind]
    imported, samples = await brought(data, tmp_path, name)
    expected = Source(*(getattr(facts, one) for one in Source.__slots__[:-2]), size=len(data))
    assert imported.source == expected
    assert await SoundImporter().look(tmp_path / name) == expected
    assert imported.rate_hz == RATE
    assert imported.frames == pytest.approx(len(SOUND), abs=2_200)  # a block of AAC before and after
    late = 1_024 if facts.container == "aac" else 0  # the coder's first block: no field tells of it there
    assert alike(samples[late:], SOUND) > 0.95
    assert capfd.readouterr() == ("", "")


def tagged(sound: bytes) -> bytes:
    """With a picture's frame that is longer than its tag."""
    return b"ID3\x04\0\0\0\0\x02\0" + b"APIC\xff\xff\xff\xff\0\0" + bytes(246) + sound


MP3 = KINDS["mp3"][0]
MP3S = {"with a bad tag": tagged(MP3), "with more at its end": MP3 + b"APETAGEX" + bytes(len(MP3) // 50)}


@pytest.mark.parametrize("name", MP3S)
async def test_of_an_mp3_that_plays_nothing_is_said_on_the_terminal(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    imported, samples = await brought(MP3S[name], tmp_path)
    assert (imported.frames, imported.source.encoding) == (len(SOUND), "mp3")
    assert alike(samples, SOUND) > 0.95
    assert capfd.readouterr() == ("", "")


async def test_an_mp3_without_an_index_is_read_to_its_end(tmp_path: Path) -> None:
    """Of varying bit rate, as libsndfile writes it, its first frame taken away."""
    frame = MP3.find(MP3[:2], 2)
    imported, samples = await brought(MP3[frame:], tmp_path)
    assert imported.frames == pytest.approx(len(SOUND), abs=3 * 1_152)  # what the encoder put around it is there
    assert alike(samples[1_105:], SOUND) > 0.95


@pytest.mark.parametrize("fault", FAULTY)
async def test_what_is_no_sound_ends_in_a_clear_word(
    fault: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, reason = FAULTY[fault]
    with pytest.raises(StudioError) as caught:
        await brought(data, tmp_path, "sound.wav")
    assert caught.value.reason is reason
    assert caught.value.detail
    assert not (tmp_path / "raw.wav").exists()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("reason", [Reason.ENCRYPTED_FILE, Reason.NO_SOUND_IN_FILE, Reason.EMPTY_AUDIO])
async def test_a_look_is_enough_to_tell(reason: Reason, tmp_path: Path) -> None:
    for data in (data for data, why in FAULTY.values() if why is reason):
        (tmp_path / "sound").write_bytes(data)
        with pytest.raises(StudioError) as caught:
            await SoundImporter().look(tmp_path / "sound")
        assert caught.value.reason is reason


def test_what_is_no_file_is_gone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "none", Path("/dev/zero"), tmp_path / "a\0b"):
        with pytest.raises(StudioError) as caught:
            look(path)
        assert caught.value.reason is Reason.FILE_GONE


def test_over_2_gb_is_too_big(tmp_path: Path) -> None:
    with (tmp_path / "big.wav").open("wb") as file:
        file.truncate(2_000_000_001)
    with pytest.raises(StudioError) as caught:
        look(tmp_path / "big.wav")
    assert caught.value.reason is Reason.FILE_TOO_BIG


@pytest.mark.parametrize("size", [0xFFFF_FFFF, 0x7FFF_FFFF, 0])
async def test_a_streamed_wav_is_read_to_its_end(size: int, tmp_path: Path) -> None:
    whole = KINDS["wav"][0]
    data = whole[:4] + struct.pack("<I", size) + whole[8:40] + struct.pack("<I", size) + whole[44:]
    _, samples = await brought(data, tmp_path)
    assert samples.tobytes() == whole[44:]


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 48_000])
async def test_sixteen_bits_come_bit_by_bit_at_their_own_rate(rate_hz: int, tmp_path: Path) -> None:
    samples = np.random.default_rng(5).integers(-32_768, 32_767, rate_hz, np.int16)
    imported, read = await brought(by_libsndfile(samples, "WAV", "PCM_16", rate_hz), tmp_path)
    assert imported.rate_hz == rate_hz
    assert np.array_equal(read, samples)


@pytest.mark.parametrize("rate_hz", [88_200, 96_000, 192_000])
async def test_at_most_48_khz(rate_hz: int, tmp_path: Path) -> None:
    imported, samples = await brought(by_libsndfile(sweep(rate_hz=rate_hz), "WAV", "PCM_24", rate_hz), tmp_path)
    assert (imported.rate_hz, imported.source.rate_hz) == (RATE, rate_hz)
    assert imported.frames == pytest.approx(len(SOUND), abs=1)
    assert alike(samples, SOUND) > 0.999


def silence(sound: np.ndarray) -> np.ndarray:
    return np.zeros_like(sound)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (SOUND, SOUND, SOUND),
        (SOUND, silence(SOUND), SOUND),
        (silence(SOUND), SOUND, SOUND),
        (SOUND, -SOUND, SOUND),
        (SOUND, SOUND[::-1], (SOUND + SOUND[::-1]) / 2),
        (SOUND, 0.001 * SOUND[::-1], SOUND),
        (silence(SOUND), silence(SOUND), silence(SOUND)),
    ],
    ids=["same", "left only", "right only", "opposed", "different", "right hardly", "silent"],
)
async def test_two_channels_become_one_without_loss(
    left: np.ndarray, right: np.ndarray, expected: np.ndarray, tmp_path: Path
) -> None:
    _, samples = await brought(by_libsndfile(np.stack((left, right), axis=1), "WAV", "FLOAT"), tmp_path)
    assert np.abs(samples / 32_768 - expected).max() < 2 / 32_768


async def test_a_channel_that_speaks_late_is_heard(tmp_path: Path) -> None:
    sound, nothing = sweep(12.0, 8_000), np.zeros(96_000, np.float32)
    left, right = np.concatenate((sound, nothing)), np.concatenate((nothing, sound))
    _, samples = await brought(by_libsndfile(np.stack((left, right), axis=1), "WAV", "FLOAT", 8_000), tmp_path)
    assert np.abs(samples / 32_768 - (left + right) / 2).max() < 2 / 32_768


async def test_broken_floats_do_no_harm(tmp_path: Path) -> None:
    wild = np.array([np.nan, np.inf, -np.inf, 7.0, 0.25], np.float32)
    _, samples = await brought(by_libsndfile(wild, "WAV", "FLOAT"), tmp_path)
    assert samples.tolist() == [0, 32_767, -32_768, 32_767, 8_192]


@pytest.mark.parametrize("kind", ["wav", "flac", "mp3", "opus", "m4a", "aac", "webm"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keep=st.floats(0, 1), damage=st.binary(max_size=40), at=st.floats(0, 1))
def test_damaged_anywhere_it_is_read_or_says_why(
    kind: str, keep: float, damage: bytes, at: float, tmp_path: Path
) -> None:
    data = bytearray(KINDS[kind][0])
    start = int(at * len(data))
    data[start : start + len(damage)] = damage
    outcome: Imported | Reason
    try:
        outcome, _ = asyncio.run(brought(bytes(data[: int(len(data) * keep)]), tmp_path))
    except StudioError as error:
        outcome = error.reason
    if isinstance(outcome, Imported):
        assert outcome.frames > 0
        (tmp_path / "raw.wav").unlink()
    assert isinstance(outcome, Imported) or outcome in {
        *(Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO, Reason.NO_SOUND_IN_FILE)
    }
    assert not (tmp_path / "raw.wav").exists()


async def test_an_hour_is_read_in_flat_memory_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path, frames = tmp_path / "hour.wav", 3_600 * 8_000
    with path.open("wb") as file:
        file.write(header(8_000, 2 * frames))
        file.truncate(44 + 2 * frames)
    told: list[float | None] = []
    await SoundImporter().look(path)
    tracemalloc.start()
    imported = await SoundImporter().read(path, tmp_path / "raw.wav", told.append)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert imported.frames == frames
    assert peak < 20_000_000
    assert told == sorted(told, key=float)
    assert told[-1] == 1.0


@pytest.mark.parametrize("kind", ["wav", "m4a"])
async def test_cancelled_nothing_is_left(kind: str, tmp_path: Path) -> None:
    path, into = tmp_path / "sound", tmp_path / "raw.wav"
    sound = sweep(120.0, 8_000)
    path.write_bytes(by_ffmpeg(sound, "ipod", "aac", 8_000) if kind == "m4a" else by_libsndfile(sound, "WAV", "PCM_16"))
    began = asyncio.Event()
    task = asyncio.create_task(SoundImporter().read(path, into, lambda _: began.set()))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not into.exists()


async def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw.wav").symlink_to("/dev/full")
    with pytest.raises(StudioError) as caught:
        await brought(KINDS["wav"][0], tmp_path)
    assert caught.value.reason is Reason.DISK_FULL
    assert not (tmp_path / "raw.wav").is_symlink()


def test_importing_loads_no_library() -> None:
    heavy = {"numpy", "soundfile", "soxr", "av"}
    code = f"import sys, studio.audio.importing, studio.audio.darkroom; print(*{heavy} & {{*sys.modules}})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
