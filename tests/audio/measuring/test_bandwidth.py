from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
import soxr

from tests.audio.measuring.signals import KITCHEN, RATE_HZ, measured, sine, speech, white


def dressed(sound: np.ndarray, rate_hz: int) -> np.ndarray:
    return soxr.resample(soxr.resample(sound, RATE_HZ, rate_hz), rate_hz, RATE_HZ)[: len(sound)]


def wide(noise: float = 0.001) -> np.ndarray:
    """A voice with hiss up to 24 kHz, as from a good microphone; its s are as bright as espeak's aren't."""
    voice = speech(KITCHEN, "en-us+f3")
    return voice + 0.3 * np.diff(voice, prepend=0) * white(len(voice)) + noise * white(len(voice), 4)


def below(sound: np.ndarray, hz: float) -> np.ndarray:
    """Cut off above, over a tenth of the frequency."""
    spectrum = np.fft.rfft(sound)
    frequencies = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    return np.fft.irfft(spectrum * np.clip((1.1 * hz - frequencies) / (0.1 * hz), 0, 1), len(sound))


@pytest.mark.parametrize("noise", [0.0, 0.001])
def test_a_recording_with_all_frequencies_has_them(noise: float):
    assert (measured(wide(noise)).bandwidth_hz or 0) > 20_000


@pytest.mark.parametrize(
    ("rate_hz", "later"),
    [(8_000, 0.0), (16_000, 0.0), (24_000, 0.0), (8_000, 0.0002), (16_000, 0.0002)],
    ids=["8 kHz", "16 kHz", "24 kHz", "8 kHz, hiss added later", "16 kHz, hiss added later"],
)
def test_an_upsampled_recording_is_found_out(rate_hz: int, later: float):
    for sound, own_hz in ((speech(KITCHEN, "en-us+f3"), 11_025), (wide(), 24_000)):
        upsampled = dressed(sound, rate_hz)
        found = measured(upsampled + later * white(len(upsampled), 9)).bandwidth_hz
        assert 0.84 * min(rate_hz / 2, own_hz) < (found or 0) <= 1.03 * rate_hz / 2


def test_a_telephone_is_found_out():
    assert measured(below(wide(), 3_400)).bandwidth_hz == pytest.approx(3_600, abs=250)


def test_an_mp3_s_low_pass_is_found_out():
    file = io.BytesIO()
    soundfile.write(file, 0.5 * wide(0.003), RATE_HZ, format="MP3", subtype="MPEG_LAYER_III", compression_level=0.95)
    file.seek(0)
    coded, rate_hz = soundfile.read(file)
    assert (measured(coded, rate_hz).bandwidth_hz or 0) < 0.8 * RATE_HZ / 2


def test_a_voice_that_sinks_into_noise_isn_t_narrow():
    assert (measured(speech() + 0.01 * white(len(speech()))).bandwidth_hz or 0) > 20_000


def test_a_tone_ends_at_its_frequency_and_silence_nowhere():
    assert measured(sine(1_000, 3, -6)).bandwidth_hz == pytest.approx(1_200, abs=300)
    assert measured(np.zeros(96_000)).bandwidth_hz is None
