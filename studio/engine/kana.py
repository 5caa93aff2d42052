"""Japanese as it is spoken: espeak-ng 1.52 reads a kanji as "Chinese letter", so kanji become kana first.

pykakasi knows the readings but leaves the particles は and へ as they are written; they are said ワ and エ.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

_SPOKEN = {"は": "わ", "へ": "え"}
_BEFORE_HA = ("で", "に", "と", "へ", "から", "まで", "より", "これ", "それ", "あれ", "ここ", "そこ", "わたし", "ぼく")
_WHOLE = {"こんにちは": "こんにちわ", "こんばんは": "こんばんわ", "今日は": "きょうわ"}
_OPENINGS = {"には": "にわ", "では": "でわ", "とは": "とわ", "へは": "えわ"}


@cache
def _reader() -> Any:
    """Loaded at the first Japanese text only: it takes about 0.4 s."""
    import pykakasi

    return pykakasi.kakasi()


def spoken(text: str) -> str:
    """Kana with particles as they sound; what isn't Japanese stays."""
    parts = cast("list[dict[str, str]]", _reader().convert(text))
    written = [(part["orig"], part["hira"]) for part in parts]
    return "".join(_said(orig, hira, at) for at, (orig, hira) in enumerate(written))


def _said(orig: str, hira: str, at: int) -> str:
    if orig in _WHOLE:
        return _WHOLE[orig]
    if orig in _SPOKEN and at > 0:
        return _SPOKEN[orig]
    if orig == hira and at > 0 and orig[:2] in _OPENINGS:
        return _OPENINGS[orig[:2]] + hira[2:]
    if orig[-1:] in _SPOKEN and _ends_in_particle(orig[:-1], orig[-1]):
        return hira[:-1] + _SPOKEN[orig[-1]]
    return hira


def _ends_in_particle(stem: str, last: str) -> bool:
    """After a kanji or katakana it is one; after kana only where the word before is known to take it."""
    if not stem:
        return False
    if "\u3040" <= stem[-1] <= "\u309f":
        return last == "は" and stem.endswith(_BEFORE_HA)
    return True
