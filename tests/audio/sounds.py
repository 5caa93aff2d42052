"""Sounds, files and takes that are made for the tests: what is in them is known to the sample."""

from __future__ import annotations

import io
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
import soundfile

from studio.domain.takes import Source, Take

RATE = 48_000


def sweep(seconds: float = 1.5, rate_hz: int = RATE) -> np.ndarray:
    """From 150 Hz to 2.5 kHz: every moment sounds different, so a shift can't hide."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return (0.5 * np.sin(2 * np.pi * (150 * t + (2_350 / (2 * seconds)) * t**2))).astype(np.float32)


def babble(seconds: float, rate_hz: int = RATE, level_dbfs: float = -23.0) -> np.ndarray:
    """Syllables of a 130 Hz voice at so much RMS while it speaks, with a pause of a second after every two."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    pitch = 2 * np.pi * np.cumsum(130 + 20 * np.sin(2 * np.pi * 0.7 * t)) / rate_hz
    voice = sum(np.sin(k * pitch) / k for k in range(1, 24))
    syllables = np.clip(np.sin(2 * np.pi * 3 * t), 0, 1) ** 0.5 * (t % 3 >= 1)
    sound = voice * syllables
    return (sound * 10 ** (level_dbfs / 20) / np.sqrt(np.mean(sound[t % 3 >= 1] ** 2))).astype(np.float32)


def white(frames: int, level_dbfs: float) -> np.ndarray:
    noise = np.random.default_rng(1).standard_normal(frames)
    return (noise * 10 ** (level_dbfs / 20)).astype(np.float32)


def pink(frames: int, level_dbfs: float) -> np.ndarray:
    """As much in every octave, from 20 Hz up at 48 kHz."""
    spectrum = np.fft.rfft(white(frames, 0.0))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), frames // 2400))
    noise = np.fft.irfft(spectrum, frames)
    return (noise * 10 ** (level_dbfs / 20) / np.std(noise)).astype(np.float32)


def hum(frames: int, level_dbfs: float, rate_hz: int = RATE) -> np.ndarray:
    t = np.arange(frames) / rate_hz
    mains = sum(np.sin(2 * np.pi * 50 * k * t) / k for k in range(1, 9))
    return (mains * 10 ** (level_dbfs / 20) / np.std(mains)).astype(np.float32)


def level_dbfs(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-15))


def alike(one: np.ndarray, other: np.ndarray) -> float:
    frames = min(len(one), len(other))
    return float(np.corrcoef(one[:frames], other[:frames])[0, 1])


def by_libsndfile(samples: np.ndarray, container: str, coding: str, rate_hz: int = RATE) -> bytes:
    """Samples of shape (frames,) or (frames, channels)."""
    file = io.BytesIO()
    soundfile.write(file, samples, rate_hz, coding, format=container)
    return file.getvalue()


def by_ffmpeg(
    samples: np.ndarray | None, container: str, coding: str, rate_hz: int = RATE, *, film: bool = False
) -> bytes:
    """Mono or stereo as above; a film has a few grey pictures, too. None: no sound at all."""
    import av

    # the sizes at the front, so that a file that was cut off can be read at all
    options = {"movflags": "faststart"} if container in ("ipod", "mp4") else {}
    place = Path(tempfile.mkdtemp())
    with av.open(str(place / "made"), "w", format=container, options=options) as out:
        if film:
            pictures = out.add_stream("mpeg4", rate=10)
            pictures.width = pictures.height = 64
            pictures.pix_fmt = "yuv420p"
        if samples is not None:
            layout = "mono" if samples.ndim == 1 else "stereo"
            sound = out.add_stream(coding, rate=rate_hz, layout=layout)
            for start in range(0, len(samples), 1_024):
                block = np.ascontiguousarray(samples[start : start + 1_024].reshape(-1, 2 - (layout == "mono")).T)
                frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
                frame.sample_rate, frame.pts = rate_hz, start
                out.mux(sound.encode(frame))
            out.mux(sound.encode(None))
        if film:
            for _ in range(10):
                out.mux(pictures.encode(av.VideoFrame.from_ndarray(np.full((64, 64, 3), 99, np.uint8), format="rgb24")))
            out.mux(pictures.encode(None))
    data = (place / "made").read_bytes()
    shutil.rmtree(place)
    return data


def take_of(samples: np.ndarray, path: Path, rate_hz: int = RATE, **facts: object) -> Take:
    """A take on disk: int16 as they are, floats rounded."""
    if samples.dtype != np.int16:
        samples = np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype(np.int16)
    soundfile.write(path, samples, rate_hz, "PCM_16", format="WAV")
    return Take(
        take_id=UUID(int=7),
        name="Take 1",
        created=datetime(2026, 1, 2, tzinfo=UTC),
        rate_hz=rate_hz,
        frames=len(samples),
        path=path,
        **{"source": Source(rate_hz=rate_hz), **facts},
    )
