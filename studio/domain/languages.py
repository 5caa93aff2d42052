"""The ten languages that every system has in common."""

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
