"""The main job without a display, twice into the same folder; its voices open afterwards as any others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile
from PySide6.QtGui import QImage

CLIPS = ("1-en.wav", "2-zh.wav", "3-en.wav", "4-spoken.wav")


def run(*words: str | Path, **environment: str) -> str:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS")
    ended = subprocess.run(
        [sys.executable, "-m", "studio", *map(str, words)],
        env={name: value for name, value in os.environ.items() if name not in hidden} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_tour_leaves_clips_pictures_and_voices(tmp_path: Path, rounds: int) -> None:
    for _ in range(rounds):
        words = run("tour", "--output", tmp_path)
    for clip in CLIPS:
        assert str(tmp_path / clip) in words
        assert soundfile.info(tmp_path / clip).duration > 2
    for picture in ("design.png", "library.png"):
        image = QImage(str(tmp_path / picture))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 20
    voices = json.loads(run("voices", "--json", VOICE_STUDIO_HOME=str(tmp_path / "library")))
    assert [voice["name"] for voice in voices] == ["Old sailor", "小雨", "Evening announcer"] * rounds
