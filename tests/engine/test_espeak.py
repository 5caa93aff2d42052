"""The library's own traps, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os, sys
from pathlib import Path
import espeakng_loader
from studio.engine import datadir, espeak
folder = datadir.make()
datadir.fill(folder, Path(espeakng_loader.get_data_path()))
os.chdir(folder)
name = sys.argv[1]
(folder / "voices" / "!v" / name).write_text("language variant\\nname vs0\\npitch 80 120\\nspeed 100\\n")
engine = espeak.Espeak(espeak.load())
engine.choose("gmw/en-US+" + name, 50)
asked = []
whole = engine.say("one two three four five six seven", lambda: True)
part = engine.say("one two three four five six seven", lambda: asked.append(1) or len(asked) < 3)
try:
    engine.choose("no/such", 50)
except espeak.EspeakError:
    print(len(whole) > 20000, 0 < len(part) < len(whole), espeak.version(espeak.load()))
datadir.remove(folder)
"""


def run(variant: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, variant],
        capture_output=True,
        text=True,
        check=False,
        env={"TMPDIR": str(folder), "PATH": ""},
    )


def test_it_speaks_stops_when_told_and_refuses_unknown_voices(tmp_path: Path) -> None:
    assert run("vs0", tmp_path).stdout.split()[:2] == ["True", "True"]


def test_the_trap_of_long_variant_names_is_still_there(tmp_path: Path) -> None:
    """Why `datadir.VARIANT` is short; if this fails one day, espeak-ng has been mended."""
    assert run("v" * 60, tmp_path).returncode != 0
