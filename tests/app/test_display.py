"""A missing display is a sentence, not an abort of Qt."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from studio.display import NO_DISPLAY, why_no_window


def test_a_window_can_open_on_the_display_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_no_window() is None
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY")
    assert why_no_window() is None


def test_a_display_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":9876")
    assert why_no_window() == "The display :9876 doesn't answer."


def test_a_wayland_display_that_is_gone_is_no_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    assert why_no_window() == NO_DISPLAY
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-9"))
        compositor.listen()
        assert why_no_window() is None


def test_without_a_display_the_program_says_so_and_what_else_it_can_do() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    ended = subprocess.run(
        [sys.executable, "-m", "studio"], env=environment, capture_output=True, text=True, timeout=30
    )
    assert ended.returncode == 5
    assert ended.stderr == (
        f"{NO_DISPLAY} Without a window: voice-studio tour --output DIR, or the commands of voice-studio --help.\n"
    )
