"""devices, record, takes, check and the report of clone: real processes, a real sound server, real speech."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.app.elsewhere import Commands, kill, until
from tests.audio.listening import best_correlation
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.noiz import Noiz
from tests.fakes.server import ThreadedServer
from tests.fakes.speech import spoken, write_speech

CHECKS = [
    *("length", "speech", "clipping", "level", "loudness", "noise_floor", "snr", "dc_offset", "hum", "reverberation"),
    *("bandwidth", "channels", "sample_rate", "bit_depth", "dropouts", "size"),
]


@pytest.fixture
def commands(home: Path) -> Commands:
    return Commands({}, {})


@pytest.fixture
def talking(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Speech into the virtual microphone, again and again."""
    path = write_speech(tmp_path / "speech.wav")
    loop = f"while paplay --device=studio_mic_feed {path}; do :; done"
    with subprocess.Popen(["bash", "-c", loop], start_new_session=True) as player:
        yield player
        subprocess.run(["pkill", "-s", str(player.pid)], check=False)


def test_microphones_go_by_the_names_a_person_knows(commands: Commands) -> None:
    listed = commands.document("devices")
    assert listed[0] == {"id": "", "name": "System default"}
    assert "Studio_Microphone" in [device["name"] for device in listed]


def test_a_recording_is_what_was_said(commands: Commands, talking: subprocess.Popen[bytes], tmp_path: Path) -> None:
    output = tmp_path / "take.wav"
    made = commands.document("record", "--seconds", "3", "--device", "Studio_Microphone", "--output", output)
    assert (made["output"], made["sample_rate"], made["recovered"], made["dropouts"]) == (str(output), 48_000, False, 0)
    samples, rate_hz = soundfile.read(output, dtype="float32")
    assert (rate_hz, samples.ndim) == (48_000, 1)
    assert len(samples) / rate_hz == pytest.approx(made["seconds"], abs=0.01)
    assert made["seconds"] >= 3
    middle = samples[24_000:-24_000]
    twice = np.concatenate((spoken(), spoken()))
    assert best_correlation(middle, twice).corr > 0.99
    (take,) = commands.document("takes")
    assert take == {name: made[name] for name in ("id", "seconds", "sample_rate", "created", "recovered", "dropouts")}


def test_a_recording_that_is_killed_is_among_the_takes(
    commands: Commands, talking: subprocess.Popen[bytes], home: Path, tmp_path: Path
) -> None:
    recording = commands.start("record", "--seconds", "60", "--output", tmp_path / "never.wav")
    until(lambda: sum(path.stat().st_size for path in home.glob("takes/*/raw.wav")) > 150_000)
    kill(recording)
    (raw,) = home.glob("takes/*/raw.wav")
    there = (raw.stat().st_size - 44) // 2
    (take,) = commands.document("takes")
    assert take["recovered"]
    assert take["seconds"] == pytest.approx(there / 48_000, abs=0.001)
    output = tmp_path / "saved.wav"
    commands.document("takes", "export", take["id"], "--output", output)
    samples, _ = soundfile.read(output, dtype="float32")
    assert len(samples) == there
    twice = np.concatenate((spoken(), spoken()))
    assert best_correlation(samples[24_000:], twice).corr > 0.99


def test_bad_input_is_said(commands: Commands, tmp_path: Path) -> None:
    output = tmp_path / "take.wav"
    nobody = commands.failure(7, "record", "--seconds", "1", "--device", "Theremin", "--output", output)
    assert nobody["message"] == "No microphone found. Connect one; it is noticed by itself."
    never = commands.failure(2, "record", "--seconds", "0", "--output", output)
    assert never["message"] == "A take may last up to a day; give its seconds as a number above 0."
    gone = commands.failure(6, "takes", "export", "0" * 32, "--output", output)
    assert gone["message"] == "There is no such take here."
    assert not output.exists()
    text = tmp_path / "words.wav"
    text.write_text("This is no sound at all, whatever its name says.\n" * 20)
    assert commands.failure(2, "check", text)["message"] == "The sample can't be read."
    assert commands.failure(2, "check", tmp_path / "nothing.wav")["reason"] == "file-gone"
    speech = write_speech(tmp_path / "speech.wav", 12)
    assert commands.failure(2, "check", speech, "--system", "acme")["reason"] == "no-such-system"
    assert commands.failure(2, "check", speech, "--system", "evolink")["reason"] == "not-offered"


def test_the_report_finds_nothing_in_a_good_sample_and_what_is_wrong_in_a_bad_one(
    commands: Commands, tmp_path: Path
) -> None:
    good = commands.document("check", write_speech(tmp_path / "good.wav", 12), "--system", "qwen")
    assert [finding["name"] for finding in good["findings"]] == CHECKS
    assert [*good["findings"][0]] == ["name", "verdict", "value", "unit", "limit", "advice"]
    failed = [finding["name"] for finding in good["findings"] if finding["verdict"] == "fail"]
    assert not failed
    short = commands.document("check", write_speech(tmp_path / "short.wav", 1.5, rate_hz=16_000), "--system", "qwen")
    assert short["verdict"] == "fail"
    failed = {finding["name"] for finding in short["findings"] if finding["verdict"] == "fail"}
    assert {"speech", "sample_rate"} <= failed
    assert all(finding["advice"] for finding in short["findings"] if finding["verdict"] != "pass")


def test_a_sample_whose_report_fails_is_sent_only_by_force(home: Path, tmp_path: Path) -> None:
    silent = tmp_path / "silent.wav"
    soundfile.write(silent, np.zeros(24_000 * 12, np.int16), 24_000)
    with ThreadedServer(Noiz(PLANTED_KEY)) as server:
        commands = Commands({"VOICE_STUDIO_NOIZ_URL": server.url})
        words = ("clone", "--system", "noiz", "--sample", silent, "--name", "Nobody", "--i-have-the-right")
        refused = commands.run(*words, "--json")
        assert refused.returncode == 2
        assert json.loads(refused.stdout)["error"]["reason"] == "report-failed"
        assert "FAIL: " in refused.stderr
        assert not server.requests
        assert commands.run(*words, "--force").returncode == 0
        assert [request.method for request in server.requests].count("POST") == 1


def test_recording_says_how_it_goes(commands: Commands, talking: subprocess.Popen[bytes], tmp_path: Path) -> None:
    start = time.monotonic()
    said = commands.run("record", "--seconds", "2.2", "--output", tmp_path / "take.flac")
    assert said.returncode == 0, said.stderr
    assert time.monotonic() - start > 2.2
    assert "1 s · peak -" in said.stderr
    assert soundfile.info(tmp_path / "take.flac").format == "FLAC"
