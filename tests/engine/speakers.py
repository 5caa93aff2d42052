"""Made speakers, far apart, whose "samples" are matched; and sounds that are no speech."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.domain.languages import Language
from studio.engine import envelopes, fitting
from studio.engine.envelopes import RATE_HZ
from studio.engine.matching import Enrolled, enrol
from tests.engine.booth import Booth

SPEAKERS = {
    "old man": "a deep old man with a dark voice",
    "bright man": "a bright young man",
    "husky man": "a husky man",
    "low woman": "a low-pitched mellow woman",
    "breathy woman": "a breathy woman",
    "girl": "a small 8-year-old girl, bright",
}
READ = (
    "There was once a farmer who lived alone with his dog. Each evening he would sit outside and think about the days "
    "gone by. The neighbours brought him bread and honey. He said that nothing could be better than a quiet life."
)
SAID = "Good morning to all of you. The ship leaves at half past nine, so please hurry up."


class Speakers:
    """Each sample and each enrolment is made once."""

    def __init__(self, booth: Booth) -> None:
        self.booth = booth
        self._samples: dict[tuple[str, str], NDArray[np.float32]] = {}
        self._enrolled: dict[str, Enrolled] = {}

    def sample(self, name: str, text: str = READ) -> NDArray[np.float32]:
        if (name, text) not in self._samples:
            self._samples[name, text] = self.booth.sound(SPEAKERS[name], Language.EN, text=text)
        return self._samples[name, text].copy()

    def enrolled(self, name: str) -> Enrolled:
        if name not in self._enrolled:
            sound = self.sample(name)
            self._enrolled[name] = self.booth.ask(lambda engine: enrol(engine, sound, Language.EN))
        return self._enrolled[name]


def colour(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """The long-term spectrum at the bands of the ear, in dB."""
    return envelopes.bands(fitting.shapes_of(sound, 7)).mean(axis=0)


def apart(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """How far two long-term spectra differ, in dB."""
    return float(np.sqrt(np.mean((colour(one) - colour(other)) ** 2)))


def no_speech() -> dict[str, NDArray[np.float32]]:
    """Twelve seconds each."""
    t = np.arange(12 * RATE_HZ) / RATE_HZ
    noise = np.random.default_rng(1).standard_normal(len(t))
    slopes = np.fft.rfftfreq(len(t), 1 / RATE_HZ)
    slopes[0] = slopes[1]
    brown = np.fft.irfft(np.fft.rfft(noise) / slopes, len(t))
    sounds = {
        "nothing": np.zeros(0),
        "a click": np.ones(100),
        "silence": np.zeros(len(t)),
        "next to silence": noise * 1e-6,
        "white noise": noise * 0.1,
        "brown noise": brown / np.abs(brown).max(),
        "a whistle": np.sin(2 * np.pi * 220 * t) * 0.3,
        "a whistle that wanders": np.sin(2 * np.pi * (100 * t + 12 * t**2)) * 0.3,
        "a buzz": ((130 * t) % 1 - 0.5) * 0.6,
        "mains hum": (np.sin(2 * np.pi * 100 * t) + 0.3 * np.sin(2 * np.pi * 200 * t)) * 0.3 + noise * 0.003,
        "a chord": sum(np.sin(2 * np.pi * hz * t) for hz in (220, 277, 330)) * 0.1,
        "a tone that beats": np.sin(2 * np.pi * 220 * t) * (0.2 + 0.1 * np.sin(2 * np.pi * 4 * t)),
    }
    return {name: np.asarray(sound, np.float32) for name, sound in sounds.items()}
