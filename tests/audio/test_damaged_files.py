"""Files that lost something on their way, or whose frames aren't what their header says."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import av
import numpy as np
import pytest

from studio.audio.darkroom import SoundDarkroom
from studio.audio.importing import SoundImporter
from studio.domain.audio import AudioFormat
from studio.domain.limits import SampleLimits
from studio.domain.takes import Edit, Imported, Take
from tests.audio.sounds import RATE, alike, by_ffmpeg, by_libsndfile, sweep

SOUND = sweep(3.0)
LONG = sweep(12.0)
WAV, MP3, M4A = (
    by_libsndfile(LONG, "WAV", "PCM_16"),
    by_libsndfile(LONG, "MP3", "MPEG_LAYER_III"),
    by_ffmpeg(LONG, "ipod", "aac"),
)
STREAMED_WAV = WAV[:4] + bytes(4) + WAV[8:40] + bytes(4) + WAV[44:]
WHOLE = {
    "wav": WAV,
    "wav without sizes": STREAMED_WAV,
    "mp3": MP3,
    "mp3 without index": MP3[MP3.find(MP3[:2], 2) :],
    "m4a": M4A,
    "aac": by_ffmpeg(LONG, "adts", "aac"),
    "aiff": by_libsndfile(LONG, "AIFF", "PCM_16"),
    "flac": by_libsndfile(LONG, "FLAC", "PCM_16"),
    "vorbis": by_libsndfile(LONG, "OGG", "VORBIS"),
    "opus": by_libsndfile(LONG, "OGG", "OPUS"),
    "webm": by_ffmpeg(LONG, "webm", "libopus"),
    "film": by_ffmpeg(LONG, "mp4", "aac", film=True),
}


async def brought(data: bytes, folder: Path) -> Imported:
    (folder / "sound.bin").write_bytes(data)
    return await SoundImporter().read(folder / "sound.bin", folder / "raw.wav", lambda _: None)


def raw(folder: Path) -> np.ndarray:
    return np.frombuffer((folder / "raw.wav").read_bytes()[44:], np.int16)


def in_eight_channels(sound: np.ndarray) -> bytes:
    """As AAC, the same in each of them."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as out:
        track = out.add_stream("aac", rate=RATE, layout="7.1")
        beside = av.AudioResampler("fltp", "7.1", RATE)
        frame = av.AudioFrame.from_ndarray(np.repeat(sound, 8)[None], format="flt", layout="7.1")
        frame.sample_rate, fifo = RATE, av.AudioFifo()
        for one in beside.resample(frame):
            fifo.write(one)
        for one in fifo.read_many(1_024):
            out.mux(track.encode(one))
        out.mux(track.encode(None))
    return file.getvalue()


async def test_eight_channels_side_by_side_are_read(tmp_path: Path) -> None:
    imported = await brought(in_eight_channels(SOUND), tmp_path)
    assert imported.source.channels == 8
    assert alike(raw(tmp_path)[: len(SOUND)], SOUND) > 0.5  # one of the eight holds bass alone


@pytest.mark.parametrize("first", ["mono", "stereo"])
async def test_frames_of_other_channels_than_the_first_are_damage(first: str, tmp_path: Path) -> None:
    mono, stereo = (by_ffmpeg(one, "adts", "aac") for one in (SOUND, np.stack((SOUND, SOUND), axis=1)))
    imported = await brought(mono + stereo + mono if first == "mono" else stereo + mono, tmp_path)
    assert imported.source.channels == (1 if first == "mono" else 2)
    assert imported.frames == pytest.approx((2 if first == "mono" else 1) * len(SOUND), abs=5_000)


@pytest.mark.parametrize("kind", ["wav", "aiff", "flac", "mp3", "vorbis", "opus", "m4a"])
async def test_of_a_file_that_breaks_off_the_rest_is_read(kind: str, tmp_path: Path) -> None:
    data = WHOLE[kind]
    imported = await brought(data[: len(data) * 2 // 3], tmp_path)
    assert 4.0 < imported.frames / RATE < 11.0
    assert alike(raw(tmp_path), LONG) > 0.95


@pytest.mark.parametrize("kind", WHOLE)
async def test_a_whole_file_is_not_broken(kind: str, tmp_path: Path) -> None:
    assert not (await brought(WHOLE[kind], tmp_path)).source.broken


@pytest.mark.parametrize(
    "kind", sorted(set(WHOLE) - {"wav without sizes", "aac"})
)  # of these every beginning may be whole
@pytest.mark.parametrize("part", [0.5, 0.975])
async def test_a_file_that_was_cut_off_is_known_for_it(kind: str, part: float, tmp_path: Path) -> None:
    data = WHOLE[kind]
    assert (await brought(data[: round(part * len(data)) + 1], tmp_path)).source.broken


@pytest.mark.parametrize("kind", ["mp3", "mp3 without index", "m4a", "aac", "flac"])
async def test_a_hole_in_the_middle_is_known(kind: str, tmp_path: Path) -> None:
    data = WHOLE[kind]
    middle = len(data) // 2
    assert (await brought(data[:middle] + bytes(3_000) + data[middle + 3_000 :], tmp_path)).source.broken


@pytest.mark.parametrize("data", [WAV, MP3, M4A])
async def test_a_broken_file_is_never_sent_as_it_is(data: bytes, tmp_path: Path) -> None:
    for part, as_it_is in ((data, True), (data[: len(data) * 49 // 50], False)):
        read = await brought(part, tmp_path)
        take = Take(
            UUID(int=7), "Take", datetime.now(UTC), read.rate_hz, read.frames, tmp_path / "raw.wav", read.source
        )
        take = replace(take, original=tmp_path / "sound.bin")
        clip = await SoundDarkroom().sample(take, Edit(), SampleLimits())
        assert (clip.data == part) is as_it_is
        assert as_it_is or clip.format is AudioFormat.WAV
