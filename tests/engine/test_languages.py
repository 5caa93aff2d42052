from __future__ import annotations

from pathlib import Path

import espeakng_loader

from studio.domain.languages import Language
from studio.engine.languages import ACCENTED, TONGUES, Accent, voice_file, voice_files


def test_every_file_is_in_the_wheel() -> None:
    data = Path(espeakng_loader.get_data_path())
    assert all((data / "lang" / file).is_file() for file in voice_files())
    assert all((data / f"{tongue.dictionary}_dict").is_file() for tongue in TONGUES.values())


def test_every_language_and_accent_has_a_place() -> None:
    assert set(TONGUES) == set(Language)
    assert set(ACCENTED) == set(Accent)


def test_an_accent_counts_in_its_own_language_only() -> None:
    accents = (Accent.BRITISH, Accent.BRAZILIAN)
    assert voice_file(Language.EN, accents) == "gmw/en"
    assert voice_file(Language.PT, accents) == "roa/pt-BR"
    assert voice_file(Language.DE, accents) == "gmw/de"
    assert voice_file(Language.EN, ()) == "gmw/en-US"
    assert voice_file(Language.PT, ()) == "roa/pt"
