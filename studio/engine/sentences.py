"""A text in the pieces that are spoken one after the other."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 600
_END = re.compile(
    r"(?<=[。！？])(?![。！？」』”])"  # a full-width mark ends a sentence wherever it stands
    r"|(?<=[.!?…])(?<!\b[A-ZÀ-ÞА-Я]\.)(?<!\b\d\.)(?<!\b\d\d\.)(?<!\b(?:Mr|Ms|Dr|St|Sr|No|Nr|vs|ca|ул|им|гг|Mt)\.)"
    r"(?<!\b(?:Mrs|Mme|Sra|Sig|Gen|Vol|Fig|Jan|Feb|Aug|Sep|Oct|Nov|Dec|med|Dña|руб|коп)\.)"
    r"(?<!\b(?:Prof|Mlle|Dott|Capt)\.)\s+(?![a-zß-ÿа-яё])(?=\w|[¿¡\"'(«„“])"
    r"|\n+(?![a-zß-ÿа-яё])"
)
_STYLED = re.compile(
    "[\u249c-\u24e9\u2e9f\u2ef3\u2f00-\u2fd5\u3200-\u33ff\U0001f110-\U0001f251"  # enclosed ones and radicals
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\u00a0\u2007\u202f\U0001d400-\U0001d7ff]+"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_DOTTED = re.compile(r"(?:[^\s.]{0,8}\.){16,}")
_SOFT = re.compile(r"(?<=[,;:，；：、])|\s+")


def sentences(text: str) -> list[str]:
    """Never empty pieces, none of them longer than 600 characters; all letters are in one of them."""
    found: list[str] = []
    for part in _END.split(_readable(text)):
        found.extend(_cut(part.strip()))
    return [part for part in found if speakable(part)]


def _readable(text: str) -> str:
    """Composed letters, plain forms of full-width, styled and enclosed ones, no controls, and no endless dotted word.

    espeak-ng reads U+0001 as a command and overruns its buffers on a word such as "A.B.A.B." of some 300 bytes.
    """
    text = unicodedata.normalize("NFC", text)
    text = _STYLED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return _DOTTED.sub(lambda found: found.group().replace(".", ". "), _CONTROLS.sub("", text))


def speakable(text: str) -> bool:
    """Whether there is a letter or a digit in it, or a sign that stands for some."""
    return any(letter.isalnum() for letter in unicodedata.normalize("NFKC", text))


def _cut(part: str) -> list[str]:
    """At the last comma or space before the limit, else at the limit."""
    pieces: list[str] = []
    while len(part) > _LONGEST:
        places = [match.end() for match in _SOFT.finditer(part, _LONGEST // 2, _LONGEST)]
        at = places[-1] if places and places[-1] > 0 else _LONGEST
        pieces.append(part[:at].strip())
        part = part[at:].strip()
    return [*pieces, part]
