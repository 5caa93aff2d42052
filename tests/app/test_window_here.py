"""The whole job as a stranger does it: a real window, a real sound server, worked through the accessibility bus.

What the loudspeaker gives is compared with the clip on disk; what was kept is looked for after a restart.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.domain.audio import Pcm
from tests.app.outside import Program
from tests.audio.listening import best_correlation, listening

DESCRIPTION = "A calm middle-aged man with a deep, warm voice."
TEXT = "Good evening. The river runs from its source to the sea."


def only_clip(home: Path) -> Pcm:
    (file,) = (home / "clips").glob("*.wav")
    samples, rate_hz = soundfile.read(file, dtype="float32", always_2d=True)
    return Pcm(np.asarray(samples, np.float32), rate_hz)


def hear(program: Program, clip: Pcm) -> float:
    """Presses Play and returns how well the loudspeaker carried the whole clip."""
    with listening() as ears:
        start = ears.now()
        program.press("Play")
        time.sleep(clip.seconds + 0.8)
        return best_correlation(clip, ears.since(start)).corr


def design(program: Program, name: str) -> None:
    program.label("Ready")
    program.type("Voice description", DESCRIPTION)
    program.type("Preview text", TEXT)
    program.type("Voice name", name)
    program.press("Generate")
    program.label("Generated")


def test_describe_hear_keep_and_hear_again_after_a_restart(home: Path) -> None:
    with Program() as program:
        design(program, "Night reader 小雨")
        clip = only_clip(home)
        assert hear(program, clip) > 0.99
        program.press("Keep")
        program.label("Kept “Night reader 小雨”")
        assert program.close() == []
    with Program() as program:
        program.tab("Library")
        program.type("Search voices", "小雨 night")
        ((name, *_),) = program.rows("Voices", 1)
        assert name == "Night reader 小雨"
        program.select_row("Voices", 0)
        assert hear(program, clip) > 0.99
        program.type("Search voices", "nothing like it")
        program.rows("Voices", 0)
        assert program.close() == []


def test_words_and_candidates_survive_kill_minus_nine(home: Path) -> None:
    with Program() as program:
        design(program, "Night reader")
        program.type("Voice description", "half a sen")
        time.sleep(1.0)  # the desk is saved when the typing pauses
        program.kill()
    with Program() as program:
        assert program.label("Night reader") == "Night reader"
        assert program.text("Voice description") == "half a sen"
        program.press("Discard")
        program.label("Discarded “Night reader”")
        program.press("Undo")
        program.press("Keep")
        program.label("Kept")
        assert program.close() == []


def test_speak_delete_and_undo(home: Path) -> None:
    with Program() as program:
        design(program, "Night reader")
        program.press("Keep")
        program.label("Kept")
        program.tab("Library")
        program.rows("Voices", 1)
        program.select_row("Voices", 0)
        program.type("Text to speak", "Any text at all.")
        program.press("Speak")
        program.label("Spoke “Any text at all.”")
        program.press("Delete")
        program.label("Deleted “Night reader”")
        program.rows("Voices", 0)
        program.label("No voice kept yet.")
        program.press("Undo")
        program.rows("Voices", 1)
        assert program.close() == []


def test_an_empty_description_is_said_in_place(home: Path) -> None:
    with Program() as program:
        program.label("Ready")
        program.type("Voice description", "")
        program.press("Generate")
        assert program.label("The voice description is empty") == "The voice description is empty. Write it first."
        assert program.close() == []


@pytest.mark.parametrize("busy", ["generating", "playing"])
def test_closing_in_the_middle_leaves_nothing_running(home: Path, busy: str) -> None:
    with Program() as program:
        design(program, "Night reader")
        if busy == "generating":
            program.type("Preview text", "A long sentence about the river. " * 31)
            program.press("Generate")
        else:
            program.press("Play")
            program.label("Playing")
        children = program.children()
        assert children  # the speech engine
        assert program.close() == []
        assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def test_no_sound_server_is_said_and_the_next_click_works(home: Path) -> None:
    with Program(environment={"PULSE_SERVER": "unix:/nowhere"}) as program:
        design(program, "Night reader")
        program.press("Play")
        program.label("No loudspeaker or headphones found. Connect one and play again.")
        program.press("Play")
        program.label("No loudspeaker or headphones found. Connect one and play again.")
        program.press("Keep")
        program.label("Kept")
        assert program.close() == []


def test_a_damaged_library_is_said_and_left_alone(home: Path) -> None:
    home.mkdir()
    (home / "library.db").write_bytes(b"not a library" * 100)
    with Program() as program:
        program.label("The library file is damaged.")
        program.type("Voice description", DESCRIPTION)
        program.press("Generate")
        program.label("The library file is damaged.")
        assert program.text("Voice description") == DESCRIPTION
        assert program.close() == []
    assert (home / "library.db").read_bytes() == b"not a library" * 100
