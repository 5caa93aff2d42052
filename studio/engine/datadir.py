"""A private folder of espeak-ng data for one worker: the ten languages, and one voice variant of its own.

The variant keeps one fixed short name and is written anew for every voice: espeak-ng 1.52 aborts on a variant name
of some 30 characters or more (`char variant_name[40]` in voices.c).
"""

from __future__ import annotations

import os
from pathlib import Path

from studio.engine.languages import TONGUES, voice_files

PREFIX = "voice-studio-engine-"
VARIANT = "vs0"

_SHARED = ("phontab", "phonindex", "phondata", "intonations")


def make() -> Path:
    """A new empty folder; whoever made it removes it."""
    import tempfile

    return Path(tempfile.mkdtemp(prefix=PREFIX))


def fill(folder: Path, data: Path) -> None:
    """With what the ten languages need of `data`."""
    dictionaries = (f"{tongue.dictionary}_dict" for tongue in TONGUES.values())
    for name in (*_SHARED, *dictionaries, *(f"lang/{file}" for file in voice_files())):
        _borrow(data / name, folder / name)
    (folder / "voices" / "!v").mkdir(parents=True)


def write_variant(folder: Path, recipe: str) -> None:
    (folder / "voices" / "!v" / VARIANT).write_text(recipe, encoding="utf-8", newline="\n")


def remove(folder: Path) -> None:
    """Nothing is said if it is gone already."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _borrow(source: Path, target: Path) -> None:
    """A link where the system allows one, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for way in (os.symlink, os.link):
        try:
            way(source, target)
        except OSError:
            continue
        return
    import shutil

    shutil.copyfile(source, target)
