"""A text in the pieces that are spoken one after the other."""

from __future__ import annotations

import re

_LONGEST = 600
_END = re.compile(
    r"(?<=[。！？])(?![。！？」』”])"  # a full-width mark ends a sentence wherever it stands
    r"|(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Sr|No|Nr)\.)(?<!\bMrs\.)\s+(?=[^\Wa-z]|[¿¡\"'(«„“])"
    r"|\n+"
)
_SOFT = re.compile(r"(?<=[,;:，；：、])|\s+")


def sentences(text: str) -> list[str]:
    """Never empty pieces, none of them longer than 600 characters; all letters are in one of them."""
    found: list[str] = []
    for part in _END.split(text):
        found.extend(_cut(part.strip()))
    return [part for part in found if speakable(part)]


def speakable(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(letter.isalnum() for letter in text)


def _cut(part: str) -> list[str]:
    """At the last comma or space before the limit, else at the limit."""
    pieces: list[str] = []
    while len(part) > _LONGEST:
        places = [match.end() for match in _SOFT.finditer(part, _LONGEST // 2, _LONGEST)]
        at = places[-1] if places and places[-1] > 0 else _LONGEST
        pieces.append(part[:at].strip())
        part = part[at:].strip()
    return [*pieces, part]
