"""A take from the virtual microphone, cloned through the window into every system: what arrives is what was said."""

from __future__ import annotations

import base64
import io
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.app.elsewhere import KEYS, until
from tests.app.outside import Program
from tests.audio.listening import best_correlation
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio
from tests.fakes.noiz import Noiz
from tests.fakes.opentalking import OpenTalking
from tests.fakes.server import PretendServer, ThreadedServer
from tests.fakes.speech import spoken, write_speech

Samples = NDArray[np.int16]


@pytest.fixture
def talking(tmp_path: Path) -> Iterator[None]:
    """Speech into the virtual microphone, again and again."""
    path = write_speech(tmp_path / "speech.wav")
    loop = f"while paplay --device=studio_mic_feed {path}; do :; done"
    with subprocess.Popen(["bash", "-c", loop], start_new_session=True) as player:
        yield
        subprocess.run(["pkill", "-s", str(player.pid)], check=False)


class World:
    """Every system that clones, pretended; `received` decodes what came of a system's sample."""

    def __init__(self, studio: PretendServer, noiz: PretendServer, opentalking: PretendServer) -> None:
        self.app = studio.app
        self._studio, self._noiz, self._opentalking = studio, noiz, opentalking

    def environment(self) -> dict[str, str]:
        return {
            **dict.fromkeys(KEYS, PLANTED_KEY),
            "VOICE_STUDIO_MODEL_STUDIO_INTL_URL": self._studio.url,
            "VOICE_STUDIO_NOIZ_URL": self._noiz.url,
            "VOICE_STUDIO_OPENTALKING_URL": f"{self._opentalking.url}/api",
        }

    def received(self, system: str) -> list[Samples]:
        sent: dict[str, Callable[[], list[bytes]]] = {
            "Qwen": self._to_qwen,
            "CosyVoice": self._to_store,
            "Noiz": self._to_noiz,
            "OpenTalking": self._to_opentalking,
        }
        return [_decoded(data) for data in sent[system]()]

    def _to_qwen(self) -> list[bytes]:
        bodies = [json.loads(one.body) for one in self._studio.requests if b"qwen-voice-enrollment" in one.body]
        urls = [body["input"]["audio"]["data"] for body in bodies if body["input"]["action"] == "create"]
        return [base64.b64decode(url.partition(";base64,")[2]) for url in urls]

    def _to_store(self) -> list[bytes]:
        return [one.files["file"].data for one in self._studio.requests if one.path.startswith("/store") and one.files]

    def _to_noiz(self) -> list[bytes]:
        return [file.data for one in self._noiz.requests for file in one.files.values()]

    def _to_opentalking(self) -> list[bytes]:
        return [file.data for one in self._opentalking.requests for file in one.files.values()]


@pytest.fixture
def world(home: Path) -> Iterator[World]:
    app = ModelStudio(PLANTED_KEY)
    with (
        ThreadedServer(app) as studio,
        ThreadedServer(Noiz(PLANTED_KEY)) as noiz,
        ThreadedServer(OpenTalking(prefix="/api")) as opentalking,
    ):
        app.host = studio.url
        yield World(studio, noiz, opentalking)
        for server in (studio, noiz, opentalking):
            assert server.complaints == []


def _decoded(data: bytes) -> Samples:
    samples, rate_hz = soundfile.read(io.BytesIO(data), dtype="int16")
    assert (rate_hz, samples.ndim) == (48_000, 1)
    return samples


def record(program: Program, home: Path, seconds: float) -> Path:
    """The raw sound of the take."""
    program.tab("Clone")
    program.choose("Microphone", "Studio_Microphone")
    program.press("Record")
    wanted = 44 + round(seconds * 48_000) * 2
    until(lambda: any(path.stat().st_size >= wanted for path in home.glob("takes/*/raw.wav")))
    program.press("Stop")
    until(lambda: _facts(home).get("state") == "done")
    (raw,) = home.glob("takes/*/raw.wav")
    return raw


def _facts(home: Path) -> dict[str, object]:
    (path,) = home.glob("takes/*/take.json")
    return json.loads(path.read_text())


def test_what_is_recorded_is_what_every_system_gets(world: World, talking: None, home: Path) -> None:
    with Program(environment=world.environment()) as program:
        program.label("Ready")
        raw = record(program, home, 8.0)
        take, _ = soundfile.read(raw, dtype="int16")
        twice = np.concatenate((spoken(), spoken()))
        middle = take[24_000:-24_000].astype(np.float32) / 32_768
        assert best_correlation(middle, twice).corr > 0.99
        for number, system in enumerate(("Qwen", "CosyVoice", "Noiz", "OpenTalking")):
            program.choose("System", system)
            program.type("Voice name", f"Mine {number}")
            program.check("I have the right to clone this voice")
            program.press("Clone voice")
            program.label(f"“Mine {number}” is in the Library", 30)
            (received,) = world.received(system)
            assert np.array_equal(received, take), f"{system} got other samples than the take's"
        assert program.close() == []


def test_a_take_is_there_after_a_crash(world: World, talking: None, home: Path) -> None:
    with Program(environment=world.environment()) as program:
        program.label("Ready")
        program.tab("Clone")
        program.press("Record")
        until(lambda: any(path.stat().st_size > 300_000 for path in home.glob("takes/*/raw.wav")))
        program.kill()
    (raw,) = home.glob("takes/*/raw.wav")
    there = (raw.stat().st_size - 44) // 2
    with Program(environment=world.environment()) as program:
        program.label("A take that was being recorded when the program ended")
        program.tab("Clone")
        assert _facts(home)["recovered"]
        samples, rate_hz = soundfile.read(raw, dtype="int16")
        assert (rate_hz, len(samples)) == (48_000, there)
        assert program.close() == []


def test_closing_the_window_keeps_the_take_that_is_being_recorded(world: World, talking: None, home: Path) -> None:
    with Program(environment=world.environment()) as program:
        program.label("Ready")
        program.tab("Clone")
        program.press("Record")
        until(lambda: any(path.stat().st_size > 300_000 for path in home.glob("takes/*/raw.wav")))
        assert program.close() == []
    assert _facts(home)["state"] == "done"
    assert not _facts(home)["recovered"]
