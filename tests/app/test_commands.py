"""The command line from outside: processes, files, exit codes and the exact words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import soundfile

FOREIGN = "Executing <"  # asyncio's word, in development mode, on steps that took long on this machine
DESCRIPTION = "A calm middle-aged man with a deep, purple voice."
TEXT = "Good evening, and welcome."


def studio(*words: str | Path, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "studio", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **(environment or {})},
    )
    ended.stderr = "".join(line for line in ended.stderr.splitlines(True) if not line.startswith(FOREIGN))
    return ended


def document(*words: str | Path) -> Any:
    """The one JSON document of a command that ends well."""
    ended = studio(*words, "--json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def design(output: Path, *more: str) -> Any:
    return document(
        *("design", "--system", "on-device", "--description", DESCRIPTION, "--text", TEXT, "--output", output), *more
    )


@pytest.fixture
def kept(home: Path, tmp_path: Path) -> Any:
    return design(tmp_path / "kept.wav", "--name", "Night reader", "--keep")


def test_design_writes_the_clip_and_one_document(home: Path, tmp_path: Path) -> None:
    made = design(tmp_path / "made.wav")
    assert made["system"] == "on-device"
    assert made["status"] == "ready"
    assert made["voice_id"]
    assert made["model"]
    assert made["clip"] == str(tmp_path / "made.wav")
    assert made["library_id"] is None
    assert "purple" in made["unused_words"]
    with soundfile.SoundFile(tmp_path / "made.wav") as file:
        assert file.samplerate == made["sample_rate"] == 24_000
        assert file.frames / file.samplerate == pytest.approx(made["seconds"], abs=0.001)
    assert document("voices") == []


@pytest.mark.parametrize(
    ("file", "more", "kind"),
    [
        ("a.mp3", (), "MP3"),
        ("a.opus", (), "OGG"),
        ("a.flac", (), "FLAC"),
        ("a", ("--format", "mp3"), "MP3"),
        ("a.wav", ("--rate", "8000"), "WAV"),
    ],
)
def test_design_in_each_format(home: Path, tmp_path: Path, file: str, more: tuple[str, ...], kind: str) -> None:
    made = design(tmp_path / file, *more)
    with soundfile.SoundFile(tmp_path / file) as written:
        assert written.format == kind
        assert written.samplerate == made["sample_rate"]


def test_raw_pcm_is_as_long_as_it_says(home: Path, tmp_path: Path) -> None:
    made = design(tmp_path / "a.pcm", "--format", "pcm")
    assert (tmp_path / "a.pcm").stat().st_size == pytest.approx(made["seconds"] * made["sample_rate"] * 2, abs=50)


def test_the_same_seed_gives_the_same_voice(home: Path, tmp_path: Path) -> None:
    made = [design(tmp_path / f"{seed}.wav", "--keep", "--seed", seed) for seed in ("5", "5", "6")]
    assert [one["seed"] for one in made] == [5, 5, 6]
    assert made[0]["seconds"] == pytest.approx(made[1]["seconds"], rel=0.03)


def test_a_kept_voice_is_listed_shown_spoken_with_and_deleted(kept: Any, tmp_path: Path) -> None:
    (listed,) = document("voices")
    assert listed["library_id"] == kept["library_id"]
    assert UUID(kept["library_id"])
    assert {name: listed[name] for name in ("system", "name", "origin", "language", "status", "region")} == {
        **{"system": "on-device", "name": "Night reader", "origin": "designed", "language": "en"},
        **{"status": "ready", "region": ""},
    }
    for handle in (kept["library_id"], f"on-device:{kept['voice_id']}"):
        assert document("show", handle) == listed
    said = document("say", "--voice", kept["library_id"], "Any text at all.", "--output", tmp_path / "said.mp3")
    assert said["clip"] == str(tmp_path / "said.mp3")
    assert soundfile.info(tmp_path / "said.mp3").duration == pytest.approx(said["seconds"], abs=0.1)
    assert document("delete", f"on-device:{kept['voice_id']}")["deleted"] == kept["library_id"]
    assert document("voices") == []
    assert studio("show", kept["library_id"]).returncode == 6


def test_search_finds_by_every_word(kept: Any) -> None:
    assert len(document("voices", "--search", "NIGHT calm")) == 1
    assert document("voices", "--search", "night morning") == []


def test_words_without_json_go_to_stdout(kept: Any) -> None:
    ended = studio("voices")
    assert "Night reader" in ended.stdout
    assert ended.stderr == ""
    assert studio("delete", kept["library_id"]).stdout == "Deleted “Night reader”.\n"
    assert studio("voices").stdout == "No voice kept yet.\n"


@pytest.mark.parametrize(
    ("words", "code", "reason", "sentence"),
    [
        (("design", "--description", "", "--text", "x"), 2, "bad-input", "The voice description is empty."),
        (("design", "--description", "x" * 2049, "--text", "x"), 2, "bad-input", "2049 characters; 2048 are allowed."),
        (("design", "--description", "x", "--text", " "), 2, "bad-input", "The preview text is empty."),
        (("design", "--description", "x", "--text", "x", "--rate", "11"), 2, "bad-input", "This sample rate"),
        (("design", "--description", "x", "--text", "x", "--seed", "-1"), 2, "bad-input", "This seed"),
        (("design", "--description", "x", "--text", "x", "--system", "no"), 2, "no-such-system", "no voice system"),
        (("design", "--description", "x", "--text", "😀"), 2, "nothing-to-say", "nothing in this text"),
        (("say", "--voice", "on-device:none", "hello"), 6, "no-such-voice", "No voice here is called that."),
    ],
)
def test_bad_input_is_told_and_nothing_is_done(
    home: Path, tmp_path: Path, words: tuple[str, ...], code: int, reason: str, sentence: str
) -> None:
    ended = studio(*words, "--output", tmp_path / "never.wav", "--json")
    assert ended.returncode == code
    error = json.loads(ended.stdout)["error"]
    assert error["reason"] == reason
    assert sentence in error["message"]
    assert sentence in ended.stderr
    assert not (tmp_path / "never.wav").exists()


def test_a_place_that_cannot_be_written_is_told_before_the_work(home: Path, tmp_path: Path) -> None:
    ended = studio("design", "--description", "x", "--text", "x", "--output", tmp_path / "no folder" / "a.wav")
    assert ended.returncode == 2
    assert ended.stderr.startswith("This place can't be written to. Choose another folder.\n")


@pytest.mark.parametrize("words", [("frobnicate",), ("design",), ("say", "text"), ("design", "--rate", "x")])
def test_what_cannot_be_understood_ends_with_2_and_json_stays_json(home: Path, words: tuple[str, ...]) -> None:
    ended = studio(*words)
    assert ended.returncode == 2
    assert ended.stderr.endswith("--help\n")
    with_json = studio(*words, "--json")
    assert with_json.returncode == 2
    assert json.loads(with_json.stdout)["error"]["reason"] == "bad-input"


def test_help_and_version() -> None:
    assert studio("--version").stdout == "voice-studio 0.1.0\n"
    helped = studio("--help")
    assert helped.returncode == 0
    for command in ("design", "voices", "show", "delete", "say", "tour", "doctor"):
        assert command in helped.stdout
        assert studio(command, "--help").returncode == 0


def test_the_doctor_tells_of_everything_and_what_to_do(home: Path) -> None:
    told = document("doctor")
    findings = {one["name"]: one for one in told["findings"]}
    assert list(findings) == ["display", "sound", "engine", "keyring", "versions", "data"]
    assert all(one["fine"] for one in findings.values()), findings
    assert "Studio_Speakers" in findings["sound"]["words"]
    assert "microphones: Studio_Microphone" in findings["sound"]["words"]
    assert "10 languages" in findings["engine"]["words"]
    assert str(home) in findings["data"]["words"]


def test_the_doctor_without_display_sound_or_keyring(home: Path) -> None:
    nothing = {"DISPLAY": "", "PULSE_SERVER": "unix:/nowhere", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    ended = studio("doctor", "--json", environment=nothing)
    assert ended.returncode == 0
    findings = {one["name"]: one for one in json.loads(ended.stdout)["findings"]}
    for name in ("display", "sound", "keyring"):
        assert not findings[name]["fine"]
        assert findings[name]["advice"]
    assert findings["engine"]["fine"]
