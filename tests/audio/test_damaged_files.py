"""Files that lost something on their way, or whose frames aren't what their header says."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

from studio.audio.importing import SoundImporter
from studio.domain.takes import Imported
from tests.audio.sounds import RATE, alike, by_ffmpeg, sweep

SOUND = sweep(3.0)


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
