"""Which language a text is to be read in, going by its script: a voice designed in one language speaks them all."""

from __future__ import annotations

import re

from studio.domain.languages import Language

_KANA = re.compile("[\u3041-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

_LETTERS_A_HAN = 3
"""A Chinese character says about as much as this many Latin letters."""

_OTHER_SCRIPTS = (Language.ZH, Language.JA, Language.KO, Language.RU)


def language_of(text: str, usual: Language) -> Language:
    """`usual` wherever its script fits; languages in Latin letters can't be told apart, so English stands in there."""
    if _KANA.search(text):
        return Language.JA
    latin, han, hangul, cyrillic = (len(script.findall(text)) for script in (_LATIN, _HAN, _HANGUL, _CYRILLIC))
    counts = {
        Language.KO: hangul * _LETTERS_A_HAN,
        Language.JA if usual is Language.JA else Language.ZH: han * _LETTERS_A_HAN,
        Language.RU: cyrillic,
    }
    language, count = max(counts.items(), key=lambda item: item[1])
    if count > latin:
        return language
    return Language.EN if latin and usual in _OTHER_SCRIPTS else usual
