"""Which espeak-ng voice speaks which language, and what each needs to come out at the pitch that was meant.

The worker loads this: named tuples, because importing dataclasses would make its start noticeably longer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from studio.domain.languages import Language


class Accent(StrEnum):
    """Accents that espeak-ng has a voice for; the value is its file under `lang/`."""

    AMERICAN = "gmw/en-US"
    BRITISH = "gmw/en"
    RECEIVED = "gmw/en-GB-x-rp"
    SCOTTISH = "gmw/en-GB-scotland"
    BRAZILIAN = "roa/pt-BR"
    EUROPEAN_PORTUGUESE = "roa/pt"
    CASTILIAN = "roa/es"
    LATIN_AMERICAN = "roa/es-419"


class Tongue(NamedTuple):
    """A voice file of espeak-ng with its dictionary.

    `middle` is where in the span of a variant's pitch line the median F0 of statements lies, by measurement.
    """

    file: str
    dictionary: str
    middle: float


TONGUES = {
    Language.ZH: Tongue("sit/cmn", "cmn", 0.49),
    Language.EN: Tongue("gmw/en-US", "en", 0.745),
    Language.DE: Tongue("gmw/de", "de", 0.735),
    Language.IT: Tongue("roa/it", "it", 0.735),
    Language.PT: Tongue("roa/pt", "pt", 0.855),
    Language.ES: Tongue("roa/es", "es", 0.845),
    Language.JA: Tongue("jpx/ja", "ja", 0.69),
    Language.KO: Tongue("ko", "ko", 0.82),
    Language.FR: Tongue("roa/fr", "fr", 0.835),
    Language.RU: Tongue("zle/ru", "ru", 0.82),
}

ACCENTED = {
    Accent.AMERICAN: Language.EN,
    Accent.BRITISH: Language.EN,
    Accent.RECEIVED: Language.EN,
    Accent.SCOTTISH: Language.EN,
    Accent.BRAZILIAN: Language.PT,
    Accent.EUROPEAN_PORTUGUESE: Language.PT,
    Accent.CASTILIAN: Language.ES,
    Accent.LATIN_AMERICAN: Language.ES,
}


def voice_files() -> tuple[str, ...]:
    """Every voice file that can be asked for."""
    return tuple(sorted({tongue.file for tongue in TONGUES.values()} | {accent.value for accent in Accent}))


def voice_file(language: Language, accents: tuple[Accent, ...]) -> str:
    """The file for a language in the recipe's accent, where it has one for this language."""
    for accent in accents:
        if ACCENTED[accent] is language:
            return accent.value
    return TONGUES[language].file
