"""Finds the files that ship with the program: beside the package in a wheel or frozen build, above it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_FOLDER = next((place for place in (_PACKAGE / "resources", _PACKAGE.parent / "resources") if place.is_dir()), _PACKAGE)


def asset(*parts: str) -> Path:
    """The path of a shipped file, as in `asset("icons", "play.svg")`."""
    return _FOLDER.joinpath(*parts)
