"""Made signals whose figures are known: voices of espeak-ng, rooms, noise, and takes on disk."""

from __future__ import annotations

import io
import subprocess
import wave
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from studio.audio.measuring.meters import Meters
from studio.domain.report import Figures
from studio.domain.takes import Source, Take

RATE_HZ = 48_000
Sound = NDArray[np.float64]

HARBOUR = (
    "The harbour was quiet when the first boats came in. Nobody waited for them. A man with a blue hat took the rope, "
    "tied it fast, and went away. Was that all? Later the gulls came back, and the market opened."
)
KITCHEN = (
    "Put three cups of flour in a bowl. Add salt, some oil, and a little warm water. Stir it well; then let it rest. "
    "Bake it for half an hour, but keep the door of the oven shut. Eat it while it is hot."
)
MORGEN = (
    "Am Morgen lag Nebel über dem Fluss. Zwei Kinder liefen zur Brücke und warfen Steine ins Wasser. "
    "Wo bleibt der Bus? Er kam spät, wie immer."
)


@cache
def speech(text: str = HARBOUR, voice: str = "en-gb", rate_hz: int = RATE_HZ) -> Sound:
    """A dry voice with half a second of digital silence before and a second after it; read only."""
    said = subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "--stdout", text], capture_output=True, check=True)
    made, made_hz = soundfile.read(io.BytesIO(said.stdout), dtype="float32")
    sound = 0.5 * soxr.resample(made, made_hz, rate_hz).astype(np.float64)
    sound = np.concatenate((np.zeros(rate_hz // 2), sound, np.zeros(rate_hz)))
    sound.flags.writeable = False
    return sound


def active_power(sound: Sound, rate_hz: int = RATE_HZ) -> float:
    """Mean power of the 20 ms frames within 35 dB of the loudest one."""
    width = rate_hz // 50
    powers = (sound[: len(sound) // width * width].reshape(-1, width) ** 2).mean(axis=1)
    return float(powers[powers > powers.max() * 10**-3.5].mean())


def white(frames: int, seed: int = 1) -> Sound:
    """RMS 1."""
    return np.random.default_rng(seed).normal(0, 1, frames)


def pink(frames: int, rate_hz: int = RATE_HZ, seed: int = 2) -> Sound:
    """RMS 1; 3 dB less for every octave from 10 Hz up."""
    spectrum = np.fft.rfft(white(frames, seed))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(frames, 1 / rate_hz), 10))
    spectrum[0] = 0
    noise = np.fft.irfft(spectrum, frames)
    return noise / noise.std()


def sine(hz: float, seconds: float, peak_dbfs: float, rate_hz: int = RATE_HZ) -> Sound:
    return 10 ** (peak_dbfs / 20) * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


def in_room(sound: Sound, rt60_s: float, *, direct: bool = False, seed: int = 3, rate_hz: int = RATE_HZ) -> Sound:
    """Convolved with noise that decays by 60 dB in `rt60_s`; `direct`, the voice itself is as strong as the room."""
    frames = round(1.2 * rt60_s * rate_hz)
    response = white(frames, seed) * 10 ** (-3 * np.arange(frames) / rate_hz / rt60_s)
    response /= np.sqrt((response**2).sum())
    if direct:
        response[: rate_hz // 500] = 0
        response[0] = 1
    size = 1 << (len(sound) + frames).bit_length()
    heard = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)[: len(sound)]
    return 0.5 * heard / np.abs(heard).max()


def as_int16(sound: Sound) -> NDArray[np.int16]:
    return np.clip(np.rint(sound * 32_768), -32_768, 32_767).astype(np.int16)


def measured(sound: Sound | NDArray[np.int16], rate_hz: int = RATE_HZ) -> Figures:
    meters = Meters(rate_hz)
    meters.feed(sound if sound.dtype == np.int16 else as_int16(np.asarray(sound, np.float64)))
    meters.finish()
    return meters.figures()


def write_wav(path: Path, sound: Sound | NDArray[np.int16], rate_hz: int = RATE_HZ) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((sound if sound.dtype == np.int16 else as_int16(sound)).astype("<i2").tobytes())
    return path


def kept(path: Path, sound: Sound, rate_hz: int = RATE_HZ, source: Source | None = None, dropouts: int = 0) -> Take:
    """A take with this sound in it; recorded, unless it has a source."""
    write_wav(path, sound, rate_hz)
    origin = source or Source(rate_hz=rate_hz)
    now = datetime(2026, 5, 4, tzinfo=UTC)
    return Take(uuid4(), "take", now, rate_hz, len(sound), path, origin, dropouts=dropouts)
