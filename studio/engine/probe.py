"""Whether this computer can make voices, without making one: for `voice-studio doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language


@dataclass(frozen=True, slots=True)
class Installed:
    """The version of espeak-ng, and the languages that its data is there for."""

    version: str
    languages: tuple[Language, ...]


def probe() -> Installed:
    """Loads the library and looks at its files; takes some milliseconds. Raises ENGINE_MISSING."""
    try:
        import espeakng_loader

        from studio.engine import espeak
        from studio.engine.languages import TONGUES

        library, data = espeak.load(), Path(espeakng_loader.get_data_path())
    except (ImportError, OSError, RuntimeError) as error:
        raise StudioError(Reason.ENGINE_MISSING, detail=str(error)) from error
    there = [
        language
        for language, tongue in TONGUES.items()
        if (data / "lang" / tongue.file).is_file() and (data / f"{tongue.dictionary}_dict").is_file()
    ]
    return Installed(espeak.version(library), tuple(there))
