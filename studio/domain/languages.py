"""The ten languages that every system has in common."""

import re
from enum import StrEnum


class Language(StrEnum):
    """ISO 639-1 codes, in the order of the vendors' documents; `label` is the English name."""

    ZH = "zh"
    EN = "en"
    DE = "de"
    IT = "it"
    PT = "pt"
    ES = "es"
    JA = "ja"
    KO = "ko"
    FR = "fr"
    RU = "ru"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Language.ZH: "Chinese",
    Language.EN: "English",
    Language.DE: "German",
    Language.IT: "Italian",
    Language.PT: "Portuguese",
    Language.ES: "Spanish",
    Language.JA: "Japanese",
    Language.KO: "Korean",
    Language.FR: "French",
    Language.RU: "Russian",
}

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), Language.JA),
    (re.compile("[\uac00-\ud7a3]"), Language.KO),
    (re.compile("[\u4e00-\u9fff]"), Language.ZH),
    (re.compile("[\u0400-\u04ff]"), Language.RU),
)


def likely_language(text: str) -> Language:
    """The language that a text's script points to; English for Latin letters, where nothing can be told."""
    return next((language for script, language in _SCRIPTS if script.search(text)), Language.EN)
